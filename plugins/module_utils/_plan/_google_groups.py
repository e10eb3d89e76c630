# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One Google group, and who is in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._model._google_group import GoogleGroup, differing
from ._change import Change, Plan
from ._change_data import GoogleMember
from ._members import MembersPlan

SHOWN = ("email", "name", "description")


def plan_google_group(group: GoogleGroup, fields: Mapping[str, Any], settings: Mapping[str, str], *, absent: bool = False) -> Plan:
    """The group exists with these `fields`, as groups.get names them, and access `settings`; or it does not exist."""
    plan, there = Plan(), group.fields
    if absent:
        if there:
            was = {name: there[name] for name in SHOWN if there.get(name)}
            plan.changes.append(group_change(group, "google_delete", "state is absent", was, {}))
        return plan
    if not there:
        after = {"email": group.email, "name": group.email.partition("@")[0], **fields}
        plan.changes.append(group_change(group, "google_create", "does not exist", {}, after))
    elif changed := differing(there, fields):
        plan.changes.append(_update(group, "google_update", there, changed))
    if changed := differing(group.settings, settings):
        plan.changes.append(_update(group, "google_settings", group.settings, changed))
    return plan


def _update(group: GoogleGroup, action: str, there: Mapping[str, Any], changed: Mapping[str, Any]) -> Change:
    was = {name: there[name] for name in changed if there.get(name)}
    return group_change(group, action, "changed: " + ", ".join(sorted(changed)), was, changed)


def group_change(group: GoogleGroup, action: str, reason: str, was: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    return Change(action, group.email, reason, after=after, group=group.email, group_id=str(group.fields.get("id") or ""), was=was)


def plan_google_members(group: GoogleGroup, plan: MembersPlan, drift: Mapping[str, str], *, state: str, new_group: bool) -> Plan:
    """`plan`: who joins, changes and leaves. `drift`: address -> why somebody changed it by hand. `new_group`: it was made a moment ago."""
    found = Plan()
    for email, role in plan.add.items():
        found.changes.append(member_change(group, "google_add", email, drift.get(email, "listed"), role, new_group))
    for email, role in plan.change.items():
        found.changes.append(member_change(group, "google_change_role", email, "listed with another role", role))
    why = "state is absent" if state == "absent" else "not listed"
    for email in plan.remove:
        found.changes.append(member_change(group, "google_remove", email, drift.get(email, why)))
    return found


def member_change(group: GoogleGroup, action: str, email: str, reason: str, role: str = "", new_group: bool = False) -> Change:
    was = {"role": group.members[email]} if email in group.members else {}
    after = {"role": role} if role else {}
    return Change(action, email, reason, after=after, data=GoogleMember(email, role, new_group), group=group.email, was=was)
