# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a module returns: one shape for all, bounded, sorted, with a diff for every account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import account_from_record
from .._model._attributes import LISTED
from .._model._license import license_of
from .._plan._change import Change, Plan
from .._plan._outcomes import Finding
from ._group_diff import group_entry

_LICENSE = frozenset({"type", "zoom_one_type", "plan_united_type"})
_SHOWN = 3  # problems named in the failure's one sentence


@dataclass
class Result:
    """`facts` are a module's own return values."""

    changed: bool = False
    diff: list[dict[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    failed: list[Finding] = field(default_factory=list)
    withheld: list[Finding] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """Each sentence once: a fuse says the same of all that it withholds."""
        return list(dict.fromkeys(finding.message for finding in (*self.failed, *self.withheld)))

    def sentence(self) -> str:
        shown = self.problems[:_SHOWN]
        more = len(self.problems) - len(shown)
        return " ".join(shown) + (f" And {more} more, see failed_items and withheld." if more else "")


def merge(results: Iterable[Result]) -> Result:
    """One result of several phases of one module; lists are joined, counts added."""
    whole = Result()
    for result in results:
        whole.changed |= result.changed
        whole.diff += result.diff
        whole.failed += result.failed
        whole.withheld += result.withheld
        for key, value in result.facts.items():
            if isinstance(value, list):
                whole.facts[key] = [*whole.facts.get(key, []), *value]
            elif isinstance(value, Mapping):
                whole.facts[key] = dict(Counter(whole.facts.get(key, {})) + Counter(value))
            else:
                whole.facts[key] = value
    return whole


def bulk_result(plan: Plan, done: list[Change], failed: list[Finding], limits: Mapping[str, Any]) -> Result:
    """`done`: what was written, or in check mode would be; `failed`: what Zoom refused, beside what the plan could not use."""
    failures = [*plan.failed, *failed]
    refused = {(finding.email, finding.reason) for finding in failed}
    rows = [_row(change, True) for change in done]
    rows += [_row(change, False) for change in plan.changes if (_name(change), change.action) in refused]
    summary = dict(sorted(Counter(change.action for change in done).items()))
    summary.update(failed=len(failures), withheld=len(plan.withheld), attention=len(plan.attention))
    return Result(
        changed=bool(done),
        diff=diffs(done, int(limits["diff_limit"])),
        facts={
            "summary": summary,
            "changes": rows[: int(limits["changes_limit"])],
            "failed_items": [finding.row() for finding in failures],
            "withheld": [finding.row() for finding in plan.withheld],
            "attention": [finding.row() for finding in plan.attention],
        },
        failed=failures,
        withheld=plan.withheld,
    )


def _name(change: Change) -> str:
    return change.email or change.group


def _row(change: Change, changed: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"email": change.email, "action": change.action, "reason": change.reason, "changed": changed}
    if change.group:
        row["group"] = change.group
        row["emails"] = [member.email for member in change.members]
    return row


def diffs(changes: list[Change], limit: int) -> list[dict[str, str]]:
    """One entry for each account or group, sorted by its name; past the limit a closing summary."""
    subjects: dict[int | str, list[Change]] = {}
    for change in changes:
        subjects.setdefault(f"group {change.group}" if change.group else id(change.account), []).append(change)
    entries = sorted((_entry(same) for same in subjects.values()), key=lambda entry: entry["before_header"])
    if len(entries) > limit:
        more = Counter(change.action for change in changes)
        text = ", ".join(f"{action} {number}" for action, number in sorted(more.items()))
        rest = {"before_header": "summary", "after_header": "summary", "before": "", "after": f"{len(entries)} accounts in all: {text}\n"}
        return [*entries[:limit], rest]
    return entries


def _entry(changes: list[Change]) -> dict[str, str]:
    first = changes[0]
    if first.group:
        return group_entry(changes)
    was, will = dict[str, Any](), dict[str, Any]()
    for change in changes:
        for name, value in change.payload.get("before", {}).items():
            was.setdefault(name, value)
        will.update(change.after)
        # what lists do not show has no former value to compare with
        will.update({path.rpartition(":")[2]: value for path, value in change.payload.get("values", {}).items() if path not in LISTED})
    header = str(was.get("email") or first.email)
    return {"before_header": header, "after_header": first.email, "before": _table(was), "after": _table(will)}


def _table(values: Mapping[str, Any]) -> str:
    """Licences by the name that policies give them."""
    license = license_of(account_from_record({"email": "", "status": "", **values})) if _LICENSE & set(values) else None
    shown = {name: value for name, value in values.items() if name not in _LICENSE and value not in (None, "", [])}
    if license:
        shown["license"] = license.label
    return "".join(f"{name}: {value}\n" for name, value in sorted(shown.items()))
