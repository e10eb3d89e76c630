# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether members whose removal was refused, because there are no such members, are gone: one look at each group's list after them all.

A read of the same path says nothing new, but the list does.
"""

from __future__ import annotations

from collections.abc import Callable

from .._model._nesting import row_key
from .._model._text import mailbox
from .._plan._change_data import GoogleMember
from .._report._refusals import explain
from .._transport._breaker import code_of
from .._transport._errors import ApiError, NotFound, TransportError
from .._transport._google_directory import Directory
from ._attempt import Attempt
from ._journal import Journal


def removal_prover(directory: Directory, journal: Journal) -> Callable[[list[Attempt]], None]:
    """Looks at what a stage has removed."""

    def prove(attempts: list[Attempt]) -> None:
        groups = dict[str, list[tuple[Attempt, ApiError]]]()
        for attempt in attempts:
            refusal = attempt.refusal
            if attempt.planned.action == "google_remove" and attempt.answered is not None and isinstance(refusal, ApiError):
                groups.setdefault(attempt.change.group, []).append((attempt, refusal))
        for shown, refused in zip(directory.each(lambda group: _shown(directory, group), list(groups)), groups.values(), strict=True):
            for attempt, refusal in refused:
                if shown is None or mailbox(attempt.change.needs(GoogleMember).email) in shown:
                    _refuse(attempt, refusal, journal)

    return prove


def _shown(directory: Directory, group: str) -> set[str] | None:
    """What the rows of the group are named by; None where they can't be read."""
    try:
        rows = directory.members(group)
    except NotFound:
        return set()
    except TransportError:
        return None
    return {name for row in rows for name in (row_key(row), str(row.get("id") or "")) if name}


def _refuse(attempt: Attempt, refusal: ApiError, journal: Journal) -> None:
    attempt.answered, attempt.error = None, explain(attempt.change, refusal)
    attempt.breaker.failed(code_of(refusal), attempt.error)
    journal.outcome(attempt.journal, attempt.planned, attempt.error, None)
