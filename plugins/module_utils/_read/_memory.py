# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The memory: the accounts as the last real run left them, and whose each was.

One that is lost, of another tenant or unreadable gives way to the one before it; without either, accounts are matched by what is read
alone, as in a first run. It is never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeAlias

from .._model._account import Account, account_from_record
from .._model._bundles import recall_bundles
from .._model._drift import mark_drift, remember
from .._model._snapshot import ACCOUNTS, EVER, MEMORY, Ask, Snapshot, header_of, load
from .._model._standing import standing_from
from .._model._tenant import Tenant
from .._model._text import PolicyError, fold, moment
from .._plan._portal_default import Former
from .._plan._unread import FORGOTTEN
from .._transport._errors import UnexpectedAnswer

Reader: TypeAlias = Callable[[Mapping[str, Any]], Account]


def previous_path(path: str) -> str:
    """Where the memory of the run before is kept."""
    return f"{path}.previous"


def recall(tenant: Tenant, path: str | None, accounts_paths: Sequence[str] = ()) -> None:
    """Marks what has drifted, and whose each account was. `accounts_paths`: the last runs' snapshots, which show that there was a memory.

    Where that is lost, whose an account is hangs on its address alone, and so nobody loses anything by it in this run.
    """
    if not path:
        return
    found, tenant.forgot = _newest(path, tenant.id, accounts_paths)
    if found is None:
        tenant.doubtful += [FORGOTTEN] if tenant.forgot else []
        # kept in the snapshot until a real run leaves a memory again: a preview, or a run that was cut off, must not pass for the first one
        tenant.completed = _completed(accounts_paths, tenant.id)
        return
    _check_active(tenant, found.records)
    named = all(row["id"] or row["email"] for row in tenant.set_aside if row["kind"] == "user")
    tenant.gone = mark_drift(tenant.accounts, found.records, whole=named)
    remember(tenant.accounts, found.records)
    recall_bundles(tenant.accounts, found.records, datetime.now(timezone.utc))
    tenant.doubtful += _wrongly_blank(tenant, found.records)
    tenant.completed = str(found.about.get("completed") or "")
    tenant.standing = [row.record() for row in standing_from(found.about.get("standing"))]
    remember_woken(tenant.accounts, _former(found), datetime.now(timezone.utc))


def _check_active(tenant: Tenant, former: Iterable[Account]) -> None:
    """An account keeps its owner at least, whatever total an empty list agrees with."""
    odd = any(row["kind"] == "user" for row in tenant.set_aside)
    left = sum(account.status == "active" for account in former)
    if left and not odd and not any(account.status == "active" for account in tenant.accounts):
        raise UnexpectedAnswer(f"Zoom lists no active user, though the last run left {left}; check account_id, or run again later.")


def _wrongly_blank(tenant: Tenant, former: Iterable[Account]) -> list[str]:
    """A doubt, where a list had neither rows nor a total and accounts that the last run left in it are in none."""
    here = {key for account in tenant.accounts for key in (account.id, fold(account.email))}
    lost = {f"{account.status} users" for account in former if not here & {account.id or fold(account.email), fold(account.email)}}
    return [f"Zoom gives no total of {what} and lists 0, though the last run left some" for what in tenant.blank if what in lost]


def read_former(path: str | None, tenant: str, run_id: str | None, read: Reader = account_from_record) -> Former | None:
    """The accounts as the last real run left them; None where there is nothing of this tenant that can be read.

    `read`: what is kept of each, as these accounts come on top of the present ones.
    """
    if not path:
        return None
    if run_id and (header_of(path, MEMORY) or {}).get("run_id") == run_id:  # an earlier phase of this very run wrote it
        found = _read(previous_path(path), tenant, read)[0]
    else:
        found = _newest(path, tenant, read=read)[0]
    return _former(found) if found else None


def remember_woken(accounts: Iterable[Account], former: Former | None, now: datetime) -> None:
    """Keep when an account was reactivated: without a sign-in since, its licence is not yet idle."""
    for account in accounts:
        was = former.accounts.get(account.id) if former and account.id else None
        if was and not account.woken:
            woke = was.status == "inactive" and account.status == "active"
            account.woken = now.isoformat(timespec="seconds") if woke else was.woken


def _former(found: Snapshot[Account]) -> Former | None:
    time = moment(found.time)
    return Former(time, {account.id: account for account in found.records if account.id}) if time else None


def _newest(
    path: str, tenant: str, accounts_paths: Sequence[str] = (), read: Reader = account_from_record
) -> tuple[Snapshot[Account] | None, str]:
    """And a clause on the one that could not be used, '' where nothing is amiss."""
    found, why = _read(path, tenant, read)
    if found:
        return found, ""
    before, _why = _read(previous_path(path), tenant, read)
    if before:
        return before, f"{why or f'{path} is gone'}, so the one before it was used"
    why = why or (f"{path} is gone" if _completed(accounts_paths, tenant) else "")
    return None, f"{why}, so accounts are matched by anchor and address alone and this run removes nothing" if why else ""


def _completed(accounts_paths: Sequence[str], tenant: str) -> str:
    """When the last run was completed, as the snapshot of the last read says it."""
    headers = [header_of(path, ACCOUNTS) or {} for path in accounts_paths]
    return next((str(header["completed"]) for header in headers if header.get("tenant") == tenant and header.get("completed")), "")


def _read(path: str, tenant: str, read: Reader) -> tuple[Snapshot[Account] | None, str]:
    """Or why it can't be used: '' where it is not there."""
    if not Path(path).exists():
        return None, ""
    try:
        return load(path, MEMORY, read, Ask(max_age=EVER, tenant=tenant)), ""
    except PolicyError as error:
        return None, str(error).partition(";")[0].rstrip(".")
