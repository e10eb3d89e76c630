# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions of a controller's workflow, added up over all its tenants: what nobody has reported is never taken for nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._model._text import counted, shortened
from ...module_utils._report._titles import why
from ._report import GAINS_STAGE, PLAN, name_of

GATES = ("losses", "fuses", "removals", "verdict")
_NAMED = 20  # removals in the text for people
_SENTENCES = 5
_COUNTS = ("losses", "failed", "withheld", "limited", "unconfirmed", "above_limits", "above_gains")


@dataclass(frozen=True)
class Decision:
    """`message`: one sentence on why the gate is passed or not. `request`: lines for messages on what waits for an approval.

    `asked`: the tenants that it is about. A host that is in the inventory again by the time of the approval is none of them.
    """

    passed: bool
    message: str
    request: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tenant:
    """What one tenant has reported. `silent`: stages without a report."""

    name: str
    plan: Mapping[str, Any]
    gains: Mapping[str, Any]
    silent: tuple[str, ...]

    def count(self, stage: str, name: str) -> int:
        return int((self.plan if stage == PLAN else self.gains).get("counts", {}).get(name, 0))

    @property
    def to_approve(self) -> int:
        """What an approval lets through: removals, and limits on gains that the plan exceeds."""
        return self.count(PLAN, "losses") + self.count(PLAN, "above_gains")

    @property
    def exceeds(self) -> bool:
        return self.count(PLAN, "above_limits") + self.count(PLAN, "limited") + self.count(GAINS_STAGE, "limited") > 0

    @property
    def failures(self) -> int:
        """What no approval can mend. What a limit on gains has blocked before the approval is made after it."""
        plan = self.count(PLAN, "failed") + self.count(PLAN, "withheld")
        made_later = self.count(GAINS_STAGE, "limited") if self.count(PLAN, "above_gains") else 0
        gains = self.count(GAINS_STAGE, "failed") + self.count(GAINS_STAGE, "withheld") - made_later
        return max(plan, gains)


def decide(gate: str, tenants: Sequence[str], variables: Mapping[str, Any]) -> Decision:
    """`tenants`: all that this workflow is for. `variables`: with the reports that its jobs have handed on."""
    return replace(_decide(gate, [_tenant(name, variables) for name in sorted(tenants)]), asked=tuple(sorted(tenants)))


def _decide(gate: str, found: list[Tenant]) -> Decision:
    request = _request(found)
    trouble = _trouble(found)
    if trouble:
        return Decision(False, trouble, request)
    to_approve, failures = sum(tenant.to_approve for tenant in found), sum(tenant.failures for tenant in found)
    failed, asks = _failed(found), request.partition("\n")[0]
    if gate == "losses":
        return Decision(not to_approve and not failures, asks if to_approve else failed if failures else _NOTHING, request)
    if gate == "fuses":
        exceeds = any(tenant.exceeds for tenant in found)
        return Decision(exceeds and to_approve > 0, asks if exceeds and to_approve else "No limit is exceeded.", request)
    if gate == "removals":
        return Decision(to_approve > 0, asks if to_approve else failed if failures else _NOTHING, request)
    return Decision(not failures, failed if failures else "Nothing failed, and nobody lost anything without an approval.", request)


_NOTHING = "Nothing waits for an approval."


def _failed(tenants: list[Tenant]) -> str:
    failures, names = sum(tenant.failures for tenant in tenants), [tenant.name for tenant in tenants if tenant.failures]
    unconfirmed = sum(tenant.count(PLAN, "unconfirmed") for tenant in tenants)
    of_these = f" ({unconfirmed} {'was' if unconfirmed == 1 else 'were'} not confirmed by a second read)" if unconfirmed else ""
    return (
        f"{shortened(names, counted=True)}: {_blocked(failures)} for reasons that no approval can mend{of_these}; read "
        "what the jobs of the plan and of the gains printed."
    )


def _blocked(number: int) -> str:
    return f"{counted(number, 'change')} failed or {'is' if number == 1 else 'are'} blocked"


