# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Members of one group as a list says: for a Google group with roles, for a Zoom group without. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .._model._text import PolicyError, fold, is_address, is_customer, mailbox, no_address, shortened
from ._change import Plan
from ._outcomes import finding

ROLES = ("MEMBER", "MANAGER", "OWNER")


@dataclass
class MembersPlan:
    """Addresses to add with their role, roles to change, addresses to remove. `withheld`: whom max_removals blocked from that.

    `above`: whether they are more than that, and not blocked.
    """

    add: dict[str, str] = field(default_factory=dict)
    change: dict[str, str] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    above: bool = False


def parse_members(members: object, where: str, *, customers: bool = False) -> dict[str, str]:
    """Addresses, or `{email, role}`; the role is empty where none is asked for. `customers`: also a customer's id, as it is."""
    parsed: dict[str, str] = {}
    known: dict[str, str] = {}  # two ways to write one Gmail address are one member
    for item in members if isinstance(members, list) else [members]:
        email, role = (item.get("email"), item.get("role") or "") if isinstance(item, Mapping) else (item, "")
        everybody = customers and is_customer(email)
        if not (everybody or is_address(email)):
            raise no_address(email or item, where, "write name@example.com or {email: ..., role: MANAGER}")
        if role and role not in ROLES:
            raise PolicyError(f"{where}: {email} has role {role!r}; known are {', '.join(ROLES)}.")
        key = str(email).strip() if everybody else fold(str(email))
        key = known.setdefault(mailbox(key), key)
        if parsed.get(key) not in (None, role):
            raise PolicyError(f"{where} names {email} twice with different roles.")
        parsed[key] = role
    return parsed


def as_listed(wanted: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """A Gmail address in the form in which the group shows it: dots are nothing there, and googlemail.com is gmail.com."""
    forms = {mailbox(email): email for email in current if "@" in email}
    return {forms.get(mailbox(email), email): role for email, role in wanted.items()}


def plan_members(
    current: Mapping[str, str],
    wanted: Mapping[str, str],
    *,
    state: str = "present",
    exclusive: bool = False,
    max_removals: int | None = None,
    lifted: bool = False,
) -> MembersPlan:
    """Both by folded address -> role. Above `max_removals` no one is removed, unless it is `lifted`."""
    plan = MembersPlan()
    if state == "absent":
        plan.remove = [email for email in wanted if email in current]
    else:
        plan.add = {email: role or "MEMBER" for email, role in wanted.items() if email not in current}
        plan.change = {email: role for email, role in wanted.items() if role and email in current and current[email] != role}
        plan.remove = sorted(email for email in current if email not in wanted) if exclusive else []
    plan.above = max_removals is not None and len(plan.remove) > max_removals
    if plan.above and not lifted:
        plan.withheld, plan.remove, plan.above = plan.remove, [], False
    return plan


def report_limit(plan: Plan, group: str, members: MembersPlan, limit: int | None, option: str) -> None:
    """One sentence for all whom the limit blocked, or would have blocked. `option`: how the reader raises it."""
    blocked = sorted(members.withheld or (members.remove if members.above else ()))
    names, count = shortened(blocked, counted=True), len(blocked)
    if members.above:
        plan.report("above_max_removals", group, reason="limit_google", group=group, count=count, names=names, limit=limit)
    elif blocked:
        found = finding("max_removals", group, emails=blocked, group=group, count=count, names=names, limit=limit, option=option)
        plan.withheld.append(replace(found, action="remove", group=group))


def drift_of(baseline: frozenset[str] | None, plan: MembersPlan) -> list[dict[str, str]]:
    """The part of the plan that puts right what was done by hand in Google."""
    if baseline is None:
        return []
    known = {mailbox(member) for member in baseline}
    back = [(email, "add", "was taken out of") for email in plan.add if mailbox(email) in known]
    out = [(email, "remove", "was put into") for email in plan.remove if mailbox(email) not in known]
    return [
        {"email": email, "action": action, "reason": f"drift: {email} {words} the group in Google since the last run"}
        for email, action, words in sorted([*back, *out])
    ]
