# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service account's key in every form that a user may give it: no result holds it, and nothing else is masked.

What is looked through is the raw result, `invocation` included, that every callback gets at verbosity 0, and the output at -vvvv.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from playing import SCOPE, Played, Player, person, seed
from sandbox import Sandbox

GOOGLE = "group/workspace_zoom.provisioning.google"
ZOOM = "group/workspace_zoom.provisioning.zoom"
GROUP = "workspace_zoom.provisioning.google_group"
MEMBERS = "workspace_zoom.provisioning.google_group_members_info"
VAULT_PASSWORD = "a password of a vault"  # noqa: S105


@pytest.fixture
def box(player: Player) -> Sandbox:
    return player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))


def key_of(box: Sandbox) -> dict[str, Any]:
    """The sandbox's key, of a project whose name is part of everybody's address."""
    key = json.loads(Path(box.connections()["google_connection"]["service_account_file"]).read_text())
    return {**key, "project_id": "example"}


def forms(box: Sandbox, folder: Path) -> dict[str, Any]:
    """How a user may write service_account_contents."""
    key = key_of(box)
    file = folder / "key.json"
    file.write_text(json.dumps(key, indent=2))
    return {
        "dictionary": key,
        "JSON": json.dumps(key),
        "indented JSON": json.dumps(key, indent=4) + "\n",
        "JSON with escaped slashes": json.dumps(key).replace("/", "\\/"),
        "lookup": f"{{{{ lookup('file', '{file}') }}}}",
        "lookup as JSON": f"{{{{ lookup('file', '{file}') | from_json }}}}",
        "lookup as JSON text": f"{{{{ lookup('file', '{file}') | from_json | to_json }}}}",
        "lookup as indented JSON text": f"{{{{ lookup('file', '{file}') | from_json | to_nice_json }}}}",
        "environment": "{{ lookup('env', 'GCP_SERVICE_ACCOUNT_CONTENTS') }}",
        "vault": "{{ vaulted_key }}",
        "vault as JSON": "{{ vaulted_key | from_json }}",
    }


def connection(box: Sandbox, contents: Any) -> dict[str, Any]:
    given = {name: value for name, value in box.connections()["google_connection"].items() if name != "service_account_file"}
    return {**given, "service_account_contents": contents}


def task(name: str, module: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, module: given, "ignore_errors": True, **more}


