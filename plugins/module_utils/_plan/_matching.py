# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which account belongs to whom: the surest sign first, and never a guess. Pure.

Without an anchor an address is all there is, and Google gives it to somebody else once its holder and the alias are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from .._model._account import Account
from .._model._matching_rules import Matching
from .._model._person import DELETED, UNREADABLE, Person
from .._model._text import fold, moment, name_key
from ._anchors import Anchors, anchors_of

_RANK = {"active": 0, "suspended": 1, "archived": 1, "unreadable": 1, "deleted": 2}


@dataclass(frozen=True)
class UnclearMatch:
    """A person and an account that may or may not be theirs. `code` is a sentence of the catalogue, which says what settles it."""

    code: str
    person: Person
    account: Account


@dataclass
class Matches:
    """`account_of` by person id; `others`: further accounts of a person; `strangers`: accounts of nobody. `all_of`: both the first.

    `unclear`: what only an administrator can settle; neither these people nor these accounts are in the other lists. `remembered`: keys of
    accounts that are theirs because they were so in the last run.
    """

    account_of: dict[str, Account] = field(default_factory=dict)
    others: list[tuple[Person, Account]] = field(default_factory=list)
    strangers: list[Account] = field(default_factory=list)
    unclear: list[UnclearMatch] = field(default_factory=list)
    all_of: dict[str, list[Account]] = field(default_factory=dict)
    remembered: set[str] = field(default_factory=set)


@dataclass
class _State:
    """`ranked`: the living first. `claimed`: keys of accounts, `settled`: ids of people, that a step has dealt with.

    `certain`: keys of accounts that something surer than an address has given.
    """

    ranked: list[Person]
    accounts: list[Account]
    rules: Matching
    found: Matches = field(default_factory=Matches)
    claimed: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    certain: frozenset[str] = frozenset()
    anchors: Anchors = field(default_factory=lambda: Anchors(frozenset()))

    def take(self, person: Person, account: Account) -> None:
        self.claimed.add(account.key)
        self.settled.add(person.id)
        self.found.all_of.setdefault(person.id, []).append(account)
        if person.id in self.found.account_of:
            self.found.others.append((person, account))
        else:
            self.found.account_of[person.id] = account

    def leave_unclear(self, code: str, person: Person, account: Account) -> None:
        self.claimed.add(account.key)
        self.settled.add(person.id)
        self.found.unclear.append(UnclearMatch(code, person, account))


def ranked(people: Iterable[Person]) -> list[Person]:
    """The living first."""
    return sorted(people, key=lambda person: (_RANK[person.state], person.id))


def by_email(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: (fold(account.email), account.id))


def match(people: Iterable[Person], accounts: Iterable[Account], rules: Matching | None = None) -> Matches:
    """A live person beats a deleted one, and a person's own address beats another's alias. The order of neither list counts."""
    people, accounts, rules = ranked(people), by_email(accounts), rules or Matching()
    state = _State(people, accounts, rules, anchors=anchors_of(people, rules))
    by_address = {fold(account.email): account for account in accounts}
    _settled_by_hand(state, by_address)
    _by_identity(state)
    _by_unread(state, by_address)
    _by_memory(state, by_address)
    state.certain = frozenset(state.claimed)
    _by_own_address(state, by_address)
    _by_alias(state, by_address)
    _further_remembered(state)
    _like_named(state)
    state.found.strangers = [account for account in accounts if account.key not in state.claimed]
    return state.found


def unmatched(accounts: Iterable[Account]) -> Matches:
    """Where nobody's people are known, every account is a stranger's."""
    return Matches(strangers=by_email(accounts))


def with_created(matches: Matches, accounts: Iterable[Account]) -> Matches:
    """With the accounts that this run has made since: whose they are, it knows."""
    made = {account.person_id: account for account in accounts if account.person_id and account.person_id not in matches.account_of}
    all_of = {**matches.all_of, **{key: [*matches.all_of.get(key, ()), account] for key, account in made.items()}}
    return replace(matches, account_of={**matches.account_of, **made}, all_of=all_of)


