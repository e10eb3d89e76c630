# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phase hands to the next lies in a file of its run, whole, private, and refused by every other run."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import ROOT, SCOPE, Player, account, person, seed
from sandbox import Sandbox

RUN = "run-1"
RULES = {"license_defaults": {"rules": [{"groups": ["managers@example.com"], "license": "licensed"}]}}
HANDED = ("pending_changes", "resolve_groups", "resolve_org_units", "expressions", "matching", "deprovision", "hold")


@pytest.fixture
def box(player: Player) -> Sandbox:
    people = [person("ada.byron"), person("bob.stone")]
    return player.start(seed(people, {"zoom-users": ["ada.byron"], "managers": ["bob.stone"]}, [account("ada.byron")]))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_policy_goes_to_the_scope_as_a_private_file(player: Player, box: Sandbox) -> None:
    policy, people = player.folder / "policy", player.folder / "people"
    told = call("policy_validate", box, connection={}, **RULES, dest=str(policy), run_id=RUN)
    assert stat.S_IMODE(policy.stat().st_mode) == 0o600
    header, *records = rows(policy)
    assert (header["format"], header["run_id"]) == ("workspace_zoom.provisioning/policy/1", RUN)
    assert [record["resolve_groups"] for record in records] == [told["resolve_groups"]] == [["managers@example.com"]]
    found = call("google_scope_info", box, groups=[SCOPE], policy_path=str(policy), dest=str(people), run_id=RUN)
    assert not found["failed"], found
    assert "managers@example.com" in rows(people)[0]["groups"]


def test_pending_changes_of_both_tasks_of_a_group_go_to_the_scope(player: Player, box: Sandbox) -> None:
    """In check mode too: the group does not exist yet."""
    own = {"pending_path": str(player.folder / "pending"), "run_id": RUN}
    new = "new@example.com"
    for _again in range(2):
        assert call("google_group", box, check=True, email=new, **own)["changed"]
        assert call("google_group_members", box, check=True, group=new, members=["bob.stone@example.com"], **own)["changed"]
    assert [(row["by"], row["group"]) for row in rows(player.folder / "pending")[1:]] == [
        ("google_group", new),
        ("google_group_members", new),
    ]
    found = call("google_scope_info", box, groups=[new], **own)
    assert [row["email"] for row in found["people"] if row.get("in_scope")] == ["bob.stone@example.com"]


def test_a_group_without_a_change_leaves_a_file_that_says_so(player: Player, box: Sandbox) -> None:
    own = {"pending_path": str(player.folder / "pending"), "run_id": RUN}
    call("google_group", box, email=SCOPE, **own)
    assert len(rows(player.folder / "pending")) == 1
    assert not call("google_scope_info", box, groups=[SCOPE], **own)["failed"]


@pytest.mark.parametrize(("module", "option"), [("google_scope_info", "policy_path"), ("google_scope_info", "pending_path")])
def test_a_file_of_another_run_is_refused_before_any_read(player: Player, box: Sandbox, module: str, option: str) -> None:
    path = str(player.folder / "file")
    if option == "policy_path":
        call("policy_validate", box, connection={}, dest=path, run_id="another")
    else:
        call("google_group", box, check=True, email="new@example.com", pending_path=path, run_id="another")
    box.ledger.clear()
    found = call(module, box, groups=[SCOPE], **{option: path}, run_id=RUN)
    assert "was written by the run another, not by this one (run-1)" in found["msg"]
    assert box.ledger.entries == []


def test_a_task_of_this_run_begins_a_stale_file_anew(player: Player, box: Sandbox) -> None:
    path = str(player.folder / "pending")
    call("google_group", box, check=True, email="new@example.com", pending_path=path, run_id="another")
    call("google_group", box, check=True, email="newer@example.com", pending_path=path, run_id=RUN)
    assert [row["group"] for row in rows(Path(path))[1:]] == ["newer@example.com"]


OURS: dict[str, Any] = {"run_id": RUN, "run_host": "a"}
THEIRS = {**OURS, "run_host": "b"}


@pytest.mark.parametrize("option", ["policy_path", "pending_path", "members_path"])
@pytest.mark.parametrize("reader", [THEIRS, {"run_id": RUN}])
def test_a_file_of_another_host_is_refused_though_their_runs_have_one_id(
    player: Player, box: Sandbox, option: str, reader: dict[str, Any]
) -> None:
    """Side by side, with one provisioning_run_id and one folder."""
    path = str(player.folder / "file")
    if option == "policy_path":
        call("policy_validate", box, connection={}, dest=path, **OURS)
    elif option == "pending_path":
        call("google_group", box, check=True, email="new@example.com", pending_path=path, **OURS)
    else:
        offboarded(player, box, hold_path=path, **OURS)
    box.ledger.clear()
    called, given = ("google_group_members", {"group": SCOPE}) if option == "members_path" else ("google_scope_info", {"groups": [SCOPE]})
    found = call(called, box, **given, **{option: path}, **reader)
    assert f"{option} {path} was written for a, not for {reader.get('run_host', 'no host')}, in a run of the same id" in found["msg"]
    assert box.ledger.writes() == []
    assert not call(called, box, **given, **{option: path}, **OURS)["failed"]


