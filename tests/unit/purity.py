# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan says, whatever the order in which it says it, and inputs in another order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any, TypeVar

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, digest_of
from hypothesis import strategies as st

T = TypeVar("T")
shuffles = st.randoms(use_true_random=False)


def in_some_order(items: Iterable[T], order: Random) -> list[T]:
    found = list(items)
    order.shuffle(found)
    return found


def in_a_set(rows: Iterable[Any]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)


def said(plan: Plan) -> dict[str, Any]:
    """All of a plan but the order of what goes side by side."""
    return {
        "changes": in_a_set([change_row(change, True), change.stage, change.removal, change.group_id] for change in plan.changes),
        "failed": in_a_set(finding.row() for finding in plan.failed),
        "withheld": in_a_set(finding.row() for finding in plan.withheld),
        "attention": in_a_set(finding.row() for finding in plan.attention),
        "skip": plan.skip,
        "owners": plan.owners,
        "decided": plan.decided,
        "digest": digest_of([change_row(change, True) for change in plan.changes], plan.failed, plan.withheld),
    }


def in_another_order(values: Mapping[str, T], order: Random) -> dict[str, T]:
    return dict(in_some_order(values.items(), order))
