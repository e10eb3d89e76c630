# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a plan is made of: changes to make, and findings to report. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from .._model._account import ANSWERED, Account
from .._model._license import License
from .._model._standing import Standing
from ._actions import ACTIONS, END_OF_ACCOUNT, STAGES, Subject
from ._change_data import Attributes, Creation, Data, LicenseChange
from ._outcome import ATTENTION, FAILED, WITHHELD, Finding
from ._outcomes import OUTCOMES, finding

D = TypeVar("D")

# What is reported of an account that is removed: all of it is lost.
_LOST = ("email", *ANSWERED, "group_ids")


@dataclass(slots=True)
class Change:
    """One write. `action`: of the table. `after`: account fields as they will be; `data`: what the action needs beside them.

    `removal`: the kind of limit it counts on (deactivation, leaver, rename, license, group), None where none does.
    `members`: of a group's change. `group_id` begins with PROVISIONAL while the group is not there yet.
    `wave`: place within its stage; `last`: after all others.
    `was`: the account fields before, once they are known for good; until then they are those of the account.
    `excluded`: by what the person is, where that is the reason.
    `known`: what memory knows of Zoom refusing it, by the account that it is about; it is tried once more.
    """

    action: str
    email: str
    reason: str
    account: Account | None = None
    after: Mapping[str, Any] = field(default_factory=dict)
    data: Data | None = None
    removal: str | None = None
    group: str = ""
    group_id: str = ""
    members: list[Account] = field(default_factory=list)
    wave: int = 0
    last: bool = False
    was: Mapping[str, Any] | None = None
    known: Mapping[str, Standing] = field(default_factory=dict)
    excluded: str = ""

    @property
    def subject(self) -> Subject:
        return ACTIONS[self.action].subject

    @property
    def stage(self) -> tuple[int, int]:
        """Changes of one stage may be made side by side."""
        return (len(STAGES), 0) if self.last else (STAGES[self.action], self.wave)

    @property
    def removes(self) -> bool:
        """Whether somebody loses something by it: the one definition for results, limits, gates and the plan document."""
        return self.removal is not None or ACTIONS[self.action].removes

    @property
    def before(self) -> dict[str, Any]:
        if self.was is not None:
            return dict(self.was)
        if self.action == "create":
            return {}
        if self.action in END_OF_ACCOUNT and self.account:
            record = self.account.record()
            return {name: record[name] for name in _LOST if name in record}
        return {name: getattr(self.account, name) for name in self.after} if self.account else {}

    @property
    def values(self) -> Mapping[str, Any]:
        """SCIM attributes that it sets, by path."""
        return self.data.values if isinstance(self.data, Creation | Attributes) else {}

    @property
    def license(self) -> License | None:
        """The licence that it gives."""
        return self.data.license if isinstance(self.data, Creation | LicenseChange) else None

    def needs(self, kind: type[D]) -> D:
        """Its data, of the kind that its action takes."""
        if not isinstance(self.data, kind):
            raise TypeError(f"{self.action} needs {kind.__name__}, not {self.data!r}")
        return self.data


@dataclass
class Plan:
    """`failed` and `withheld` end a run as failed, `attention` does not. `decided`: rule -> licence -> accounts.

    `skip`: account key -> why later phases leave the account as it is. `owners`: account key -> id of the person whose it is.
    `waiting`: changes that Zoom has refused and that are not tried again yet. `left`: those that this run leaves for another one.
    `unseen`: accounts of which it has to be known first what bundle they hold; then it is to be planned anew.
    """

    changes: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    withheld: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)
    decided: dict[str, Counter[str]] = field(default_factory=dict)
    skip: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    waiting: list[Standing] = field(default_factory=list)
    unseen: list[Account] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)

    def report(self, code: str, email: str, /, *, reason: str = "", emails: Iterable[str] = (), **values: object) -> None:
        """One sentence of the catalogue, into the list of its kind."""
        lists = {FAILED: self.failed, WITHHELD: self.withheld, ATTENTION: self.attention}
        lists[OUTCOMES[code].kind].append(finding(code, email, reason=reason, emails=emails, **values))

    def skips(self, account: Account) -> bool:
        """Whether the account is left as it is, by this plan or an earlier phase."""
        return account.held is not None or account.key in self.skip

    def block(self, changes: Iterable[Change], code: str, /, *, reason: str = "", skip: bool = True, **values: Any) -> None:
        """Take changes out of the plan, or leave them out of it. `skip`: later phases leave their accounts as they are."""
        blocked = list(changes)
        self.keep_addresses(blocked)
        for change in blocked:
            for account in filter(None, [change.account, *change.members]) if skip else ():
                self.skip[account.key] = reason or code
            found = finding(code, change.email or change.group, reason=reason, emails=(), **values)
            self.withheld.append(replace(found, action=shown_action(change.action), group=change.group))
        taken = {id(change) for change in blocked}
        self.changes = [change for change in self.changes if id(change) not in taken]

    def leave(self, changes: Iterable[Change]) -> None:
        """Take changes out of the plan, or leave them out of it, for another run to make."""
        left = list(changes)
        self.left += left
        taken = {id(change) for change in left}
        self.changes = [change for change in self.changes if id(change) not in taken]
        self.keep_addresses(left)

    def keep_addresses(self, unmade: Iterable[Change]) -> None:
        """Where a rename is not made, all that is done to the account is reported by the address that it keeps."""
        kept = {id(change.account): change.account.email for change in unmade if change.action == "rename" and change.account}
        for change in self.changes if kept else ():
            change.email = kept.get(id(change.account), change.email)

    def ordered(self) -> list[Change]:
        """Stage by stage; within renames and licences, wave by wave."""
        return sorted(self.changes, key=lambda change: change.stage)


def shown_action(action: str) -> str:
    """Its name in results: there, Google's groups have the module to distinguish them."""
    return ACTIONS[action].shown_as or action


def split_by_members(plan: Plan, chosen: Callable[[Change], bool]) -> None:
    """A change of a group's members becomes two: of those for whom it is chosen, and of the others. What is done to a group is one."""
    changes = list[Change]()
    for change in plan.changes:
        sides: dict[bool, list[Account]] = {True: [], False: []}
        for member in change.members if ACTIONS[change.action].of_members else ():
            sides[chosen(replace(change, members=[member]))].append(member)
        parts = [replace(change, members=side) for side in sides.values() if side]
        changes += parts if len(parts) > 1 else [change]
    plan.changes = changes


def names_of(change: Change) -> list[str]:
    return [member.email for member in change.members] or [change.email or change.group]


def people_in(changes: Iterable[Change]) -> int:
    return sum(max(len(change.members), 1) for change in changes)
