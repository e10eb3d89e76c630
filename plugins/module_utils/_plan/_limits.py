# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Limits: above one, all changes of its kind are blocked, on every run, until the limit is raised. Pure.

Removals have them from the first run on. Gains, which are updates and creations, have them once a run has been completed: the first
contact with a tenant may rewrite all of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._model._account import Account
from .._model._matching_rules import ANCHOR_PATH
from .._model._text import PolicyError, is_number
from ._actions import ACTIONS
from ._change import Change, Plan, people_in
from ._reasons import why

FLOOR = 3  # a percentage of a small company still lets three people leave
GAINS_FLOOR = 20
_NAMED = 3  # reasons in one sentence


@dataclass(frozen=True)
class Kind:
    """`words`: what a number of such changes is called. `variable`: what a role or playbook gives to the option. `what`: one removal."""

    words: str
    variable: str
    what: str = ""

    def of(self, count: int) -> str:
        """The words, for one as for many: they begin with what is counted."""
        things, rest = self.words.split(" ", 1)
        return f"{things.removesuffix('s') if count == 1 else things} {rest}"


REMOVALS = {
    "deactivation": Kind("accounts would be deactivated", "attribute_mapping_max_deactivations", "the offboarding action"),
    "leaver": Kind(
        "accounts of suspended or deleted people would be deactivated", "attribute_mapping_max_leavers", "the offboarding action"
    ),
    "rename": Kind("accounts would be renamed", "attribute_mapping_max_renames", "the rename"),
    "license": Kind("licences would be taken away", "license_defaults_max_removals", "the removal of the licence"),
    "group": Kind("members would leave Zoom groups", "group_mapping_max_removals", "the removal from a Zoom group"),
    "google": Kind("members would leave Google groups", "scope_max_removals", "the removal from a Google group"),
}
# Whose licence stays is the same person in all else: only that change is not made.
_ALONE = frozenset({"license"})
# In this order: an account that is not reactivated is not updated either.
GAINS = {
    "creation": Kind("accounts would be created or reactivated", "attribute_mapping_max_creations"),
    "update": Kind("accounts would be updated", "attribute_mapping_max_updates"),
}


