# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts that nobody wants any more, each with its reason and what is to be done for that reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import MEMBER, Account
from .._model._license import License, is_unseen, license_of
from .._model._people import People
from .._model._person import UNREADABLE, UNSURE_LIMIT, Person
from .._model._tenant import Tenant
from .._model._text import PolicyError, counted, fold, is_address, no_address, shortened
from .._model._typed import is_blank
from .._model._unknown import meant, unknown_key
from ._actions import END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import LicenseChange, Offboarding
from ._matching import Matches
from ._part import WHOLE, Part
from ._protection import Protection, report_kept

OFFBOARDING_ACTIONS = ("deactivate", "downgrade", "disassociate", "delete", "report", "ignore")
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
_EXCLUSIONS = 3  # by which people are excluded, in one sentence
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
class Deprovision:
    """`prune`: True does it, None only reports it, False says nothing. `actions` by reason; `chosen`: reasons that somebody settled."""

    prune: bool | None = None
    actions: Mapping[str, Offboarding] = field(default_factory=lambda: {reason: Offboarding(action) for reason, action in DEFAULTS.items()})
    chosen: frozenset[str] = field(default=frozenset(), compare=False)

    def takes(self, reason: str | None, account: Account) -> bool:
        """Whether an account would lose something for this reason, if the reason is true."""
        action = self.actions[reason].action if reason and self.prune else "ignore"
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
    actions_of = {reason: parse_offboarding(spec, f"{where}.{reason}") for reason, spec in chosen.items()}
    return Deprovision(prune, actions_of, frozenset(reason for reason in given if not is_blank(given[reason])))


def parse_offboarding(spec: object, where: str, heirs: frozenset[str] = END_OF_ACCOUNT) -> Offboarding:
    """PolicyError when the action is none, or when a transfer has nobody to go to. `heirs`: actions that take a `transfer_to`."""
    options: Mapping[str, Any] = spec if isinstance(spec, Mapping) else {"action": spec}
    if unknown := sorted(set(options) - {"action", "transfer_to", "transfer"}):
        raise PolicyError(unknown_key(where, unknown[0], ("action", "transfer_to", "transfer")))
    action, heir = options.get("action"), options.get("transfer_to") or ""
    if action not in OFFBOARDING_ACTIONS:
        raise PolicyError(f"{where} is {action!r}; known are {', '.join(OFFBOARDING_ACTIONS)}.")
    what = options.get("transfer")
    what = list(TRANSFERS) if what is None and heir and action in END_OF_ACCOUNT else what or []
    if not isinstance(what, list) or (wrong := [name for name in what if name not in TRANSFERS]):
        raise PolicyError(f"{where}.transfer holds {wrong[0] if isinstance(what, list) else what!r}; known are {', '.join(TRANSFERS)}.")
    if heir and not is_address(heir):
        raise no_address(heir, f"{where}.transfer_to")
    if (what and (action not in END_OF_ACCOUNT or not heir)) or (heir and action not in heirs):
        raise PolicyError(f"{where}: a transfer needs the action delete or disassociate and transfer_to, the address that inherits.")
    return Offboarding(str(action), str(heir), tuple(what))


def reason_of(person: Person) -> str | None:
    """Why a person is not to hold an account; None when they are, or when that can't be known."""
    if person.wanted or person.state == UNREADABLE:
        return None
    if person.excluded:
        return "excluded"
    return person.state if person.state != "active" else "out_of_scope"


@dataclass(frozen=True)
class Confirmed:
    """What is known of absences. `whole`: people is the whole directory. `absent`: addresses confirmed to be nobody's.

    `unasked`: those that were too many to be looked up one by one. `numbers`: for the one sentence about such people and addresses.
    """

    whole: bool
    absent: frozenset[str]
    unasked: frozenset[str]
    numbers: Mapping[str, Any]

    def too_many(self, account: Account, person: Person | None) -> bool:
        """Whether the account's loss is unconfirmed because a limit stood against looking its owner up. `person`: None for nobody's."""
        return person.unsure == UNSURE_LIMIT if person else fold(account.email) in self.unasked


