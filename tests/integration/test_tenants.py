# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host is one tenant: side by side, with nothing shared; and an inventory that can't be right is an error."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import ROOT, SCOPE, Player, account, person, seed
from sandbox import Sandbox


def test_two_tenants_run_side_by_side_and_share_nothing(player: Player) -> None:
    boxes = {
        "t1": player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [])),
        "t2": player.start(seed([person("bob.stone")], {"zoom-users": ["bob.stone"]}, [], account_id="SecondAccount0000000000")),
    }
    hosts = {name: box.connections() for name, box in boxes.items()}
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    state = {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}
    played = player.play(None, {**state, "scope_groups": [SCOPE]}, inventory=str(inventory))
    assert played.status == 0, played.output
    assert boxes["t1"].zoom.find("ada.byron@example.com") and not boxes["t1"].zoom.find("bob.stone@example.com")
    assert boxes["t2"].zoom.find("bob.stone@example.com") and not boxes["t2"].zoom.find("ada.byron@example.com")
    snapshots = [(player.folder / "state" / name / "accounts.jsonl").read_text().splitlines()[0] for name in boxes]
    assert len({json.loads(header)["tenant"] for header in snapshots}) == 2


def test_with_two_hosts_each_needs_its_own_connections(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(box, {"scope_groups": [SCOPE]}, inventory="t1,t2,")
    assert "t1 has no credentials" in played.failure and "t2 has no credentials" in played.failure
    assert box.ledger.entries == []


def test_two_hosts_with_one_account_id_end_the_run(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"t1": box.connections(), "t2": box.connections()}}}))
    played = player.play(None, {"scope_groups": [SCOPE]}, inventory=str(inventory))
    assert "one host is one Zoom account" in played.failure
    assert box.ledger.entries == []


@pytest.mark.parametrize("same", [True, False])
def test_tokens_distinguish_tenants_as_account_ids_do(player: Player, same: bool) -> None:
    """An AWX credential leaves account_id empty beside a token."""
    boxes = [
        player.start(seed([], {"zoom-users": ["admin"]}, [], scim_token=f"token-of-a-tenant-{number * (not same)}-long-enough"))
        for number in (1, 2)
    ]
    hosts = {}
    for name, box in zip(("t1", "t2"), boxes, strict=True):
        hosts[name] = {**box.connections(), "zoom_connection": {"account_id": "", **box.scim_connection()}}
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    state = {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}
    played = player.play(None, {**state, "scope_groups": [SCOPE]}, "--check", inventory=str(inventory))
    if same:
        assert "one host is one Zoom account" in played.failure
        assert [box.ledger.entries for box in boxes] == [[], []]
    else:
        assert played.status == 0, played.output


def test_a_no_from_the_command_line_lifts_no_limit(player: Player) -> None:
    """`-e provisioning_allow_losses=no` is a text."""
    names = [f"p{number}.person" for number in range(8)]
    box = player.start(seed([person(name) for name in names], {"zoom-users": names}, []))
    policy = {
        "scope_group": SCOPE,
        "scope_group_members": [f"{names[0]}@example.com"],
        "scope_group_exclusive": True,
        "scope_max_removals": 3,
    }
    played = player.play(box, policy, "--check", "-e", "provisioning_allow_losses=no")
    (result, *_rest) = played.results("google_group_members")
    assert (len(result["withheld"]), result["removed"]) == (1, []), played.output


def test_an_empty_inventory_is_an_error(player: Player) -> None:
    played = player.play(None, {}, inventory="/dev/null")
    assert played.status != 0
    assert "no host to provision" in played.failure


def test_the_installed_playbook_runs_with_nothing_but_environment_variables_and_a_host_name(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="workspace_zoom.provisioning.site")
    assert played.status == 0, played.output
    assert box.zoom.find("ada.byron@example.com").status == "active"


def test_no_secret_reaches_the_output_at_any_verbosity(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(None, {"scope_groups": [SCOPE], **box.connections()}, "-vvvv", "--diff")
    assert played.status == 0, played.output
    files = [path.read_text(errors="replace") for path in (player.folder / "state").rglob("*") if path.is_file()]
    for text in (played.output, *files):
        assert box.zoom.client_secret not in text
        assert "BEGIN PRIVATE KEY" not in text
        assert "ya29." not in text


# ---- what follows: the guard stands in the tenant's own play, over the whole inventory

PLAYBOOKS = ["site", "preflight", "drift", "offboard", "undo", "google_watch"]
NAMED = {
    "offboard_users": ["ada.byron@example.com"],
    "undo_run": "some-run",
    "google_watch_address": "https://events.example.com/google",
    "google_watch_token": "a-token-of-one-tenant",
}
NEXT = "in its host variables"


def company(player: Player) -> Sandbox:
    return player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account("ada.byron"), account("bob.stone")]))


