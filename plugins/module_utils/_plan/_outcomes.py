# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The catalogue of what a user has to act on: each a sentence that says who, what, why, and the next step. Pure.

docs/outcomes.md is made from it. Refusals of single writes are explained by `_report/_refusals.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from .._model._spelled import spelled
from . import (
    _outcomes_of_accounts,
    _outcomes_of_approvals,
    _outcomes_of_groups,
    _outcomes_of_licenses,
    _outcomes_of_refusals,
    _outcomes_of_scope,
    _outcomes_of_undo,
    _outcomes_of_unread_rows,
)
from ._outcome import Finding, Outcome, agreeing

ABOVE_LIMITS = frozenset({"above_limit", "above_max_removals"})  # results list them once more by themselves

OUTCOMES: dict[str, Outcome] = {
    **_outcomes_of_accounts.TEXTS,
    **_outcomes_of_undo.TEXTS,
    **_outcomes_of_licenses.TEXTS,
    **_outcomes_of_groups.TEXTS,
    **_outcomes_of_scope.TEXTS,
    **_outcomes_of_unread_rows.TEXTS,
    **_outcomes_of_refusals.TEXTS,
    **_outcomes_of_approvals.TEXTS,
}


def finding(code: str, email: str = "", /, *, reason: str = "", emails: Iterable[str] = (), **values: object) -> Finding:
    """One sentence of the catalogue; `reason` where programs know it by another word than its key."""
    if "error" in values:
        values["error"] = str(values["error"]).rstrip(".")
    plain = {name: spelled(value) if isinstance(value, str) else value for name, value in values.items()}
    text = agreeing(OUTCOMES[code].text, values).format(email=spelled(email), reason=reason or code, **plain)
    return Finding(email, reason or code, text, emails=tuple(emails), code=code)
