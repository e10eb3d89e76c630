# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a journal did, taken back: accounts as they were before, as far as nobody has changed them since. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import LICENSE_FIELDS, SET_ASIDE, UNREADABLE, Account, account_from_record
from .._model._attributes import LISTED_PATHS, emptied
from .._model._journal import Entry
from .._model._license import License, license_of
from .._model._tenant import Tenant, by_id
from .._model._text import as_shown, fold
from ._actions import END_OF_ACCOUNT, Subject, subject_of
from ._change import Change, Plan
from ._change_data import Attributes, Offboarding, license_change
from ._limits import Limit, apply_gain_limits, apply_limits, gain_limits
from ._protection import Protection, active_unprotected
from ._removals import offboard_account
from ._renames import order_renames, rename
from ._undo_groups import undo_groups
from ._unread import unreliable

OF_CREATION = "undo of its creation"


@dataclass
class Trace:
    """All that a run did to one account: each field's first value before and last value after."""

    email: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    unlisted: dict[str, Any] = field(default_factory=dict)
    created: bool = False
    removed: bool = False

    def add(self, entry: Entry) -> None:
        self.created |= entry.action == "create"
        self.removed |= entry.action in END_OF_ACCOUNT
        self.unlisted.update(entry.values)
        for name, value in entry.after.items():
            self.before.setdefault(name, entry.before.get(name))
            self.after[name] = value


@dataclass(frozen=True)
class UndoPolicy:
    """`entries`: those of the journal that were carried out. `creations`: whether accounts that the run made are deactivated, or stay.

    `doubt`: why nothing is to be removed in this run, beside what the tenant says.
    """

    entries: list[Entry]
    limits: Mapping[str, Limit]
    protection: Protection
    creations: bool = False
    allow_losses: bool = False
    allow_gains: bool = False
    doubt: str = ""


def plan_undo(tenant: Tenant, policy: UndoPolicy) -> Plan:
    """Only what is still as the run left it is put back."""
    plan, known = Plan(), by_id(tenant.accounts)
    invited = {fold(account.email): account for account in tenant.accounts if account.status == "pending"}
    traces = _traces(entry for entry in policy.entries if subject_of(entry.action) is Subject.ACCOUNT)
    for key, trace in traces.items():
        _undo_account(plan, trace, known.get(key) or invited.get(fold(trace.email)), policy)
    # who was created by the run and keeps the account stays where it put them
    made = frozenset(key for key, trace in traces.items() if trace.created and not _is_unmade(known.get(key), policy))
    of_groups = [entry for entry in policy.entries if subject_of(entry.action) is Subject.ZOOM_GROUP]
    undo_groups(plan, of_groups, known, tenant.groups or {}, made)
    base = active_unprotected(tenant.accounts, policy.protection)
    leaves = _leaves_with_accounts(plan)
    apply_limits(plan, policy.limits, base, policy.allow_losses, unreliable(tenant) or policy.doubt)
    ended = {id(change.account) for change in plan.changes if change.action == "deactivate"}
    plan.changes = [change for change in plan.changes if id(change) not in leaves or id(change.members[0]) in ended]
    apply_gain_limits(plan, gain_limits(policy.limits, tenant.completed), base, allow_gains=policy.allow_gains)
    order_renames(plan, tenant.accounts)
    return plan


def _leaves_with_accounts(plan: Plan) -> set[int]:
    """Memberships that go with an account that the run made: its deactivation counts on a limit, and they go only with it."""
    ended = {id(change.account) for change in plan.changes if change.reason == OF_CREATION}
    leaves = [change for change in plan.changes if change.action == "remove" and id(change.members[0]) in ended]
    for change in leaves:
        change.reason, change.removal = OF_CREATION, None
    return {id(change) for change in leaves}


def _traces(entries: Iterable[Entry]) -> dict[str, Trace]:
    traces: dict[str, Trace] = {}
    for entry in entries:
        traces.setdefault(entry.account_id or fold(entry.email), Trace(entry.email)).add(entry)
    return traces


def _undo_account(plan: Plan, trace: Trace, account: Account | None, policy: UndoPolicy) -> None:
    if trace.removed:
        plan.report("undo_removed", trace.email)
    elif account is None or (account.status == "pending" and not (trace.created or account.id)):
        plan.report("undo_gone", trace.email)
    elif account.status == UNREADABLE or account.held == SET_ASIDE:
        plan.report("undo_unread", account.email, reason=SET_ASIDE)
    elif account.status == "pending":
        plan.report("undo_invited" if trace.created else "pending", account.email, reason="pending")
    elif trace.created:
        _undo_creation(plan, account, policy)
    else:
        wanted = _wanted(plan, trace, account)
        if trace.unlisted:
            names = ", ".join(sorted(path.rpartition(":")[2] for path in trace.unlisted))
            plan.report("undo_unlisted", account.email, names=names)
        if policy.protection.covers(account):
            _keep(plan, account, wanted, policy.protection)
        _restore(plan, account, wanted)


