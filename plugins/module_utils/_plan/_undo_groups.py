# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom groups as they were before a run: who joined leaves, who left joins. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._model._account import SET_ASIDE, UNREADABLE, Account
from .._model._journal import Entry
from ._actions import ACTIONS, is_of_members
from ._change import Change, Plan
from ._zoom_groups import AT_ONCE, batches, leave


def undo_groups(
    plan: Plan, entries: Iterable[Entry], by_id: Mapping[str, Account], groups: Mapping[str, str], made: frozenset[str]
) -> None:
    """A group that the run made stays; one that it deleted is not made anew. `made`: ids of accounts to leave where they are."""
    joining: dict[str, list[Account]] = {}
    for (group_id, user_id), (action, email) in _first(plan, entries).items():
        account = by_id.get(user_id)
        if user_id in made:
            continue
        if account and account.status == UNREADABLE:
            plan.report("undo_unread", email, reason=SET_ASIDE)
        elif account is None or group_id not in groups:
            plan.report("undo_member", email, group=groups.get(group_id, group_id))
        elif action == "add" and group_id in account.group_ids:
            plan.changes.append(leave(account, groups[group_id], group_id, "undo"))
        elif action == "remove" and group_id not in account.group_ids:
            joining.setdefault(group_id, []).append(account)
    for group_id, accounts in joining.items():
        _join(plan, accounts, group_id, groups[group_id])


def _first(plan: Plan, entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[str, str]]:
    """(group id, user id) -> what the run did first to this membership, and to whom: the state before is its opposite."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        if is_of_members(entry.action):
            for member in entry.members:
                first.setdefault((entry.group_id, member["id"]), (entry.action, member["email"]))
        elif ACTIONS[entry.action].makes:
            plan.report("undo_group_created", "", group=entry.group)
        else:
            plan.report("undo_group", "", group=entry.group, action=entry.action.replace("_", " "))
    return first


def _join(plan: Plan, accounts: list[Account], group_id: str, name: str) -> None:
    for batch in batches(accounts, AT_ONCE):
        plan.changes.append(Change("add", "", "undo", group=name, group_id=group_id, members=batch))
