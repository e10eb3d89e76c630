# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reads of single accounts, by REST where it can be used, which shows all; an account that can't be read keeps no other from being done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from .._model._account import SET_ASIDE, Account, account_from_rest, account_from_scim
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._errors import NotFound, UnexpectedAnswer
from .._transport._zoom import Zoom

T = TypeVar("T")


def find_account(zoom: Zoom, key: str) -> Account | None:
    """By address or id. A pending account is found by REST only, and one of another Zoom account by neither API."""
    if zoom.has_rest:
        row = zoom.rest.find_user(key)
        return account_from_rest(row) if row else None
    found = zoom.scim.find_user(key) if "@" in key else zoom.scim.user(key)
    return account_from_scim(found) if found else None


def account_with(zoom: Zoom, user_id: str) -> Account:
    """NotFound where it is gone."""
    return account_from_rest(zoom.rest.user(user_id)) if zoom.has_rest else account_from_scim(zoom.scim.user(user_id))


def read_each(zoom: Zoom, accounts: Iterable[Account], read: Callable[[Account], T]) -> tuple[list[tuple[Account, T]], list[Finding]]:
    """Each account with what was read of it. Findings: who was deleted since the list was read, and whose answer has an unknown form."""

    def one(account: Account) -> T | Finding:
        try:
            return read(account)
        except NotFound:
            return finding("gone_meanwhile", account.email, reason=SET_ASIDE)
        except UnexpectedAnswer as odd:
            return finding("unread_single", account.email, reason=SET_ASIDE, error=odd)

    asked = list(accounts)
    answers = list(zip(asked, zoom.each(one, asked), strict=True))
    return (
        [(account, answer) for account, answer in answers if not isinstance(answer, Finding)],
        [answer for _account, answer in answers if isinstance(answer, Finding)],
    )


def skip_accounts(accounts: Iterable[Account], findings: Iterable[Finding]) -> None:
    """Whoever could not be read is left as they are, in this phase and in later ones."""
    unread = {row.email for row in findings}
    for account in accounts:
        if account.email in unread:
            account.held = SET_ASIDE
