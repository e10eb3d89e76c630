# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One Google group, and who is in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .._model._google_group import GoogleGroup, differing
from ._change import Change, Plan
from ._change_data import GoogleMember
from ._members import MembersPlan
from ._part import WHOLE, Part

SHOWN = ("email", "name", "description")


def plan_google_group(
    group: GoogleGroup, fields: Mapping[str, Any], settings: Mapping[str, str], *, absent: bool = False, part: Part = WHOLE
) -> Plan:
    """The group exists with these `fields`, as groups.get names them, and access `settings`; or it does not exist.

    `part`: what the run leaves.
    """
    plan = Plan([*_group_changes(group, fields, settings, absent=absent)])
    part.take_out(plan)
    part.end(plan)
    return plan


def _group_changes(group: GoogleGroup, fields: Mapping[str, Any], settings: Mapping[str, str], *, absent: bool) -> Iterator[Change]:
    there = group.fields
    if absent:
        was = {name: there[name] for name in SHOWN if there.get(name)}
        if there:
            yield group_change(group, "google_delete", "state is absent", was, {})
        return
    if not there:
        after = {"email": group.email, "name": group.email.partition("@")[0], **fields}
        yield group_change(group, "google_create", "does not exist", {}, after)
    elif changed := differing(there, fields):
        yield _update(group, "google_update", there, changed)
    if changed := differing(group.settings, settings):
        yield _update(group, "google_settings", group.settings, changed)


def _update(group: GoogleGroup, action: str, there: Mapping[str, Any], changed: Mapping[str, Any]) -> Change:
    was = {name: there[name] for name in changed if there.get(name)}
    return group_change(group, action, "changed: " + ", ".join(sorted(changed)), was, changed)


def group_change(group: GoogleGroup, action: str, reason: str, was: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    return Change(action, group.email, reason, after=after, group=group.email, group_id=str(group.fields.get("id") or ""), was=was)


def plan_google_members(
    group: GoogleGroup,
    plan: MembersPlan,
    drift: Mapping[str, str],
    *,
    state: str,
    new_group: bool,
    part: Part = WHOLE,
    no_group: bool = False,
) -> Plan:
    """`plan`: who joins, changes and leaves. `drift`: address -> why somebody changed it by hand. `new_group`: it was made a moment ago.

    `part`: what the run leaves. `no_group`: it leaves the creation of the group, so that nothing can be done to its members.
    """
    found = Plan()
    for email, role in plan.add.items():
        found.changes.append(member_change(group, "google_add", email, drift.get(email, "listed"), role, new_group))
    for email, role in plan.change.items():
        found.changes.append(member_change(group, "google_change_role", email, "listed with another role", role))
    why = "state is absent" if state == "absent" else "not listed"
    for email in plan.remove:
        found.changes.append(member_change(group, "google_remove", email, drift.get(email, why)))
    part.take_out(found)
    found.leave(found.changes if no_group else [])
    part.end(found)
    return found


def hold_part(plan: Plan, members: MembersPlan, most: int | None, *, lifted: bool) -> MembersPlan:
    """The limit on those removals alone that the run does not leave. Above it they are taken out of the plan, unless it is `lifted`."""
    removals = [change for change in plan.changes if change.removes]
    if most is None or members.withheld or members.above or len(removals) <= most:
        return members
    emails = [change.email for change in removals]
    if lifted:
        return replace(members, remove=emails, above=True)
    plan.changes = [change for change in plan.changes if not change.removes]
    return replace(members, withheld=emails)


def as_if_made(members: Mapping[str, str], left: Iterable[Change]) -> dict[str, str]:
    """The members as they will be once what the run leaves is made too."""
    found = dict(members)
    for change in left:
        member = change.needs(GoogleMember)
        if change.action == "google_remove":
            found.pop(member.email, None)
        else:
            found[member.email] = member.role
    return found


def member_change(group: GoogleGroup, action: str, email: str, reason: str, role: str = "", new_group: bool = False) -> Change:
    was = {"role": group.members[email]} if email in group.members else {}
    after = {"role": role} if role else {}
    return Change(action, email, reason, after=after, data=GoogleMember(email, role, new_group), group=group.email, was=was)


def pending_members(
    name: str, rows: Iterable[Mapping[str, Any]], before: Mapping[str, str], after: Mapping[str, str], refused: list[str], *, created: bool
) -> dict[str, Any]:
    """What google_scope_info is to know. `members`: the rows spare it a second read of this group. `after`: with what the run leaves.

    Whom Google refused is in the scope all the same, as the list says: nobody loses an account by a refusal. `refused`: nor gains one.
    """
    kept = [{key: row[key] for key in ("id", "email", "type", "role", "why") if row.get(key)} for row in rows]
    added = [email for email in after if email not in before]
    removed = [email for email in before if email not in after]
    pending: dict[str, Any] = {"group": name, "created": created, "added": [*added, *refused], "removed": removed, "members": kept}
    return {**pending, "refused": refused} if refused else pending
