# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is known to stand since an earlier run, as snapshot and memory carry it in their headers. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeAlias

ACCOUNTS_PHASE, LICENSES_PHASE, GROUPS_PHASE = "accounts", "licenses", "groups"
Key: TypeAlias = "tuple[str, str, str, str]"


@dataclass(frozen=True)
class Standing:
    """A change that Zoom refuses for a lasting reason, or, without `action`, a condition that a phase reports.

    `about`: the folded address of an account or person, or a group's name as names are compared. `code`: of the reason, or of the
    sentence. `since`, `tried`: ISO times. `run`: which tried it last. `asked`: what was asked for, shortened: the same change again, or
    another one. `message`: the sentence of the refusal, without whom it is about.
    `removes`: "yes" of a removal, which never rests.
    """

    about: str
    code: str
    since: str
    phase: str
    action: str = ""
    group: str = ""
    tried: str = ""
    run: str = ""
    asked: str = ""
    message: str = ""
    removes: str = ""

    @property
    def key(self) -> Key:
        return (self.about, self.action, self.group, "" if self.action else f"{self.phase} {self.code}")

    def record(self) -> dict[str, str]:
        """As JSON takes it; what is empty is left out."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}


_FIELDS = tuple(one.name for one in fields(Standing))
_NEEDED = ("code", "since", "phase")  # a condition of a tenant as a whole is about nobody


def standing_from(rows: Any) -> list[Standing]:
    """Whatever a file holds: a row of another form is passed over, as what it said is found out anew."""
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    known = [{name: value for name, value in row.items() if name in _FIELDS and isinstance(value, str)} for row in found]
    return [Standing(**{"about": "", **row}) for row in known if all(row.get(name) for name in _NEEDED)]
