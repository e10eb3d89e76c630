# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading a Zoom account: all users of all three states, groups and seats, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .._frame._module import Run
from .._model._account import Account, account_from_record, account_from_rest, account_from_scim
from .._model._matching_rules import Matching
from .._model._people import People
from .._model._snapshot import ACCOUNTS, header_of, load
from .._model._tenant import Tenant, tenant_from
from .._model._text import fold
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._transport._zoom_page_size import MOST, PAGE
from .._transport._zoom_rest import STATUSES
from ._memory import recall
from ._seats import read_seats
from ._unread_rows import keep_unread
from ._zoom_groups import read_groups


def open_tenant(run: Run, zoom: Zoom) -> Tenant:
    """From `accounts_path` if one is given, else from Zoom."""
    if run.params.get("accounts_path"):
        tenant = load_tenant(run, zoom.tenant)
        if not tenant.run_id or tenant.run_id != run.params.get("run_id"):
            tenant.licenses_taken = 0  # those of another run have nothing to do with this one's limit
        tenant.hypothetical, tenant.run_id, tenant.rest = run.check_mode, run.params.get("run_id"), zoom.has_rest
        return tenant
    tenant = read_tenant(run, zoom)
    recall(tenant, run.params.get("memory_path"))
    return tenant


def load_tenant(run: Run, tenant: str) -> Tenant:
    return tenant_from(load(run.params["accounts_path"], ACCOUNTS, account_from_record, run.ask(tenant)))


def read_tenant(run: Run, zoom: Zoom, statuses: Iterable[str] = STATUSES, *, whole: bool = True) -> Tenant:
    """`whole` adds groups and seats."""
    tenant, aside = Tenant(zoom.tenant, rest=zoom.has_rest, run_id=run.params.get("run_id"), hypothetical=run.check_mode), Aside()
    if zoom.has_rest:
        zoom.rest.page_size.known = _users_page(run, zoom.tenant)
        _by_rest(zoom, tenant, statuses, aside, whole=whole)
        tenant.users_page = zoom.rest.page_size.known
    else:
        tenant.accounts = [account for account in zoom.scim.users(account_from_scim, aside) if account.status in statuses]
        # no SCIM list shows who is in which group
        tenant.unavailable = ["pending", "memberships", "seats", "roles"]
        if whole:
            _try_groups(zoom, tenant, aside)
    keep_unread(zoom, tenant, aside)
    return tenant


def _users_page(run: Run, tenant: str) -> int | None:
    """What the last run found, as its snapshot says."""
    paths = [*(run.params.get("known_accounts_paths") or []), run.params.get("dest")]
    headers = [header_of(path, ACCOUNTS) or {} for path in paths if path]
    found = next((header.get("users_page") for header in headers if header.get("tenant") == tenant), None)
    return found if found in (PAGE, MOST) else None


def _by_rest(zoom: Zoom, tenant: Tenant, statuses: Iterable[str], aside: Aside, *, whole: bool) -> None:
    reads: list[Callable[[], Any]] = [_users(zoom, status, aside) for status in statuses]
    if whole:
        reads += [lambda: read_groups(zoom, aside), lambda: read_seats(zoom)]
    results = zoom.each(lambda read: read(), reads)
    if whole:
        usage = results.pop()
        tenant.groups = results.pop()
        tenant.seats, tenant.base_plan, tenant.plans_unknown = usage.seats, usage.base_plan, usage.plans_unknown
        tenant.unavailable = [] if usage.seats else ["seats"]
        tenant.rooms = usage.rooms
    tenant.accounts = [account for rows in results for account in rows]
    if whole:
        _check_groups(zoom, tenant, aside)


def _check_groups(zoom: Zoom, tenant: Tenant, aside: Aside) -> None:
    """A list without the groups that accounts are in is read again, and is none where it is empty: all would be made anew."""
    held = {key for account in tenant.accounts for key in account.group_ids} - {row.id for row in aside.rows}
    if held <= (tenant.groups or {}).keys():
        return
    again = Aside()
    tenant.groups = read_groups(zoom, again)
    aside.rows += [row for row in again.rows if row not in aside.rows]
    aside.doubts += [doubt for doubt in again.doubts if doubt not in aside.doubts]
    if not tenant.groups:
        raise UnexpectedAnswer(f"Zoom lists no group, though accounts are in {len(held)} of them; run again later.")


def _try_groups(zoom: Zoom, tenant: Tenant, aside: Aside) -> None:
    """A SCIM token may be good for users alone."""
    try:
        tenant.groups = read_groups(zoom, aside)
    except ApiError:
        tenant.unavailable.append("groups")


def _users(zoom: Zoom, status: str, aside: Aside) -> Callable[[], list[Account]]:
    return lambda: zoom.rest.users(status, lambda row: account_from_rest(row, status), aside)


def read_domains(zoom: Zoom) -> frozenset[str] | None:
    """The managed domains, folded; None where Zoom does not report them (plain accounts may lack the scope) or knows none.

    A domain that can't be read may be anybody's: then none is known.
    """
    try:
        rows = zoom.rest.managed_domains()
    except (ApiError, UnexpectedAnswer):
        return None
    return frozenset(fold(str(row["domain"])) for row in rows if row.get("status", "verified") == "verified") or None


def domains_needed(zoom: Zoom, people: People, tenant: Tenant, matching: Matching) -> frozenset[str] | None:
    """Read only when an address is to be taken that no account has."""
    held, names = {fold(account.email) for account in tenant.accounts}, matching.user_names(people.everyone)
    if not zoom.has_rest or all(fold(names.get(person.id, person.email)) in held for person in people.everyone if person.wanted):
        return None
    return read_domains(zoom)
