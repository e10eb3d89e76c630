# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Limits: above one, all removals of its kind are blocked, on every run, until the limit is raised. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .._model._text import PolicyError
from ._change import Change, Plan

FLOOR = 3  # a percentage of a small company still lets three people leave
_WORDS = {
    "deactivation": "accounts would be deactivated",
    "leaver": "accounts of suspended or deleted people would be deactivated",
    "license": "licences would be taken away",
    "group": "members would leave Zoom groups",
    "google": "members would leave Google groups",
}
_REMOVALS = {
    "deactivation": "the offboarding action",
    "leaver": "the offboarding action",
    "license": "the removal of its licence",
    "group": "the removal from a Zoom group",
    "google": "the removal from a Google group",
}
# what a role or playbook gives to the module's option
_VARIABLES = {
    "deactivation": "attribute_mapping_max_deactivations",
    "leaver": "attribute_mapping_max_leavers",
    "license": "license_defaults_max_removals",
    "group": "group_mapping_max_removals",
    "google": "scope_max_removals",
}


@dataclass(frozen=True)
class Limit:
    """`text` is what the user wrote, `option` where."""

    option: str
    text: str
    count: int | None = None
    percent: int | None = None

    def allowed(self, base: int) -> int:
        if self.percent is not None:
            return max(FLOOR, base * self.percent // 100)
        return self.count or 0


def parse_limit(value: object, option: str) -> Limit:
    """`"10%"` or a count, as text or number."""
    text = "" if isinstance(value, bool) else str(value).strip()
    if re.fullmatch(r"\d{1,3}%", text) and int(text[:-1]) <= 100:
        return Limit(option, text, percent=int(text[:-1]))
    if text.isdecimal():
        return Limit(option, text, count=int(text))
    raise PolicyError(f'{option} is {value!r}; write a count such as 5 or a share such as "10%".')


def apply_limits(plan: Plan, limits: Mapping[str, Limit], base: int, allow_losses: bool, doubt: str = "") -> None:
    """`base`: active, unprotected accounts, or members of the Google groups. `doubt`: why nothing may be removed, whatever is allowed."""
    if doubt:
        for kind, words in _REMOVALS.items():
            removals = [change for change in plan.changes if change.removal == kind]
            code = "no_removals" if len(removals) <= FLOOR else "none_of_the_removals"
            plan.block(removals, code, reason="no_removals", count=_people_in(removals), words=_WORDS[kind], what=words, cause=doubt)
    if allow_losses:
        return
    for kind, limit in limits.items():
        removals = [change for change in plan.changes if change.removal == kind]
        count = _people_in(removals)
        allowed = limit.allowed(base)
        if count > allowed:
            reasons = Counter(change.reason for change in removals)
            why = ", ".join(f"{reason} {number}" for reason, number in sorted(reasons.items()))
            whose = "members of these groups" if kind == "google" else "active accounts"
            share = f"{limit.text} of {base} {whose} and at least {FLOOR}" if limit.percent is not None else "a fixed number"
            plan.block(
                removals,
                "limit",
                reason=f"limit_{kind}",
                count=count,
                words=_WORDS[kind],
                why=why,
                option=f"{_VARIABLES[kind]} ({limit.option} of the module)",
                allowed=allowed,
                share=share,
            )


def _people_in(changes: list[Change]) -> int:
    return sum(max(len(change.members), 1) for change in changes)
