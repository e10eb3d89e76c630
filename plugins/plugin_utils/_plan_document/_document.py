# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document: one dictionary for all tenants of a run, as docs/plan-document.schema.json describes it. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ...module_utils._report._sealed_plan import FORMAT, VERSION, seal_of
from ._collect import Phase, Row, Tenant
from ._headings import kind_order

NO_CHANGE, CHANGES, PROBLEMS = "no_change", "changes", "problems"
_COUNTED = ("changes", "losses", "failed", "withheld", "attention", "left_out")


def build(tenants: Iterable[Tenant], *, check_mode: bool, time: str) -> Row:
    """Without a tenant, or with one whose run died, there is no digest: nobody can review what was not planned.

    `time`: now, as ISO text, for how long it can be approved. Digests have nothing of it, the seal has.
    """
    shown = [_tenant(tenant) for tenant in sorted(tenants, key=lambda tenant: tenant.name)]
    outcomes = {entry["outcome"] for entry in shown} or {PROBLEMS}
    digests = [entry["digest"] for entry in shown]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "time": time,
        "check_mode": check_mode,
        "outcome": next(outcome for outcome in (PROBLEMS, CHANGES, NO_CHANGE) if outcome in outcomes),
        "digest": _hash(f"{entry['tenant']} {entry['digest']}" for entry in shown) if shown and None not in digests else None,
        "summary": {"tenants": len(shown), **{name: sum(entry["summary"][name] for entry in shown) for name in _COUNTED}},
        "tenants": shown,
    }
    return {**document, "seal": seal_of(document)}


def _tenant(tenant: Tenant) -> Row:
    changes = [_change(phase, row) for phase in tenant.phases for row in phase.lists["changes"]]
    changes.sort(key=lambda row: (kind_order(row["kind"], removes=row["loss"]), row.get("group", ""), row["email"]))
    found: dict[str, list[Row]] = {
        name: [{"phase": phase.name, **row} for phase in tenant.phases for row in phase.lists[source]]
        for name, source in (("failed", "failed_items"), ("withheld", "withheld"), ("attention", "attention"))
    }
    found["attention"] += tenant.notes
    made = [row for row in changes if row.get("changed", True)]
    kinds, removing = Counter(row["kind"] for row in made), {row["kind"] for row in made if row["loss"]}
    left_out = Counter[str]()
    for phase in tenant.phases:
        left_out.update({name.removesuffix("_items"): number for name, number in phase.left_out.items() if number})
    summary = {
        "changes": len(made) + left_out["changes"],
        "losses": sum(row["loss"] for row in made),
        **{name: len(rows) + left_out[name] for name, rows in found.items()},
        "left_out": left_out.total(),
    }
    broken = tenant.error or summary["failed"] or summary["withheld"]
    return {
        "tenant": tenant.name,
        "account": tenant.account,
        "outcome": PROBLEMS if broken else CHANGES if summary["changes"] else NO_CHANGE,
        "digest": None if tenant.error else _hash(sorted(f"{phase.name} {phase.digest}" for phase in tenant.phases if not phase.empty)),
        "error": tenant.error,
        "phases": list(dict.fromkeys(phase.name for phase in tenant.phases)),
        "summary": summary,
        "kinds": {kind: kinds[kind] for kind in sorted(kinds, key=lambda kind: kind_order(kind, removes=kind in removing))},
        "changes": changes,
        **found,
    }


def _change(phase: Phase, row: Row) -> dict[str, Any]:
    kind = f"{phase.name}.{row['action']}"
    return {"kind": kind, **row, "loss": bool(row.get("loss"))}


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
