# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A warm play is what the same play is in a process of its own: its end, all that it prints, every result, every request."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import warm
from playing import ROOT, SCOPE, Played, Player, account, person, seed
from real_runs import REAL
from sandbox import Sandbox

# What differs between any two runs: when it was, which run of which process, whose temporary file, in which order a set is
DIFFERS = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d[.\d]*)?(Z|\+00:00)?|\d{8}T\d{6}Z?[-\w]*|\b[0-9a-f]{12,64}\b|\bpid \d+|\"pid\": \d+"
    r"|\"size\": \d+|\"variables\": \[[^\]]*\]|ansible-local-\w+|/tmp/warm-\w+|127\.0\.0\.1:\d+|\b\d+\.\d+ ?s(econds)?\b"
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
GROUP = [{"name": "Staff", "groups": [SCOPE]}]
PEOPLE = [person("ada.byron"), person("bob.stone", suspended=True), person("eve.adams")]
POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "license_defaults_default": "licensed",
    "group_mapping_groups": GROUP,
    "attribute_mapping_prune": True,
}


def company(**zoom: Any) -> dict[str, Any]:
    return seed(PEOPLE, {"zoom-users": ["ada.byron", "bob.stone", "eve.adams"]}, [account("bob.stone"), account("eve.adams")], **zoom)


def shown(played: Played, player: Player, box: Sandbox) -> list[str]:
    """All of a run, a line for each thing, without what differs between any two."""
    tasks = [json.dumps(task, sort_keys=True) for task in played.tasks]
    lines = [f"status {played.status}", *played.output.splitlines(), *tasks, *requests(box)]
    return [DIFFERS.sub("*", line.replace(str(player.folder), "FOLDER").replace(box.url, "BOX")) for line in lines]


def requests(box: Sandbox) -> list[str]:
    """As they were sent, but for those that are sent side by side."""
    return sorted(f"{entry['method']} {entry['path']} {json.dumps(entry['body'], sort_keys=True)}" for entry in box.ledger.entries)


def both(folder: Path, given: dict[str, Any], *runs: tuple[dict[str, Any], tuple[str, ...], dict[str, Any]]) -> list[list[list[str]]]:
    """Each run, one after the other on the same sandbox, in processes of their own and warm."""
    found = []
    for real in (True, False):
        player = Player(folder / ("real" if real else "warm"), real=real)
        player.folder.mkdir()
        box = player.start(given)
        try:
            rows = []
            for variables, options, how in runs:
                box.ledger.clear()
                rows.append(shown(player.play(box, variables, *options, **how), player, box))
            found.append(rows)
        finally:
            player.stop()
    return found


ERRORS: list[Any] = [
    ({**POLICY, "license_defaults_default": "no such"}, (), {}),
    (POLICY, ("--no-such-option",), {}),
    ({**POLICY, "scope_users": "{{ undefined_name }}"}, (), {}),
    (POLICY, (), {"playbook": "no_such_playbook.yml"}),
    ({**POLICY, "scope_groups": ["nobody@example.com"]}, (), {}),
    (POLICY, ("--limit", "nobody"), {}),
    (POLICY, (), {"env": {"ZOOM_CLIENT_SECRET": "a-wrong-secret-of-some-length"}}),
]
RUNS: dict[str, list[Any]] = {
    "check and real": [(POLICY, ("--check", "--diff"), {}), (POLICY, ("--diff",), {})],
    "errors": ERRORS[:2],
    "more errors": ERRORS[2:],
    "nothing to do, and a limit": [
        (POLICY, (), {}),
        (POLICY, (), {}),
        ({**POLICY, "scope_exclude_users": ["ada.byron@example.com"]}, (), {}),
    ],
    "playbooks": [
        (POLICY, (), {"playbook": "preflight"}),
        (POLICY, ("--diff",), {"playbook": "drift"}),
        (POLICY, ("--diff",), {"playbook": "workspace_zoom.provisioning.site"}),
        ({**POLICY, "offboard_users": ["eve.adams@example.com"]}, ("--diff",), {"playbook": "offboard"}),
    ],
    "options and settings": [
        (POLICY, ("--tags", "accounts", "-v"), {}),
        (POLICY, ("--check", "-v"), {"env": {"ANSIBLE_INJECT_INVOCATION": "true"}}),
        (POLICY, ("--list-tasks",), {}),
    ],
}
ALWAYS = ("check and real", "errors")


@pytest.mark.parametrize("name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.torture) for name in RUNS])
def test_a_warm_play_and_a_real_one_are_the_same(tmp_path: Path, name: str) -> None:
    real, warm = both(tmp_path, company(), *RUNS[name])
    for one, other in zip(real, warm, strict=True):
        assert [pair for pair in zip_longest(one, other) if pair[0] != pair[1]] == []


def test_what_is_listed_to_be_real_is_there() -> None:
    files = {path.name: path.read_text() for path in ROOT.glob("tests/**/test_*.py")}
    for name in REAL:
        file, _colons, function = name.partition("::")
        assert f"def {function.partition('[')[0]}(" in files[file] if function else file in files, name


@pytest.mark.skipif(not warm.__version__.startswith(warm.KNOWN), reason="each play is real with another ansible-core")
def test_what_a_server_can_not_be_like_is_a_process_of_its_own(tmp_path: Path) -> None:
    usual = {"ANSIBLE_NOCOLOR": "1", "ZOOM_CLIENT_SECRET": "any"}
    assert warm.fits(usual, tmp_path, ("--check", "-vvv"))
    assert not warm.fits(usual, tmp_path, ("-vvvv",))
    assert not warm.fits({**usual, "ANSIBLE_DEBUG": "1"}, tmp_path, ())
    (tmp_path / "ansible.cfg").touch()
    assert not warm.fits(usual, tmp_path, ())
