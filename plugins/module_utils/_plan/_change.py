# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a plan is made of: changes to make, and findings to tell. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from .._model._account import Account
from ._outcome import ATTENTION, FAILED, WITHHELD, Finding
from ._outcomes import OUTCOMES, finding

# The order of writes over all accounts: addresses must be free before they are taken.
STAGES = (
    "revoke", "hand_over", "deactivate", "disassociate", "delete", "reactivate", "rename", "update", "create", "downgrade", "license",
    "delete_group", "rename_group", "create_group", "add", "remove",
)  # fmt: skip


# What is told of an account that is removed: all of it is lost.
_LOST = (
    "email", "status", "first_name", "last_name", "display_name", "department", "type", "plan_united_type", "zoom_one_type", "group_ids",
)  # fmt: skip


@dataclass(slots=True)
class Change:
    """One write. `after`: account fields as they will be; `payload`: what the write needs beside them.

    `loss`: the kind of loss it is (deactivation, leaver, license, group), None for gains. `members`: of a group's change.
    """

    action: str
    email: str
    reason: str
    account: Account | None = None
    after: dict[str, Any] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    loss: str | None = None
    group: str = ""
    members: list[Account] = field(default_factory=list)

    @property
    def stage(self) -> tuple[int, int]:
        """Changes of one stage may be made side by side. `last`: after all others."""
        if self.payload.get("last"):
            return len(STAGES), 0
        return STAGES.index(self.action), self.payload.get("wave", 0)

    @property
    def before(self) -> dict[str, Any]:
        if self.action == "create":
            return {}
        if self.action in ("delete", "disassociate") and self.account:
            record = self.account.record()
            return {name: record[name] for name in _LOST if name in record}
        return {name: getattr(self.account, name) for name in self.after} if self.account else {}


@dataclass
class Plan:
    """`failed` and `withheld` end a run as failed, `attention` does not. `decided`: rule -> licence -> accounts."""

    changes: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    withheld: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)
    decided: dict[str, Counter[str]] = field(default_factory=dict)

    def tell(self, code: str, email: str, /, *, reason: str = "", emails: Iterable[str] = (), **values: object) -> None:
        """One sentence of the catalogue, into the list of its kind."""
        lists = {FAILED: self.failed, WITHHELD: self.withheld, ATTENTION: self.attention}
        lists[OUTCOMES[code].kind].append(finding(code, email, reason=reason, emails=emails, **values))

    def withhold(self, changes: Iterable[Change], code: str, /, *, reason: str = "", **values: Any) -> None:
        """Take changes out of the plan; later phases leave their accounts as they are."""
        taken = {id(change) for change in changes}
        for change in self.changes:
            if id(change) in taken:
                for account in filter(None, [change.account, *change.members]):
                    account.held = reason or code
                found = finding(code, change.email or change.group, reason=reason, emails=(), **values)
                self.withheld.append(replace(found, action=change.action, group=change.group))
        self.changes = [change for change in self.changes if id(change) not in taken]

    def ordered(self) -> list[Change]:
        """Stage by stage; within renames, wave by wave."""
        return sorted(self.changes, key=lambda change: change.stage)