def test_pending_changes_of_another_host_in_the_same_run_are_neither_taken_nor_lost(player: Player, box: Sandbox) -> None:
    path = player.folder / "pending"
    call("google_group", box, check=True, email="new@example.com", pending_path=str(path), **OURS)
    before = path.read_text()
    found = call("google_group", box, check=True, email="newer@example.com", pending_path=str(path), **THEIRS)
    assert "was written for a, not for b" in found["msg"]
    assert path.read_text() == before
    assert not call("google_group", box, check=True, email="newer@example.com", pending_path=str(path), run_host="b", run_id="run-2")[
        "failed"
    ]


def offboarded(player: Player, box: Sandbox, **own: Any) -> dict[str, Any]:
    people, accounts = str(player.folder / "people"), str(player.folder / "accounts")
    call("zoom_user_info", box, dest=accounts, run_id=RUN)
    call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, run_id=RUN)
    hold = {"hold_group": "managers@example.com", "people_path": people, "accounts_path": accounts}
    return call("zoom_offboard", box, check=True, users=["ada.byron@example.com"], **hold, **own)


def test_every_task_that_hands_over_or_takes_over_says_whose_host_it_is_for() -> None:
    handing = re.compile(
        r"^\s+(?:policy_path|pending_path|hold_path|members_path|dest): .*provisioning_run\.(?:policy|pending|hold)_path", re.M
    )
    found = 0
    for path in [*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("playbooks/**/*.yml")]:
        for block in re.split(r"\n\s*- name: ", path.read_text()):
            if handing.search(block):
                found += 1
                assert 'run_host: "{{ inventory_hostname }}"' in block, (path.name, block.splitlines()[0])
    assert found == 5
    # options that several tasks share
    shared = [block for path in ROOT.glob("roles/*/vars/*.yml") for block in path.read_text().split("\n_") if "pending_path" in block]
    assert len(shared) == 2 and all("'run_host': inventory_hostname," in block for block in shared)


@pytest.mark.parametrize("damage", ["cut", "altered", "missing"])
def test_a_file_that_is_not_whole_is_refused(player: Player, box: Sandbox, damage: str) -> None:
    path = player.folder / "policy"
    call("policy_validate", box, connection={}, **RULES, dest=str(path), run_id=RUN)
    if damage == "missing":
        path.unlink()
    else:
        path.write_text(
            path.read_text().replace("managers", "everybody") if damage == "altered" else path.read_text().splitlines()[0] + "\n"
        )
    box.ledger.clear()
    found = call("google_scope_info", box, groups=[SCOPE], policy_path=str(path), run_id=RUN)
    assert found["failed"] and "policy snapshot" in found["msg"]
    assert box.ledger.entries == []


def test_a_file_without_a_run_to_name_it_is_refused(player: Player, box: Sandbox) -> None:
    found = call("google_group", box, check=True, email=SCOPE, pending_path=str(player.folder / "pending"))
    assert found["msg"].startswith("pending_path needs run_id")


def test_whom_offboarding_holds_goes_to_the_hold_group_as_a_file(player: Player, box: Sandbox) -> None:
    hold = {"hold_path": str(player.folder / "hold"), "hold_group": "managers@example.com", "run_id": RUN}
    people, accounts = str(player.folder / "people"), str(player.folder / "accounts")
    call("zoom_user_info", box, dest=accounts, run_id=RUN)
    call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, run_id=RUN)
    files = {"people_path": people, "accounts_path": accounts}
    found = call("zoom_offboard", box, check=True, users=["ada.byron@example.com"], **hold, **files)
    assert found["hold"] == ["ada.byron@example.com"], found
    added = call("google_group_members", box, check=True, group="managers@example.com", members_path=hold["hold_path"], run_id=RUN)
    assert added["added"] == ["ada.byron@example.com"], added
    stale = call("google_group_members", box, group="managers@example.com", members_path=hold["hold_path"], run_id="run-2")
    assert "not by this one (run-2)" in stale["msg"]


@pytest.mark.parametrize("given", [{}, {"members": [], "members_path": "x"}])
def test_members_are_given_in_one_way(box: Sandbox, given: dict[str, Any]) -> None:
    found = call("google_group_members", box, group=SCOPE, run_id=RUN, **given)
    assert "either members or members_path" in found["msg"]


def test_no_role_and_no_playbook_hands_on_what_a_result_printed() -> None:
    """Counts may come from results, texts may not."""
    for path in [*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("playbooks/**/*.yml")]:
        for line in path.read_text().splitlines():
            found = re.findall(rf"\w+\.(?:{'|'.join(HANDED)})\b(?! \| length)", line)
            assert not found, f"{path.name}: {line.strip()}"
