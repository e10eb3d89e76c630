# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run with about 100 writes, killed before and after each request and each replaced file: what it leaves, and what the next run does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import account_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import (
    ACCOUNTS,
    EVER,
    MEMORY,
    PEOPLE,
    Ask,
    load,
)
from busy_night import End, Night, applied, complete, end, night, open_intents
from crashing import KILLED, Kind, count, run_killed
from playing import ACTIONS, _fits
from sandbox import Sandbox
from stateful import journal
from tiers import TORTURE

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]

PARTS = 24
# between two writes, a read more or less leaves the same behind
KINDS: tuple[Kind, ...] = ("write unsent", "write unseen", "file before", "file after", *(("read",) if TORTURE else ()))  # type: ignore[assignment]
Entry = Mapping[str, Any]


@pytest.fixture(scope="module")
def evening() -> Iterator[tuple[Night, End, Mapping[Kind, int]]]:
    """The evening, how an unbroken run ends, and how many moments of each kind it has."""
    with night() as found:
        moments = dict[Kind, int]()
        for kind in KINDS:
            found.again()
            with found.site() as site:
                moments[kind] = count(site, kind)
                finish = end(found.box)
        assert moments["write unsent"] == moments["write unseen"] > 95
        yield found, finish, moments


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.torture) for part in range(1, PARTS))])
def test_a_run_killed_at_any_boundary_is_finished_by_the_next_one(
    evening: tuple[Night, End, Mapping[Kind, int]], part: int, record_property: Callable[[str, object], None]
) -> None:
    found, finish, moments = evening
    boundaries = [(kind, number) for kind in KINDS for number in range(1, moments[kind] + 1)][part::PARTS]
    for kind, number in boundaries:
        found.again()
        with found.site() as site:
            assert run_killed(site, kind, number) == KILLED, (kind, number)
            before = found.box.ledger.writes()
            assert _unannounced(found.box, before, site.journal_dir) == [], (kind, number)
            assert _unreadable(site.folder) == [], (kind, number)
            run = complete(site)
            assert end(found.box) == finish, (kind, number)
            twice = applied([*before, *run.writes])
            assert max(twice.values()) == 1, (kind, number, twice.most_common(3))
            assert open_intents(site.journal_dir) == [], (kind, number)
            if TORTURE:
                assert complete(site).writes == [], (kind, number)
    record_property("boundaries of a run of 100 writes, killed there and finished by the next one", len(boundaries))


def _unreadable(folder: Path) -> list[str]:
    """Each snapshot and each memory is whole, or there is none."""
    readers = {"accounts.jsonl": (ACCOUNTS, account_from_record), "people.jsonl": (PEOPLE, person_from_record)}
    readers.update({name: (MEMORY, account_from_record) for name in ("memory.jsonl", "memory.jsonl.previous")})
    assert any((folder / name).exists() for name in ("memory.jsonl", "memory.jsonl.previous")), "no memory at all"
    for name, (kind, read) in readers.items():
        if (folder / name).exists():
            load(str(folder / name), kind, read, Ask(max_age=EVER))  # type: ignore[arg-type]
    return [path.name for path in (folder / "journal").glob("*.jsonl") if not list(journal.read(path))]


def _unannounced(box: Sandbox, writes: list[Entry], folder: Path) -> list[str]:
    """What was done without an intent in the journal."""
    intents: Counter[tuple[str, str]] = Counter()
    for path in folder.glob("*.jsonl"):
        for entry in journal.read(path):
            if entry["event"] == "intent":
                intents.update({(_KINDS_OF.get(entry["action"], entry["action"]), about) for about in _abouts(entry)})
    made = [entry for entry in writes if 200 <= entry["status"] < 300]
    # an update has two halves where the display name is set by REST
    halves = [_subject(box, entry) for entry in made if set(entry["body"] or {}) == {"display_name"}]
    done = [(_kind(entry), _subject(box, entry)) for entry in made if set(entry["body"] or {}) != {"display_name"}]
    alone = [f"display name {about}" for about in halves if not intents["update", about]]
    return [*alone, *(f"{kind} {about}" for (kind, about), times in Counter(done).items() if intents[kind, about] < times)]


_KINDS_OF = {"deactivate": "status", "reactivate": "status", "downgrade": "license"}


def _abouts(entry: Entry) -> Iterator[str]:
    """By what a request may name it."""
    group = str(entry.get("group") or "")
    members = [member for one in entry.get("members") or [] for member in (one["id"], one["email"])]
    if entry["action"] in ("add", "remove"):
        yield from (f"{group} {member}".lower() for member in members)
    elif entry["action"].startswith("google_"):
        yield f"{group} {entry['email']}".lower()
    else:
        yield (group or entry.get("account_id") or entry["email"]).lower()


def _kind(entry: Entry) -> str:
    (known,) = [name for (method, path), name in ACTIONS.items() if method == entry["method"] and _fits(path, entry["path"])]
    return known


def _subject(box: Sandbox, entry: Entry) -> str:
    parts, body = [part for part in entry["path"].split("/") if part], entry["body"] or {}
    if entry["side"] == "google":
        member = body.get("email") or parts[6]
        return f"{parts[4]} {member}".lower()
    if parts[:2] == ["v2", "groups"]:
        group = box.zoom.groups[parts[2]].name if len(parts) > 2 else body["name"]
        members = [parts[4]] if len(parts) > 4 else [row["id"] for row in body.get("members") or []]
        return f"{group} {members[0]}".lower() if members else group.lower()
    return str(parts[2] if len(parts) > 2 else body["userName"]).lower()