def inventory(player: Player, hosts: dict[str, Any]) -> str:
    path = player.folder / "hosts.json"
    path.write_text(json.dumps({"all": {"hosts": hosts}}))
    return str(path)


def policy(player: Player) -> dict[str, Any]:
    return {"scope_groups": [SCOPE], "attribute_mapping_prune": True, **NAMED}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_a_host_without_connections_is_not_planned_on_the_tenant_of_the_environment(player: Player, playbook: str) -> None:
    """Tenant A's credentials are in the environment; --limit skips the play on localhost."""
    box = company(player)
    hosts = inventory(player, {"tenant_a": box.connections(), "webserver": {}})
    played = player.play(box, policy(player), "--limit", "webserver", playbook=playbook, inventory=hosts)
    assert played.status != 0
    assert "webserver has no credentials in its own zoom_connection and google_connection" in played.failure
    assert NEXT in played.failure
    assert box.ledger.entries == []


def test_a_host_without_connections_is_refused_also_where_provisioning_hosts_names_it(player: Player) -> None:
    box = company(player)
    hosts = inventory(player, {"tenant_a": box.connections(), "webserver": {}})
    played = player.play(box, policy(player), "-e", "provisioning_hosts=webserver", inventory=hosts)
    assert "webserver has no credentials" in played.failure
    assert box.ledger.entries == []


def test_tags_do_not_leave_the_guard_out(player: Player) -> None:
    box = company(player)
    hosts = inventory(player, {"tenant_a": box.connections(), "webserver": {}})
    played = player.play(box, policy(player), "--limit", "webserver", "--tags", "accounts", inventory=hosts)
    assert "webserver has no credentials" in played.failure
    assert box.ledger.entries == []


@pytest.mark.parametrize("role", ["run", "scope", "attribute_mapping", "license_defaults", "group_mapping"])
def test_a_role_used_alone_is_guarded_too(player: Player, role: str) -> None:
    box = company(player)
    hosts = inventory(player, {"tenant_a": box.connections(), "webserver": {}})
    played = player.play(box, policy(player), "--limit", "webserver", playbook=alone(player, role), inventory=hosts)
    assert "webserver has no credentials" in played.failure
    assert box.ledger.entries == []


def alone(player: Player, role: str, **more: Any) -> str:
    book = player.folder / f"{role}.yml"
    roles = [{"role": f"workspace_zoom.provisioning.{role}"}]
    variables = {"ansible_python_interpreter": sys.executable, **more.pop("vars", {})}
    book.write_text(json.dumps([{"hosts": "all", "connection": "local", "gather_facts": False, "vars": variables, "roles": roles, **more}]))
    return str(book)


BLANK = {"account_id": "", "client_id": " ", "client_secret": None, "access_token": ""}


@pytest.mark.parametrize(
    ("zoom", "google"),
    [
        ({}, {}),
        (BLANK, {"auth_kind": "serviceaccount", "service_account_file": ""}),
        (None, None),
        ({"api_url": "https://api.zoom.us"}, {}),
        (dict.fromkeys(BLANK, "{{ nowhere | default(omit) }}"), {"service_account_file": "{{ nowhere | default(omit) }}"}),
        ("{{ nowhere | default(omit) }}", "{{ {'service_account_file': omit} }}"),
    ],
)
def test_connections_whose_credentials_are_blank_count_as_none(player: Player, zoom: Any, google: Any) -> None:
    """An AWX credential leaves a key blank where nothing was filled in."""
    box = company(player)
    own = {"zoom_connection": zoom, "google_connection": google}
    hosts = inventory(player, {"tenant_a": box.connections(), "tenant_b": own})
    played = player.play(box, policy(player), "--limit", "tenant_b", inventory=hosts)
    assert "tenant_b has no credentials in its own zoom_connection and google_connection" in played.failure
    assert box.ledger.entries == []


def test_one_side_without_credentials_is_enough_to_refuse(player: Player) -> None:
    box = company(player)
    hosts = inventory(player, {"tenant_a": {}, "tenant_b": {"zoom_connection": box.connections()["zoom_connection"]}})
    played = player.play(box, policy(player), "--limit", "tenant_b", inventory=hosts)
    assert "tenant_b has no credentials in its own google_connection" in played.failure
    assert box.ledger.entries == []


