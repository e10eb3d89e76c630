# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run leaves for another one, from its options, and who the people are whom it is about."""

from __future__ import annotations

from typing import Any

from .._frame._module import Run
from .._model._matching_rules import Matching
from .._model._people import People, some
from .._model._person import Person
from .._model._snapshot import PEOPLE, header_of
from .._model._tenant import Tenant
from .._plan._matching import Matches, match
from .._plan._named import Named, find_named, named_before, parse_only, with_matches
from .._plan._part import Part
from ._memory import read_former


def open_part(run: Run, people: People, tenant: Tenant, matches: Matches) -> Part:
    """Of a module that writes to Zoom. Whom google_scope_info found by the same names are the same people, whatever was renamed since."""
    names = parse_only(run.params.get("only"), "only")
    if names is None:
        return _part(run, None)
    before = named_before(people.named, names)
    return _part(run, with_matches(before, matches) if before else _find(run, names, people, tenant, matches))


def _find(run: Run, names: frozenset[str], people: People, tenant: Tenant, matches: Matches) -> Named:
    former = read_former(run.params.get("memory_path"), tenant.id, run.params.get("run_id"))
    addresses = {key: account.email for key, account in former.accounts.items()} if former else {}
    return find_named(names, people.everyone, tenant.accounts, matches, addresses)


def named_about(run: Run, people: list[Person], tenant: Tenant | None, rules: Matching) -> dict[str, Any]:
    """For the people snapshot. Without Zoom's side nobody is found, and no name is unknown."""
    names = parse_only(run.params.get("only"), "only")
    if names is None or tenant is None:
        return {}
    return {"named": _find(run, names, some(people), tenant, match(people, tenant.accounts, rules)).about()}


def open_google_part(run: Run) -> Part:
    """Of a module that writes to Google: by this run's people snapshot, else by the very addresses that are named."""
    names, path = parse_only(run.params.get("only"), "only"), run.params.get("people_path")
    if names is None:
        return _part(run, None)
    header: dict[str, Any] = (header_of(path, PEOPLE) if path else None) or {}
    same_run = bool(header.get("run_id")) and header["run_id"] == run.params.get("run_id")
    return _part(run, (named_before(header.get("named"), names) if same_run else None) or Named(names, addresses=names))


def _part(run: Run, only: Named | None) -> Part:
    return Part(bool(run.params.get("leave_removals")), only)
