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
from ._removals import role_stands_against
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
    """The row of an earlier refusal, or None for a role that stands against it; nothing where neither is so, or the role is gone."""
    found = next((refused[key] for about in abouts(change) if (key := key_of(change, about)) in refused), None)
    role = change.account.role_id if change.account else None
    if found:
        yield from [found] if found.code != OF_A_ROLE or role != MEMBER else []
    elif role_stands_against(change.action, change.account):
        yield None


def _noted(change: Change, row: Standing | None) -> Finding:
    action, because = shown_action(change.action), _because(change, row)
    if row is None:
        change.reason += f"{REFUSES}{because}"
        return finding("role_stands_against", change.email, reason=action)
    since = row.since[:10]
    change.reason += f"{REFUSED}{since}{f': {because}' if because else ''}"
    if row.code == OF_A_ROLE:
        return finding("role_refused_before", change.email, reason=action, since=since, because=because)
    return finding("removal_refused_before", change.email, reason=action, said=row.message, since=since)


def _because(change: Change, row: Standing | None) -> str:
    if row is None or row.code == OF_A_ROLE:
        hidden = change.account is not None and change.account.role_id is None
        return "the account has a role other than Member or is a Zoom Room" if hidden else "the role is not Member"
    return row.message.partition(", because ")[2].partition(" [")[0].partition(";")[0].partition(",")[0]
