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
from stateful.world import MANAGERS, QUIET, World

EXTRA = "extra@example.com"
SIZES = {"lea": 9, "sam": 10, "ren": 10, "upd": 12, "bac": 6, "pro": 9, "dem": 6, "new": 18, "hel": 9}
POLICY: dict[str, Any] = {
    "rules": [{"groups": [MANAGERS], "license": "licensed"}],
    "scope_group": EXTRA, "scope_group_exclusive": True, "scope_max_removals": 10,
    "max_deactivations": "100%", "max_leavers": "100%", "max_renames": "100%", "max_updates": "100%", "max_creations": "100%",
    "license_max_removals": "100%", "group_max_removals": "100%",
    "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": True}],
}  # fmt: skip


class Company:
    """`share` of the people: 1 for about 100 changes in the night."""

    def __init__(self, share: float = 1) -> None:
        # who leaves, stays, is renamed, gets another name, comes back, becomes a manager, is none any more; newcomers; the scope group's
        self.names = {kind: [f"{kind}.n{number}" for number in range(max(2, round(size * share)))] for kind, size in SIZES.items()}
        helpers = self.emails("hel")
        self._first, others = helpers[: len(helpers) // 2], helpers[len(helpers) // 2 :]
        self.tonight: dict[str, Any] = {
            "scope_group_members": others,
            "groups": [
                {"name": "Leaders", "previous_names": ["Managers"], "groups": [MANAGERS], "exclusive": True},
                {"name": "Everybody", "groups": [SCOPE]},
                {"name": "New", "users": self.emails("new")},
            ],
        }

    def emails(self, kind: str) -> list[str]:
        return [f"{name}@example.com" for name in self.names[kind]]

    def world(self) -> World:
        there = [name for kind in ("lea", "sam", "ren", "upd", "bac", "pro", "dem") for name in self.names[kind]]
        people = [{**person(name), "created": "400 days ago", "suspended": name.startswith("bac")} for name in (*there, *self.names["hel"])]
        groups = {"zoom-users": ["admin", *there], "managers": self.names["dem"], "extra": self._first}
        policy = {**POLICY, "scope_group_members": self._first}
        return story(people, [_account(name) for name in there], groups=groups, policy=policy, seats={"licensed": 30, "basic": 999}).world

    def evening(self, box: Sandbox) -> None:
        """What has happened since the last run."""
        google = box.google
        for email in self.emails("lea"):
            google.remove_member(SCOPE, email)
        for email in self.emails("ren"):
            google.rename(email, email.replace("@", ".king@"))
        for email in self.emails("upd"):
            google.set_name(email, "Sam", f"Prince {email[4:6]}")
        for email in self.emails("bac"):
            google.suspend(email, False)
        for email in self.emails("pro"):
            google.add_member(MANAGERS, email)
        for email in self.emails("dem"):
            google.remove_member(MANAGERS, email)
        for email in self.emails("new"):
            google.add_user(email, given="New", family=f"Comer {email[4:6]}")
            google.add_member(SCOPE, email)


def _account(name: str) -> dict[str, Any]:
    licensed = name.startswith("dem")
    return account(
        name,
        id=f"z-{name}",
        status="inactive" if name.startswith("bac") else "active",
        license="licensed" if licensed else "basic",
        groups=["Managers"] if licensed else [],
        **OLD,
    )


@dataclass
class Night:
    """The evening, to be gone back to as often as wanted."""

    box: Sandbox
    company: Company
    folder: Path
    _sides: tuple[dict[str, Any], dict[str, Any]]

    @contextmanager
    def site(self, name: str = "state") -> Iterator[Site]:
        """With a copy of the last run's files; both sides stay as they are."""
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            found = _site(self.box, self.company, Path(shutil.copytree(self.folder, Path(folder) / name)))
            found.policy, found.runs = {**found.policy, **self.company.tonight}, 1
            yield found

    def again(self) -> None:
        """Both sides as they were in the evening."""
        shared = {id(one): one for one in (self.box.google.context, self.box.switches, self.box.clock)}
        google, zoom = deepcopy(self._sides, shared)
        vars(self.box.google.store).update(google)
        vars(self.box.zoom.store).update(zoom)
        self.box.ledger.clear()


def _site(box: Sandbox, company: Company, folder: Path) -> Site:
    site = Site(box, company.world().policy, folder)
    del box.ledger.close  # type: ignore[method-assign]  # its watch looks at everything at each write: too much for hundreds of runs
    return site


@contextmanager
def night(share: float = 1) -> Iterator[Night]:
    """One run has left its files, and since then a good deal has happened."""
    company = Company(share)
    box = Sandbox.start(company.world().seed, QUIET)
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        run = _site(box, company, Path(folder)).run(check=False)
        assert (run.stopped, run.reported("failed_items", "withheld")) == ("", [])
        company.evening(box)
        shared = {id(one): one for one in (box.google.context, box.switches, box.clock)}
        yield Night(box, company, Path(folder), deepcopy((vars(box.google.store), vars(box.zoom.store)), shared))


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
