# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What one phase hands to the next, as a file of this run: a printed result may have parts of an address masked.

Written as snapshots are (header, one record a line, mode 0600, replaced atomically); the header's tenant is the inventory host, `run_host`.
A file of another run, or of another host in a run of the same id, is refused.
policy: one record, of policy_validate. pending: changes of Google groups, `by` which module. hold: `email` of people still in scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._snapshot import EVER, Ask, Snapshot, load, save
from .._model._text import PolicyError, fold
from ._module import Run

POLICY, PENDING, HOLD = "policy", "pending", "hold"
_RESOLVED = ("resolve_groups", "resolve_org_units", "expressions", "deprovision", "matching", "confirm_members", "named_in", "units_in")


class Record(dict[str, Any]):
    """As snapshots take records."""

    def record(self) -> Mapping[str, Any]:
        return self


def hand_over(run: Run, option: str, kind: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Writes the file that `option` names; without one, nothing."""
    path = run.params.get(option)
    if path:
        save(path, Snapshot(kind, _host(run), [Record(record) for record in records], {}, _run_id(run, option), run.check_mode))


def take_over(run: Run, option: str, kind: str) -> list[Record]:
    """The records of the file that `option` names; [] without one. PolicyError for another run's or host's."""
    path = run.params.get(option)
    if not path:
        return []
    wanted = _run_id(run, option)
    found = _load(path, kind)
    if found.run_id != wanted:
        raise PolicyError(f"{option} {path} was written by the run {found.run_id}, not by this one ({wanted}); run all its phases again.")
    _refuse_another_host(run, option, found.tenant)
    return found.records


def pending_of(run: Run) -> list[Mapping[str, Any]]:
    """Pending changes of the option and of the file."""
    return [*(run.params.get("pending_changes") or []), *take_over(run, "pending_path", PENDING)]


def extend_pending(run: Run, by: str, group: str, changes: Iterable[Mapping[str, Any]]) -> None:
    """Takes the place of what the same module has handed over for the same group in this run; a file of another run is begun anew."""
    if not run.params.get("pending_path"):
        return
    try:
        found = _load(run.params["pending_path"], PENDING)
    except PolicyError:
        found = None
    former = found.records if found and found.run_id == _run_id(run, "pending_path") else []
    if found and former:
        _refuse_another_host(run, "pending_path", found.tenant)
    kept = [row for row in former if (row.get("by"), fold(str(row.get("group")))) != (by, fold(group))]
    hand_over(run, "pending_path", PENDING, [*kept, *({**change, "by": by} for change in changes)])


def with_policy(run: Run) -> dict[str, Any]:
    """The options of google_scope_info, with what policy_validate and the scope group's tasks handed over."""
    options = {**run.params, "pending_changes": pending_of(run)}
    for policy in take_over(run, "policy_path", POLICY):
        options.update({name: policy[name] for name in _RESOLVED if name in policy})
    return options


def _load(path: str, kind: str) -> Snapshot[Record]:
    # a run in check mode reads its own, and a real one what its previews would do: whose file it is alone counts
    return load(path, kind, Record, Ask(hypothetical=True, max_age=EVER))


def _refuse_another_host(run: Run, option: str, host: str) -> None:
    if host != _host(run):
        raise PolicyError(
            f"{option} {run.params[option]} was written for {host or 'no host'}, not for {_host(run) or 'no host'}, in a run of the same "
            "id; give each host a provisioning_state_dir of its own."
        )


def _host(run: Run) -> str:
    return str(run.params.get("run_host") or "")


def _run_id(run: Run, option: str) -> str:
    found = run.params.get("run_id")
    if not found:
        raise PolicyError(f"{option} needs run_id, which marks the file as this run's.")
    return str(found)
