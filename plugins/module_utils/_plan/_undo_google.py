# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google groups as they were before a run, as far as nobody has changed them since. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._model._google_group import GoogleGroup
from .._model._journal import Entry
from .._model._text import fold
from ._actions import is_of_members
from ._change import Plan
from ._google_groups import group_change, member_change
from ._judge import member_key
from ._limits import Limit, apply_limits


@dataclass(frozen=True)
class GoogleUndoPolicy:
    """`entries`: those of the journal that were carried out. `limit`: on members who would leave. `doubt`: why nothing is removed."""

    entries: list[Entry]
    limit: Limit
    allow_losses: bool = False
    doubt: str = ""


@dataclass
class _Trace:
    """What a run did to one member: the role before the first change and after the last, '' for no member."""

    email: str
    was: str = ""
    left: str = ""


def plan_google_undo(groups: Mapping[str, GoogleGroup], policy: GoogleUndoPolicy) -> Plan:
    """`groups`: by folded address, each group that the journal names, as it is now."""
    plan, base = Plan(), 0
    for key, group in sorted(groups.items()):
        entries = [entry for entry in policy.entries if fold(entry.group) == key]
        if not group.fields:
            plan.report("undo_google_gone", group.email)
            continue
        _undo_group(plan, group, [entry for entry in entries if not is_of_members(entry.action)])
        _undo_members(plan, group, [entry for entry in entries if is_of_members(entry.action)])
        base += len(group.members)
    apply_limits(plan, {"google": policy.limit}, base, policy.allow_losses, policy.doubt)
    return plan


def _undo_group(plan: Plan, group: GoogleGroup, entries: list[Entry]) -> None:
    was, left = {"google_update": dict[str, Any](), "google_settings": dict[str, Any]()}, dict[str, Any]()
    for entry in entries:
        if entry.action == "google_create":
            plan.report("undo_google_created", group.email)
            return
        for name in entry.after:
            was.setdefault(entry.action, {}).setdefault(name, entry.before.get(name, ""))
        left.update(entry.after)
    for action, there in (("google_update", group.fields), ("google_settings", group.settings)):
        wanted = _wanted(plan, group.email, was[action], left, there)
        if wanted:
            now = {name: there.get(name, "") for name in wanted}
            reason = "undo: " + ", ".join(sorted(wanted))
            plan.changes.append(group_change(group, action, reason, now, wanted))


def _wanted(plan: Plan, email: str, was: Mapping[str, Any], left: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """Those that still are as the run left them."""
    wanted = {}
    for name, value in was.items():
        now = there.get(name, "")
        if now == left[name]:
            wanted[name] = value
        elif now != value:
            plan.report("undo_changed", email, field=name, now=repr(now), left=repr(left[name]), was=repr(value))
    return wanted


def _undo_members(plan: Plan, group: GoogleGroup, entries: Iterable[Entry]) -> None:
    traces: dict[str, _Trace] = {}
    for entry in entries:
        before, after = str(entry.before.get("role") or ""), str(entry.after.get("role") or "")
        trace = traces.setdefault(member_key(entry), _Trace(entry.email, was="" if entry.action == "google_add" else before or "MEMBER"))
        trace.left = "" if entry.action == "google_remove" else after
    for key, trace in sorted(traces.items()):
        now = group.members.get(key, "")
        if now == trace.was:
            continue
        if now != trace.left:
            names = {"now": _role(now), "left": _role(trace.left), "was": _role(trace.was)}
            plan.report("undo_changed", trace.email, field=f"the role in {group.email}", **names)
        elif not trace.was:
            plan.changes.append(replace(member_change(group, "google_remove", key, "undo"), removal="google"))
        else:
            action = "google_change_role" if now else "google_add"
            plan.changes.append(member_change(group, action, key, "undo", trace.was))


def _role(role: str) -> str:
    return role or "no member"
