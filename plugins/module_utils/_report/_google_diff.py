# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the diff shows of one Google group and of its members. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._google_group import GoogleGroup
from .._model._spelled import spelled
from .._plan._change import Change
from .._plan._change_data import GoogleMember
from .._plan._google_groups import SHOWN


def google_group_diff(before: GoogleGroup, after: GoogleGroup, settings: Iterable[str]) -> list[dict[str, str]]:
    """`settings`: those that are kept."""
    names = [*SHOWN, *sorted(settings)]
    return _entry(before.email, *(_fields({**group.fields, **group.settings}, names) for group in (before, after)))


def google_group_entry(changes: list[Change]) -> dict[str, str]:
    """All changes of one group, its own fields and its members."""
    was, will = dict[str, Any](), dict[str, Any]()
    for change in changes:
        for sides, fields in ((was, change.before), (will, change.after)):
            sides.update({change.email: fields["role"]} if isinstance(change.data, GoogleMember) and fields else fields)
    name = spelled(changes[0].group)
    return {"before_header": name, "after_header": name, "before": _fields(was, sorted(was)), "after": _fields(will, sorted(will))}


def google_members_diff(email: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, str]]:
    return _entry(email, _roles(before), _roles(after))


def _entry(email: str, was: str, will: str) -> list[dict[str, str]]:
    return [{"before_header": spelled(email), "after_header": spelled(email), "before": was, "after": will}] if was != will else []


def _fields(group: Mapping[str, Any], names: Iterable[str]) -> str:
    return "".join(f"{spelled(name)}: {spelled(group[name])}\n" for name in names if group.get(name))


def _roles(members: Mapping[str, str]) -> str:
    return "".join(f"{spelled(email)}: {role}\n" for email, role in sorted(members.items()))