@dataclass(frozen=True)
class Limit:
    """`text` is what the user wrote, `option` where. `floor`: what a share of a small company allows all the same.

    `spent`: what earlier phases of the run have taken of it.
    """

    option: str
    text: str
    count: int | None = None
    percent: int | None = None
    floor: int = FLOOR
    spent: int = 0

    def allowed(self, base: int) -> int:
        if self.percent is not None:
            return max(self.floor, base * self.percent // 100)
        return self.count or 0


def parse_limit(value: object, option: str, floor: int = FLOOR) -> Limit:
    """`"10%"` or a count, as text or number."""
    text = "" if isinstance(value, bool) else str(value).strip()
    if re.fullmatch(r"\d{1,3}%", text) and int(text[:-1]) <= 100:
        return Limit(option, text, percent=int(text[:-1]), floor=floor)
    if is_number(text):
        return Limit(option, text, count=int(text), floor=floor)
    raise PolicyError(f'{option} is {value!r}; write a count such as 5 or a share such as "10%".')


def apply_limits(plan: Plan, limits: Mapping[str, Limit], base: int, allow_losses: bool, doubt: str = "") -> None:
    """On removals. `base`: active, unprotected accounts, or members of the Google groups. `doubt`: why nothing may be removed at all.

    `allow_losses`: none is blocked, and each limit that would have blocked some is reported all the same.
    """
    if doubt:
        for name, kind in REMOVALS.items():
            removals = [change for change in plan.changes if change.removal == name]
            code = "no_removals" if len(removals) <= FLOOR else "none_of_the_removals"
            skip = name not in _ALONE
            values = {"count": people_in(removals), "words": kind.words, "what": kind.what, "cause": doubt}
            plan.block(removals, code, reason="no_removals", skip=skip, **values)
    for name, kind in REMOVALS.items():
        if name in limits:
            _hold_to(limits[name], plan, kind, name, [change for change in plan.changes if change.removal == name], base, allow_losses)


def apply_gain_limits(
    plan: Plan, limits: Mapping[str, Limit], base: int, drafts: Iterable[Change] = (), *, allow_gains: bool = False
) -> frozenset[str]:
    """On updates, creations and reactivations; the kinds that were blocked. `drafts`: creations that are not in the plan yet.

    `allow_gains`: as `allow_losses` of removals.
    What else was to be done to an account that is not reactivated is not done either: an inactive account takes nothing.
    """
    found, blocked = list(drafts), set[str]()
    for name, kind in GAINS.items():
        changes = [change for change in (*plan.changes, *found) if gain_of(change) == name]
        if name in limits and _hold_to(limits[name], plan, kind, name, changes, base, allow_gains):
            blocked.add(name)
            _leave_asleep(plan, [change.account for change in changes if change.action == "reactivate" and change.account])
    return frozenset(blocked)


def gain_of(change: Change) -> str:
    """The kind of limit on gains, '' where none counts: an anchor fills a field that was empty and that no expression decides."""
    is_anchor = change.action == "update" and set(change.after) == {"employee_unique_id"} and set(change.values) == {ANCHOR_PATH}
    return "" if is_anchor else ACTIONS[change.action].gain


def is_limit(reason: str) -> bool:
    """Whether a row has this reason because of a limit."""
    return reason == "max_removals" or reason.removeprefix("limit_") in {*REMOVALS, *GAINS}


def variable_of(reason: str) -> str:
    """What a role or playbook gives to the limit."""
    return {**REMOVALS, **GAINS, "max_removals": REMOVALS["google"]}[reason.removeprefix("limit_")].variable


def lifted_by(reason: str) -> str:
    return "provisioning_allow_gains" if reason.removeprefix("limit_") in GAINS else "provisioning_allow_losses"


def gain_limits(limits: Mapping[str, Limit], completed: str) -> dict[str, Limit]:
    """Those that there are in this run. `completed`: when the last run ended, '' where none is known."""
    return {name: limit for name, limit in limits.items() if name in GAINS and completed}


def _hold_to(limit: Limit, plan: Plan, kind: Kind, name: str, changes: list[Change], base: int, lifted: bool) -> bool:
    """Whether they are too many, and so blocked. `lifted`: they are only reported."""
    count, allowed = people_in(changes) + limit.spent, limit.allowed(base)
    if not changes or count <= allowed:
        return False
    whose = "members of these groups" if name == "google" else "active accounts"
    values: dict[str, Any] = {
        "count": count,
        "words": kind.of(count),
        "why": _reasons(changes),
        "option": f"{kind.variable} ({limit.option} of the module)",
        "allowed": allowed,
        "share": f"{limit.text} of {base} {whose} and at least {limit.floor}" if limit.percent is not None else "a fixed number",
    }
    if lifted:
        plan.report("above_limit", "", reason=f"limit_{name}", **values)
    else:
        plan.block(changes, "limit_on_gains" if name in GAINS else "limit", reason=f"limit_{name}", skip=name not in _ALONE, **values)
    return not lifted


def _reasons(changes: list[Change]) -> str:
    """The reasons by number. Those of renames differ from one account to the next: one of them is shown."""
    renames = sorted((change.account.email, change.email) for change in changes if change.action == "rename" and change.account)
    if renames:
        return f"such as {renames[0][0]} to {renames[0][1]}"
    reasons = Counter(why(change.reason) for change in changes)
    named = sorted(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:_NAMED])
    others = reasons.total() - sum(number for _reason, number in named)
    if len(reasons) == 1:
        return named[0][0]
    return ", ".join(f"{reason} {number}" for reason, number in [*named, *([("other reasons", others)] if others else [])])


def _leave_asleep(plan: Plan, accounts: list[Account]) -> None:
    asleep = {id(account) for account in accounts}
    plan.changes = [change for change in plan.changes if change.account is None or id(change.account) not in asleep]
