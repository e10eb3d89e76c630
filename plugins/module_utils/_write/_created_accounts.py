# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the accounts that Zoom said it made are there, and what they are: one look after the creations of a phase.

A 201 was seen for people who were invited, for an id that does not exist, with a blank id, and with another userType (zoom-api.md 11a).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TypeAlias

from .._model._account import UNREADABLE, Account, account_from_rest, account_from_scim, unread_account
from .._model._license import License, license_of
from .._model._text import fold
from .._plan._change import Change
from .._plan._outcomes import finding
from .._transport._errors import NotFound, TransportError, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from ._account_calls import RE_READS, Told, find_account
from ._journal import Journal

Outcome: TypeAlias = "tuple[Change, Told | None, str]"

_REST_PAGE, _SCIM_PAGE = 300, 100  # rows of a list's page


def prove_creations(zoom: Zoom, outcomes: list[Outcome], journal: Journal, size: int) -> list[Outcome]:
    """The outcomes with the truth about each account made. `size`: accounts there were, which tells what a look at all of them costs."""
    made = [(change, told) for change, told, error in outcomes if change.action == "create" and told is not None and not error]
    if not made:
        return outcomes
    try:
        found = _look(zoom, made, size)
    except TransportError as error:
        for change, _told in made:
            change.payload["remarks"] = [finding("created_unseen", change.email, error=error)]
        return outcomes
    proven = {id(change): _judged(change, told, found, journal) for change, told in made}
    return [proven.get(id(outcome[0]), outcome) for outcome in outcomes]


def _look(zoom: Zoom, made: list[tuple[Change, Told]], size: int) -> Mapping[str, Account]:
    """By folded address. Reads may trail the writes for a moment: who is not there is looked for again."""
    found, left = dict[str, Account](), made
    for wait in (0.0, *RE_READS):
        time.sleep(wait)
        found.update({fold(account.email): account for account in _shown(zoom, left, size + len(made))})
        left = [(change, told) for change, told in left if fold(change.email) not in found]
        if not left:
            break
    return found


def _shown(zoom: Zoom, made: list[tuple[Change, Told]], size: int) -> list[Account]:
    """By the cheaper way: one read of each, or the lists of all."""
    page = _REST_PAGE if zoom.kind == "oauth" else _SCIM_PAGE
    if len(made) <= size // page + 2:
        return _singly(zoom, made)
    aside = Aside()
    listed = _lists(zoom, aside)
    if zoom.kind == "oauth" and not aside.rows:
        return listed
    # SCIM lists no invitations, and a row that could not be read may be of one of these
    there = {fold(account.email) for account in listed}
    return [*listed, *_singly(zoom, [one for one in made if fold(one[0].email) not in there])]


def _lists(zoom: Zoom, aside: Aside) -> list[Account]:
    if zoom.kind != "oauth":
        return zoom.scim.users(account_from_scim, aside)
    return [
        account
        for status in ("active", "pending")
        for account in zoom.rest.users(status, lambda row, status=status: account_from_rest(row, status), aside)  # type: ignore[misc]
    ]


def _singly(zoom: Zoom, made: list[tuple[Change, Told]]) -> list[Account]:
    """An answer of an unknown form stands for an account that is there and can't be read."""

    def one(pair: tuple[Change, Told]) -> Account | None:
        try:
            return _one(zoom, *pair)
        except UnexpectedAnswer:
            return unread_account(pair[1]["id"], pair[0].email)

    return [account for account in zoom.each(one, made) if account]


def _one(zoom: Zoom, change: Change, told: Told) -> Account | None:
    if zoom.kind == "oauth":
        return find_account(zoom, told["id"] or change.email)
    try:
        if told["id"]:
            return account_from_scim(zoom.scim.user(told["id"]))
    except NotFound:
        pass
    row, hidden = zoom.scim.look_up(change.email)
    if hidden:  # SCIM does not show open invitations; the address was free before
        return Account("", change.email, "pending")
    return account_from_scim(row) if row else None


def _judged(change: Change, told: Told, found: Mapping[str, Account], journal: Journal) -> Outcome:
    shown, told = found.get(fold(change.email)), dict(told)
    if shown is None:
        error = (
            f"{change.email}: Zoom said that the account was made, but it is not there; look for the address in Zoom (Users, Pending) and "
            "ask Zoom's support, as another run only tries again."
        )
        journal.outcome(str(change.payload.get("journal")), change, error, None)
        return change, None, error
    if shown.status == UNREADABLE:
        change.payload["remarks"] = [finding("created_unseen", change.email, error="Zoom's answer has an unknown form")]
        return change, told, ""
    wanted: License = change.payload["license"]
    answered, differing = told["id"], Told()
    if shown.status == "pending":
        differing = {"status": "pending", "type": shown.type or change.after.get("type")}
        change.payload["remarks"] = [finding("invited", change.email, reason="pending")]
        answered = told["id"] = ""
    else:
        told["id"] = shown.id
        if told.get("status", "active") != shown.status:  # the answer said otherwise
            told["status"] = differing["status"] = shown.status
        if shown.type is not None and shown.type != change.after.get("type"):
            differing.update({name: getattr(shown, name) for name in ("type", "plan_united_type", "zoom_one_type")})
            held = license_of(shown)
            remark = finding("created_as", change.email, given=held.label if held else "another licence", wanted=wanted.label)
            change.payload["remarks"] = [remark]
    if differing or told["id"] != answered:
        change.after.update(differing)
        journal.outcome(str(change.payload.get("journal")), change, None, {**told, "id": shown.id}, differing)
    return change, {**told, **differing}, ""
