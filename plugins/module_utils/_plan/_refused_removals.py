# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Removals that Zoom has refused before, or is known to refuse. They are tried in each run, and the plan says so beside each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .._model._account import MEMBER
from .._model._standing import Standing
from ._change import Change, Plan, shown_action
from ._outcome import Finding
from ._outcomes import finding
from ._reasons import REFUSED, REFUSES
from ._standing import abouts, is_removal, key_of

OF_A_ROLE = "admin"
"""Code of refusals because of a role."""


def note_refused(plan: Plan, rows: Iterable[Standing]) -> list[tuple[Change, Finding]]:
    """Puts it into the reason of each such removal. The sentences are for a run that only plans: one that tries finds out.

    `rows`: what is known to stand.
    """
    refused = {row.key: row for row in rows if row.removes}
    return [(change, _noted(change, row)) for change in plan.changes if is_removal(change) for row in _known(change, refused)]


def _known(change: Change, refused: dict[tuple[str, str, str, str], Standing]) -> Iterator[Standing | None]:
    """The row of an earlier refusal, or None for a role that stands against it; nothing where neither is so."""
    found = next((refused[key] for about in abouts(change) if (key := key_of(change, about)) in refused), None)
    if found or (change.action == "deactivate" and change.account and change.account.role_id not in (None, MEMBER)):
        yield found


def _noted(change: Change, row: Standing | None) -> Finding:
    action = shown_action(change.action)
    if row is None:
        change.reason += f"{REFUSES}its role is not Member"
        return finding("role_stands_against", change.email, reason=action)
    change.reason += f"{REFUSED}{row.since[:10]}{_because(row)}"
    return finding("removal_refused_before", change.email, reason=action, said=row.message, since=row.since[:10])


def _because(row: Standing) -> str:
    if row.code == OF_A_ROLE:
        return ": its role is not Member"
    clause = row.message.partition("refused, as ")[2].partition(" [")[0].partition(";")[0].partition(",")[0]
    return f": {clause}" if clause else ""