def _settled_by_hand(state: _State, by_address: Mapping[str, Account]) -> None:
    """What an earlier phase of this run has matched, and what an administrator has settled; '' says that no account is theirs."""
    carried = {account.person_id: account for account in state.accounts if account.person_id}
    for person in state.ranked:
        account = carried.get(person.id)
        adopted = next((state.rules.adopt[address] for address in person.addresses() if address in state.rules.adopt), None)
        if account is None and adopted is not None:
            account = by_address.get(adopted)
            if not adopted:
                state.settled.add(person.id)
        if account and account.key not in state.claimed:
            state.take(person, account)


def _by_identity(state: _State) -> None:
    if not state.rules.identity:
        return
    owners: dict[str, list[Account]] = {}
    for account in state.accounts:
        if account.employee_unique_id:
            owners.setdefault(account.employee_unique_id, []).append(account)
    for person in state.ranked:
        for account in sorted(owners.get(person.id, ()), key=_usefulness):
            if account.key not in state.claimed:
                state.take(person, account)


def _by_unread(state: _State, by_address: Mapping[str, Account]) -> None:
    """Whose row can't be read may hold any account at their addresses, whatever else it shows: it is left as it is.

    Not one that the last run knew as somebody's whose row can be read: an address alone says less than memory.
    """
    unread = [person for person in state.ranked if person.state == UNREADABLE]
    known = state.ranked if unread and state.rules.remember else []
    living = {person.id for person in known if person.state not in (UNREADABLE, DELETED)}
    for person in unread:
        for address in person.addresses():
            account = by_address.get(address)
            if account and account.key not in state.claimed and account.remembered not in living:
                state.take(person, account)


def _by_memory(state: _State, by_address: Mapping[str, Account]) -> None:
    """As the last run had it. An address counts more where it was Zoom that has changed since, or where the person is deleted."""
    if not state.rules.remember:
        return
    names = state.rules.user_names(state.ranked)
    own = {person.id: fold(names.get(person.id, person.email)) for person in state.ranked}
    none = state.settled - state.found.account_of.keys()  # who was said to have no account holds none by their address
    holders = {own[one.id]: one.id for one in reversed(state.ranked) if one.state != DELETED and one.id not in none}
    for person, account in _remembered(state):
        holder, at_own = holders.get(fold(account.email), person.id), by_address.get(own[person.id])
        moved_in_zoom = holder != person.id and "email" in account.drifted
        free = at_own is not None and (at_own.key not in state.claimed or person.id in state.found.account_of)
        replaced = at_own is not None and free and at_own.key != account.key and at_own.remembered in ("", person.id)
        if person.id in state.settled or moved_in_zoom or replaced or (holder != person.id and person.state == DELETED):
            continue
        state.take(person, account)
        state.found.remembered.add(account.key)


def _further_remembered(state: _State) -> None:
    """No stranger's: whose it was has another one now, or it is unclear which is theirs."""
    for person, account in _remembered(state) if state.rules.remember else ():
        if person.id in state.found.account_of:
            state.take(person, account)
        elif any(found.person.id == person.id for found in state.found.unclear):
            state.claimed.add(account.key)


def _remembered(state: _State) -> Iterator[tuple[Person, Account]]:
    """Unclaimed accounts with whose they were, the living first."""
    theirs: dict[str, list[Account]] = {}
    for account in state.accounts:
        if account.remembered and account.key not in state.claimed:
            theirs.setdefault(account.remembered, []).append(account)
    for person in state.ranked if theirs else ():
        for account in sorted(theirs.get(person.id, ()), key=_usefulness):
            yield person, account


