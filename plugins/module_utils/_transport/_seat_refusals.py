# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which refusals of Zoom mean that there is no seat, and of which kind of user (zoom-api.md 9, zoom-facts.json). Pure."""

from __future__ import annotations

import re

from ._errors import ApiError

KINDS = {"basic": "Basic", "unassigned": "unassigned"}  # users that are limited without a licence
COOL_DOWN = "limit of license assignments"  # of re-assignments, which has no code
_CODES = frozenset({"2033", "2034", "2038", "2039", "3412", "1102"})
_TEXTS = ("cannot add paid users", "cannot create more users")
# SCIM has no texts of its own for these, and REST's nine of code 3412 name the kind behind the number of users
_KIND = re.compile(r"maximum number of .{0,30}?\b(?P<kind>basic|paying|no-meeting)", re.IGNORECASE)
_BASIC = ("maximum basic user limit", "enough basic licenses")


def refused_seat(error: ApiError) -> str | None:
    """`basic` or `unassigned`, "" for the seat that was asked for, None where the refusal is about something else."""
    message = error.message.lower()
    kind = _KIND.search(message)
    if any(text in message for text in _BASIC):
        return "basic"
    if kind:
        return {"basic": "basic", "no-meeting": "unassigned"}.get(kind["kind"].lower(), "")
    if error.code in _CODES and "no permission" not in message:
        return ""
    return "" if COOL_DOWN in message or any(text in message for text in _TEXTS) else None
