# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People as a Zoom module is given them: a snapshot of the whole directory, or a short list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._frame._module import Run
from .._model._people import People, people_from, some
from .._model._person import Person, person_from_google, person_from_record
from .._model._snapshot import PEOPLE, load
from .._model._text import PolicyError, fold, looks_like_address


def open_people(run: Run, zoom_tenant: str) -> People:
    """PolicyError when there is neither, or when the snapshot belongs to another Zoom account."""
    path, listed = run.params.get("people_path"), run.params.get("people")
    if listed is not None and not path:
        return some(_from_list(item) for item in listed)
    if not path:
        raise PolicyError("Give people_path, written by google_scope_info, or people, a list.")
    snapshot = load(path, PEOPLE, person_from_record, run.ask())
    made_for = snapshot.about.get("zoom_tenant")
    if made_for and made_for != zoom_tenant:
        raise PolicyError(
            f"The people snapshot {path} was made for Zoom account {made_for}, not for {zoom_tenant}; give every tenant its own."
        )
    return people_from(snapshot)


def _from_list(item: Mapping[str, Any]) -> Person:
    """A Google user with `in_scope` (default true), `excluded`, `groups`; or a record of google_scope_info."""
    address = item.get("primaryEmail") or item.get("email")
    if not looks_like_address(address):
        raise PolicyError(f"people holds {item!r}, which has no primaryEmail.")
    if "primaryEmail" not in item:
        return person_from_record({"id": fold(str(address)), **item})
    person = person_from_google({"id": fold(str(address)), **item}, keep=item.keys() - {"groups"})
    person.in_scope = bool(item.get("in_scope", True))
    person.excluded = str(item.get("excluded") or "")
    person.groups = [fold(group) for group in item.get("groups") or []]
    return person