@pytest.mark.parametrize("same", ["account_id", "client_id", "access_token"])
def test_two_hosts_on_one_account_are_refused_though_limit_names_one(player: Player, same: str) -> None:
    box = company(player)
    zoom = box.connections()["zoom_connection"]
    zoom = {**zoom, "access_token": box.zoom.scim_token} if same == "access_token" else zoom
    others = {"account_id": "Another", "client_id": "another", "client_secret": "x", "access_token": "another-token"}
    double = {**box.connections(), "zoom_connection": {**others, same: zoom[same]}}
    hosts = inventory(player, {"a": {**box.connections(), "zoom_connection": zoom}, "b": double})
    played = player.play(None, policy(player), "--limit", "a", inventory=hosts)
    assert f"a and b have the same zoom_connection.{same}, but one host is one Zoom account" in played.failure
    assert box.ledger.entries == []


def test_account_ids_that_differ_in_case_are_two_accounts(player: Player) -> None:
    box = company(player)
    own = box.connections()
    other = {**own["zoom_connection"], "account_id": own["zoom_connection"]["account_id"].swapcase(), "client_id": "another"}
    hosts = inventory(player, {"a": own, "b": {**own, "zoom_connection": other}})
    played = player.play(None, {**own_state(player), "scope_groups": [SCOPE]}, "--limit", "a", inventory=hosts)
    assert played.status == 0, played.output


def own_state(player: Player) -> dict[str, str]:
    return {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}


def test_two_hosts_on_the_account_of_the_environment_each_with_its_own_scope_are_refused(player: Player) -> None:
    """Each would deactivate whom the other has in scope: six of six people."""
    box = company(player)
    hosts = inventory(player, {"a": {"scope_groups": [SCOPE]}, "b": {"scope_users": ["bob.stone@example.com"]}})
    played = player.play(box, {"attribute_mapping_prune": True}, "--limit", "a,b", inventory=hosts)
    assert played.status != 0
    for host in "ab":
        assert f"{host} has no credentials in its own" in played.output
    assert box.ledger.entries == []


def test_an_extra_variable_makes_one_account_of_all_hosts_and_is_refused(player: Player) -> None:
    box = company(player)
    played = player.play(None, {**policy(player), **box.connections()}, "--limit", "a", inventory="a,b,")
    assert "a and b have the same zoom_connection.account_id" in played.failure
    assert box.ledger.entries == []


def test_connections_of_the_play_are_those_of_every_host_and_are_refused(player: Player) -> None:
    box = company(player)
    book = alone(player, "scope", vars=box.connections())
    played = player.play(None, policy(player), "--limit", "a", playbook=book, inventory="a,b,")
    assert "zoom_connection and google_connection of a come from the play" in played.failure
    assert box.ledger.entries == []


def test_a_connection_that_the_play_blanks_is_refused_before_the_environments_tenant_is_written_to(player: Player) -> None:
    """A survey that nobody filled in, over a host's own variables."""
    box = company(player)
    others = {"zoom_connection": {"account_id": "B", "client_id": "b", "client_secret": "b"}, "google_connection": {"access_token": "b"}}
    hosts = inventory(player, {"a": box.connections(), "b": others})
    blank = {side: f"{{{{ of_a_survey_{side} | default({{}}) }}}}" for side in others}
    played = player.play(box, policy(player), "--limit", "b", playbook=alone(player, "attribute_mapping", vars=blank), inventory=hosts)
    assert "zoom_connection and google_connection of b come from the play" in played.failure
    assert box.ledger.entries == []


def test_a_module_of_a_role_refuses_a_connection_that_became_blank_behind_the_guard(player: Player) -> None:
    """The guard stands in the first role of a play. Here the second one alone has variables of its own."""
    box = company(player)
    hosts = inventory(player, {"a": {}, "b": box.connections()})
    first, second = ({"role": f"workspace_zoom.provisioning.{name}"} for name in ("scope", "attribute_mapping"))
    book = alone(player, "scope", roles=[first, {**second, "vars": {"zoom_connection": {}}}])
    played = player.play(box, {**policy(player), **own_state(player)}, "--limit", "b", playbook=book, inventory=hosts)
    assert "may be another tenant's (credentials_from_environment is false" in played.failure
    assert box.ledger.writes() == []