def _tenant(name: str, variables: Mapping[str, Any]) -> Tenant:
    reports = {stage: _report(name, stage, variables.get(name_of(name, stage))) for stage in (PLAN, GAINS_STAGE)}
    silent = tuple(stage for stage, report in reports.items() if report is None)
    return Tenant(name, reports[PLAN] or {}, reports[GAINS_STAGE] or {}, silent)


def _report(name: str, stage: str, given: Any) -> Mapping[str, Any] | None:
    """None where it is of somebody else, or not what a run hands on."""
    if not isinstance(given, Mapping) or (given.get("tenant"), given.get("stage")) != (name, stage):
        return None
    counts = given.get("counts")
    if not isinstance(counts, Mapping) or not all(_is_count(counts.get(count)) for count in _COUNTS):
        return None
    return given


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _trouble(tenants: list[Tenant]) -> str:
    """Why nothing can be decided at all, for any of them."""
    if not tenants:
        return "The inventory holds no tenant for this workflow; name its hosts in provisioning_hosts."
    silent = [f"{tenant.name} ({' and '.join(tenant.silent)})" for tenant in tenants if tenant.silent]
    if silent:
        return (
            f"{shortened(silent, counted=True)} did not report in this workflow, as its job ended before; nothing is decided without that: "
            "read what the job printed, then launch the workflow again."
        )
    seen = dict[str, str]()
    for tenant in tenants:
        account = str(tenant.plan.get("account") or "")
        if account and account in seen:
            return (
                f"{seen[account]} and {tenant.name} are one Zoom account, and each would take away what the other gives: give each its own "
                "credentials, or take one of them out of the inventory."
            )
        seen[account] = tenant.name
    return ""


def _request(tenants: list[Tenant]) -> str:
    """Who loses what, as a text for messages: its first line is one that a subject can hold."""
    asking = [tenant for tenant in tenants if tenant.to_approve]
    if not asking:
        return ""
    losses = sum(tenant.count(PLAN, "losses") for tenant in asking)
    sentences = [f"{tenant.name}: {sentence}" for tenant in asking for sentence in tenant.plan.get("above_limits") or []]
    lines = [_headline(asking, losses), *_removals(asking, losses), *sentences[:_SENTENCES]]
    if len(sentences) > _SENTENCES:
        lines.append(f"{len(sentences) - _SENTENCES} more limits are exceeded.")
    unconfirmed = sum(tenant.count(PLAN, "unconfirmed") for tenant in tenants)
    if unconfirmed:
        lines.append(f"{unconfirmed} more {'was' if unconfirmed == 1 else 'were'} not confirmed by a second read, and will not be made.")
    failures = sum(tenant.failures for tenant in tenants)
    if failures > unconfirmed:
        lines.append(f"{_blocked(failures - unconfirmed)} for other reasons; no approval can mend that.")
    documents = [f"{tenant.name} {tenant.plan['plan']['document']}" for tenant in asking if tenant.plan.get("plan")]
    if documents:
        lines.append(f"The whole plan: {shortened(documents, counted=True)}.")
    return "\n".join(lines)


def _headline(asking: list[Tenant], losses: int) -> str:
    whose = shortened([tenant.name for tenant in asking], counted=True)
    if not losses:
        return f"{whose}: updates or new accounts above a limit wait for an approval."
    return f"{whose}: {losses} {'removals wait' if losses != 1 else 'removal waits'} for an approval."


def _removals(asking: list[Tenant], losses: int) -> list[str]:
    many = len(asking) > 1
    rows = [(f"{tenant.name} " if many else "", row) for tenant in asking for row in tenant.plan.get("removals") or []]
    shown = [f"- {whose}{row.get('who')}: {row.get('action')}{_group(row)}, {_why(row)}" for whose, row in rows[:_NAMED]]
    more = losses - len(shown)
    return [*shown, *([f"- and {more} more"] if more > 0 else [])]


def _why(row: Mapping[str, Any]) -> str:
    return why(str(row.get("why")), str(row.get("excluded") or ""))


def _group(row: Mapping[str, Any]) -> str:
    return f" {row['group']}" if row.get("group") else ""
