# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which groups somebody seems to have left since the people were read last: only their lists are worth a second read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._directory import DirectoryData
from .._model._nesting import close
from .._model._snapshot import EVER, PEOPLE, Ask, load
from .._model._text import PolicyError, shared

_Held = tuple[str, tuple[str, ...]]


def groups_left(path: str | None, data: DirectoryData, groups: Iterable[str]) -> list[str]:
    """Those of `groups` somebody has left since the snapshot at `path`; all of them, where there is no snapshot to compare with."""
    groups = list(groups)
    former = _former(path) if path and groups else None
    if former is None:
        return groups
    live = {person.id for person in data.users}
    closures = {group: close(group, data.edges) for group in groups}
    left = dict.fromkeys(
        group
        for key, held in former
        if key in live
        for group in held
        if group in closures and not closures[group].everyone and not closures[group].via(key, ())
    )
    known = {group for _key, held in former for group in held}
    # a group that nobody was in may not have been read then
    return [group for group in groups if group in left or group not in known]


def _former(path: str) -> list[_Held] | None:
    try:
        return load(path, PEOPLE, _held, Ask(hypothetical=True, max_age=EVER)).records
    except PolicyError:
        return None


def _held(record: Mapping[str, Any]) -> _Held:
    return shared(str(record["id"])), tuple(shared(group) for group in record.get("groups") or ())
