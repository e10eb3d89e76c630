# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts that nobody wants any more, each with its reason and what is to be done for that reason. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .._model._account import Account
from .._model._person import Person
from .._model._text import PolicyError, fold
from ._change import Change, Plan
from ._matching import Matches
from ._protection import Protection

ACTIONS = ("deactivate", "disassociate", "delete", "report", "ignore")
DEFAULTS = {
    "suspended": "deactivate",
    "archived": "deactivate",
    "deleted": "deactivate",
    "out_of_scope": "deactivate",
    "unknown": "report",
    "excluded": "ignore",
}
_LEAVERS = frozenset({"suspended", "deleted"})
_WORDS = {
    "suspended": "suspended in Google",
    "archived": "archived in Google",
    "deleted": "deleted in Google",
    "out_of_scope": "not in scope",
    "unknown": "not in the Google directory",
    "excluded": "excluded",
}


@dataclass(frozen=True)
class Deprovision:
    """`prune`: True does it, None only reports it, False says nothing. `actions` by reason."""

    prune: bool | None = None
    actions: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULTS))


def parse_deprovision(prune: bool | None, actions: object, where: str) -> Deprovision:
    """Reasons that are not given keep their default."""
    if not isinstance(actions or {}, Mapping):
        raise PolicyError(f"{where} must be a dictionary of reason to action, not {type(actions).__name__}.")
    given = dict(actions or {})  # type: ignore[call-overload]
    for reason, action in given.items():
        if reason not in DEFAULTS:
            raise PolicyError(f"{where} has {reason!r}, which is no reason; known are {', '.join(DEFAULTS)}.")
        if action not in ACTIONS:
            raise PolicyError(f"{where}.{reason} is {action!r}; known are {', '.join(ACTIONS)}.")
    return Deprovision(prune, {**DEFAULTS, **given})


def reason_of(person: Person) -> str | None:
    """Why a person is not to hold an account; None when they are."""
    if person.wanted:
        return None
    if person.excluded:
        return "excluded"
    return person.state if person.state != "active" else "out_of_scope"


def plan_losses(
    plan: Plan, people: list[Person], matches: Matches, policy: Deprovision, protection: Protection, *, whole: bool, absent: frozenset[str]
) -> None:
    """Losses of accounts that are still active; unconfirmed ones are withheld."""
    for person in people:
        account, reason = matches.account_of.get(person.id), reason_of(person)
        if account and reason:
            # in a list of a few people, each of them is told on purpose
            confirmed = person.confirmed is True or (person.confirmed is None and not whole)
            _lose(plan, account, reason, policy, protection, confirmed=confirmed)
    for account in matches.strangers if whole else ():
        _lose(plan, account, "unknown", policy, protection, confirmed=fold(account.email) in absent)


def _lose(plan: Plan, account: Account, reason: str, policy: Deprovision, protection: Protection, *, confirmed: bool) -> None:
    action = policy.actions[reason]
    if account.status == "inactive" or account.held or action == "ignore":
        return
    words = _WORDS[reason]
    if account.status == "pending":
        plan.tell("pending_leaver", account.email, reason="pending", words=words)
    elif protection.covers(account):
        plan.tell("protected", account.email, words=words)
    elif action == "report":
        plan.tell("reported", account.email, reason=reason, words=words)
    elif policy.prune is None:
        plan.tell("prune_unset", account.email, reason=reason, words=words, action=action)
    elif policy.prune:
        _end(plan, account, reason, action, confirmed)


def _end(plan: Plan, account: Account, reason: str, action: str, confirmed: bool) -> None:
    after = {"status": "inactive"} if action == "deactivate" else {"status": "deleted"}
    change = Change(action, account.email, reason, account, after, loss="leaver" if reason in _LEAVERS else "deactivation")
    plan.changes.append(change)
    if not confirmed:
        plan.withhold([change], "unconfirmed", words=_WORDS[reason])
