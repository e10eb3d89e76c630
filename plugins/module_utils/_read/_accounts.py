# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading a Zoom account: all users of all three states, groups and seats, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .._frame._module import Run
from .._model._account import Account, account_from_record, account_from_rest, account_from_scim
from .._model._snapshot import ACCOUNTS, Snapshot, load, save
from .._model._tenant import Accounts
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._transport._zoom_rest import STATUSES
from ._seats import read_seats
from ._unread_rows import keep_unread
from ._zoom_groups import read_groups


def open_accounts(run: Run, zoom: Zoom) -> Accounts:
    """From `accounts_path` if one is given, else from Zoom."""
    if run.params.get("accounts_path"):
        snapshot = load_accounts(run, zoom.tenant)
        snapshot.hypothetical = run.check_mode
        snapshot.run_id = run.params.get("run_id")
        return snapshot
    return read_accounts(run, zoom)


def load_accounts(run: Run, tenant: str) -> Accounts:
    return load(run.params["accounts_path"], ACCOUNTS, account_from_record, run.ask(tenant))


def close_accounts(run: Run, snapshot: Accounts) -> None:
    """Carry the state forward, if this run keeps it in a file."""
    if run.params.get("accounts_path"):
        save(run.params["accounts_path"], snapshot)


def read_accounts(run: Run, zoom: Zoom, statuses: Iterable[str] = STATUSES, *, whole: bool = True) -> Accounts:
    """`whole` adds groups and seats."""
    snapshot = Snapshot[Account](ACCOUNTS, zoom.tenant, [], {}, run.params.get("run_id"), run.check_mode)
    aside = Aside()
    if zoom.kind == "token":
        snapshot.records = [account for account in zoom.scim.users(account_from_scim, aside) if account.status in statuses]
        # no SCIM list shows who is in which group
        snapshot.about["unavailable"] = ["pending", "memberships", "seats", "roles"]
        if whole:
            _try_groups(zoom, snapshot, aside)
        keep_unread(zoom, snapshot, aside)
        return snapshot
    reads: list[Callable[[], Any]] = [_users(zoom, status, aside) for status in statuses]
    if whole:
        reads += [lambda: read_groups(zoom, aside), lambda: read_seats(zoom)]
    results = zoom.each(lambda read: read(), reads)
    if whole:
        seats = results.pop()
        snapshot.about["groups"] = results.pop()
        snapshot.about.update(seats)
        if not seats["seats"]:
            snapshot.about["unavailable"] = ["seats"]
    snapshot.records = [account for rows in results for account in rows]
    keep_unread(zoom, snapshot, aside)
    return snapshot


def _try_groups(zoom: Zoom, snapshot: Accounts, aside: Aside) -> None:
    """A SCIM token may be good for users alone."""
    try:
        snapshot.about["groups"] = read_groups(zoom, aside)
    except ApiError:
        snapshot.about["unavailable"].append("groups")


def _users(zoom: Zoom, status: str, aside: Aside) -> Callable[[], list[Account]]:
    return lambda: zoom.rest.users(status, lambda row: account_from_rest(row, status), aside)


def read_domains(zoom: Zoom) -> list[str] | None:
    """The managed domains, folded; None where Zoom does not tell this account (plain accounts may lack the scope) or knows none.

    A domain that can't be read may be anybody's: then none is known.
    """
    try:
        rows = zoom.rest.managed_domains()
    except (ApiError, UnexpectedAnswer):
        return None
    return sorted({str(row["domain"]).lower() for row in rows if row.get("status", "verified") == "verified"}) or None


def find_one(zoom: Zoom, address: str) -> Account | None:
    """One account by its address; a pending one is shown by REST only, and one of another Zoom account by neither."""
    if zoom.kind == "oauth":
        row = zoom.rest.find_user(address)
        return account_from_rest(row) if row else None
    row = zoom.scim.find_user(address)
    return account_from_scim(row) if row else None
