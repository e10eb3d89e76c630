# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the accounts that Zoom said it made are there, and what they are: one look after the creations of a phase.

A 201 was seen for people who were invited, for an id that does not exist, with a blank id, and with another userType (zoom-api.md 11a).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from .._model._account import LICENSE_FIELDS, UNREADABLE, Account, account_from_rest, account_from_scim, unread_account
from .._model._license import license_of
from .._model._text import fold
from .._plan._change_data import Creation
from .._plan._outcomes import finding
from .._read._single_accounts import find_account
from .._transport._errors import NotFound, TransportError, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from ._account_calls import RE_READS
from ._attempt import Answered, Attempt
from ._journal import Journal

_REST_PAGE, _SCIM_PAGE = 300, 100  # rows of a list's page


def prover(zoom: Zoom, journal: Journal, size: int) -> Callable[[list[Attempt]], None]:
    """Looks at the accounts that a stage has made. `size`: accounts there were, which decides what a read of all of them costs."""

    def prove(attempts: list[Attempt]) -> None:
        answered = [attempt for attempt in attempts if attempt.planned.action == "create" and attempt.answered is not None]
        made = [attempt for attempt in answered if not attempt.others]
        if made:
            _prove(zoom, made, journal, size)

    return prove


def _prove(zoom: Zoom, made: list[Attempt], journal: Journal, size: int) -> None:
    try:
        found = _look(zoom, made, size)
    except TransportError as error:
        for attempt in made:
            attempt.remarks = [finding("created_unseen", attempt.change.email, error=error)]
        return
    for attempt in made:
        _judge(attempt, found.get(fold(attempt.change.email)), journal)


def _look(zoom: Zoom, made: list[Attempt], size: int) -> Mapping[str, Account]:
    """By folded address. Reads may trail the writes for a moment: who is not there is looked for again."""
    found, left = dict[str, Account](), made
    for wait in (0.0, *RE_READS):
        time.sleep(wait)
        found.update({fold(account.email): account for account in _shown(zoom, left, size + len(made))})
        left = [attempt for attempt in left if fold(attempt.change.email) not in found]
        if not left:
            break
    return found


def _shown(zoom: Zoom, made: list[Attempt], size: int) -> list[Account]:
    """By the cheaper way: one read of each, or the lists of all."""
    page = _REST_PAGE if zoom.has_rest else _SCIM_PAGE
    if len(made) <= size // page + 2:
        return _singly(zoom, made)
    aside = Aside()
    listed = _lists(zoom, aside)
    if zoom.has_rest and not aside.rows:
        return listed
    # SCIM lists no invitations, and a row that could not be read may be of one of these
    there = {fold(account.email) for account in listed}
    return [*listed, *_singly(zoom, [attempt for attempt in made if fold(attempt.change.email) not in there])]


def _lists(zoom: Zoom, aside: Aside) -> list[Account]:
    if not zoom.has_rest:
        return zoom.scim.users(account_from_scim, aside)
    lists = zoom.each(lambda status: zoom.rest.users(status, lambda row: account_from_rest(row, status), aside), ["active", "pending"])
    return [account for accounts in lists for account in accounts]


def _singly(zoom: Zoom, made: list[Attempt]) -> list[Account]:
    """An answer of an unknown form stands for an account that is there and can't be read."""

    def one(attempt: Attempt) -> Account | None:
        key, email = str((attempt.answered or {})["id"]), attempt.change.email
        try:
            return _one(zoom, key, email)
        except UnexpectedAnswer:
            return unread_account(key, email)

    return [account for account in zoom.each(one, made) if account]


def _one(zoom: Zoom, key: str, email: str) -> Account | None:
    if zoom.has_rest:
        return find_account(zoom, key or email)
    try:
        if key:
            return account_from_scim(zoom.scim.user(key))
    except NotFound:
        pass
    row, hidden = zoom.scim.look_up(email)
    if hidden:  # SCIM does not show open invitations; the address was free before
        return Account("", email, "pending")
    return account_from_scim(row) if row else None


def _judge(attempt: Attempt, shown: Account | None, journal: Journal) -> None:
    """The truth about the account made, into the attempt and the journal."""
    change, answered = attempt.change, dict(attempt.answered or {})
    if shown is None:
        attempt.answered = None
        attempt.error = (
            f"{change.email}: Zoom said that the account was made, but it is not there; look for the address in Zoom (Users, Pending) and "
            "ask Zoom's support, as another run only tries again."
        )
        journal.outcome(attempt.journal, change, attempt.error, None)
        return
    if shown.status == UNREADABLE:
        attempt.remarks = [finding("created_unseen", change.email, error="Zoom's answer has an unknown form")]
        return
    answered_id, differing = answered["id"], _differing(attempt, shown, answered)
    answered["id"] = "" if shown.status == "pending" else shown.id
    if differing or answered["id"] != answered_id:
        attempt.ask(after={**change.after, **differing})
        journal.outcome(attempt.journal, attempt.change, None, {**answered, "id": shown.id}, differing)
    attempt.answered = {**answered, **differing}


def _differing(attempt: Attempt, shown: Account, answered: Answered) -> Answered:
    """Fields that came out otherwise than they were asked for, each with a remark."""
    change = attempt.change
    if shown.status == "pending":
        attempt.remarks = [finding("invited", change.email, reason="pending")]
        return {"status": "pending", "type": shown.type or change.after.get("type")}
    differing = dict[str, Any]()
    if answered.get("status", "active") != shown.status:  # the answer said otherwise
        differing["status"] = shown.status
    if shown.type is not None and shown.type != change.after.get("type"):
        differing.update({name: getattr(shown, name) for name in LICENSE_FIELDS})
        held, wanted = license_of(shown), change.needs(Creation).license
        remark = finding("created_as", change.email, given=held.label if held else "another licence", wanted=wanted.label)
        attempt.remarks = [remark]
    return differing
