# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is killed at any of its writes, before it is sent or before its answer is seen: the next one brings the rest to its end.

Each write in one of the two ways; TORTURE=1 in the environment tries both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import READS, Http
from playing import SCOPE, account, person
from sandbox import Sandbox
from tiers import more

from . import journal
from .site import Site
from .story import MEMORY, stopped_aside
from .test_named import OLD, story
from .views import view
from .world import MANAGERS, QUIET

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]

EXTRA = "extra@example.com"
NAMES = ["ada.byron", "bob.stone", "cleo.park", "dora.king", "fay.lund", "gus.ray"]
IN_SCOPE = ["admin", *NAMES]
NIGHT = story(
    [{**person(name), "created": "400 days ago", "suspended": name == "gus.ray"} for name in (*NAMES, "hal.kim")],
    [
        account(
            name,
            id=f"z-{name}",
            status="inactive" if name == "gus.ray" else "active",
            license="licensed" if name == "fay.lund" else "basic",
            groups=["Managers"] if name == "fay.lund" else [],
            **OLD,
        )
        for name in NAMES
    ],
    groups={"zoom-users": IN_SCOPE, "managers": ["fay.lund"], "extra": []},
    policy={"rules": [{"groups": [MANAGERS], "license": "licensed"}], "scope_group": EXTRA, "scope_group_members": []},
    seats={"licensed": 3, "basic": 99},
).world  # fmt: skip
SCOPE_GROUP = {"scope_group_exclusive": False, "scope_max_removals": 10}
State = dict[str, tuple[Any, ...]]


class Killed(BaseException):
    """Nothing of the run is carried out after it."""


@contextmanager
def killed(at: int, *, sent: bool) -> Iterator[None]:
    """At its so-many-th write, which is sent or not; whatever other threads have under way then comes to nothing."""
    writes, request = list[str](), Http._attempt

    def attempt(http: Http, method: str, path: str, *rest: Any) -> Any:
        if len(writes) >= at:
            raise Killed
        if method not in READS and "token" not in path:
            writes.append(path)
            if len(writes) == at:
                if sent:
                    request(http, method, path, *rest)
                raise Killed
        return request(http, method, path, *rest)

    with mock.patch.object(Http, "_attempt", attempt):
        yield


@contextmanager
def evening() -> Iterator[Site]:
    """One run has left a memory, and since then a good deal has happened."""
    box = Sandbox.start(NIGHT.seed, QUIET)
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        site = Site(box, {**NIGHT.policy, **SCOPE_GROUP}, Path(folder))
        assert not site.run(check=False).stopped
        google = box.google
        google.rename("ada.byron@example.com", "ada.king@example.com")
        google.remove_alias("ada.byron@example.com")
        for email in ("ada.byron@example.com", "eve.moss@example.com"):  # one of them a newcomer on an old address
            google.add_user(email, given="New", family="Comer")
            google.add_member(SCOPE, email)
        google.remove_member(SCOPE, "bob.stone@example.com")
        google.add_member(MANAGERS, "cleo.park@example.com")
        google.set_name("dora.king@example.com", "Dora", "Prince")
        google.remove_member(MANAGERS, "fay.lund@example.com")
        google.suspend("gus.ray@example.com", False)
        site.policy = {**site.policy, "scope_group_members": ["hal.kim@example.com", MANAGERS]}
        yield site


def state(site: Site) -> State:
    """By address, with the ids of those who were there."""
    zoom = view(site.box)
    return {
        held.email: (
            held.id if held.id.startswith("z-") else "made",
            *(held.values[name] for name in ("status", "first_name", "last_name", "type")),
            sorted(zoom.groups[group] for group in held.groups),
        )
        for held in zoom.accounts.values()
    }


def members(site: Site) -> list[str]:
    return sorted(site.box.google.group(EXTRA).members)


@pytest.fixture(scope="module")
def undisturbed() -> tuple[State, list[str], int]:
    """How the night ends, and with how many writes."""
    with evening() as site:
        run = site.run(check=False)
        assert (run.stopped, run.reported("failed_items", "withheld")) == ("", [])
        assert site.run(check=False).writes == []
        return state(site), members(site), len(run.writes)


@pytest.mark.parametrize("sent", [True, False], ids=["its answer unseen", "unsent"])
def test_a_run_killed_at_any_write_is_brought_to_its_end_by_the_next_one(undisturbed: tuple[State, list[str], int], sent: bool) -> None:
    end, group, writes = undisturbed
    assert writes >= 12
    for number in range(1 + (sent and more(1, 0)), writes + 1, more(2, 1)):
        with evening() as site:
            with killed(number, sent=sent), pytest.raises(Killed):
                site.run(check=False)
            run = site.run(check=False)
            assert (run.stopped, run.reported("failed_items", "withheld")) == ("", []), number
            assert (state(site), members(site)) == (end, group), number
            assert site.run(check=False).writes == [], number
            assert _open_intents(site) == [], number


def _open_intents(site: Site) -> list[Mapping[str, Any]]:
    entries = [entry for file in site.journal_dir.glob("*.jsonl") for entry in journal.read(file)]
    closed = {entry["id"] for entry in entries if entry["event"] in ("outcome", "settled")}
    return [entry for entry in entries if entry["event"] == "intent" and entry["id"] not in closed]
