# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group and google_group_members: one group, and who is in it. Both tell what they did, or would do, as pending changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .._model._nesting import parse_pending
from .._model._text import PolicyError, fold, is_address
from .._plan._members import MembersPlan, parse_members, plan_members
from .._plan._outcomes import Finding, finding
from .._transport._errors import ApiError, Conflict, NotFound
from .._transport._google_directory import GROUPS_READ, GROUPS_WRITE, MEMBERS_READ, MEMBERS_WRITE, Directory
from ._baseline import drift_of, read_baseline, write_baseline
from ._handover import HOLD, extend_pending, pending_of, take_over
from ._module import Run
from ._result import Result, told_facts
from ._rows import Row, digest_of

_TRIES_AFTER_CREATE = 6  # a group just created answers 404 for a while (google-directory-api.md 15)
_SHOWN = ("email", "name", "description")


def google_group(run: Run) -> Result:
    """One group exists with its name and description, or does not exist."""
    email = run.params["email"]
    if not is_address(email):
        raise PolicyError(f"email is {email!r}, which is no address of a group.")
    directory = run.google([GROUPS_READ if run.check_mode else GROUPS_WRITE])
    try:
        before: dict[str, Any] = directory.group(email)
    except NotFound:
        before = {}
    asked = {name: run.params[name] for name in ("name", "description") if run.params.get(name) is not None}
    if run.params["state"] == "absent":
        after = {}
    elif before:
        after = {**before, **asked}
    else:
        after = {"email": email, "name": email.partition("@")[0], **asked}
    changed = {name: value for name, value in after.items() if before.get(name, "") != value}
    if not run.check_mode:
        after = _write_group(directory, email, before, after, changed)
    result = _group_result(email, before, after)
    extend_pending(run, "google_group", email, result.facts["pending_changes"])
    return result


def _write_group(
    directory: Directory, email: str, before: Mapping[str, Any], after: dict[str, Any], changed: Mapping[str, Any]
) -> dict[str, Any]:
    if before and not after:
        directory.delete_group(email)
    elif after and not before:
        return {**after, **directory.insert_group(after)}
    elif changed:
        return {**after, **directory.patch_group(email, changed)}
    return after


