# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the catalogue of outcomes is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FAILED, WITHHELD, ATTENTION = "failed", "withheld", "attention"
_MOST = 1000  # addresses in one row of a result


@dataclass(frozen=True)
class Outcome:
    """`kind` is the list of a result that it goes to; `text` takes the values in braces."""

    kind: str
    text: str


@dataclass(frozen=True)
class Finding:
    """`reason` is a word for programs, `message` a sentence for people that ends with the next step.

    `action`, `group`: of the change that was blocked. `emails`: whom a sentence about several is about.
    """

    email: str
    reason: str
    message: str
    action: str = ""
    group: str = ""
    emails: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        row = {"email": self.email, "reason": self.reason, "message": self.message}
        more = {"action": self.action, "group": self.group, "emails": list(self.emails[:_MOST])}
        return {**row, **{name: value for name, value in more.items() if value}}
