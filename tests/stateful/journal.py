# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal, replayed: its before and after over the first state of both sides must give the last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .views import JOURNALED, GoogleView, ZoomView

Entry = dict[str, Any]
State = dict[str, dict[str, Any]]
Members = dict[str, set[str]]


def read(path: Path) -> list[Entry]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _of_google(entry: Entry) -> bool:
    return str(entry["action"]).startswith("google_")


def replay_google(first: GoogleView, last: GoogleView, entries: list[Entry], named: Callable[[str], str]) -> Iterator[str]:
    """The same of Google's groups. `named`: the id of whoever an address means."""
    groups = {address.lower(): dict(group) for address, group in first.items()}
    made = {entry["id"] for entry in entries if entry["event"] == "outcome" and entry["ok"]}
    for entry in entries:
        if entry["event"] == "intent" and entry["id"] in made and _of_google(entry):
            yield from _apply_google(groups, entry, named)
    now = {address.lower(): group for address, group in last.items()}
    for address in sorted(groups.keys() | now.keys()):
        if groups.get(address) != now.get(address):
            yield f"the Google group {address} is {now.get(address)}, but by the journal it is {groups.get(address)}"


def _apply_google(groups: GoogleView, entry: Entry, named: Callable[[str], str]) -> Iterator[str]:
    address, action = entry["group"].lower(), entry["action"]
    if action == "google_create":
        groups[address] = {"name": entry["after"]["name"], "description": entry["after"].get("description", "")}
    elif address not in groups:
        yield f"the journal's {action} of {entry['email']} is of a Google group {address} that is not there"
    elif action in ("google_add", "google_change_role", "google_remove"):
        key, group = named(entry["email"]), groups[address]
        if group.get(key) != entry["before"].get("role"):
            yield f"the journal says that the role of {entry['email']} in {address} was {entry['before']}, but it was {group.get(key)}"
        group.pop(key, None)
        group.update({key: entry["after"]["role"]} if "role" in entry["after"] else {})
    elif action == "google_delete":
        del groups[address]
    elif action == "google_update":
        groups[address].update(entry["after"])


def replay(first: ZoomView, last: ZoomView, entries: list[Entry]) -> Iterator[str]:
    """What the journal shows otherwise than it was, and what it does not show."""
    accounts: State = {key: dict(account.values) for key, account in first.accounts.items()}
    members: Members = {name: {key for key, held in first.accounts.items() if group in held.groups} for group, name in first.groups.items()}
    intents = {entry["id"]: entry for entry in entries if entry["event"] == "intent"}
    # what came of a creation is looked at once more: the last outcome counts
    outcomes = list({entry["id"]: entry for entry in entries if entry["event"] == "outcome"}.values())
    for key in intents.keys() - {entry["id"] for entry in outcomes}:
        yield f"the intent {intents[key]} has no outcome"
    for outcome in outcomes:
        if outcome["ok"] and not _of_google(intents[outcome["id"]]):
            intent = {**intents[outcome["id"]], **({"account_id": outcome["account_id"]} if outcome.get("account_id") else {})}
            yield from _apply(accounts, members, {**intent, "after": {**intent["after"], **outcome.get("after", {})}})
    yield from _differences(accounts, members, last)


def _apply(accounts: State, members: Members, entry: Entry) -> Iterator[str]:
    if entry.get("group"):
        yield from _apply_group(accounts, members, entry)
        return
    if entry["action"] == "create":
        accounts[entry["account_id"] or f"made {entry['after']['email'].lower()}"] = {**dict.fromkeys(JOURNALED), **entry["after"]}
        return
    key = _key(accounts, entry)
    if key is None:
        yield f"the journal's {entry['action']} of {entry['email']} is of an account that is not there"
        return
    for name, value in entry["before"].items():
        if name in JOURNALED and (accounts[key][name] or None) != (value or None):
            yield f"the journal says that {name} of {entry['email']} was {value!r}, but it was {accounts[key][name]!r}"
    if entry["action"] in ("delete", "disassociate"):
        del accounts[key]
    else:
        accounts[key].update({name: value for name, value in entry["after"].items() if name in JOURNALED})


def _apply_group(accounts: State, members: Members, entry: Entry) -> Iterator[str]:
    if entry["action"] == "create_group":
        members[entry["group"]] = set()
        return
    name = next((name for name in members if name.lower() == entry["group"].lower()), None)
    keys = [member["id"] if member["id"] in accounts else None for member in entry["members"]]
    if name is None or None in keys:
        yield f"the journal's {entry['action']} of {entry['members']} is of a group {entry['group']} or account that is not there"
        return
    known = {key for key in keys if key}
    members[name] = members[name] | known if entry["action"] == "add" else members[name] - known


def _key(accounts: State, entry: Entry) -> str | None:
    """By the account's id; an account made in this run, or a journal without ids, by the address before."""
    if entry.get("account_id") in accounts:
        return str(entry["account_id"])
    return _at(accounts, str(entry["before"].get("email") or "")) or _at(accounts, entry["email"])


def _at(accounts: State, email: str) -> str | None:
    return next((key for key, values in accounts.items() if values["email"].lower() == email.lower()), None)


def _differences(accounts: State, members: Members, last: ZoomView) -> Iterator[str]:
    journalled = {values["email"].lower(): (key, values) for key, values in accounts.items()}
    for account in last.accounts.values():
        key, values = journalled.pop(account.email.lower(), (None, {}))
        if key is None:
            yield f"the account {account.email} is there, but the journal does not show how"
            continue
        for name in JOURNALED:
            if (values[name] or None) != (account.values[name] or None):
                yield f"{name} of {account.email} is {account.values[name]!r}, but by the journal it is {values[name]!r}"
        groups = {name for name, keys in members.items() if key in keys}
        now = {last.groups[group] for group in account.groups}
        if groups != now:
            yield f"{account.email} is in the Zoom groups {sorted(now)}, but by the journal in {sorted(groups)}"
    for email in journalled:
        yield f"the account {email} is not there any more, and the journal does not show why"
