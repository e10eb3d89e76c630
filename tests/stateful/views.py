# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom as it is at one moment, and a watch that sees whether a write changed what it was about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox import Sandbox
from sandbox.zoom.store.entities import SSO_LOGIN

# what a journal has of an account, by the names of the snapshot
JOURNALED = (
    "email", "status", "first_name", "last_name", "display_name", "department", "type", "zoom_one_type", "plan_united_type",
    "employee_unique_id",
)  # fmt: skip


@dataclass(frozen=True)
class AccountView:
    """`values` by the names of the accounts snapshot; `groups`: ids; `anchor`: the employee number as far as Zoom's lists show it.

    `created`: in whole seconds, as Zoom shows it.
    """

    id: str
    values: Mapping[str, Any]
    groups: frozenset[str]
    role: str
    room: bool
    anchor: str
    created: str

    @property
    def email(self) -> str:
        return str(self.values["email"])

    @property
    def status(self) -> str:
        return str(self.values["status"])

    @property
    def number(self) -> str:
        """SCIM's employeeNumber, whether the lists show it or not."""
        return str(self.values["employee_unique_id"])

    @property
    def paid(self) -> bool:
        return self.values["type"] == 2


@dataclass(frozen=True)
class ZoomView:
    """Accounts by id; groups id -> name."""

    accounts: Mapping[str, AccountView]
    groups: Mapping[str, str]

    def at(self, address: str) -> AccountView | None:
        wanted = address.lower()
        return next((account for account in self.accounts.values() if account.email.lower() == wanted), None)


def view(box: Sandbox) -> ZoomView:
    zoom = box.zoom
    groups = {group.id: group.name for group in list(zoom.groups.values())}
    return ZoomView({user.id: _account(user) for user in list(zoom.users.values())}, groups)


GoogleView = dict[str, dict[str, str]]
"""Address of a group -> its name and description, and the role of each member by id."""


def google_view(box: Sandbox) -> GoogleView:
    return {
        group.email: {
            "name": group.name,
            "description": group.description,
            **{member.id: member.role for member in list(group.members.values())},
        }
        for group in list(box.google.groups.values())
    }


def member_id(box: Sandbox, member: str) -> str:
    """Of whoever an address, or a customer's id, means."""
    if member == box.google.customer:
        return member
    user, inner = box.google.find_user(member), box.google.find_group(member)
    return str(user.id if user else inner.id if inner else box.google.store.outsider_id(member))


def _account(user: Any) -> AccountView:
    values = {name: getattr(user, name) for name in ("email", "status", "first_name", "last_name", "display_name", "department")}
    values.update(type=user.license.type, zoom_one_type=user.license.zoom_one_type or None)
    values.update(plan_united_type=user.license.plan_united_type or None, employee_unique_id=user.employee_number)
    anchor = user.employee_unique_id if SSO_LOGIN in user.login_types and user.status != "pending" else ""
    return AccountView(
        user.id, values, frozenset(user.group_ids), user.role_id, user.room, anchor, user.created.isoformat(timespec="seconds")
    )


@dataclass
class Watch:
    """Stands in the place of a ledger's `close` and looks at what a write was about, as its answer leaves."""

    box: Sandbox
    seen: dict[str, Any] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._close = self.box.ledger.close
        self.box.ledger.close = self._watched  # type: ignore[method-assign]

    def start(self) -> None:
        """Everything as it is now."""
        self.idle = []
        self.seen = self._everything()

    def _watched(self, entry: dict[str, Any], status: int, answer: Any, state: Mapping[str, Any]) -> None:
        if entry["kind"] == "write" and 200 <= status < 300:
            subject = self._subject(entry, answer)
            now = self._everything().get(subject)
            if now == self.seen.get(subject) and not self._is_zooms_own(entry):
                self.idle.append(f"{entry['method']} {entry['path']} {entry['body']} -> {status}")
            self.seen[subject] = now
        self._close(entry, status, answer, state)

    def _is_zooms_own(self, entry: Mapping[str, Any]) -> bool:
        """Writes that Zoom takes and does not carry out, by a switch."""
        body, switches = entry["body"] or {}, self.box.switches
        if entry["method"] == "PUT" and switches["put_display_name"] == "ignored":
            return set(body) <= {"schemas", "displayName"}
        return entry["method"] == "POST" and entry["path"] == "/scim2/Users" and switches["create_answer"] == "missing"

    def _subject(self, entry: Mapping[str, Any], answer: Any) -> str:
        """Id of the user or group, or the group's address, with the member's address on Google's side."""
        parts = [part for part in str(entry["path"]).split("/") if part]
        if entry["side"] == "google":
            return self._google_subject(parts, entry)
        if len(parts) > 2 and parts[:2] == ["v2", "groups"]:
            return parts[2]
        # an account that is made is looked for by its address: the answer's id may be none
        known = self.box.zoom.lookup(parts[2] if len(parts) > 2 else str((entry["body"] or {}).get("userName") or ""))
        return known.id if known else parts[2] if len(parts) > 2 else str((answer or {}).get("id"))

    def _google_subject(self, parts: list[str], entry: Mapping[str, Any]) -> str:
        """/admin/directory/v1/groups[/group[/members[/member]]]"""
        group = parts[4] if len(parts) > 4 else (entry["body"] or {}).get("email", "")
        if len(parts) < 6:
            return f"google {group.lower()}"
        member = parts[6] if len(parts) > 6 else (entry["body"] or {}).get("email") or entry["body"]["id"]
        return f"google {group.lower()} {member_id(self.box, member)}"

    def _everything(self) -> dict[str, Any]:
        """Without times and memberships of accounts: those are their groups'."""
        found: dict[str, Any] = {}
        for user in list(self.box.zoom.users.values()):
            kept = {name: value for name, value in vars(user).items() if name not in ("modified", "email_changes", "group_ids")}
            found[user.id] = repr(kept)
        for group in list(self.box.zoom.groups.values()):
            found[group.id] = (group.name, tuple(group.members))
        for group in list(self.box.google.groups.values()):
            key = f"google {group.email.lower()}"
            found[key] = (group.name, group.description)
            found.update({f"{key} {member.id}": member.role for member in group.members.values()})
        return found
