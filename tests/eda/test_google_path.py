# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a change in the directory to an event: the channels that the module opens are those that the source believes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import call
from listening import TOKEN, Source
from playing import person, seed
from sandbox import Sandbox


def test_somebody_who_is_suspended_renamed_or_deleted_becomes_an_event(
    start: Callable[..., Source], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOOGLE_WATCH_TOKEN", TOKEN)
    source = start("google_user_watch", path="/google")
    with Sandbox.start(seed([person("bob.stone"), person("eve.moss")], {"zoom-users": ["bob.stone"]}, [])) as box:
        box.switches["google_push_to"] = f"http://127.0.0.1:{source.port}/google"

        def watch(**options: Any) -> dict[str, Any]:
            given = {"address": "https://events.example.com/google", "token": TOKEN, "channels_path": str(tmp_path / "channels.jsonl")}
            return call("google_user_watch", box, **{**given, **options})

        assert watch()["failed"] is False
        box.google.suspend("bob.stone@example.com")
        box.google.rename("eve.moss@example.com", "eve.lake@example.com")
        box.google.delete("eve.lake@example.com")
        box.google.remove_member("zoom-users@example.com", "bob.stone@example.com")  # of which Google sends nothing
        people = [(one["event"], one["address"]) for one in source.people(3)]
        assert people == [("update", "bob.stone@example.com"), ("update", "eve.lake@example.com"), ("delete", "eve.lake@example.com")]
        watch(token="a-token-that-the-source-does-not-know")
        box.google.suspend("bob.stone@example.com", False)
        assert len(source.people(4)) == 3
        watch(state="absent")
        assert list(box.google.store.channels.open(box.clock.now())) == []
