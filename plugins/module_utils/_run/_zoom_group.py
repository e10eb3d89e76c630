# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_group and zoom_group_members: ONE Zoom group, and its members as a list of addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._frame._module import Run
from .._model._account import PROVISIONAL, Account
from .._model._selector import Selector
from .._model._snapshot import ACCOUNTS, Snapshot
from .._model._text import PolicyError, fold
from .._plan._change import Change, Plan
from .._plan._fuses import apply_fuses
from .._plan._mapped_groups import MappedGroup, parse_former, parse_name
from .._plan._members import parse_members, plan_members
from .._plan._unread import doubt_of, unread_findings
from .._plan._zoom_groups import batches, plan_group
from .._read._accounts import find_one
from .._read._unread_rows import described, note
from .._read._zoom_groups import at_once, by_rest, find_groups, read_memberships
from .._report._change_rows import change_row, digest_of
from .._report._group_diff import group_entry
from .._report._result import Result, bulk_result
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._write._journal import Journal
from ._zoom_groups import write_groups

_ALL = {"diff_limit": 1000, "changes_limit": 1000}


def zoom_group(run: Run) -> Result:
    """The group exists under its name, or does not exist."""
    name = parse_name(run.params["name"], "name")
    former = parse_former(run.params["previous_names"], name, "previous_names")
    absent = run.params["state"] == "absent"
    group = MappedGroup(name, None) if absent else MappedGroup(name, Selector(), False, former)
    zoom = run.zoom()
    accounts = Snapshot[Account](ACCOUNTS, zoom.tenant, [], {"groups": find_groups(zoom, [name, *group.previous_names])})
    plan = Plan()
    target = plan_group(plan, accounts.about["groups"], group, [])
    done, failed = write_groups(zoom, plan, accounts, Journal(None, None), check_mode=run.check_mode)
    if failed:
        raise PolicyError(failed[0].message)
    rows = [change_row(change, True) for change in done]
    facts: dict[str, Any] = {"group": _facts(accounts.about["groups"], target), "changes": rows, "digest": digest_of(rows, [], [])}
    facts["attention"] = [finding.row() for finding in plan.attention]
    return Result(changed=bool(done), diff=[group_entry(done)] if done else [], facts=facts)


def _facts(groups: Mapping[str, str], target: Mapping[str, str] | None) -> dict[str, str]:
    """An id that check mode made up is nobody's."""
    if target is None:
        return {}
    key = target["id"]
    return {"name": groups[key], **({} if key.startswith(PROVISIONAL) else {"id": key})}


def zoom_group_members(run: Run) -> Result:
    """These are members, or are not, or are the only ones."""
    name, state, exclusive = parse_name(run.params["group"], "group"), run.params["state"], bool(run.params["exclusive"])
    wanted = parse_members(run.params["members"], "members")
    zoom = run.zoom()
    found = find_groups(zoom, [name])
    if not found:
        raise PolicyError(f"group {name!r} does not exist in Zoom; create it with zoom_group first.")
    group_id, name = next(iter(found.items()))
    plan, aside = Plan(), Aside()
    current, looked_up = _current(zoom, plan, found, wanted, aside, exclusive=exclusive and state == "present")
    _skip_unread(plan, aside, wanted)
    members = plan_members(
        dict.fromkeys(current, "MEMBER"),
        dict.fromkeys(wanted, ""),
        state=state,
        exclusive=exclusive,
        max_removals=run.params.get("max_removals"),
    )
    target = {"id": group_id}
    unread = {row.id for row in aside.rows if row.id}
    joining = [account for account in _active(zoom, plan, list(members.add), looked_up) if account.id not in unread]
    for batch in batches(joining, at_once(zoom)):
        plan.changes.append(Change("add", "", "listed", group=name, members=batch, payload={"target": target}))
    why = "listed" if state == "absent" else "not listed"
    for email in members.remove:
        account = Account(current[email], email, "active", group_ids=[group_id])
        plan.changes.append(Change("remove", email, why, group=name, members=[account], payload={"target": target}, loss="group"))
    # who is named with state absent leaves whatever else is known
    apply_fuses(plan, {}, 0, allow_losses=True, doubt="" if state == "absent" else doubt_of({"doubtful": aside.doubts}))
    if members.withheld:
        plan.tell("max_removals", name, group=name, count=members.withheld, limit=run.params["max_removals"])
    accounts = Snapshot[Account](ACCOUNTS, zoom.tenant, [])
    done, failed = write_groups(zoom, plan, accounts, Journal(None, None), check_mode=run.check_mode)
    return bulk_result(plan, done, failed, _ALL)


def _skip_unread(plan: Plan, aside: Aside, wanted: dict[str, str]) -> None:
    """Members that can't be read are neither added nor removed."""
    about = dict[str, Any]()
    note(about, described(aside.rows), aside.doubts)
    plan.attention += unread_findings(about)
    for email in {fold(row.email) for row in aside.rows} & wanted.keys():
        del wanted[email]


def _current(
    zoom: Zoom, plan: Plan, group: Mapping[str, str], wanted: dict[str, str], aside: Aside, *, exclusive: bool
) -> tuple[dict[str, str], dict[str, Account | None]]:
    """Folded address -> id of the members, and the accounts that were looked up on the way.

    Where the list of members is not allowed, only those who are `wanted` are known, by a read of each. Who can't be known leaves `wanted`.
    """
    group_id, name = next(iter(group.items()))
    if by_rest(zoom, "list_members"):
        return {fold(str(row["email"])): str(row["id"]) for row in zoom.rest.group_members(group_id, aside)}, {}
    if exclusive:
        raise PolicyError(
            f"exclusive needs all members of {name!r}, which only Zoom's REST API lists; give the app the scope "
            "group:read:list_members:admin, with account_id, client_id and client_secret for an access_token, or leave out exclusive."
        )
    looked_up = _look_up(zoom, list(wanted))
    there = {email: account for email, account in looked_up.items() if account and account.id}
    # REST's account shows its groups with it, SCIM's list does not
    partly = read_memberships(zoom, there.values(), group) if zoom.kind == "token" else set()
    for email, account in there.items():
        if account.key in partly and group_id not in account.group_ids:
            plan.tell("one_group_shown", email, group=name)
            del wanted[email]
    return {email: account.id for email, account in there.items() if group_id in account.group_ids}, looked_up


def _look_up(zoom: Zoom, emails: list[str]) -> dict[str, Account | None]:
    return dict(zip(emails, zoom.each(lambda email: find_one(zoom, email), emails), strict=True))


def _active(zoom: Zoom, plan: Plan, emails: list[str], looked_up: Mapping[str, Account | None]) -> list[Account]:
    """Members must hold an active account: Zoom drops the others without a word."""
    found = {**_look_up(zoom, [email for email in emails if email not in looked_up]), **looked_up}
    accounts = []
    for email in emails:
        account = found[email]
        if account and account.status == "active":
            accounts.append(account)
        else:
            plan.tell("no_account", email)
    return accounts
