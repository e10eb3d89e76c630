# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job `apply` of the examples, started by hand for a plan that is not what it is named as: it ends before Ansible starts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from forge import forge
from playing import Player
from test_ci_examples import Pipeline


@pytest.fixture(params=["github", "gitlab"])
def ci(request: pytest.FixtureRequest, player: Player) -> Iterator[Pipeline]:
    with forge(request.param) as here:
        yield Pipeline(request.param, player, here)


def _keep(ci: Pipeline, event: str, seal: Any) -> int:
    folder = ci.player.folder / "uploaded"
    folder.mkdir(exist_ok=True)
    (folder / "plan.json").write_text(json.dumps({"outcome": "changes", "seal": seal}))
    return ci.here.keep(event, folder)


def _by_hand(ci: Pipeline) -> str:
    return {"github": "workflow_dispatch", "gitlab": "web"}[ci.kind]


def test_a_seal_that_brings_variables_of_its_own_is_none(ci: Pipeline) -> None:
    """Ansible would take them as the apply's own, and templates in them run on its machine."""
    written: Path = ci.player.folder / "written-by-a-plan"
    run = "{{ lookup('pipe', 'touch " + str(written) + "') }}"
    for seal in (f"{'0' * 64} provisioning_state_dir={run}", f"{'0' * 64}\napply=yes", "", None, "0" * 63, [run]):
        ended = ci.apply(_keep(ci, _by_hand(ci), seal))
        assert "has no seal. Nothing was applied." in ended.output, seal
        assert ended.status == 1
    assert not written.exists()
    assert ci.box.ledger.writes() == []


def test_by_hand_no_plan_is_applied_that_a_requests_own_content_has_made(ci: Pipeline) -> None:
    event = {"github": "pull_request", "gitlab": "merge_request_event"}[ci.kind]
    ended = ci.apply(_keep(ci, event, "0" * 64))
    assert ended.status == 1
    assert "branch. Nothing was applied." in ended.output
    assert ci.box.ledger.writes() == []
