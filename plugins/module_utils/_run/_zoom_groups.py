# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_groups, zoom_group and zoom_group_members: Zoom's groups and who is in them."""

from __future__ import annotations

from typing import Any

from .._model._account import ADMIN, OWNER, Account, account_from_rest
from .._model._snapshot import ACCOUNTS, Snapshot
from .._model._text import PolicyError
from .._plan._change import Change, Finding, Plan
from .._plan._members import parse_members, plan_members
from .._plan._protection import parse_protection
from .._plan._zoom_groups import AT_ONCE, parse_groups, plan_zoom_groups
from .._transport._zoom import Zoom
from ._apply import apply
from ._carry import carrier
from ._journal import Journal
from ._module import Run
from ._people import open_people
from ._policy import groups_named, limit_of
from ._result import Result, bulk_result
from ._rows import Row, digest_of
from ._zoom_read import close_accounts, open_accounts

_ALL = {"diff_limit": 1000, "changes_limit": 1000}


def zoom_groups(run: Run) -> Result:
    """ALL mapped groups exist and hold whom their selectors choose."""
    mapped = parse_groups(run.params["groups"], "groups")
    limit, protection = limit_of(run.params, "max_removals"), parse_protection({"roles": [OWNER, ADMIN]}, "")
    zoom = run.zoom()
    people = open_people(run, zoom.tenant)
    people.check(groups_named(mapped))
    accounts = open_accounts(run, zoom)
    if "groups" not in accounts.about:
        raise PolicyError("Zoom's groups can't be read with a SCIM access_token; give account_id, client_id and client_secret.")
    journal = Journal(run.params.get("journal_dir"), run.params.get("run_id"))
    plan = plan_zoom_groups(
        people.everyone,
        accounts.records,
        accounts.about["groups"],
        mapped,
        limit,
        protection=protection,
        allow_losses=bool(run.params["allow_losses"]),
    )
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode)
    close_accounts(run, accounts)
    return bulk_result(plan, applied.done, applied.failed, run.params)


def zoom_group(run: Run) -> Result:
    """ONE group exists, or does not."""
    name, state = run.params["name"], run.params["state"]
    zoom = run.zoom()
    found = _find(zoom, name)
    changed = (found is None) == (state == "present")
    if changed and not run.check_mode:
        if state == "present":
            found = zoom.rest.create_group(name)
        else:
            zoom.rest.delete_group(str((found or {})["id"]))
    was, will = ("", f"name: {name}\n") if state == "present" else (f"name: {name}\n", "")
    diff = [{"before_header": f"Zoom group {name}", "after_header": f"Zoom group {name}", "before": was, "after": will}] if changed else []
    group = {"name": name, **({"id": str(found["id"])} if found else {})} if state == "present" else {}
    action, why = ("create_group", "does not exist") if state == "present" else ("delete_group", "state is absent")
    row: Row = {"email": "", "action": action, "reason": why, "changed": True, "before": {}, "after": {}, "group": name, "emails": []}
    rows = [row] if changed else []
    return Result(changed=changed, diff=diff, facts={"group": group, "changes": rows, "digest": digest_of(rows, [], [])})


def _find(zoom: Zoom, name: str) -> dict[str, Any] | None:
    return next((row for row in zoom.rest.groups() if str(row["name"]).casefold() == name.casefold()), None)


def zoom_group_members(run: Run) -> Result:
    """Members of ONE group as a list of addresses."""
    name = run.params["group"]
    wanted = parse_members(run.params["members"], "members")
    zoom = run.zoom()
    found = _find(zoom, name)
    if found is None:
        raise PolicyError(f"group {name!r} does not exist in Zoom; create it with zoom_group first.")
    rows = {str(row["email"]).lower(): row for row in zoom.rest.group_members(str(found["id"]))}
    members = plan_members(
        dict.fromkeys(rows, "MEMBER"),
        dict.fromkeys(wanted, ""),
        state=run.params["state"],
        exclusive=bool(run.params["exclusive"]),
        max_removals=run.params.get("max_removals"),
    )
    plan, target = Plan(), {"id": str(found["id"])}
    joining = _accounts(zoom, plan, list(members.add))
    for start in range(0, len(joining), AT_ONCE):
        plan.changes.append(Change("add", "", "listed", group=name, members=joining[start : start + AT_ONCE], payload={"target": target}))
    for email in members.remove:
        account = Account(str(rows[email]["id"]), email, "active", group_ids=[target["id"]])
        plan.changes.append(Change("remove", email, "not listed", group=name, members=[account], payload={"target": target}))
    if members.withheld:
        plan.withheld.append(Finding(name, "max_removals", f"{name}: {members.withheld}"))
    carry = carrier(Snapshot(ACCOUNTS, zoom.tenant, []))
    applied = apply(zoom, plan.ordered(), carry, Journal(None, None), check_mode=run.check_mode)
    return bulk_result(plan, applied.done, applied.failed, _ALL)


def _accounts(zoom: Zoom, plan: Plan, emails: list[str]) -> list[Account]:
    """Members must hold an active account: Zoom drops the others without a word."""
    found = zoom.each(zoom.rest.find_user, emails)
    accounts = []
    for email, row in zip(emails, found, strict=True):
        account = account_from_rest(row) if row else None
        if account and account.status == "active":
            accounts.append(account)
        else:
            plan.fail(email, "no_account", f"{email} has no active Zoom account and can't join a group; create the account first.")
    return accounts