def test_a_play_can_not_allow_the_environment_where_there_are_other_hosts(player: Player) -> None:
    box = company(player)
    hosts = inventory(player, {"a": {}, "b": box.connections()})
    task = {
        "name": "Given",
        "ansible.builtin.debug": {"msg": "{{ query('workspace_zoom.provisioning.connection', 'zoom_connection') | first }}"},
        "vars": {"zoom_connection": {"credentials_from_environment": True, "account_id": "", "client_id": "{{ x | default(omit) }}"}},
    }
    book = player.folder / "book.yml"
    book.write_text(json.dumps([{"hosts": "all", "connection": "local", "gather_facts": False, "tasks": [task]}]))
    several = player.play(None, {}, playbook=str(book), inventory=hosts)
    assert [task["result"]["msg"] for task in several.tasks] == [{"credentials_from_environment": False}] * 2, several.output
    alone_there = player.play(None, {}, playbook=str(book))
    assert [task["result"]["msg"] for task in alone_there.tasks] == [{"credentials_from_environment": True}], alone_there.output


@pytest.mark.parametrize("more", [{}, {"service_account_file": "key.json"}])
def test_application_default_credentials_are_no_hosts_own(player: Player, more: dict[str, str]) -> None:
    """They are those of tenant A."""
    box = company(player)
    zoom = {"account_id": "B", "client_id": "b", "client_secret": "b"}
    own = {"zoom_connection": zoom, "google_connection": {"auth_kind": "application", **more}}
    hosts = inventory(player, {"tenant_a": box.connections(), "tenant_b": own})
    key = box.connections()["google_connection"]["service_account_file"]
    env = {"GOOGLE_APPLICATION_CREDENTIALS": key}
    played = player.play(box, policy(player), "--limit", "tenant_b", inventory=hosts, env=env)
    assert "tenant_b has no credentials in its own google_connection" in played.failure
    assert "service_account_file" in played.failure
    assert box.ledger.entries == []


def test_one_workspace_may_feed_two_zoom_accounts(player: Player) -> None:
    first = company(player)
    second = player.start(seed([person("dan.reed")], {"zoom-users": ["dan.reed"]}, [], account_id="SecondAccount0000000000"))
    rows = {name: {"zoom_connection": box.connections()["zoom_connection"]} for name, box in (("a", first), ("b", second))}
    hosts = player.folder / "hosts.json"
    shared = {"google_connection": first.connections()["google_connection"]}
    hosts.write_text(json.dumps({"all": {"hosts": rows, "vars": shared}}))
    played = player.play(None, {**policy(player), **own_state(player)}, "--check", "--limit", "b", inventory=str(hosts))
    assert played.status == 0, played.output


def test_two_tenants_side_by_side_with_one_state_folder_are_refused(player: Player) -> None:
    boxes = [company(player), player.start(seed([], {"zoom-users": ["admin"]}, [], account_id="SecondAccount0000000000"))]
    hosts = inventory(player, {name: box.connections() for name, box in zip("ab", boxes, strict=True)})
    played = player.play(None, policy(player), inventory=hosts)
    assert "a and b have the same provisioning_state_dir" in played.failure
    assert "{{ inventory_hostname }}" in played.failure
    assert [box.ledger.entries for box in boxes] == [[], []]


def test_what_cannot_be_read_of_another_host_stops_nobody(player: Player) -> None:
    """An undefined variable, a template that breaks, a value and a whole file of a vault without its password."""
    box = company(player)
    broken = {"zoom_connection": {"account_id": "{{ nowhere }}", "client_id": "{{ 1 / 0 }}"}, "google_connection": "{{ nowhere }}"}
    hosts = inventory(player, {"a": box.connections(), "b": broken, "c": {}, "d": {}})
    folder = player.folder / "host_vars"
    folder.mkdir()
    sealed = "$ANSIBLE_VAULT;1.1;AES256\n" + "6162636465666768\n"
    (folder / "c.yml").write_text(sealed)
    inline = "".join(f"      {line}\n" for line in sealed.splitlines())
    (folder / "d.yml").write_text(f"zoom_connection:\n  account_id: !vault |\n{inline}  client_id: '{{{{ nowhere }}}}'\n")
    played = player.play(None, {**own_state(player), "scope_groups": [SCOPE]}, "--limit", "a", inventory=hosts)
    assert played.status == 0, played.output
    assert box.ledger.entries != []