def confirmed(people: People) -> Confirmed:
    count = sum(person.unsure == UNSURE_LIMIT for person in people.everyone) + len(people.unasked)
    return Confirmed(people.whole, people.absent, people.unasked, {"count": count, "limit": people.confirm_limit})


@dataclass(frozen=True)
class _Kept:
    """Accounts of which one sentence says, for all of a kind, that they are kept. `excluded`: address -> by what."""

    excluded: dict[str, str] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)


def plan_removals(plan: Plan, people: People, matches: Matches, policy: Deprovision, protection: Protection, part: Part = WHOLE) -> None:
    """Unconfirmed ones are blocked; where nothing at all is to be removed, that is said of them instead, once for all.

    What the run leaves needs no confirmation now.
    """
    known, unconfirmed, kept = confirmed(people), list[tuple[Change, Person | None]](), _Kept()
    for person in people.everyone:
        reason = reason_of(person)
        for account in matches.all_of.get(person.id, ()) if reason else ():
            if _is_left(account, reason or "", policy, protection):
                kept.excluded[account.email] = person.excluded
            # in a list of a few people, each of them is named on purpose
            certain = person.confirmed is True or (person.confirmed is None and not known.whole)
            unreadable = "" if person.unsure == UNSURE_LIMIT else person.unsure
            change = _end(plan, account, reason or "", policy, protection, kept, person, unreadable)
            unconfirmed += [(change, person)] if change and not certain else []
    for account in matches.strangers if known.whole else ():
        change = _end(plan, account, "unknown", policy, protection, kept)
        unconfirmed += [(change, None)] if change and fold(account.email) not in known.absent else []
    if part.only is None:
        _report_together(plan, kept)
    part.take_out(plan)
    for change, who in () if people.doubtful else unconfirmed:
        if part.leaves(change):
            continue
        if change.account and known.too_many(change.account, who):
            plan.block([change], "confirm_limit", **known.numbers)
        else:
            plan.block([change], "unconfirmed", words=WORDS[change.reason])


def role_stands_against(action: str, account: Account | None) -> bool:
    """Whether Zoom is known to refuse the action because of the account's role."""
    return action == "deactivate" and account is not None and account.role_id not in (None, MEMBER)


def _would_lose(account: Account, action: str) -> bool:
    if action == "downgrade":
        held = license_of(account)
        return account.status == "active" and held is not None and held.is_paid
    if action in END_OF_ACCOUNT:
        return account.status in ("active", "inactive")
    return account.status == "active" and action != "ignore"


def _report_covered(plan: Plan, account: Account, action: str, words: str, protection: Protection) -> None:
    what = f"{_DONE[action]} ({words})" if action in _DONE else f"offboarded ({words})"
    report_kept(plan, account, "protected", what, words=words, why=protection.why(account))


def _is_left(account: Account, reason: str, policy: Deprovision, protection: Protection) -> bool:
    """Whether an excluded person keeps access only because nobody has said what is to become of it."""
    ignored = reason == "excluded" and policy.actions[reason].action == "ignore" and reason not in policy.chosen
    return ignored and policy.prune is not False and account.status == "active" and not protection.covers(account)


def _report_together(plan: Plan, kept: _Kept) -> None:
    """One sentence for all of a kind who keep an account on purpose."""
    if kept.listed:
        names = shortened(sorted(kept.listed), counted=True)
        count = counted(len(kept.listed), "account")
        plan.report("protected_listed", "", reason="protected", emails=sorted(kept.listed), count=count, names=names)
    if kept.excluded:
        count = counted(len(kept.excluded), "account")
        plan.report("excluded_kept", "", reason="excluded", emails=sorted(kept.excluded), count=count, names=_by_exclusion(kept.excluded))


