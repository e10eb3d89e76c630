# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group and google_group_members: one group, and who is in it. Both tell what they did, or would do, as pending changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .._frame._handover import HOLD, extend_pending, pending_of, take_over
from .._frame._module import Run
from .._model._nesting import EVERYONE, parse_pending
from .._model._text import PolicyError, fold, is_address, no_address, shortened
from .._model._typed import check_text
from .._plan._members import MembersPlan, as_listed, parse_members, plan_members
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._plan._unread import unread_findings
from .._read._baseline import drift_of, read_baseline, write_baseline
from .._read._directory import direct_members
from .._read._listed_people import check_members
from .._read._unread_rows import described, note
from .._report._change_rows import Row, digest_of
from .._report._result import Result, told_facts
from .._transport._errors import ApiError, Conflict, NotFound, OutcomeUnknown
from .._transport._google_directory import GROUPS_READ, GROUPS_WRITE, MEMBERS_READ, MEMBERS_WRITE, USERS_READ, Directory
from .._transport._shapes import Aside
from .._write._proof import once_or_proven

_TRIES_AFTER_CREATE = 6  # a group just created answers 404 for a while (google-directory-api.md 15)
_SHOWN = ("email", "name", "description")


def google_group(run: Run) -> Result:
    """One group exists with its name and description, or does not exist."""
    email = run.params["email"]
    if not is_address(email):
        raise no_address(email, "email")
    if run.params.get("name") is not None:
        check_text(run.params["name"], "name")
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
    def shown() -> dict[str, Any] | None:
        """The group where it is as it should be; after a deletion, nothing where it is gone."""
        try:
            found = directory.group(email)
        except NotFound:
            return None if after else {}
        return found if after and all(found.get(name, "") == value for name, value in changed.items()) else None

    if before and not after:
        once_or_proven(lambda: directory.delete_group(email), shown)
    elif after and not before:
        return {**after, **once_or_proven(lambda: directory.insert_group(after), shown)}
    elif changed:
        return {**after, **once_or_proven(lambda: directory.patch_group(email, changed), shown)}
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
    if not is_address(group):
        raise no_address(group, "group")
    wanted = parse_members(_listed(run), "members", customers=True)
    created = any(change.created for key, change in parse_pending(pending_of(run), "pending_changes").items() if key == fold(group))
    verify = bool(run.params["verify_members"]) and run.params["state"] == "present"
    directory = run.google([MEMBERS_READ if run.check_mode else MEMBERS_WRITE, *((USERS_READ, GROUPS_READ) if verify else ())])
    rows, attention = _rows(directory, group, created)
    current = {_key(row): row.get("role") or "MEMBER" for row in rows if _key(row)}
    if rows:
        wanted = _as_listed(directory, group, as_listed(wanted, current), current, unread=bool(attention))
    if verify:
        deleted = check_members(directory, group, [email for email in wanted if email not in current], rows)
        attention += deleted
        wanted = {email: role for email, role in wanted.items() if email not in {found.email for found in deleted}}
    limit = run.params.get("max_removals")
    plan = plan_members(current, wanted, state=run.params["state"], exclusive=bool(run.params["exclusive"]), max_removals=limit)
    path = run.params.get("baseline_path")
    drift = drift_of(read_baseline(path, group), plan)
    planned = _member_rows(group, current, plan, run.params["state"], {row["email"]: row["reason"] for row in drift})
    failed = [] if run.check_mode else _write_members(directory, group, plan, created)
    result = _members_result(group, rows, current, plan, failed, created=created, limit=limit)
    undone = {finding.email for finding in failed} | {*plan.kept}
    made = [{**row, "changed": row["email"] not in undone} for row in planned]
    digest = digest_of(planned, [], result.withheld)
    result.facts.update(drift=drift, **told_facts(made, digest, failed, result.withheld, attention, run.params))
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


def _key(row: Mapping[str, Any]) -> str:
    """What a row is listed, and removed, by: its address; a CUSTOMER row, which has none, by the customer's id."""
    return fold(row.get("email") or "") or (str(row["id"]) if row.get("type") == EVERYONE else "")