def test_without_limit_the_run_ends_before_any_host_begins(player: Player) -> None:
    box = company(player)
    hosts = inventory(player, {"a": box.connections(), "b": {}})
    played = player.play(box, policy(player), inventory=hosts)
    assert [task["host"] for task in played.tasks if task["status"] == "failed"] == ["localhost"]
    assert box.ledger.entries == []


NOTHING = dict.fromkeys(("losses", "failed", "withheld", "limited", "unconfirmed", "above_limits", "above_gains"), 0)


@pytest.mark.parametrize(("playbook", "where"), [*((name, "ansible.cfg") for name in (*PLAYBOOKS, "awx_gate")), ("site", "inventory")])
def test_nobody_becomes_root_though_become_is_the_default(player: Player, playbook: str, where: str) -> None:
    """As AWX's privilege box does it too. Here sudo is a command that fails."""
    box = company(player)
    reports = {f"provisioning_tenant_t1_{stage}": {"tenant": "t1", "stage": stage, "counts": NOTHING} for stage in ("plan", "gains")}
    given = {**reports, "drift_fails_on": "never"}
    played = player.play(
        box,
        {"scope_groups": [SCOPE], **NAMED, **given, "offboard_ignore_scope": True, "undo_journal": str(journal(player))},
        "--check",
        playbook=playbook,
        inventory=inventory(player, {"t1": {"ansible_become": True} if where == "inventory" else {}}),
        env=becoming(player, where),
    )
    assert "sudo" not in played.output
    if playbook == "undo":
        assert "holds no write" in played.failure  # the module was reached, and read the journal
    else:
        assert played.status == 0, played.output


@pytest.mark.parametrize("role", ["scope", "attribute_mapping", "license_defaults", "group_mapping"])
def test_a_role_used_alone_does_not_become_root(player: Player, role: str) -> None:
    box = company(player)
    more = {"license_defaults_default": "basic", "group_mapping_groups": [{"name": "All", "groups": [SCOPE]}]}
    given = {"scope_group": SCOPE, "scope_group_members": ["ada.byron@example.com"], **more}
    played = player.play(box, given, "--check", playbook=alone(player, role), env=becoming(player, "ansible.cfg"))
    assert played.status == 0, played.output


def becoming(player: Player, where: str) -> dict[str, str]:
    """A machine whose sudo fails, and a configuration that becomes root by default."""
    folder = player.folder / "bin"
    folder.mkdir()
    (folder / "sudo").write_text("#!/bin/sh\necho sudo was asked >&2\nexit 1\n")
    (folder / "sudo").chmod(0o755)
    config = player.folder / "ansible.cfg"
    config.write_text("[privilege_escalation]\nbecome = true\n" if where == "ansible.cfg" else "")
    return {"ANSIBLE_CONFIG": str(config), "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def journal(player: Player) -> Path:
    path = player.folder / "some-run.jsonl"
    path.write_text("")
    return path


def test_without_a_home_folder_one_sentence_says_to_set_the_state_folder(monkeypatch: pytest.MonkeyPatch, player: Player) -> None:
    """A container whose uid has no name, as OpenShift starts them: ~ leads nowhere."""
    box = company(player)
    homeless(monkeypatch)
    found = call("zoom_user_info", box, dest="~/.local/state/workspace_zoom.provisioning/t1/accounts.jsonl")
    assert "set provisioning_state_dir to an absolute path" in found["msg"]
    assert box.ledger.entries == []
    given = call("zoom_user_info", box, dest=str(player.folder / "accounts.jsonl"))
    assert not given["failed"], given
    key = call("google_group", box, email=SCOPE, connection={"service_account_file": "~/key.json"})
    assert "give service_account_file an absolute path" in key["msg"]


def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="only root may start a program as somebody else")
@pytest.mark.parametrize("playbook", ["site", "undo"])
def test_a_playbook_run_by_a_uid_without_name_and_home_says_so(player: Player, playbook: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        book = str(ROOT / "playbooks" / f"{playbook}.yml")
        somebody = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
        command = [*somebody, str(Path(sys.executable).parent / "ansible-playbook"), book, "-i", "t1,"]
        env = {name: value for name, value in os.environ.items() if name != "HOME"}
        env.update(ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_NOCOLOR="1")
        done = subprocess.run(
            [*command, "-e", json.dumps({"scope_groups": [SCOPE], **NAMED})],
            env=env,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "set provisioning_state_dir to an absolute path" in " ".join(done.stdout.split()), done.stdout + done.stderr
        assert list(folder.rglob("*.jsonl")) == []
