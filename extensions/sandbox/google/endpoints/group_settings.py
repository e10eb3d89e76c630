# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups Settings: get, update, patch, by the address of a group."""

from __future__ import annotations

from typing import Any

from ..rules.errors import invalid, not_found, refuse
from ..rules.group_settings import Wrong, change_settings, settings_row
from ..store.entities import Group, is_email
from . import groups
from .endpoint import Call, Endpoint


def _found(call: Call) -> Group:
    """The default form is Atom, which nobody wants: JSON must be asked for."""
    if call.query.get("alt") != "json":
        raise refuse(400, "badRequest", "alt=atom is not served by the sandbox; send alt=json")
    if not is_email(call.path("key")):
        raise not_found("groupKey")
    return groups.find(call)


def get(call: Call) -> dict[str, Any]:
    return settings_row(_found(call))


def update(call: Call) -> dict[str, Any]:
    """PUT keeps what is absent, as PATCH does [assumed]."""
    group = _found(call)
    try:
        change_settings(group, call.body, made=call.switches["google_settings_change"] == "honoured")
    except Wrong as wrong:
        raise invalid(str(wrong)) from None
    return settings_row(group)


_ONE = "/groups/v1/groups/{key}"
ENDPOINTS = (
    Endpoint("GET", _ONE, "groupsSettings.groups.get", get, "GroupSettings"),
    Endpoint("PUT", _ONE, "groupsSettings.groups.update", update, "GroupSettings", "GroupSettings"),
    Endpoint("PATCH", _ONE, "groupsSettings.groups.patch", update, "GroupSettings", "GroupSettings"),
)
