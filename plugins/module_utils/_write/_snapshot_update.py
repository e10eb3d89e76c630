# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bringing what was read up to date with each change, in check mode as for real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone

from .._model._account import Account
from .._model._bundles import see_bundle
from .._model._google_group import GoogleGroup
from .._model._license import license_of, pool_of
from .._model._tenant import Tenant
from .._model._text import fold
from .._plan._change import Plan
from .._plan._change_data import GoogleMember
from ._attempt import Attempt


def mark(plan: Plan, accounts: Iterable[Account]) -> None:
    """What the plan says of accounts beside its changes: whose they are, and which ones later phases leave as they are."""
    for account in accounts:
        account.person_id = plan.owners.get(account.key) or account.person_id
        account.held = plan.skip.get(account.key) or account.held


def update_account(tenant: Tenant, attempt: Attempt) -> None:
    account = attempt.change.account
    if account is None:
        return
    before = _seat(tenant, account)
    for name, value in {**attempt.change.after, **(attempt.answered or {})}.items():
        setattr(account, name, value)
    if "zoom_one_type" in attempt.change.after:
        see_bundle(account, account.zoom_one_type, datetime.now(timezone.utc))
    if attempt.change.removal == "license":
        tenant.licenses_taken += 1
    if account.status == "inactive":  # deactivation takes the licences (Zoom's Users OpenAPI)
        account.type, account.plan_united_type, account.zoom_one_type = (1 if account.type == 2 else account.type), None, None
    _count(tenant, before, -1)
    _count(tenant, _seat(tenant, account), 1)


def add_account(tenant: Tenant, attempt: Attempt) -> None:
    account = attempt.change.account
    if account:
        for name, value in {**attempt.change.after, **(attempt.answered or {})}.items():
            setattr(account, name, value)
        account.made = True
        tenant.accounts.append(account)
        _count(tenant, _seat(tenant, account), 1)


def take_account_out(tenant: Tenant, attempt: Attempt) -> None:
    account = attempt.change.account
    if account:
        _count(tenant, _seat(tenant, account), -1)
        account.status = "deleted"
        tenant.accounts.remove(account)


def update_woken(tenant: Tenant, attempt: Attempt) -> None:
    """Its licence is not idle for want of a sign-in while it was inactive."""
    update_account(tenant, attempt)
    if attempt.change.account:
        attempt.change.account.woken = datetime.now(timezone.utc).isoformat(timespec="seconds")


def _seat(tenant: Tenant, account: Account) -> tuple[str | None, str] | None:
    """Its pool, and whether it is used by an account or waits for an invitation."""
    kept = {"active": "used", "pending": "pending"}.get(account.status)
    return (pool_of(license_of(account), tenant.base_plan), kept) if kept else None


def _count(tenant: Tenant, seat: tuple[str | None, str] | None, number: int) -> None:
    pool, kept = seat or (None, "")
    seats = tenant.seats.get(pool or "")
    if seats and kept in seats:
        seats[kept] += number


def update_group(tenant: Tenant, attempt: Attempt) -> None:
    """The group's name, and who is in it. Who was left out of an addition is no member of the change any more."""
    if attempt.change.action == "create_group":
        attempt.ask(group_id=(attempt.answered or {}).get("group_id") or attempt.change.group_id)
    left_out = {member.key for member in (*attempt.not_tried, *(one.member for one in attempt.left_out))}
    attempt.ask(members=[member for member in attempt.change.members if member.key not in left_out])
    change, key = attempt.change, attempt.change.group_id
    tenant.groups = tenant.groups if tenant.groups is not None else {}
    if change.action in ("create_group", "rename_group"):
        tenant.groups[key] = change.group
    elif change.action == "delete_group":
        tenant.groups.pop(key, None)
    for member in change.members:
        if change.action == "add" and key not in member.group_ids:
            member.group_ids.append(key)
        elif change.action in ("remove", "delete_group") and key in member.group_ids:
            member.group_ids.remove(key)


def update_google_group(groups: Mapping[str, GoogleGroup], attempt: Attempt) -> None:
    """`groups`: by folded address."""
    change, group = attempt.change, groups[fold(attempt.change.group)]
    if change.action == "google_delete":
        group.fields = {}
    elif change.action == "google_settings":
        group.settings.update(change.after)
    else:
        group.fields.update({**change.after, **(attempt.answered or {})})


def update_google_members(groups: Mapping[str, GoogleGroup], attempt: Attempt) -> None:
    member, members = attempt.change.needs(GoogleMember), groups[fold(attempt.change.group)].members
    if attempt.change.action == "google_remove":
        members.pop(member.email, None)
    else:
        members[member.email] = member.role