def _by_exclusion(excluded: Mapping[str, str]) -> str:
    """Names after what excludes them, the most frequent first."""
    names: dict[str, list[str]] = {}
    for email, by in sorted(excluded.items()):
        names.setdefault(by, []).append(email)
    ranked = sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))
    rest = sum(len(emails) for _by, emails in ranked[_EXCLUSIONS:])
    shown = [f"{excluded_by(by)}: {shortened(emails, counted=True)}" for by, emails in ranked[:_EXCLUSIONS]]
    return "; ".join([*shown, *([f"and {rest} more"] if rest else [])])


def excluded_by(what: str) -> str:
    """By what somebody is excluded, as `Person.excluded` has it, in words."""
    by = {"listed": "by scope_exclude_users", "guest user": "as a guest user of Google"}
    return f"excluded {by.get(what) or ('by ' if what.startswith('org unit ') else 'by the group ') + what}"


def _end(
    plan: Plan,
    account: Account,
    reason: str,
    policy: Deprovision,
    protection: Protection,
    kept: _Kept,
    person: Person | None = None,
    unreadable: str = "",
) -> Change | None:
    """The removal, if it is to be made once it is confirmed. `unreadable`: the group that may still bring them into scope."""
    chosen = policy.actions[reason]
    if plan.skips(account) or chosen.action == "ignore":
        return None
    by = person.excluded if person and reason == "excluded" else ""
    words = excluded_by(by) if by else WORDS[reason]
    if account.status == "pending":
        plan.report("pending_leaver", account.email, reason="pending", words=words)
    elif not _would_lose(account, chosen.action):
        return None
    elif protection.lists(account) and not account.room:
        kept.listed.append(account.email)
    elif protection.covers(account):
        _report_covered(plan, account, chosen.action, words, protection)
    elif chosen.action == "report":
        plan.report("reported", account.email, reason=reason, words=words)
    elif policy.prune is None:
        code = "prune_unset_role" if role_stands_against(chosen.action, account) else "prune_unset"
        plan.report(code, account.email, reason=reason, words=words, done=_DONE[chosen.action])
    elif policy.prune and unreadable:
        plan.report("unreadable_scope", account.email, words=words, group=unreadable)
        plan.skip[account.key] = "unconfirmed"
    elif policy.prune:
        change = offboard_account(account, chosen, reason, "leaver" if reason in LEAVERS else "deactivation")
        change.excluded = by
        plan.changes.append(change)
        return change
    return None


def offboard_account(account: Account, chosen: Offboarding, reason: str, removal: str | None) -> Change:
    """Deactivation takes the licences with it (Zoom's Users OpenAPI): the change says so."""
    held = license_of(account)
    off = held.off() if held and held.is_paid else None
    if chosen.action == "downgrade":
        license = off or License("type", 1)
        return Change("downgrade", account.email, reason, account, license.give(account), LicenseChange(license), removal)
    after = {"status": "deleted"} if chosen.action in END_OF_ACCOUNT else {"status": "inactive", **(off.give(account) if off else {})}
    return Change(chosen.action, account.email, reason, account, after, chosen, removal)


def with_unseen_bundle(changes: Iterable[Change]) -> list[Account]:
    """Accounts that these offboard, whose bundle this run has not seen: it is read before the plan."""
    offboarded = {change.account.key: change.account for change in changes if change.action in OFFBOARDING_ACTIONS and change.account}
    return [account for account in offboarded.values() if account.exists and is_unseen(account)]


def plan_end(tenant: Tenant, protection: Protection) -> Plan:
    """Named on purpose: each account ends for good, its data with it; owner and admins are refused."""
    plan = Plan()
    for account in tenant.accounts:
        if protection.covers(account):
            plan.report("protected_account", account.email, reason="protected")
        elif account.id:
            plan.changes.append(offboard_account(account, Offboarding("delete"), "state is absent", None))
        else:
            plan.report("pending_account", account.email, reason="pending")
    return plan
