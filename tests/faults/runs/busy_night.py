# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run with about 100 changes over all phases: the company of the evening, with the files that its last run has left."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playing import SCOPE, account, person
from sandbox import Sandbox
from stateful import journal
from stateful.site import Run, Site
from stateful.story import MEMORY, stopped_aside
from stateful.test_named import OLD, story
from stateful.views import google_view, view
from stateful.world import MANAGERS, QUIET

EXTRA = "extra@example.com"
LEAVERS, STAYERS = [f"lea.n{number}" for number in range(9)], [f"sam.n{number}" for number in range(10)]
RENAMED, UPDATED = [f"ren.n{number}" for number in range(10)], [f"upd.n{number}" for number in range(12)]
BACK, PROMOTED, DEMOTED = (
    [f"bac.n{number}" for number in range(6)],
    [f"pro.n{number}" for number in range(9)],
    [f"dem.n{number}" for number in range(6)],
)
NEW, HELPERS = [f"new.n{number}" for number in range(18)], [f"hel.n{number}" for number in range(9)]
THERE = [*LEAVERS, *STAYERS, *RENAMED, *UPDATED, *BACK, *PROMOTED, *DEMOTED]
POLICY: dict[str, Any] = {
    "rules": [{"groups": [MANAGERS], "license": "licensed"}],
    "scope_group": EXTRA, "scope_group_members": [f"{name}@example.com" for name in HELPERS[:4]],
    "scope_group_exclusive": True, "scope_max_removals": 10,
    "max_deactivations": "100%", "max_leavers": "100%", "max_renames": "100%", "max_updates": "100%", "max_creations": "100%",
    "license_max_removals": "100%", "group_max_removals": "100%",
    "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": True}],
}  # fmt: skip
TONIGHT: dict[str, Any] = {
    "scope_group_members": [f"{name}@example.com" for name in HELPERS[4:]],
    "groups": [
        {"name": "Leaders", "previous_names": ["Managers"], "groups": [MANAGERS], "exclusive": True},
        {"name": "Everybody", "groups": [SCOPE]},
        {"name": "New", "users": [f"{name}@example.com" for name in NEW]},
    ],
}


def _account(name: str) -> dict[str, Any]:
    licensed = name in DEMOTED
    return account(
        name,
        id=f"z-{name}",
        status="inactive" if name in BACK else "active",
        license="licensed" if licensed else "basic",
        groups=["Managers"] if licensed else [],
        **OLD,
    )


WORLD = story(
    [{**person(name), "created": "400 days ago", "suspended": name in BACK} for name in (*THERE, *HELPERS)],
    [_account(name) for name in THERE],
    groups={"zoom-users": ["admin", *THERE], "managers": DEMOTED, "extra": HELPERS[:4]},
    policy=POLICY,
    seats={"licensed": 30, "basic": 999},
).world  # fmt: skip


def _evening(box: Sandbox) -> None:
    """What has happened since the last run."""
    google = box.google
    for name in LEAVERS:
        google.remove_member(SCOPE, f"{name}@example.com")
    for name in RENAMED:
        google.rename(f"{name}@example.com", f"{name}.king@example.com")
    for name in UPDATED:
        google.set_name(f"{name}@example.com", "Sam", f"Prince {name[-2:]}")
    for name in BACK:
        google.suspend(f"{name}@example.com", False)
    for name in PROMOTED:
        google.add_member(MANAGERS, f"{name}@example.com")
    for name in DEMOTED:
        google.remove_member(MANAGERS, f"{name}@example.com")
    for name in NEW:
        google.add_user(f"{name}@example.com", given="New", family=f"Comer {name[-2:]}")
        google.add_member(SCOPE, f"{name}@example.com")


@dataclass
class Night:
    """The evening, to be gone back to as often as wanted."""

    box: Sandbox
    folder: Path
    _sides: tuple[dict[str, Any], dict[str, Any]]

    @contextmanager
    def site(self, name: str = "state") -> Iterator[Site]:
        """With a copy of the last run's files; both sides stay as they are."""
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            found = _site(self.box, Path(shutil.copytree(self.folder, Path(folder) / name)))
            found.policy, found.runs = {**found.policy, **TONIGHT}, 1
            yield found

    def again(self) -> None:
        """Both sides as they were in the evening."""
        shared = {id(one): one for one in (self.box.google.context, self.box.switches, self.box.clock)}
        google, zoom = deepcopy(self._sides, shared)
        vars(self.box.google.store).update(google)
        vars(self.box.zoom.store).update(zoom)
        self.box.ledger.clear()


def _site(box: Sandbox, folder: Path) -> Site:
    site = Site(box, WORLD.policy, folder)
    del box.ledger.close  # type: ignore[method-assign]  # its watch looks at everything at each write: too much for hundreds of runs
    return site


@contextmanager
def night() -> Iterator[Night]:
    """One run has left its files, and since then a good deal has happened."""
    box = Sandbox.start(WORLD.seed, QUIET)
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        run = _site(box, Path(folder)).run(check=False)
        assert (run.stopped, run.reported("failed_items", "withheld")) == ("", [])
        _evening(box)
        shared = {id(one): one for one in (box.google.context, box.switches, box.clock)}
        yield Night(box, Path(folder), deepcopy((vars(box.google.store), vars(box.zoom.store)), shared))


End = tuple[Any, ...]


def end(box: Sandbox) -> End:
    """Who holds what, by address: with the ids of those who were there."""
    zoom = view(box)
    accounts = {
        held.email.lower(): (
            held.id if held.id.startswith("z-") else "made",
            *(held.values[name] for name in ("status", "first_name", "last_name", "type")),
            sorted(zoom.groups[group] for group in held.groups),
        )
        for held in zoom.accounts.values()
    }
    assert len(accounts) == len(zoom.accounts), "an account twice"
    assert len(set(zoom.groups.values())) == len(zoom.groups), f"a group twice: {sorted(zoom.groups.values())}"
    return accounts, sorted(zoom.groups.values()), google_view(box)


def applied(writes: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Of the ledger's, what was done, as often as it was."""
    return Counter(f"{entry['method']} {entry['path']} {entry['body']}" for entry in writes if 200 <= entry["status"] < 300)


def open_intents(folder: Path) -> list[Mapping[str, Any]]:
    entries = [entry for file in folder.glob("*.jsonl") for entry in journal.read(file)]
    closed = {entry["id"] for entry in entries if entry["event"] in ("outcome", "settled")}
    return [entry for entry in entries if entry["event"] == "intent" and entry["id"] not in closed]


def complete(site: Site) -> Run:
    """A run that comes to its end and has nothing to complain of."""
    run = site.run(check=False)
    assert (run.stopped, run.reported("failed_items", "withheld")) == ("", [])
    return run