def _rows(directory: Directory, group: str, created: bool) -> tuple[list[Mapping[str, Any]], list[Finding]]:
    """Direct members, and a sentence for each row of an unknown form: that member is left as it is."""
    aside = Aside()
    try:
        rows = direct_members(directory, group, aside)
        about = dict[str, Any]()
        note(about, described(aside.rows), ())
        return rows, unread_findings(about)
    except NotFound:
        if created:
            return [], []
        raise PolicyError(f"group {group} does not exist in Google; create it with google_group first, or check the address.") from None


def _as_listed(directory: Directory, group: str, wanted: Mapping[str, str], current: Mapping[str, str], *, unread: bool) -> dict[str, str]:
    """A member may be listed under another of their addresses: ask for those that seem to be missing.

    `unread`: a row could not be read; a member whom the list does not show is that one, and is left as they are.
    """
    missing = [email for email in wanted if email not in current]
    found = directory.each(lambda email: _listed_as(directory, group, email), missing)
    named = {email: listed for email, listed in zip(missing, found, strict=True) if listed in current}
    hidden = {email for email, listed in zip(missing, found, strict=True) if unread and listed and listed not in current}
    return {named.get(email) or email: role for email, role in wanted.items() if email not in hidden}


def _listed_as(directory: Directory, group: str, email: str) -> str:
    """The address under which the list has them; '' where they are no member."""
    try:
        return fold(directory.member(group, email).get("email") or email)
    except ApiError as error:
        if error.status in (400, 404):
            return ""
        raise


def _write_members(directory: Directory, group: str, plan: MembersPlan, created: bool) -> list[Finding]:
    """What could not be done is taken out of the plan. While an addition can't be made nobody is removed: they may be who was meant."""
    failed: dict[str, Finding] = {}

    def attempt(step: tuple[str, str, str]) -> None:
        action, email, role = step
        try:
            once_or_proven(
                lambda: _one_member(directory, group, action, email, role, created),
                lambda: _member_done(directory, group, action, email, role),
            )
        except OutcomeUnknown as lost:
            failed[email] = Finding(email, action, f"{email} in {group}: {action} may have been done or not: {lost} Run again.")
        except ApiError as error:
            failed[email] = Finding(email, action, f"{email} in {group}: {action} refused: {error}")

    steps = [("add", email, role) for email, role in plan.add.items()]
    steps += [("change", email, role) for email, role in plan.change.items()]
    directory.each(attempt, steps)
    plan.refused = [email for email in plan.add if email in failed]
    if plan.refused:
        plan.kept, plan.remove = plan.remove, []
    directory.each(attempt, [("remove", email, "") for email in plan.remove])
    plan.add = {email: role for email, role in plan.add.items() if email not in failed}
    plan.change = {email: role for email, role in plan.change.items() if email not in failed}
    plan.remove = [email for email in plan.remove if email not in failed]
    return [failed[email] for email in sorted(failed)]


def _member_done(directory: Directory, group: str, action: str, email: str, role: str) -> bool | None:
    """After an unknown outcome: whether the member is as they should be; None where not."""
    try:
        found = directory.member(group, email)
    except NotFound:
        return True if action == "remove" else None
    done = action != "remove" and found.get("role", role) == role
    return True if done else None


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
    rows: list[Mapping[str, Any]],
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
    if plan.kept:
        withheld.append(finding("addition_refused", group, group=group, count=len(plan.kept), names=shortened(plan.refused, counted=True)))
    withheld = [replace(found, action="remove", group=group) for found in withheld]
    # the rows spare google_scope_info a second read of this group
    members = [{name: row[name] for name in ("id", "email", "type", "role", "why") if row.get(name)} for row in rows]
    # whom Google refused is in the scope all the same, as the list says: nobody loses an account by a refusal
    change = {"group": group, "created": created, "added": [*plan.add, *plan.refused], "removed": plan.remove, "members": members}
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
