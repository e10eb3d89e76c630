# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a plan is made of: changes to make, and findings to tell. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .._model._account import Account

# The order of writes over all accounts: addresses must be free before they are taken.
STAGES = (
    "deactivate", "disassociate", "delete", "reactivate", "rename", "update", "create", "downgrade", "license",
    "create_group", "add", "remove",
)  # fmt: skip


@dataclass
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
        """Changes of one stage may be made side by side."""
        return STAGES.index(self.action), self.payload.get("wave", 0)

    @property
    def before(self) -> dict[str, Any]:
        if self.action == "create":
            return {}
        return {name: getattr(self.account, name) for name in self.after} if self.account else {}


@dataclass(frozen=True)
class Finding:
    """`reason` is a word for programs, `message` a sentence for people that ends with the next step.

    `action`, `group`: of the change that was withheld.
    """

    email: str
    reason: str
    message: str
    action: str = ""
    group: str = ""

    def row(self) -> dict[str, str]:
        told = {"email": self.email, "reason": self.reason, "message": self.message}
        return {**told, **{name: value for name, value in (("action", self.action), ("group", self.group)) if value}}


@dataclass
class Plan:
    """`failed` and `withheld` end a run as failed, `attention` does not."""

    changes: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    withheld: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)

    def fail(self, email: str, reason: str, message: str) -> None:
        self.failed.append(Finding(email, reason, message))

    def notice(self, email: str, reason: str, message: str) -> None:
        self.attention.append(Finding(email, reason, message))

    def withhold(self, changes: Iterable[Change], reason: str, message: str) -> None:
        """Take changes out of the plan; later phases leave their accounts as they are."""
        taken = {id(change) for change in changes}
        for change in self.changes:
            if id(change) in taken:
                for account in filter(None, [change.account, *change.members]):
                    account.held = reason
                named = change.email or ", ".join(member.email for member in change.members)
                self.withheld.append(Finding(named, reason, message, change.action, change.group))
        self.changes = [change for change in self.changes if id(change) not in taken]

    def ordered(self) -> list[Change]:
        """Stage by stage; within renames, wave by wave."""
        return sorted(self.changes, key=lambda change: change.stage)
