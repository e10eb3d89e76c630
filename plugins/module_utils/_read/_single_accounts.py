# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reads of single accounts, by REST where it can be used, which shows all; an account that can't be read keeps no other from being done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from .._model._account import SET_ASIDE, Account, account_from_rest, account_from_scim
from .._model._tenant import Tenant
from .._model._text import shortened
from .._plan._change import Plan
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._breaker import Breaker, Opened, code_of
from .._transport._errors import NotFound, UnexpectedAnswer
from .._transport._zoom import Zoom

T = TypeVar("T")
STOPPED = "reads_stopped"
_NOT_ASKED: Any = object()


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
    """Each account with what was read of it. Findings: who was deleted since the list was read, and whose answer has an unknown form.

    Where that is said of so many that it is no accident, the rest is not asked for, and one finding stands for all.
    """
    breaker = Breaker()

    def one(account: Account) -> Any:
        if breaker.opened:
            return _NOT_ASKED
        try:
            answer = read(account)
        except (NotFound, UnexpectedAnswer) as error:
            breaker.failed(code_of(error), f"{account.email}: {error}")
            code = "gone_meanwhile" if isinstance(error, NotFound) else "unread_single"
            return finding(code, account.email, reason=SET_ASIDE, error=error)
        breaker.took()
        return answer

    asked = list(accounts)
    answers = list(zip(asked, zoom.each(one, asked), strict=True))
    known = [(account, answer) for account, answer in answers if not isinstance(answer, Finding) and answer is not _NOT_ASKED]
    findings = [answer for _account, answer in answers if isinstance(answer, Finding)]
    if breaker.opened:
        left = [account.email for account, answer in answers if answer is _NOT_ASKED]
        return known, [_all(breaker.opened, [found.email for found in findings], left)]
    return known, findings


def _all(opened: Opened, unread: list[str], left: list[str]) -> Finding:
    """Of those that could not be read, and those that were not asked for any more."""
    emails = [*unread, *left]
    values: dict[str, Any] = {"count": opened.failed, "how": opened.how, "left": len(left), "names": shortened(emails, counted=True)}
    return finding(STOPPED, "", emails=emails, error=opened.first, **values)


def skip_accounts(tenant: Tenant, findings: Iterable[Finding]) -> None:
    """Whoever could not be read is left as they are, in this phase and in later ones; where that is no accident, nobody loses anything."""
    found = list(findings)
    unread = {email for row in found for email in row.emails or (row.email,)}
    for account in tenant.accounts:
        if account.email in unread:
            account.held = SET_ASIDE
    tenant.doubtful += [f"{len(row.emails)} accounts in Zoom could not be read" for row in found if row.reason == STOPPED]


def report_unread_accounts(plan: Plan, findings: Iterable[Finding]) -> None:
    """A single account that can't be read is a standing condition, that none can be is a failure."""
    for found in findings:
        (plan.failed if found.reason == STOPPED else plan.attention).append(found)
