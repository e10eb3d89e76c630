# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading what a scope names: the directory, its groups, and once more those that somebody seems to have left."""

from __future__ import annotations

from .._frame._module import Run
from .._model._directory import DirectoryData
from .._model._text import domain
from .._plan._scope import ScopeAsk, check_units_exist
from .._transport._google_directory import Directory
from ._directory import EdgeAsk, complete, read_directory
from ._left_groups import FormerGroups, bring_back, former_groups
from ._second_read import ScopeNames, Singles


def read_scope(run: Run, directory: Directory, ask: ScopeAsk) -> tuple[DirectoryData, list[str]]:
    """The directory, and why nothing is to be removed.

    Where somebody may lose something, groups that some seem to have left are read once more.
    """
    decides, known = bool(run.params.get("accounts_path")), run.params.get("known_people_path") or run.params.get("dest")
    former = former_groups(known, [*ask.exclude.groups, *ask.resolve.groups]) if decides else FormerGroups([], None)
    data = read_directory(
        directory,
        ask.named_groups(),
        fields=ask.fields,
        with_org_units=ask.names_org_units,
        pending=ask.pending,
        ignore=ask.ignore_unreadable,
        twice=former.groups if former.held is None else (),
    )
    check_units_exist(ask, data.org_units)
    if former.held is not None:
        complete(directory, data.edges, former.left(data), EdgeAsk(ask.pending, ask.ignore_unreadable))
    return data, bring_back(data, former.leavers(data), Singles(directory, names_of(ask, data)), ask.confirm_limit)


def names_of(ask: ScopeAsk, data: DirectoryData) -> ScopeNames:
    return ScopeNames(
        ask.scope.groups,
        ask.exclude.groups,
        ask.scope.org_units,
        ask.scope.users,
        ask.pending,
        data.edges,
        data.customer,
        sorted(data.unreadable),
        {domain(address) for person in data.users for address in person.addresses()},
    )
