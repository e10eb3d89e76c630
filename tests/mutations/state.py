# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a company is at one moment, and how it differs from how it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stateful.memory import Memory
from stateful.oracle import shown
from stateful.site import Site
from stateful.views import AccountView, GoogleView, ZoomView, google_view, view

LICENSE = ("type", "zoom_one_type", "plan_united_type")
SURE = ("there", "email", "status", "first_name", "last_name")  # of whoever is in scope, whatever the policy leaves open


@dataclass(frozen=True)
class State:
    zoom: ZoomView
    google: GoogleView
    memory: Memory

    @property
    def owners(self) -> dict[str, str]:
        """Account id -> Google id, of accounts that are there."""
        return {key: owner for key, owner in self.memory.owners.items() if key in self.zoom.accounts}

    def like(self, former: State) -> State:
        """With a department only for those who had one in the former state: one that a line wrote where Google has none is nobody's."""
        accounts = dict(self.zoom.accounts)
        for key, held in self.zoom.accounts.items():
            was = former.zoom.at(held.email)
            if was and not was.values["department"]:
                accounts[key] = replace(held, values={**held.values, "department": ""})
        return replace(self, zoom=replace(self.zoom, accounts=accounts))


def state_of(site: Site) -> State:
    return State(view(site.box), google_view(site.box), site.memory)


@dataclass(frozen=True)
class Difference:
    """`what`: name of the value, or in words. `about`: Google id of whose account it is, if it is one's; `account`: that one as it was."""

    what: str
    text: str
    about: str = ""
    account: AccountView | None = None


def differences(first: State, now: State) -> Iterator[Difference]:
    """In what a company is not as it was, but for what nobody can bring back, or nobody can use (see test_mutations)."""
    for key, held in first.zoom.accounts.items():
        yield from _of_account(first.owners.get(key, ""), held, first, now)
    made_anew = {held.email.lower() for key, held in first.zoom.accounts.items() if key not in now.zoom.accounts}
    for key, held in now.zoom.accounts.items():
        if key not in first.zoom.accounts and held.status == "active" and held.email.lower() not in made_anew:
            yield Difference("new", f"{held.email} has an account", now.owners.get(key, ""))
    for key, name in first.zoom.groups.items():
        if now.zoom.groups.get(key) != name:
            yield Difference("group", f"the Zoom group {name} is {now.zoom.groups.get(key)}")
    for address, group in first.google.items():
        if now.google.get(address) != group:
            yield Difference("group", f"the Google group {address} was {group} and is {now.google.get(address)}")


def _of_account(owner: str, held: AccountView, first: State, now: State) -> Iterator[Difference]:
    after = now.zoom.accounts.get(held.id) or now.zoom.at(held.email)
    if after is None:
        yield Difference("there", f"{held.email} is gone", owner)
        return
    for name, value in held.values.items():
        same = shown(str(after.values[name])) == shown(str(value))  # as people see them
        is_anchor = name == "employee_unique_id" and after.values[name] == now.owners.get(after.id)
        is_filled = name == "department" and not value
        is_idle = name in LICENSE and held.status == after.status == "inactive"
        if not (same or is_anchor or is_filled or is_idle):
            yield Difference(name, f"{name} of {held.email} was {value!r} and is {after.values[name]!r}", owner, held)
    groups = [{state.zoom.groups[group] for group in one.groups} for state, one in ((first, held), (now, after))]
    if groups[0] != groups[1]:
        yield Difference("groups", f"{held.email} was in the Zoom groups {groups[0]} and is in {groups[1]}", owner)


def doubles(first: State, last: State) -> Iterator[str]:
    """Accounts made for somebody whose former one is still there."""
    had = {owner: key for key, owner in first.owners.items() if key in last.zoom.accounts}
    for key, owner in last.owners.items():
        if key not in first.zoom.accounts and owner in had:
            yield f"{last.zoom.accounts[key].email} was made beside {last.zoom.accounts[had[owner]].email}, both of {owner}"


def moved(first: State, last: State) -> list[str]:
    """Sign-in addresses that are others now."""
    pairs = [(held, last.zoom.accounts.get(key)) for key, held in first.zoom.accounts.items()]
    return [f"{held.email} to {after.email}" for held, after in pairs if after and after.email.lower() != held.email.lower()]
