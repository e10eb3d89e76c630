# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_group_members: the members of ONE Zoom group as a list of addresses."""

from __future__ import annotations

from collections.abc import Mapping

from .._frame._module import Run
from .._model._account import Account
from .._model._tenant import Tenant
from .._model._text import PolicyError, fold
from .._plan._change import Change, Plan
from .._plan._limits import apply_limits
from .._plan._mapped_groups import parse_name
from .._plan._members import parse_members, plan_members, report_limit
from .._plan._unread import unread_findings
from .._plan._zoom_groups import batches, leave
from .._read._single_accounts import find_account
from .._read._unread_rows import described
from .._read._zoom_groups import at_once, by_rest, find_groups, read_memberships
from .._report._result import Result
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._write._finish import finish
from .._write._journal import Journal


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
    unread = {row.id for row in aside.rows if row.id}
    joining = [account for account in _active(zoom, plan, list(members.add), looked_up) if account.id not in unread]
    for batch in batches(joining, at_once(zoom)):
        plan.changes.append(Change("add", "", "listed", group=name, group_id=group_id, members=batch))
    why = "listed" if state == "absent" else "not listed"
    for email in members.remove:
        plan.changes.append(leave(Account(current[email], email, "active", group_ids=[group_id]), name, group_id, why))
    # who is named with state absent leaves whatever else is known
    apply_limits(plan, {}, 0, allow_losses=True, doubt="" if state == "absent" else next(iter(aside.doubts), ""))
    report_limit(plan, name, members.withheld, run.params.get("max_removals"), "max_removals")
    return finish(run, zoom, plan, Tenant(zoom.tenant, groups=dict(found)), Journal(None, None))[0]


def _skip_unread(plan: Plan, aside: Aside, wanted: dict[str, str]) -> None:
    """Members that can't be read are neither added nor removed."""
    plan.attention += unread_findings(described(aside.rows), aside.doubts)
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
    partly = set() if zoom.has_rest else read_memberships(zoom, there.values(), group)
    for email, account in there.items():
        if account.key in partly and group_id not in account.group_ids:
            plan.report("one_group_shown", email, group=name)
            del wanted[email]
    return {email: account.id for email, account in there.items() if group_id in account.group_ids}, looked_up


def _look_up(zoom: Zoom, emails: list[str]) -> dict[str, Account | None]:
    return dict(zip(emails, zoom.each(lambda email: find_account(zoom, email), emails), strict=True))


def _active(zoom: Zoom, plan: Plan, emails: list[str], looked_up: Mapping[str, Account | None]) -> list[Account]:
    """Members must hold an active account: Zoom drops the others without a word."""
    found = {**_look_up(zoom, [email for email in emails if email not in looked_up]), **looked_up}
    accounts = []
    for email in emails:
        account = found[email]
        if account and account.status == "active":
            accounts.append(account)
        else:
            plan.report("no_account", email)
    return accounts
