# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Changes that put right what somebody changed in Zoom by hand say so. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import LICENSE_FIELDS
from .._model._drift import group_mark
from .._model._text import fold
from ._actions import Subject
from ._change import Change, Plan

PREFIX = "drift: "


def name_drift(plan: Plan, gone: Iterable[str] = ()) -> None:
    """`gone`: folded addresses of accounts that were there after the last run and were removed in Zoom since."""
    gone = frozenset(gone)
    for change in (*plan.changes, *plan.left):
        what = _drifted(change, gone)
        if what and not change.reason.startswith(PREFIX):
            change.reason = f"{PREFIX}{what} changed in Zoom since the last run ({change.reason})"


def _drifted(change: Change, gone: frozenset[str]) -> str:
    if change.subject is Subject.ZOOM_GROUP:
        mark = group_mark(change.group_id)
        return ", ".join(member.email for member in change.members if mark in member.drifted)
    if change.account is None:
        return ""
    if change.action == "create":
        return "the account was removed:" if fold(change.email) in gone else ""
    touched = {"license" if name in LICENSE_FIELDS else name for name in change.after}
    return ", ".join(name for name in change.account.drifted if name in touched)