def _undo_creation(plan: Plan, account: Account, policy: UndoPolicy) -> None:
    if policy.protection.covers(account):
        _report_kept(plan, account, policy.protection, "its creation")
    elif not policy.creations:
        plan.report("undo_created", account.email)
    elif account.status == "active":
        plan.changes.append(offboard_account(account, Offboarding("deactivate"), OF_CREATION, "deactivation"))


def _is_unmade(account: Account | None, policy: UndoPolicy) -> bool:
    """Whether an account that the run made ends with the undo, or has ended: then it leaves the groups too."""
    return policy.creations and account is not None and account.status in ("active", "inactive") and not policy.protection.covers(account)


def _keep(plan: Plan, account: Account, wanted: dict[str, Any], protection: Protection) -> None:
    """A protected account gets back what a run may set there too: attributes, and a licence that is no loss. The rest is taken out."""
    kept = ["address"] if wanted.pop("email", None) else []
    if _is_kept_as_is(account, wanted.get("status")):
        kept.append("state")
        if wanted.pop("status") == "active":
            wanted.clear()  # what stays inactive takes no other change
    fields = {name: wanted[name] for name in LICENSE_FIELDS if name in wanted}
    if fields and (account.room or _loses(account, fields)):
        kept.append("licence")
        for name in fields:
            del wanted[name]
    if kept:
        _report_kept(plan, account, protection, "the change of its " + " and ".join(kept))


def _is_kept_as_is(account: Account, status: object) -> bool:
    return status == "inactive" or (status == "active" and (account.is_admin or account.room))


def _report_kept(plan: Plan, account: Account, protection: Protection, what: str) -> None:
    why = "is a Zoom Room" if account.room else protection.why(account)
    plan.report("undo_protected", account.email, reason="protected", why=why, what=what)


def _wanted(plan: Plan, trace: Trace, account: Account) -> dict[str, Any]:
    """Fields to put back: those that still are as the run left them. A licence is one thing, in whichever field it stands."""
    wanted: dict[str, Any] = {}
    groups: list[tuple[str, ...]] = [(name,) for name in trace.after if name not in LICENSE_FIELDS]
    if any(name in trace.after for name in LICENSE_FIELDS):
        groups.append(LICENSE_FIELDS)
    for names in groups:
        now = {name: getattr(account, name, None) for name in names}
        was, left = ({name: side.get(name) for name in names} for side in (trace.before, trace.after))
        if _same(now, was):
            continue
        if _same(now, left):
            wanted.update(was)
        else:
            shown = "licence" if names == LICENSE_FIELDS else names[0]
            plan.report("undo_changed", account.email, field=shown, now=_say(now), left=_say(left), was=_say(was))
    return wanted


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """As a run compares them: an address without case, all else with it."""
    return all(_compared(name, one[name]) == _compared(name, other[name]) for name in one)


def _compared(name: str, value: Any) -> str:
    return fold(str(value or "")) if name == "email" else as_shown(str(value or ""))


def _say(values: Mapping[str, Any]) -> str:
    if len(values) == 1:
        return repr(next(iter(values.values())) or "")
    license = _license_in(values)
    return license.label if license else "none"


def _restore(plan: Plan, account: Account, wanted: dict[str, Any]) -> None:
    status, email = wanted.pop("status", None), str(wanted.pop("email", None) or "")
    license = {name: wanted.pop(name) for name in LICENSE_FIELDS if name in wanted}
    wanted.pop("employee_unique_id", None)  # the anchor is true whatever else is undone
    if status == "inactive":
        ended = offboard_account(account, Offboarding("deactivate"), "undo", "deactivation")
        ended.last = True  # an inactive account takes no other change
        plan.changes.append(ended)
        license = {}  # it goes with the deactivation
    if status == "active":
        plan.changes.append(Change("reactivate", account.email, "undo", account, {"status": "active"}))
    if email:
        plan.changes.append(rename(account, email, f"undo, address was {account.email}"))
    if license:
        _restore_license(plan, account, license)
    values = {LISTED_PATHS[name]: value or "" for name, value in wanted.items() if name in LISTED_PATHS}
    if values:
        after = {name: value for name, value in wanted.items() if name in LISTED_PATHS}
        plan.changes.append(Change("update", account.email, "undo: " + ", ".join(sorted(values)), account, after, Attributes(values)))


def _restore_license(plan: Plan, account: Account, fields: dict[str, Any]) -> None:
    """Taking one back is a removal like any other."""
    held, license = license_of(account), _license_in(fields)
    if license is None or license == held:
        return
    loses = _loses(account, fields)
    action, removal = "downgrade" if loses and not license.is_paid else "license", "license" if loses else None
    change = Change(action, account.email, "undo", account, license.give(account), license_change(held, license), removal)
    plan.changes.append(change)


def _loses(account: Account, fields: Mapping[str, Any]) -> bool:
    held, license = license_of(account), _license_in(fields)
    return held is not None and license is not None and license != held and held.is_lost_for(license)


def _license_in(fields: Mapping[str, Any]) -> License | None:
    return license_of(account_from_record({"email": "", "status": "", **fields}))


def report_emptying(plan: Plan) -> None:
    """What Zoom may leave as it is: a preview can only say that it is tried."""
    for change in plan.changes:
        for name in emptied(change.values):
            plan.report("undo_empties", change.email, field=name.replace("_", " "))
