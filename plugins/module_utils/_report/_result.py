# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a module returns: one shape for all, bounded, sorted, with a diff for every account."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._plan._change import Change, Plan, shown_action
from .._plan._outcome import Finding
from .._plan._outcomes import ABOVE_LIMITS
from .._plan._part import left_rows
from ._change_rows import ChangeRows, Listed, Row, bounded, plan_digest, save_rows
from ._diff import FULL, diffs
from ._kinds import first_of_each

_ADDED = ("changes_total", "losses")
_ALL = 1000  # changes, or entries of a diff, of a module that has no option for it
_SHOWN, _FEW = 10, 3  # problems named in what a failure says; so few are named whatever they say
_MORE = "And {} more, see failed_items and withheld."


@dataclass
class Result:
    """`facts` are a module's own return values. `interrupted`: the sentence how far it came, where it was asked to stop."""

    changed: bool = False
    diff: list[dict[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    failed: list[Finding] = field(default_factory=list)
    withheld: list[Finding] = field(default_factory=list)
    interrupted: str = ""

    @property
    def problems(self) -> list[str]:
        """Each sentence once: a limit says the same of all that it blocks."""
        return list(dict.fromkeys(finding.message for finding in (*self.failed, *self.withheld)))

    def sentence(self) -> str:
        """Of more than a few, one of each kind."""
        problems = self.problems
        shown = (problems if len(problems) <= _FEW else first_of_each((*self.failed, *self.withheld)))[:_SHOWN]
        more = len(problems) - len(shown)
        return " ".join([*shown, *([_MORE.format(more)] if more > 0 else [])])

    def first_problems(self, number: int = 200) -> list[str]:
        """As many as people may read, and how many more there are."""
        problems = self.problems
        more = len(problems) - number
        return [*problems[:number], *([_MORE.format(more)] if more > 0 else [])]


def merge(results: Iterable[Result]) -> Result:
    """One result of several phases of one module; lists are joined, counts added."""
    whole = Result()
    for result in results:
        whole.changed |= result.changed
        whole.diff += result.diff
        whole.failed += result.failed
        whole.withheld += result.withheld
        whole.interrupted = " ".join(filter(None, [whole.interrupted, result.interrupted]))
        for key, value in result.facts.items():
            if isinstance(value, list):
                whole.facts[key] = [*whole.facts.get(key, []), *value]
            elif isinstance(value, Mapping):
                whole.facts[key] = dict(Counter(whole.facts.get(key, {})) + Counter(value))
            elif key in _ADDED:
                whole.facts[key] = whole.facts.get(key, 0) + value
            elif key == "digest" and key in whole.facts:
                whole.facts[key] = hashlib.sha256(f"{whole.facts[key]} {value}".encode()).hexdigest()
            else:
                whole.facts[key] = value
    return whole


def bulk_result(
    plan: Plan,
    done: list[Change],
    refused: list[Change],
    failed: list[Finding],
    limits: Mapping[str, Any],
    digest: str | None = None,
    stopped: Sequence[Finding] = (),
    account: str = "",
) -> Result:
    """`done`: what was written, or in check mode would be. `failed`: what was refused, beside what the plan could not use.

    `digest`: of the plan before it was carried out; None where nothing was. `stopped`: so much was refused that the rest was not tried;
    what refused it is listed, and is not what the failure says. `account`: the Zoom account that all of it is of.
    """
    failures = [*stopped, *plan.failed, *failed]
    summary = dict(sorted(Counter(shown_action(change.action) for change in done).items()))
    left = left_rows(plan.left)
    summary.update(
        failed=len(failures), withheld=len(plan.withheld), attention=len(plan.attention), **({"left": len(left)} if left else {})
    )
    digest = plan_digest(plan) if digest is None else digest
    return Result(
        changed=bool(done),
        diff=diffs(done, int(limits.get("diff_limit") or _ALL), limits.get("diff_form") or FULL, limits.get("diff_removals_limit")),
        facts={
            "summary": summary,
            **listed_facts(ChangeRows(done, refused), digest, failures, plan.withheld, plan.attention, limits, account, left),
        },
        failed=[*stopped, *plan.failed] if stopped else failures,
        withheld=plan.withheld,
    )


def listed_facts(
    rows: ChangeRows,
    digest: str,
    failed: Iterable[Finding],
    withheld: Iterable[Finding],
    attention: Collection[Finding],
    limits: Mapping[str, Any],
    account: str = "",
    left: Sequence[Row] = (),
) -> dict[str, Any]:
    """The lists as far as a result may hold them, how many changes there are in all, and where all rows lie if `changes_path` is given.

    `left`: what this run leaves for another one, which is in no file.
    """
    found = {"failed_items": failed, "withheld": withheld, "attention": attention}
    lists: dict[str, Listed] = {name: [finding.row() for finding in findings] for name, findings in found.items()}
    lists["changes"] = rows
    facts: dict[str, Any] = bounded({**lists, **({"left": list(left)} if left else {})}, int(limits.get("changes_limit") or _ALL))
    if above := [finding.row() for finding in attention if finding.code in ABOVE_LIMITS]:
        facts["above_limits"] = above
    facts.update(changes_total=len(rows), losses=rows.losses, digest=digest)
    if limits.get("changes_path"):
        save_rows(str(limits["changes_path"]), digest, lists, account)
        facts["changes_path"] = limits["changes_path"]
    return facts