def play(player: Player, box: Sandbox, tasks: list[dict[str, Any]], *options: str, **env: str) -> Played:
    book = player.folder / "book.yml"
    play = {"hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks}
    book.write_text(yaml.safe_dump([{**play, "vars": {"ansible_python_interpreter": sys.executable}}]))
    (player.folder / "password").write_text(VAULT_PASSWORD)
    vault = vaulted(player.folder, json.dumps(key_of(box), indent=2))
    return player.play(
        None,
        {},
        "--vault-password-file",
        "password",
        "-e",
        f"@{vault}",
        *options,
        playbook=str(book),
        env={"ANSIBLE_INJECT_INVOCATION": "true", **env},
    )


def vaulted(folder: Path, text: str) -> Path:
    file, plain = folder / "vaulted.yml", folder / "plain.yml"
    plain.write_text(yaml.safe_dump({"vaulted_key": text}))
    command = [str(Path(sys.executable).parent / "ansible-vault"), "encrypt", str(plain), "--output", str(file)]
    subprocess.run([*command, "--vault-password-file", str(folder / "password")], check=True, capture_output=True)
    plain.unlink()
    return file


def assert_hidden(box: Sandbox, *texts: str) -> None:
    """Not any twenty signs in a row of the key, whatever stands between its lines, and no marker of one."""
    lines = [line for line in key_of(box)["private_key"].splitlines() if "-----" not in line]
    pieces = {line[start : start + 20] for line in lines for start in range(0, len(line), 20) if len(line[start : start + 20]) == 20}
    assert len(pieces) > 50
    for text in texts:
        plain = text.replace("\\/", "/")
        assert not [piece for piece in pieces if piece in plain]
        assert not (found := re.search("BEGIN [A-Z ]*PRIVATE", plain)), plain[max(found.start() - 300, 0) : found.end() + 200]


def raw(played: Played) -> str:
    return json.dumps(played.tasks)


def results(played: Played) -> dict[str, dict[str, Any]]:
    return {task["task"]: task["result"] for task in played.tasks}


def failed(played: Played) -> set[str]:
    return {task["task"] for task in played.tasks if task["status"] == "failed"}


def test_the_key_is_in_no_result_in_whatever_form_it_is_given_and_nothing_else_is_masked(player: Player, box: Sandbox) -> None:
    given = forms(box, player.folder)
    tasks = [task(name, MEMBERS, {"groups": [SCOPE], **connection(box, contents)}) for name, contents in given.items()]
    defaults = {GOOGLE: connection(box, key_of(box))}
    tasks += [
        task("module_defaults", MEMBERS, {"groups": [SCOPE]}, module_defaults=defaults),
        task("module_defaults and diff", GROUP, {"email": "new@example.com"}, module_defaults=defaults, diff=True),
        task("environment alone", MEMBERS, {"groups": [SCOPE]}),
    ]
    aside = {"GCP_SERVICE_ACCOUNT_CONTENTS": json.dumps(key_of(box), indent=2)}
    rest = {name: value for name, value in box.environment().items() if name != "GCP_SERVICE_ACCOUNT_FILE"}
    played = play(player, box, tasks, "-vvvv", **{**rest, **aside})
    assert_hidden(box, played.output, raw(played))
    found = results(played)
    assert set(found) == {task["name"] for task in tasks}
    assert failed(played) == set(), played.output
    assert "invocation" in found["dictionary"]
    for name, result in found.items():
        if name != "module_defaults and diff":
            assert "ada.byron@example.com" in json.dumps(result), (name, result)
            assert result["invocation"]["module_args"]["groups"] == [SCOPE]
    assert "new@example.com" in json.dumps(found["module_defaults and diff"]["diff"])


def test_the_key_is_in_no_result_of_arguments_that_are_refused_or_of_a_module_that_crashes(player: Player, box: Sandbox) -> None:
    given = forms(box, player.folder)
    tasks = []
    for name in ("dictionary", "indented JSON"):
        good = {"groups": [SCOPE], **connection(box, given[name])}
        rest = {key: value for key, value in good.items() if key != "service_account_contents"}
        tasks += [
            task(f"{name}, wrong type beside it", MEMBERS, {**good, "max_attempts": "often"}),
            task(f"{name}, misspelt", MEMBERS, {**rest, "service_account_json": given[name]}),
            task(f"{name}, where a path is due", MEMBERS, {**rest, "service_account_file": given[name]}),
            task(f"{name}, where another text is due", MEMBERS, {**good, "subject": given[name]}),
            task(f"{name}, crashed", MEMBERS, {**good, "api_url": "http://[crash"}),
            task(f"{name}, in a list", MEMBERS, {**good, "service_account_contents": [given[name]]}),
        ]
    dated = {**key_of(box), "created": "{{ '2026-01-31' | to_datetime('%Y-%m-%d') }}"}
    broken = json.dumps(key_of(box))[:-20]
    unmarked = {**key_of(box), "private_key": "".join(key_of(box)["private_key"].splitlines()[1:-1])}
    tasks += [
        task("with a date in it", MEMBERS, {"groups": [SCOPE], **connection(box, dated), "access_token": "a-token-of-somebody-else"}),
        task("text that was cut off", MEMBERS, {"groups": [SCOPE], **connection(box, broken)}),
        task("without its markers", MEMBERS, {"groups": [SCOPE], **connection(box, unmarked)}),
    ]
    played = play(player, box, tasks, "-vvvv")
    assert_hidden(box, played.output, raw(played))
    assert "a-token-of-somebody-else" not in raw(played)
    found = results(played)
    assert len(found) == len(tasks)
    assert {*found} - failed(played) <= {"with a date in it"}
    assert "service_account_contents" in found["indented JSON, where a path is due"]["msg"]


def test_only_the_key_is_masked_in_a_refusal(player: Player, box: Sandbox) -> None:
    """project_id is `example`; the sentence names an address."""
    given = {"groups": ["nobody@example.com"], **connection(box, key_of(box))}
    (result,) = play(player, box, [task("refused", MEMBERS, given)]).tasks
    assert "nobody@example.com" in result["result"]["msg"]
    assert key_of(box)["client_email"] not in raw_args(result)
    assert_hidden(box, json.dumps(result))


def raw_args(result: dict[str, Any]) -> str:
    return json.dumps(result["result"]["invocation"]["module_args"]["service_account_contents"])


def test_zooms_secrets_are_in_no_result_also_where_arguments_are_refused(player: Player, box: Sandbox) -> None:
    zoom = box.connections()["zoom_connection"]
    info = "workspace_zoom.provisioning.zoom_user_info"
    rest = {name: value for name, value in zoom.items() if name != "client_secret"}
    tasks = [
        task("fine", info, zoom),
        task("wrong type beside it", info, {**zoom, "max_attempts": "often"}),
        task("misspelt", info, {**rest, "client_secert": zoom["client_secret"]}),
        task("token in a list", info, {**rest, "access_token": [zoom["client_secret"]]}),
    ]
    played = play(player, box, tasks, "-vvvv")
    assert {task["task"] for task in played.tasks} - failed(played) == {"fine"}, played.output
    assert zoom["client_secret"] not in played.output + raw(played)
    environment = play(player, box, [task("from the environment", info, {})], "-vvvv", **box.environment())
    assert zoom["client_secret"] not in environment.output + raw(environment)


def test_a_person_whose_address_holds_the_projects_name_keeps_the_account(player: Player, box: Sandbox) -> None:
    """Ansible would mask `byron` in results, and what was read from a result would be of nobody."""
    key = {**key_of(box), "project_id": "byron"}
    policy = {
        "zoom_connection": box.connections()["zoom_connection"],
        "google_connection": connection(box, key),
        "scope_group": SCOPE,
        "scope_group_members": ["ada.byron@example.com"],
        "attribute_mapping_prune": True,
        "attribute_mapping_adopt": {"ada.byron@example.com": "ada.byron@example.com"},
    }
    played = player.play(None, policy)
    assert played.status == 0, played.output
    assert box.zoom.find("ada.byron@example.com").status == "active"
    assert "ada.byron@example.com" in [row["email"] for row in played.changes()]
    assert_hidden(box, raw(played))


# ---- a connection that can't be evaluated: what Ansible says of it may quote it

SECRET = "S3CRETS3CRETxyz"  # noqa: S105
WHOLE = f"{{{{ {{'account_id': 'acc', 'client_secret': '{SECRET}', 'client_id': misspelt}} }}}}"
UNREADABLE: dict[str, tuple[Any, str]] = {
    "opened": ({"account_id": "acc", "client_id": "cli", "client_secret": f"ab{{{{cd-{SECRET}"}, "zoom_connection.client_secret"),
    "statement": ({"account_id": "acc", "client_id": "cli", "client_secret": f"ab{{%cd-{SECRET}"}, "zoom_connection.client_secret"),
    "undefined": ({"account_id": "acc", "client_secret": f"{{{{ '{SECRET}' ~ misspelt }}}}"}, "zoom_connection.client_secret"),
    "whole": (WHOLE, "zoom_connection"),
}


@pytest.mark.parametrize("hosts", ["t1,", "t1,t2,"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_connection_that_cannot_be_evaluated_is_named_and_not_quoted(player: Player, name: str, hosts: str) -> None:
    given, named = UNREADABLE[name]
    played = player.play(None, {"scope_groups": [SCOPE], "zoom_connection": given}, "--limit", "t1", "-vvv", inventory=hosts)
    assert SECRET not in played.output + raw(played)
    assert f"{named} of t1 can't be evaluated, so nothing was read." in played.failure, played.failure
    assert "mark it !unsafe" in played.failure


@pytest.mark.parametrize("name", UNREADABLE)
def test_nor_is_it_quoted_by_a_task_that_no_guard_stands_before(player: Player, name: str) -> None:
    """Nor the line of the play that holds it."""
    given, named = UNREADABLE[name]
    options = "{{ query('workspace_zoom.provisioning.connection', 'zoom_connection') | first }}"
    tasks = [
        task("validate", "workspace_zoom.provisioning.policy_validate", {"all_variables": True}),
        task("module_defaults", "workspace_zoom.provisioning.zoom_user_info", {}, module_defaults={ZOOM: options}),
    ]
    book = player.folder / "book.yml"
    local = {"ansible_python_interpreter": sys.executable, "zoom_connection": given}
    book.write_text(yaml.safe_dump([{"hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks, "vars": local}]))
    played = player.play(None, {}, "-vvv", playbook=str(book))
    assert failed(played) == {"validate", "module_defaults"}
    assert SECRET not in played.output + raw(played)
    for result in results(played).values():
        assert f"{named} can't be evaluated" in result["msg"], result


def test_a_secret_that_holds_a_template_is_used_as_it_is_if_it_is_marked_unsafe(player: Player, box: Sandbox) -> None:
    zoom = {name: value for name, value in box.connections()["zoom_connection"].items() if name != "client_secret"}
    hosts = player.folder / "hosts.yml"
    host = {"google_connection": box.connections()["google_connection"], "zoom_connection": {**zoom, "client_secret": "PLACE"}}
    text = yaml.safe_dump({"all": {"hosts": {"t1": host, "t2": {}}}}).replace("PLACE", f'!unsafe "{SECRET}{{{{"')
    hosts.write_text(text)
    played = player.play(None, {"scope_groups": [SCOPE]}, "--limit", "t1", inventory=str(hosts))
    assert "invalid_client" in played.failure or "Zoom refused" in played.failure, played.failure
    assert SECRET not in played.output
