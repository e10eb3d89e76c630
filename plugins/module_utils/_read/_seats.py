# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Seats, read once: from the plan, or at least from the users' summary."""

from __future__ import annotations

from .._model._plan_usage import Usage, seats_of_plan
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._zoom import Zoom


def read_seats(zoom: Zoom) -> Usage:
    """Where the plan is refused or says nothing, the users' summary shows what is used, but not what was bought. Else no seats."""
    try:
        usage = seats_of_plan(zoom.rest.plan_usage())
    except (ApiError, UnexpectedAnswer):
        usage = Usage()
    if usage.seats:
        return usage
    try:
        summary = zoom.rest.summary()
        usage.rooms = int(summary["room_users_count"]) if usage.rooms is None and "room_users_count" in summary else usage.rooms
        usage.seats = {"licensed": {"used": int(summary["licensed_users_count"])}}
    except (ApiError, UnexpectedAnswer, KeyError, TypeError, ValueError):
        pass
    return usage
