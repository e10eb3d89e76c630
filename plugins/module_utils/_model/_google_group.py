# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A Google group as it was read and as a run brings it forward. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ._text import fold


@dataclass
class GoogleGroup:
    """`fields` as groups.get names them, empty while the group does not exist; `settings` as the Groups Settings API names them.

    `settings_read`: whether those were read at all. `members`: folded address, or a customer's id, -> role. `member_unread`: whether one
    of them is of an unknown form, so that who is not among `members` may be that one.
    """

    email: str
    fields: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    settings_read: bool = False
    member_unread: bool = False

    def copy(self) -> GoogleGroup:
        return replace(self, fields=dict(self.fields), settings=dict(self.settings), members=dict(self.members))


def differing(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of the wanted fields or settings, those that are not as they should be. Google writes an address in its own case."""
    return {name: value for name, value in wanted.items() if not _same(name, there.get(name, ""), value)}


def shows(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return not differing(there, wanted)


def _same(name: str, there: object, wanted: object) -> bool:
    return fold(str(there)) == fold(str(wanted)) if name == "email" else there == wanted
