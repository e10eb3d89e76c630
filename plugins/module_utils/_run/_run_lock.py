# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""run_lock: one run of a tenant at a time."""

from __future__ import annotations

import os
from pathlib import Path

from .._frame._lock import new_lock, read_lock, release, wait_and_take
from .._frame._module import Run
from .._model._typed import read_duration
from .._report._result import Result

_TAKEN_OVER = (
    "The run {run_id}, of {user} on {host}, ended without releasing the lock, so this run took it over. What that run left open in its "
    "journal is settled now."
)


def run_lock(run: Run) -> Result:
    """Taken, also in the place of a stale one, or released. Check mode changes nothing, so it needs none."""
    path, timeout = Path(run.params["path"]), read_duration(run.params["timeout"], "provisioning_lock_timeout")
    if run.check_mode:
        return Result()
    mine = new_lock(run.params["run_id"], run.params.get("run_host") or "", run.params.get("pid") or os.getppid())
    found = read_lock(path)
    ours = found if found and found.is_of(mine.run_id) and found.is_same_work(mine) else None
    if run.params["state"] == "absent":
        return Result(changed=ours is not None and release(path, ours))
    if ours:
        return Result(facts={"path": str(path), "holder": ours.shown})
    run.before_all()
    waited = wait_and_take(path, mine, timeout, run.while_waiting)
    stale = {"stale": found.shown} if found and not waited and not found.is_alive else {}
    if stale:
        run.warn(_TAKEN_OVER.format(**stale["stale"]))
    return Result(changed=True, facts={"path": str(path), "holder": mine.shown, **stale})
