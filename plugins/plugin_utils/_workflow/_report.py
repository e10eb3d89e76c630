# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the run of one tenant hands on to the jobs after it: counts, removals and plan, under a name that is this tenant's alone.

A controller merges what jobs hand on name by name, and of two jobs with one name the last one wins: slices of a job, for example. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...module_utils._model._variables import REPORTS as PREFIX
from ...module_utils._report._titles import why
from .._plan_document._headings import row_title

Row = dict[str, Any]

PLAN, GAINS_STAGE, APPLY = STAGES = ("plan", "gains", "apply")
ASKED = "awx_gate_asked"  # of a decision: whom it is about
SHOWN = 500  # removals of a tenant that a run shows one by one
_HANDED_ON = 20  # of these, as many as the next jobs get
_OF_EACH = ("who", "action", "why", "excluded", "group")
_LONGEST = 160  # characters of a name or reason: with all of them, an event is shown whole
ON_GAINS = frozenset({"limit_creation", "limit_update"})
_UNCONFIRMED = frozenset({"unconfirmed", "unconfirmed_member", "confirm_limit"})


def name_of(tenant: str, stage: str) -> str:
    """The variable of one tenant's report. Two tenants never share one, and a stage never stands for another."""
    folded = re.sub("[^a-z0-9_]", "_", tenant.lower())
    mark = "" if folded == tenant else f"_{hashlib.sha256(tenant.encode()).hexdigest()[:8]}"
    return f"{PREFIX}{folded}{mark}_{stage}"


def removals_of(tenant: Mapping[str, Any]) -> list[Row]:
    """Of the plan document's entry of a tenant: each removal that is or would be made, with a sentence of its own."""
    return [_removal(row) for row in tenant["changes"] if row["loss"] and row.get("changed", True)]


def _removal(row: Mapping[str, Any]) -> Row:
    who, group = _short(row["email"] or row.get("group", "")), _short(row.get("group", ""))
    found = {"who": who, "action": str(row["action"]), "why": _short(row.get("reason", ""))}
    if group and group != who:
        found["group"] = group
    if row.get("excluded"):
        found["excluded"] = _short(row["excluded"])
    where = f" ({group})" if "group" in found else ""
    return {**found, "message": f"{who}: {_title(row)}{where}, {why(found['why'], found.get('excluded', '')) or 'no reason given'}"}


def _title(row: Mapping[str, Any]) -> str:
    """Of one removal: headings are of many."""
    title = re.sub(r"(account|licence)s\b", r"\1", row_title(row))
    return title[:1].lower() + title[1:]


def _short(text: object) -> str:
    whole = str(text)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}..."


def above_limits_of(results: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Each limit that was exceeded because it was lifted for the run."""
    rows = [row for result in results for row in result.get("above_limits") or []]
    return [{"reason": str(row.get("reason")), "message": str(row.get("message"))} for row in rows]


def report_of(tenant: Mapping[str, Any], results: Iterable[Mapping[str, Any]], stage: str, plan: Mapping[str, str] | None = None) -> Row:
    """`tenant`: its entry of the plan document. `results`: of the modules, whose counts are complete though their lists are not.

    `plan`: path, seal and document, where the run has written one that can be approved.
    """
    results = list(results)
    removals, above = removals_of(tenant), above_limits_of(results)
    counts = {
        "losses": sum(int(result.get("losses") or 0) for result in results),
        **{name: _summed(results, name) for name in ("failed", "withheld", "left")},
        "limited": sum(_is_limit(str(row.get("reason"))) for row in tenant["withheld"]),
        "unconfirmed": sum(row.get("reason") in _UNCONFIRMED for row in tenant["withheld"]),
        "above_limits": len(above),
        "above_gains": sum(row["reason"] in ON_GAINS for row in above),
    }
    report: Row = {
        "tenant": tenant["tenant"],
        "stage": stage,
        "account": hashlib.sha256(tenant["account"].encode()).hexdigest()[:16] if tenant["account"] else "",
        "counts": counts,
        "above_limits": [row["message"] for row in above],
        "removals": [{name: row[name] for name in _OF_EACH if name in row} for row in removals[:_HANDED_ON]],
        "left_out": max(counts["losses"] - _HANDED_ON, 0),
    }
    if plan:
        # what was let through above a limit on gains is made if the plan lists it; otherwise that limit holds for gains as in any run
        report["plan"] = {**plan, "gains": "listed" if counts["above_gains"] else "any"}
    return report


def _summed(results: list[Mapping[str, Any]], name: str) -> int:
    return sum(int((result.get("summary") or {}).get(name) or 0) for result in results)


def _is_limit(reason: str) -> bool:
    return reason.startswith("limit_") or reason == "max_removals"


def plan_of(tenant: str, variables: Mapping[str, Any]) -> dict[str, str]:
    """The plan that an earlier job has made for a tenant. Where jobs have reported, but none for this tenant, one that does not exist.

    Nor is there one for a host that the decisions before the approval were not about: who approved was not shown what it loses.
    """
    if not any(str(name).startswith(PREFIX) for name in variables):
        return {"path": "", "seal": "", "gains": "listed"}
    given = variables.get(name_of(tenant, PLAN))
    plan = given.get("plan") if isinstance(given, Mapping) and given.get("tenant") == tenant else None
    left_out = tenant not in (variables.get(ASKED) or [tenant])
    if left_out or not isinstance(plan, Mapping) or not plan.get("path") or not plan.get("seal"):
        return {"path": f"of {tenant}", "seal": "", "gains": "listed"}
    return {"path": str(plan["path"]), "seal": str(plan["seal"]), "gains": "any" if plan.get("gains") == "any" else "listed"}
