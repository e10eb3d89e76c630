# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People as a plan is given them: the whole directory, or a short list. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._matching_rules import Matching, parse_matching
from ._person import Person


@dataclass(frozen=True)
class People:
    """`whole`: the whole directory, so that an absence means something. `about`: the snapshot's header."""

    everyone: list[Person]
    whole: bool
    about: Mapping[str, Any]

    @property
    def absent(self) -> frozenset[str]:
        """Addresses that a second read confirmed to be nobody's."""
        return frozenset(self.about.get("absent") or [])

    @property
    def confirm_limit(self) -> int:
        """Up to how many people were looked up one by one."""
        return int(self.about.get("confirm_limit") or 0)

    @property
    def matching(self) -> Matching:
        """How accounts were told whose they are when the snapshot was made."""
        return parse_matching(self.about.get("matching"))
