# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A plan as rows for people and programs: before and after, a digest of all of it, and no more than a result may hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Protocol

from .._model._account import LICENSE_FIELDS, account_from_record
from .._model._attributes import LISTED
from .._model._files import as_bytes, write_private
from .._model._license import license_of
from .._model._matching_rules import ANCHOR_PATH
from .._plan._actions import Subject
from .._plan._change import Change, Plan, people_in, shown_action
from .._plan._change_data import FormerName, Offboarding
from .._plan._drift import PREFIX
from .._plan._outcome import Finding

Row = dict[str, Any]

FORMAT = "workspace_zoom.provisioning/changes/1"
LISTS = ("failed_items", "withheld", "attention", "changes")  # what must be read comes first when room is short
_OF_ONE_GROUP = frozenset({"delete_group", "rename_group", "remove"})  # what can't be taken back is of this group, and of no namesake
_SORTED_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)
_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
_ROOM = 240_000  # bytes of rows in one result: what shows results in a browser drops them at some 700,000


def shown(values: Mapping[str, Any]) -> Row:
    """Fields as people know them: licences by the name that policies give them, nothing empty."""
    found = {name: value for name, value in values.items() if name not in LICENSE_FIELDS and value not in (None, "", [])}
    held = {name: values[name] for name in LICENSE_FIELDS if name in values}
    if held and (label := _label(tuple(held.items()))):
        found["license"] = label
    return dict(sorted(found.items()))


@lru_cache
def _label(fields: tuple[tuple[str, Any], ...]) -> str | None:
    """All accounts of a company hold a handful of licences."""
    license = license_of(account_from_record({"email": "", "status": "", **dict(fields)}))
    return license.label if license else None


def before_after(change: Change) -> tuple[Row, Row]:
    """What the change makes of what. Attributes that no list shows have no former value."""
    if change.subject is Subject.ZOOM_GROUP:
        return ({"name": change.data.name}, {"name": change.group}) if isinstance(change.data, FormerName) else ({}, {})
    unlisted = {
        path.rpartition(":")[2]: value
        for path, value in change.values.items()
        # the anchor is shown by the name under which lists show it
        if path not in LISTED and not (path == ANCHOR_PATH and "employee_unique_id" in change.after)
    }
    return shown(change.before), shown({**change.after, **unlisted, **_heir(change)})


def _heir(change: Change) -> Row:
    """Who gets the data of an account that is deleted, and which."""
    if not isinstance(change.data, Offboarding) or not change.data.transfer_to:
        return {}
    return {"transfer_to": change.data.transfer_to, "transfer": ", ".join(change.data.transfer)}


def change_row(change: Change, changed: bool) -> Row:
    before, after = before_after(change)
    row: Row = {"email": change.email, "action": shown_action(change.action), "reason": change.reason, "changed": changed}
    row.update(before=before, after=after)
    if change.removes:
        row["loss"] = True
    if change.reason.startswith(PREFIX):
        row["drift"] = True
    if change.excluded:
        row["excluded"] = change.excluded
    if change.account is not None and change.account.known_id and change.action != "create":
        row["id"] = change.account.known_id
    if change.subject is Subject.ZOOM_GROUP:
        row["emails"] = [member.email for member in change.members]
        row["ids"] = [member.known_id for member in change.members]
    if change.action in _OF_ONE_GROUP:
        row["group_id"] = change.group_id
    if change.subject is not Subject.ACCOUNT and change.group != change.email:
        row["group"] = change.group
    return row


class Listed(Protocol):
    """Rows, which may be made anew each time that they are gone through."""

    def __iter__(self) -> Iterator[Row]:
        """From the first again, each time."""

    def __len__(self) -> int:
        """Without making a row."""


@dataclass(frozen=True)
class ChangeRows:
    """Rows of changes that were made, then of those that were refused, each made when it is looked at.

    Of a large company's first run they would take as much memory as its people, and a result shows some hundred.
    """

    done: Sequence[Change]
    refused: Sequence[Change] = ()

    def __iter__(self) -> Iterator[Row]:
        yield from (change_row(change, True) for change in self.done)
        yield from (change_row(change, False) for change in self.refused)

    def __len__(self) -> int:
        return len(self.done) + len(self.refused)

    @property
    def losses(self) -> int:
        """How many accounts, sign-in addresses, licences and memberships were taken away."""
        return people_in(change for change in self.done if change.removes)


def each_person(rows: Iterable[Row]) -> Iterator[Row]:
    """A group's change names several people: each gets a row."""
    for row in rows:
        emails = row.get("emails") or [row.get("email", "")]
        ids = row.get("ids") or [row.get("id", "")] * len(emails)
        rest = {name: value for name, value in row.items() if name not in ("emails", "ids", "id")}
        for email, key in zip(emails, ids, strict=True):
            yield {**rest, "email": email, **({"id": key} if key else {})}


def plan_digest(plan: Plan) -> str:
    """Taken before the plan is carried out: afterwards, an account shows what it was changed to as if it had been so before."""
    return digest_of((change_row(change, True) for change in plan.changes), plan.failed, plan.withheld)


def digest_of(rows: Iterable[Row], failed: Iterable[Finding], withheld: Iterable[Finding]) -> str:
    """The same for two plans that would do, block and leave undone the same, whatever the order and the reasons."""
    facts = _facts(rows, failed, withheld)
    lines = sorted(map(_SORTED_JSON.encode, facts))
    digest, between = hashlib.sha256(), ""
    for line in lines:
        digest.update(as_bytes(f"{between}{line}"))
        between = "\n"
    return digest.hexdigest()


def _facts(rows: Iterable[Row], failed: Iterable[Finding], withheld: Iterable[Finding]) -> Iterator[list[Any]]:
    for row in rows:
        yield from (["change", row["action"], row.get("group", ""), email, row["before"], row["after"]] for email in _who(row))
    yield from (["failed", finding.email, finding.reason] for finding in failed)
    yield from (["withheld", finding.email, finding.reason, finding.action, finding.group] for finding in withheld)


def _who(row: Row) -> list[str]:
    return row.get("emails") or [row["email"]]


def bounded(lists: Mapping[str, Listed], limit: int) -> dict[str, list[Row]]:
    """Each list up to `limit` rows, and all of them together up to what a result may hold."""
    room, kept = _ROOM, dict[str, list[Row]]()
    for name in (*LISTS, *(name for name in lists if name not in LISTS)):
        kept[name] = []
        for row in islice(lists.get(name, []), limit):
            room -= len(as_bytes(_JSON.encode(row)))
            if room < 0:
                break
            kept[name].append(row)
    return kept


def save_rows(path: str, digest: str, lists: Mapping[str, Listed], account: str = "") -> None:
    """All rows as JSON Lines, mode 0600: a header, then each row with the list it is of. Replaced atomically. `account`: of Zoom."""
    header = json.dumps({"format": FORMAT, "digest": digest, "account": account, "count": sum(len(lists.get(name, [])) for name in LISTS)})
    lines = (_JSON.encode({"list": name, **row}) for name in LISTS for row in lists.get(name, []))
    write_private(path, chain([header], lines), "changes_path")
