# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the catalogue of outcomes is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FAILED, WITHHELD, ATTENTION = "failed", "withheld", "attention"
_AGREEING = re.compile(r"\{(\w+):([^|{}]*)\|([^|{}]*)\}")
_MOST = 1000  # addresses in one row of a result


@dataclass(frozen=True)
class Outcome:
    """`kind` is the list of a result that it goes to; `text` takes the values in braces, and words that agree with a number.

    `ends`: of what stands until somebody acts, the variable or the place in a console that ends it. Memory knows since when it stands, and
    a failure that it knows is no failure any more.
    """

    kind: str
    text: str
    ends: str = ""


def agreeing(text: str, values: Mapping[str, object]) -> str:
    """`{count:person was|people were}`: what stands before the bar where that value is 1, and what stands behind it for all others."""
    return _AGREEING.sub(lambda found: found.group(2 if values.get(found.group(1)) == 1 else 3), text)


@dataclass(frozen=True)
class Finding:
    """`reason` is a word for programs, `message` a sentence for people that ends with the next step.

    `action`, `group`: of the change that was blocked. `emails`: whom a sentence about several is about.
    `code`: of the catalogue. `since`: ISO time of the run that met it first, where that was an earlier one.
    """

    email: str
    reason: str
    message: str
    action: str = ""
    group: str = ""
    emails: tuple[str, ...] = ()
    code: str = field(default="", compare=False)
    since: str = ""

    def row(self) -> dict[str, Any]:
        row = {"email": self.email, "reason": self.reason, "message": self.message}
        more = {"action": self.action, "group": self.group, "emails": list(self.emails[:_MOST]), "since": self.since}
        return {**row, **{name: value for name, value in more.items() if value}}
