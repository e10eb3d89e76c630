# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google groups that a policy goes by, each with the variable that names it, and those nested in them, as this run has read them."""

from __future__ import annotations

from .._frame._handover import POLICY, take_over
from .._frame._module import Run
from .._model._snapshot import PEOPLE, header_of
from .._model._text import PolicyError, check_addresses, fold

_SOMEWHERE = "by your variables"


def named_groups(run: Run) -> dict[str, str]:
    """Group -> where it is named: the option and the policy's, and behind these what the people snapshot shows to be nested in them."""
    where = {fold(group): str(variable) for group, variable in (run.params.get("where") or {}).items()}
    named = {group: where.get(fold(group)) or _SOMEWHERE for group in check_addresses(run.params.get("groups") or [], "groups")}
    for policy in take_over(run, "policy_path", POLICY):
        named = {**policy["named_in"], **named}
    known = {fold(group): variable for group, variable in named.items()}
    for group, chain in _nested(run).items():
        variable = known.get(fold(chain.partition(" > ")[0]))
        if variable and fold(group) not in known:
            named[group] = f"{variable}, nested in {chain}"
    return named


def _nested(run: Run) -> dict[str, str]:
    path = run.params.get("people_path")
    if not path:
        return {}
    header = header_of(path, PEOPLE)
    if header is None or header.get("run_id") != run.params.get("run_id"):
        raise PolicyError(f"people_path {path} is no people snapshot of this run; read who is in scope first.")
    return dict(header.get("nested") or {})
