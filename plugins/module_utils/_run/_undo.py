# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_undo: takes a journal and puts accounts back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .._frame._module import Run
from .._frame._policy import limit_of, protection_of
from .._model._journal import Entry, read_entries
from .._model._text import PolicyError
from .._plan._protection import tell_unmatched
from .._plan._undo import UndoPolicy, plan_undo
from .._plan._unread import doubt_of
from .._read._accounts import close_accounts, open_accounts
from .._read._bundles import read_bundles
from .._read._last_people import last_people, protect, unclear
from .._read._single_reads import hold
from .._read._unread_rows import tell_aside
from .._report._result import Result, bulk_result
from .._write._apply import apply
from .._write._journal import Judge, open_journal
from .._write._scim_check import check_scim
from .._write._snapshot_update import carrier


def undo(run: Run) -> Result:
    """What the journal says was done is taken back, unless somebody has changed it since."""
    limits = {
        "deactivation": limit_of(run.params, "max_deactivations"),
        "license": limit_of(run.params, "max_license_removals"),
        "group": limit_of(run.params, "max_group_removals"),
    }
    policy = UndoPolicy(limits, protection_of(run.params), bool(run.params["creations"]), bool(run.params["allow_losses"]))
    entries = _read(run.params["journal"])
    zoom = run.zoom()
    foreign = next((entry.tenant for entry in entries if entry.tenant and entry.tenant != zoom.tenant), None)
    if foreign:
        raise PolicyError(f"The journal {run.params['journal']} is of Zoom account {foreign}, not of {zoom.tenant}; nothing was changed.")
    accounts = open_accounts(run, zoom)
    last = last_people(run, zoom.tenant)
    doubt = doubt_of(accounts.about) or unclear(policy.protection, last, accounts.records)
    policy = replace(policy, protection=protect(policy.protection, last, accounts.records), doubt=doubt)
    judge = Judge(accounts)
    done = [entry for entry in entries if (judge.done(entry) if entry.ok is None else entry.ok)]
    bundled = {entry.account_id for entry in done if entry.before.get("zoom_one_type") or entry.after.get("zoom_one_type")}
    hold(accounts.records, read_bundles(zoom, [account for account in accounts.records if account.id in bundled]))
    plan = plan_undo(done, accounts.records, accounts.about.get("groups") or {}, policy)
    tell_unmatched(plan, policy.protection, last.everyone if last.recent else None, accounts.records)
    tell_aside(run, plan, accounts)
    check_scim(zoom, plan)
    journal = open_journal(run, accounts)
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode)
    plan.attention += applied.attention
    close_accounts(run, accounts)
    return bulk_result(plan, applied.done, applied.failed, run.params)


def _read(path: str) -> list[Entry]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        there = sorted(file.stem for file in Path(path).parent.glob("*.jsonl"))[-5:]
        known = f"; there are {', '.join(there)}" if there else ""
        raise PolicyError(f"The journal {path} does not exist{known}: a run that wrote nothing has none. Check undo_run.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"The journal {path} can't be read: {error}.") from None
    entries = read_entries(text)
    if not entries:
        raise PolicyError(f"{path} is no journal of this collection, or holds no write; check undo_run.")
    return entries