def _group_result(email: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Result:
    was, will = _table(before), _table(after)
    created = bool(after) and not before
    rows = _group_rows(email, before, after)
    pending = [{"group": email, "created": True, "added": [], "removed": []}] if created else []
    return Result(
        changed=was != will,
        diff=[{"before_header": email, "after_header": email, "before": was, "after": will}] if was != will else [],
        facts={
            "group": {name: after[name] for name in (*_SHOWN, "id") if name in after},
            "pending_changes": pending,
            "changes": rows,
            "digest": digest_of(rows, [], []),
        },
    )


def _group_rows(email: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    was = {name: before[name] for name in _SHOWN if before.get(name) and before[name] != after.get(name)}
    will = {name: after[name] for name in _SHOWN if after.get(name) and after[name] != before.get(name)}
    if not was and not will:
        return []
    action, reason = ("create", "does not exist") if not before else ("update", "changed: " + ", ".join(sorted({*was, *will})))
    if before and not after:
        action, reason = "delete", "state is absent"
    return [{"email": email, "action": action, "reason": reason, "changed": True, "before": was, "after": will}]


def _table(group: Mapping[str, Any]) -> str:
    return "".join(f"{name}: {group[name]}\n" for name in _SHOWN if group.get(name))


def google_group_members(run: Run) -> Result:
    """Members of one group as the list says; failures of single members do not stop the others."""
    group = run.params["group"]
    wanted = parse_members(_listed(run), "members")
    created = any(change.created for key, change in parse_pending(pending_of(run), "pending_changes").items() if key == fold(group))
    directory = run.google([MEMBERS_READ if run.check_mode else MEMBERS_WRITE])
    rows = _rows(directory, group, created)
    current = {fold(row["email"]): row.get("role") or "MEMBER" for row in rows if row.get("email")}
    if current:
        wanted = _as_listed(directory, group, wanted, current)
    limit = run.params.get("max_removals")
    plan = plan_members(current, wanted, state=run.params["state"], exclusive=bool(run.params["exclusive"]), max_removals=limit)
    path = run.params.get("baseline_path")
    drift = drift_of(read_baseline(path, group), plan)
    planned = _member_rows(group, current, plan, run.params["state"], {row["email"]: row["reason"] for row in drift})
    failed = [] if run.check_mode else _write_members(directory, group, plan, created)
    result = _members_result(group, rows, current, plan, failed, created=created, limit=limit)
    refused = {finding.email for finding in failed}
    made = [{**row, "changed": row["email"] not in refused} for row in planned]
    digest = digest_of(planned, [], result.withheld)
    result.facts.update(drift=drift, **told_facts(made, digest, failed, result.withheld, [], run.params))
    extend_pending(run, "google_group_members", group, result.facts["pending_changes"])
    if path and not (run.check_mode and result.changed):
        write_baseline(path, group, {*current, *plan.add} - set(plan.remove))
    return result


def _listed(run: Run) -> list[Any]:
    members, path = run.params.get("members"), run.params.get("members_path")
    if (members is None) == (path is None):
        raise PolicyError("Give either members or members_path; nothing was changed.")
    return [*take_over(run, "members_path", HOLD)] if members is None else list(members)


def _member_rows(group: str, current: Mapping[str, str], plan: MembersPlan, state: str, drift: Mapping[str, str]) -> list[Row]:
    def row(email: str, action: str, reason: str, after: dict[str, str]) -> Row:
        before = {"role": current[email]} if email in current else {}
        why = {"reason": drift.get(email, reason), **({"drift": True} if email in drift else {})}
        return {"email": email, "action": action, **why, "changed": True, "before": before, "after": after, "group": group}

    rows = [row(email, "add", "listed", {"role": role}) for email, role in plan.add.items()]
    rows += [row(email, "change_role", "listed with another role", {"role": role}) for email, role in plan.change.items()]
    why = "state is absent" if state == "absent" else "not listed"
    return rows + [row(email, "remove", why, {}) for email in plan.remove]


def _rows(directory: Directory, group: str, created: bool) -> list[dict[str, Any]]:
    try:
        return directory.members(group)
    except NotFound:
        if created:
            return []
        raise PolicyError(f"group {group} does not exist in Google; create it with google_group first, or check the address.") from None


def _as_listed(directory: Directory, group: str, wanted: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """A member may be listed under another of their addresses: ask for those that seem to be missing."""
    missing = [email for email in wanted if email not in current]
    found = directory.each(lambda email: _listed_as(directory, group, email), missing)
    named = {email: listed for email, listed in zip(missing, found, strict=True) if listed in current}
    return {named.get(email) or email: role for email, role in wanted.items()}


def _listed_as(directory: Directory, group: str, email: str) -> str:
    try:
        return fold(directory.member(group, email).get("email") or email)
    except ApiError as error:
        if error.status in (400, 404):
            return email
        raise


def _write_members(directory: Directory, group: str, plan: MembersPlan, created: bool) -> list[Finding]:
    """What could not be done is taken out of the plan."""
    failed: dict[str, Finding] = {}

    def attempt(step: tuple[str, str, str]) -> None:
        action, email, role = step
        try:
            _one_member(directory, group, action, email, role, created)
        except ApiError as error:
            failed[email] = Finding(email, action, f"{email} in {group}: {action} refused: {error}")

    steps = [("add", email, role) for email, role in plan.add.items()]
    steps += [("change", email, role) for email, role in plan.change.items()]
    steps += [("remove", email, "") for email in plan.remove]
    directory.each(attempt, steps)
    plan.add = {email: role for email, role in plan.add.items() if email not in failed}
    plan.change = {email: role for email, role in plan.change.items() if email not in failed}
    plan.remove = [email for email in plan.remove if email not in failed]
    return [failed[email] for email in sorted(failed)]


def _one_member(directory: Directory, group: str, action: str, email: str, role: str, created: bool) -> None:
    if action == "change":
        directory.patch_member(group, email, role)
        return
    if action == "remove":
        try:
            directory.delete_member(group, email)
        except NotFound:
            pass  # gone already
        return
    for attempt in range(1, _TRIES_AFTER_CREATE + 1):
        try:
            directory.insert_member(group, email, role)
            return
        except Conflict as error:
            if error.code == "duplicate" or "already exists" in error.message:
                return
            raise
        except NotFound as error:
            if not created or attempt == _TRIES_AFTER_CREATE or "groupKey" not in error.message:
                raise
            time.sleep(0.5 * 2**attempt)


def _members_result(
    group: str,
    rows: list[dict[str, Any]],
    current: Mapping[str, str],
    plan: MembersPlan,
    failed: list[Finding],
    *,
    created: bool,
    limit: int | None,
) -> Result:
    after = {**{email: role for email, role in current.items() if email not in plan.remove}, **plan.change, **plan.add}
    changed = dict(current) != after
    withheld = [finding("max_removals", group, group=group, count=plan.withheld, limit=limit)] if plan.withheld else []
    withheld = [replace(found, action="remove", group=group) for found in withheld]
    # the rows spare google_scope_info a second read of this group
    members = [{name: row[name] for name in ("id", "email", "type", "role") if row.get(name)} for row in rows]
    change = {"group": group, "created": created, "added": list(plan.add), "removed": plan.remove, "members": members}
    return Result(
        changed=changed,
        diff=[{"before_header": group, "after_header": group, "before": _roles(current), "after": _roles(after)}] if changed else [],
        facts={
            "group": group,
            "added": sorted(plan.add),
            "removed": sorted(plan.remove),
            "pending_changes": [change],
        },
        failed=failed,
        withheld=withheld,
    )


def _roles(members: Mapping[str, str]) -> str:
    return "".join(f"{email}: {role}\n" for email, role in sorted(members.items()))
