# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""google_user_watch: channels are opened, renewed before they end, stopped after, and remembered."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run import _google_user_watch
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _channels
from calling import call
from playing import Player, person, seed
from sandbox import Sandbox

TOKEN = "a-token-that-nobody-may-see"
ADDRESS = "https://events.example.com/google"
WATCH, STOP = "/admin/directory/v1/users/watch", "/admin/directory_v1/channels/stop"
HOUR = 3600


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(seed([person("bob.stone")], {"zoom-users": ["bob.stone"]}, [])) as started:
        yield started


@pytest.fixture
def later(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets hours pass on both sides."""
    passed = [0.0]
    for module in (_google_user_watch, _channels):
        monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: time.time() + passed[0]))

    def let_pass(hours: float) -> None:
        passed[0] += hours * HOUR
        box.clock.advance(hours * HOUR)

    return let_pass


def watch(box: Sandbox, folder: Path, **options: Any) -> dict[str, Any]:
    given = {"address": ADDRESS, "token": TOKEN, "channels_path": str(folder / "channels.jsonl"), "max_attempts": 1, **options}
    result = call("google_user_watch", box, **given)
    assert TOKEN not in json.dumps(result)
    return result


def requests(box: Sandbox) -> list[str]:
    """Writes since the last look, each with its event."""
    made = [
        f"{'watch' if entry['path'] == WATCH else 'stop'} {entry['query'].get('event', [''])[0]}".strip() for entry in box.ledger.writes()
    ]
    box.ledger.clear()
    return made


def test_the_first_call_opens_one_channel_for_each_event_and_the_second_asks_nothing(box: Sandbox, tmp_path: Path) -> None:
    first = watch(box, tmp_path)
    assert (first["changed"], first["opened"], first["stopped"]) == (True, ["add", "delete", "undelete", "update"], [])
    assert [row["event"] for row in first["channels"]] == first["opened"]
    assert requests(box) == ["watch add", "watch delete", "watch undelete", "watch update"]
    file = tmp_path / "channels.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600
    assert TOKEN not in file.read_text()
    second = watch(box, tmp_path)
    assert (second["changed"], second["channels"], second["valid_until"]) == (False, first["channels"], first["valid_until"])
    assert box.ledger.entries == []


def test_check_mode_reports_what_it_would_open_and_sends_and_writes_nothing(box: Sandbox, tmp_path: Path) -> None:
    would = watch(box, tmp_path, check=True)
    assert (would["changed"], would["opened"], would["channels"]) == (True, ["add", "delete", "undelete", "update"], [])
    assert "update: new" in would["diff"][0]["after"]
    assert list(tmp_path.iterdir()) == []
    assert box.ledger.entries == []


def test_a_channel_that_ends_soon_is_followed_by_another_one_and_stopped_afterwards(
    box: Sandbox, tmp_path: Path, later: Callable[[float], None]
) -> None:
    watch(box, tmp_path, events=["update"])
    requests(box)
    later(35)
    assert watch(box, tmp_path, events=["update"])["changed"] is False
    later(2)
    renewed = watch(box, tmp_path, events=["update"])
    assert (renewed["opened"], renewed["stopped"]) == (["update"], ["update"])
    assert requests(box) == ["watch update", "stop"]
    assert len(list(box.google.store.channels.open(box.clock.now()))) == 1


def test_what_google_grants_less_than_is_asked_for_is_renewed_all_the_same_and_not_in_every_run(
    box: Sandbox, tmp_path: Path, later: Callable[[float], None]
) -> None:
    box.switches["google_channel_lifetime"] = 6 * HOUR
    watch(box, tmp_path, events=["update"])
    later(2)
    assert watch(box, tmp_path, events=["update"])["changed"] is False
    later(2)
    assert watch(box, tmp_path, events=["update"])["opened"] == ["update"]


def test_after_a_pause_what_has_run_out_is_opened_anew_and_not_stopped(
    box: Sandbox, tmp_path: Path, later: Callable[[float], None]
) -> None:
    watch(box, tmp_path, events=["update"])
    requests(box)
    later(72)
    assert watch(box, tmp_path, events=["update"])["opened"] == ["update"]
    assert requests(box) == ["watch update"]


def test_another_token_replaces_every_channel(box: Sandbox, tmp_path: Path) -> None:
    watch(box, tmp_path, events=["add", "update"])
    requests(box)
    changed = watch(box, tmp_path, events=["add", "update"], token="another-token-for-this-tenant")
    assert (changed["opened"], changed["stopped"]) == (["add", "update"], ["add", "update"])
    assert requests(box) == ["watch add", "watch update", "stop", "stop"]


def test_absent_stops_all_and_then_has_nothing_to_do(box: Sandbox, tmp_path: Path) -> None:
    watch(box, tmp_path)
    gone = watch(box, tmp_path, state="absent", address=None, token=None)
    assert (gone["changed"], gone["channels"], sorted(gone["stopped"])) == (True, [], ["add", "delete", "undelete", "update"])
    assert list(box.google.store.channels.open(box.clock.now())) == []
    assert watch(box, tmp_path, state="absent")["changed"] is False


def test_a_channel_that_google_does_not_know_any_more_counts_as_stopped(box: Sandbox, tmp_path: Path) -> None:
    watch(box, tmp_path, events=["update"])
    box.google.store.channels.drop(next(box.google.store.channels.open(box.clock.now())))
    assert watch(box, tmp_path, state="absent")["failed"] is False


def test_what_was_opened_before_a_fault_is_remembered_and_only_the_rest_is_opened_afterwards(box: Sandbox, tmp_path: Path) -> None:
    box.faults.add(path=WATCH, method="POST", status=400, after=2, times=1)
    assert watch(box, tmp_path)["failed"] is True
    requests(box)
    assert watch(box, tmp_path)["opened"] == ["undelete", "update"]


def test_a_former_channel_that_could_not_be_stopped_is_stopped_by_the_next_run(box: Sandbox, tmp_path: Path) -> None:
    watch(box, tmp_path, events=["update"])
    box.faults.add(path=STOP, method="POST", status=400, times=1)
    assert watch(box, tmp_path, events=["update"], token="another-token-for-this-tenant")["failed"] is True
    requests(box)
    after = watch(box, tmp_path, events=["update"], token="another-token-for-this-tenant")
    assert (after["opened"], after["stopped"]) == ([], ["update"])
    assert requests(box) == ["stop"]


@pytest.mark.parametrize("text", ["", "nonsense", '{"format": "workspace_zoom.provisioning/channels/1"}\n{}\n'])
def test_a_damaged_file_leads_to_new_channels_and_never_to_a_failure(box: Sandbox, tmp_path: Path, text: str) -> None:
    (tmp_path / "channels.jsonl").write_text(text)
    assert watch(box, tmp_path, events=["update"])["opened"] == ["update"]


def test_a_file_that_others_can_write_to_is_refused(box: Sandbox, tmp_path: Path) -> None:
    watch(box, tmp_path)
    (tmp_path / "channels.jsonl").chmod(0o666)
    refused = watch(box, tmp_path)
    assert refused["failed"] is True
    assert "channels_path" in refused["msg"]


@pytest.mark.parametrize("edit", ["cut", "types", "deep", "nan"])
def test_an_answer_of_an_unknown_form_is_one_sentence(box: Sandbox, tmp_path: Path, edit: str) -> None:
    box.faults.add(path=WATCH, method="POST", edit=edit)
    result = watch(box, tmp_path)
    assert result["failed"] is True
    assert "Traceback" not in result["msg"]


def test_after_an_answer_that_was_lost_the_next_run_opens_what_it_does_not_know_of(box: Sandbox, tmp_path: Path) -> None:
    box.faults.add(path=WATCH, method="POST", drop="after")
    assert watch(box, tmp_path, events=["update"])["failed"] is True
    assert watch(box, tmp_path, events=["update"])["opened"] == ["update"]


def test_a_scope_that_is_missing_is_named(box: Sandbox, tmp_path: Path) -> None:
    box.google.set_scopes(["admin.directory.group.readonly"])
    assert "admin.directory.user.readonly" in watch(box, tmp_path)["msg"]


def test_the_playbook_keeps_the_channels_beside_the_memory_and_prints_no_token(player: Player, tmp_path: Path) -> None:
    box = player.start(seed([person("bob.stone")], {"zoom-users": ["bob.stone"]}, []))
    given = {"google_watch_address": ADDRESS, "google_watch_token": TOKEN, "provisioning_state_dir": str(tmp_path / "state")}
    played = player.play(box, given, "-vvv", "--diff", playbook="google_watch")
    assert played.status == 0, played.output
    assert "Google sends notifications until" in played.output
    assert TOKEN not in played.output
    assert len(list(box.google.store.channels.open(box.clock.now()))) == 4
    assert (tmp_path / "state" / "channels.jsonl").is_file()
