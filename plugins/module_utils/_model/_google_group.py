# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A Google group as it was read and as a run brings it forward. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class GoogleGroup:
    """`fields` as groups.get names them, empty while the group does not exist; `settings` as the Groups Settings API names them.

    `members`: folded address, or a customer's id, -> role.
    """

    email: str
    fields: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def copy(self) -> GoogleGroup:
        return GoogleGroup(self.email, dict(self.fields), dict(self.settings), dict(self.members))
