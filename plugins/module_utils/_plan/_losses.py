# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts that nobody wants any more, each with its reason and what is to be done for that reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import Account
from .._model._license import License, license_of
from .._model._person import UNREADABLE, UNSURE_LIMIT, Person
from .._model._text import PolicyError, fold, is_address, no_address
from .._model._typed import is_blank
from .._model._unknown import meant, unknown_key
from ._change import Change, Plan
from ._matching import Matches
from ._protection import Protection, tell_kept

ACTIONS = ("deactivate", "downgrade", "disassociate", "delete", "report", "ignore")
REMOVALS = frozenset({"disassociate", "delete"})
# What DELETE /users/{id} hands over to transfer_email (zoom-api.md 5.5).
TRANSFERS = ("meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "visitors", "docs")
DEFAULTS = {
    "suspended": "deactivate",
    "archived": "deactivate",
    "deleted": "deactivate",
    "out_of_scope": "deactivate",
    "unknown": "report",
    "excluded": "ignore",
}
LEAVERS = frozenset({"suspended", "deleted"})
WORDS = {
    "suspended": "suspended in Google",
    "archived": "archived in Google",
    "deleted": "deleted in Google",
    "out_of_scope": "not in scope",
    "unknown": "not in the Google directory",
    "excluded": "excluded",
}
_DONE = {
    "deactivate": "deactivated",
    "downgrade": "given the basic licence",
    "disassociate": "taken out of the Zoom account",
    "delete": "deleted with its data",
}


@dataclass(frozen=True)
class Ending:
    """What becomes of an account. `transfer` goes to `transfer_to` with a removal."""

    action: str
    transfer_to: str = ""
    transfer: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """What DELETE /users/{id} is told of the transfer."""
        if not self.transfer_to:
            return {}
        return {"transfer_email": self.transfer_to, **{f"transfer_{name}": "true" for name in self.transfer}}


@dataclass(frozen=True)
class Deprovision:
    """`prune`: True does it, None only reports it, False says nothing. `endings` by reason."""

    prune: bool | None = None
    endings: Mapping[str, Ending] = field(default_factory=lambda: {reason: Ending(action) for reason, action in DEFAULTS.items()})

    def takes(self, reason: str | None, account: Account) -> bool:
        """Whether an account would lose something for this reason, if the reason is true."""
        action = self.endings[reason].action if reason and self.prune else "ignore"
        return action != "report" and _would_lose(account, action)


def parse_deprovision(prune: bool | None, actions: object, where: str) -> Deprovision:
    """Reasons that are not given keep their default. An action is a word, or `{action, transfer_to, transfer}`."""
    if not isinstance(actions or {}, Mapping):
        raise PolicyError(f"{where} must be a dictionary of reason to action, not {type(actions).__name__}.")
    given = dict(actions or {})  # type: ignore[call-overload]
    for reason in given:
        if reason not in DEFAULTS:
            hint = meant(reason, DEFAULTS) or f"known are {', '.join(DEFAULTS)}."
            raise PolicyError(f"{where} has {reason!r}, which is no reason; {hint}")
    chosen = {**DEFAULTS, **{reason: action for reason, action in given.items() if not is_blank(action)}}
    return Deprovision(prune, {reason: parse_ending(spec, f"{where}.{reason}") for reason, spec in chosen.items()})


def parse_ending(spec: object, where: str, heirs: frozenset[str] = REMOVALS) -> Ending:
    """PolicyError when the action is none, or when a transfer has nobody to go to. `heirs`: actions that take a `transfer_to`."""
    options: Mapping[str, Any] = spec if isinstance(spec, Mapping) else {"action": spec}
    if unknown := sorted(set(options) - {"action", "transfer_to", "transfer"}):
        raise PolicyError(unknown_key(where, unknown[0], ("action", "transfer_to", "transfer")))
    action, heir = options.get("action"), options.get("transfer_to") or ""
    if action not in ACTIONS:
        raise PolicyError(f"{where} is {action!r}; known are {', '.join(ACTIONS)}.")
    what = options.get("transfer")
    what = list(TRANSFERS) if what is None and heir and action in REMOVALS else what or []
    if not isinstance(what, list) or (wrong := [name for name in what if name not in TRANSFERS]):
        raise PolicyError(f"{where}.transfer holds {wrong[0] if isinstance(what, list) else what!r}; known are {', '.join(TRANSFERS)}.")
    if heir and not is_address(heir):
        raise no_address(heir, f"{where}.transfer_to")
    if (what and (action not in REMOVALS or not heir)) or (heir and action not in heirs):
        raise PolicyError(f"{where}: a transfer needs the action delete or disassociate and transfer_to, the address that inherits.")
    return Ending(str(action), str(heir), tuple(what))


def reason_of(person: Person) -> str | None:
    """Why a person is not to hold an account; None when they are, or when that can't be known."""
    if person.wanted or person.state == UNREADABLE:
        return None
    if person.excluded:
        return "excluded"
    return person.state if person.state != "active" else "out_of_scope"


@dataclass(frozen=True)
class Known:
    """What is known of absences. `whole`: people is the whole directory. `absent`: addresses confirmed to be nobody's.

    `confirm_limit`: up to how many people are looked up one by one.
    """

    whole: bool = True
    absent: frozenset[str] = frozenset()
    confirm_limit: int = 0

    def numbers(self, people: Iterable[Person]) -> dict[str, Any]:
        """For the one sentence about those of whom lists could not tell."""
        asked = [person for person in people if person.confirmed is not None]
        return {"count": len(asked), "limit": self.confirm_limit, "unsure": sum(person.unsure == UNSURE_LIMIT for person in asked)}


def plan_losses(plan: Plan, people: list[Person], matches: Matches, policy: Deprovision, protection: Protection, known: Known) -> None:
    """Unconfirmed ones are withheld."""
    unconfirmed = list[tuple[Change, Person | None]]()
    for person in people:
        reason = reason_of(person)
        for account in matches.all_of.get(person.id, ()) if reason else ():
            # in a list of a few people, each of them is told on purpose
            confirmed = person.confirmed is True or (person.confirmed is None and not known.whole)
            unreadable = "" if person.unsure == UNSURE_LIMIT else person.unsure
            change = _lose(plan, account, reason or "", policy, protection, unreadable)
            unconfirmed += [(change, person)] if change and not confirmed else []
    for account in matches.strangers if known.whole else ():
        change = _lose(plan, account, "unknown", policy, protection)
        unconfirmed += [(change, None)] if change and fold(account.email) not in known.absent else []
    numbers = known.numbers(people)
    for change, who in unconfirmed:
        if who and who.unsure:
            plan.withhold([change], "confirm_limit", **numbers)
        else:
            plan.withhold([change], "unconfirmed", words=WORDS[change.reason])


def _would_lose(account: Account, action: str) -> bool:
    if action == "downgrade":
        held = license_of(account)
        return account.status == "active" and held is not None and held.is_paid
    if action in REMOVALS:
        return account.status in ("active", "inactive")
    return account.status == "active" and action != "ignore"


def _lose(plan: Plan, account: Account, reason: str, policy: Deprovision, protection: Protection, unreadable: str = "") -> Change | None:
    """The loss, if it is to be made once it is confirmed. `unreadable`: the group that may still bring them into scope."""
    ending = policy.endings[reason]
    if account.held or ending.action == "ignore":
        return None
    words = WORDS[reason]
    if account.status == "pending":
        plan.tell("pending_leaver", account.email, reason="pending", words=words)
    elif not _would_lose(account, ending.action):
        return None
    elif protection.covers(account):
        tell_kept(
            plan, account, "protected", f"{_DONE[ending.action]} ({words})" if ending.action in _DONE else f"ended ({words})", words=words
        )
    elif ending.action == "report":
        plan.tell("reported", account.email, reason=reason, words=words)
    elif policy.prune is None:
        plan.tell("prune_unset", account.email, reason=reason, words=words, done=_DONE[ending.action])
    elif policy.prune and unreadable:
        plan.tell("unreadable_scope", account.email, words=words, group=unreadable)
        account.held = "unconfirmed"
    elif policy.prune:
        plan.changes.append(end_account(account, ending, reason, "leaver" if reason in LEAVERS else "deactivation"))
        return plan.changes[-1]
    return None


def end_account(account: Account, ending: Ending, reason: str, loss: str | None) -> Change:
    """Deactivation takes the licences with it (Zoom's Users OpenAPI): the change says so."""
    held = license_of(account)
    off = held.off() if held and held.is_paid else None
    if ending.action == "downgrade":
        license = off or License("type", 1)
        payload: dict[str, Any] = {"ending": ending, "license": license}
        return Change("downgrade", account.email, reason, account, license.give(account), payload, loss)
    after = {"status": "deleted"} if ending.action in REMOVALS else {"status": "inactive", **(off.give(account) if off else {})}
    return Change(ending.action, account.email, reason, account, after, {"ending": ending}, loss)
