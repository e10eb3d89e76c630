# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit log of the Admin console: what administrators, and Google's own provisioning, have done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Those of Google's reference that matter here, and the one of its autoprovisioning that was seen. Which others there are is not known.
NAMES = frozenset(
    {
        "ADD_APPLICATION", "ADD_GROUP_MEMBER", "ARCHIVE_USER", "AUTHORIZE_API_CLIENT_ACCESS", "CHANGE_APPLICATION_SETTING", "CREATE_GROUP",
        "CREATE_SAML2_SERVICE_PROVIDER_CONFIG", "CREATE_USER", "DELETE_USER", "MOVE_USER_TO_ORG_UNIT", "REMOVE_GROUP_MEMBER", "RENAME_USER",
        "SUSPEND_USER", "TOGGLE_SERVICE_ENABLED", "UNSUSPEND_USER", "UPDATE_AUTO_PROVISIONED_USER",
    }
)  # fmt: skip


@dataclass(frozen=True)
class AdminEvent:
    """`parameters`: texts by name."""

    name: str
    time: datetime
    parameters: dict[str, str] = field(default_factory=dict)


class AdminLog:
    def __init__(self) -> None:
        self._events: list[AdminEvent] = []

    def note(self, name: str, time: datetime, parameters: dict[str, Any]) -> AdminEvent:
        event = AdminEvent(name, time, {key: str(value) for key, value in parameters.items()})
        self._events.append(event)
        return event

    def newest_first(self, since: datetime, until: datetime, name: str) -> list[tuple[int, AdminEvent]]:
        """With a number that tells events of one moment apart. `name`: '' for any."""
        chosen = [(number, one) for number, one in enumerate(self._events) if since <= one.time < until and name in ("", one.name)]
        return sorted(chosen, key=lambda pair: (pair[1].time, pair[0]), reverse=True)

    def knows(self, name: str) -> bool:
        return name in NAMES or any(event.name == name for event in self._events)