def _by_own_address(state: _State, by_address: Mapping[str, Account]) -> None:
    names = state.rules.user_names(state.ranked)
    for person in state.ranked:
        account = by_address.get(fold(names.get(person.id, person.email)))
        if account and person.id not in state.settled:
            _claim(state, person, account)


def _by_alias(state: _State, by_address: Mapping[str, Account]) -> None:
    for person in state.ranked:
        aliased = [by_address[address] for address in person.addresses() if address in by_address]
        for account in sorted(aliased, key=_usefulness):
            if person.id not in state.settled:
                _claim(state, person, account)
            elif person.id in state.found.account_of and account.key not in state.claimed:
                state.take(person, account)


def _claim(state: _State, person: Person, account: Account) -> None:
    """By an address alone. The id of another Google user in the account forbids it; a number that is no Google id says nothing."""
    if account.key in state.claimed or (state.rules.identity and state.anchors.ours(account)):
        return
    if _is_older(account, person) and not state.rules.adopts(person):
        state.leave_unclear("older_account", person, account)
    else:
        state.take(person, account)


def _like_named(state: _State) -> None:
    """Somebody without an account who was there when a like-named one was made: renamed perhaps, and the alias removed.

    Such accounts are nobody's now, or somebody else's by a former alias.
    """
    holders = {account.key: person for person in state.ranked for account in state.found.all_of.get(person.id, ())}
    loose: dict[tuple[str, str], list[Account]] = {}
    for account in state.accounts:
        holder = holders.get(account.key)
        if account.key in state.certain or state.anchors.ours(account) or not all(_names(account)):
            continue
        by_alias = holder and fold(account.email) != fold(holder.email) and _names(account) not in _wanted_names(state, holder)
        if account.key not in state.claimed or by_alias:
            loose.setdefault(_names(account), []).append(account)
    for person in state.ranked:
        if not person.wanted or person.id in state.settled or state.rules.adopts(person):
            continue
        for account in chain.from_iterable(loose.get(names, ()) for names in _wanted_names(state, person)):
            if _was_there(person, account):
                _leave_like_named_unclear(state, person, account, holders.get(account.key))
                break


def _leave_like_named_unclear(state: _State, person: Person, account: Account, holder: Person | None) -> None:
    state.leave_unclear("maybe_renamed", person, account)
    if holder is None or account not in state.found.all_of.get(holder.id, ()):  # of two namesakes, the first has it
        return
    state.found.all_of[holder.id].remove(account)
    if state.found.account_of[holder.id] is account:
        del state.found.account_of[holder.id], state.found.all_of[holder.id]
        state.leave_unclear("alias_reused", holder, account)
    else:
        state.found.others.remove((holder, account))


def _names(account: Account) -> tuple[str, str]:
    return name_key(account.first_name), name_key(account.last_name)


def _wanted_names(state: _State, person: Person) -> list[tuple[str, str]]:
    """As the mapping writes them, and as Google has them, should the mapping be new or wrong."""
    name = person.fields.get("name") or {}
    both = state.rules.names(person), (name.get("givenName") or "", name.get("familyName") or "")
    return list(dict.fromkeys((name_key(first), name_key(last)) for first, last in both))


def _usefulness(account: Account) -> tuple[bool, str, str]:
    """The one in use, then the oldest, is the one to keep."""
    return account.status != "active", account.created or "9", fold(account.email)


def _is_older(account: Account, person: Person) -> bool:
    """Whether it was there before the Google user, and so may be a former holder's."""
    return _order(account.created, person.created) < 0


def _was_there(person: Person, account: Account) -> bool:
    return _order(person.created, account.created) < 0


def _order(one: str, other: str) -> float:
    """Below 0 where `one` was earlier, in whole seconds, as Zoom reports no parts of them; 0 where either is not known."""
    first, second = moment(one), moment(other)
    if first is None or second is None:
        return 0
    return (first.replace(microsecond=0) - second.replace(microsecond=0)).total_seconds()
