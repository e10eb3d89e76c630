# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether AWX has an object as the options of its awx.awx module want it. Pure.

A module needs a process of its own and a dozen requests to find out that nothing is to be done; this needs one to three requests. It only
ever saves the module's run: whatever it does not know to be the same, the module looks at, and the module alone changes anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Rows = list[Any]
Read = Callable[[str, Mapping[str, str]], Rows]


@dataclass(frozen=True)
class Kind:
    """`name`: of an object of this endpoint, unique in what `within` names. `passed`: options that only say where the module looks."""

    within: str = "organization"
    name: str = "name"
    passed: tuple[str, ...] = ()


KINDS = {
    "credential_types": Kind(within=""),
    "execution_environments": Kind(within=""),
    "hosts": Kind("inventory"),
    "inventories": Kind(),
    "job_templates": Kind(),
    "labels": Kind(),
    "notification_templates": Kind(),
    "organizations": Kind(within=""),
    "projects": Kind(),
    "schedules": Kind("unified_job_template", passed=("organization",)),
    "workflow_job_template_nodes": Kind("workflow_job_template", "identifier", ("organization", "lookup_organization")),
    "workflow_job_templates": Kind(),
}
_LINKS = ("success_nodes", "failure_nodes", "always_nodes")
_VARIABLES = ("variables", "extra_vars")
_ORDERED = ("instance_groups",)
_SHOWN = ("credentials",)  # whole in the object's own row
_LINKED = ("labels", "instance_groups", *(f"notification_templates_{event}" for event in ("started", "success", "error", "approvals")))
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
_ACTORS = ("teams", "users")
_ENDPOINTS = {"workflows": "workflow_job_templates"}


def differs(endpoint: str, wanted: Mapping[str, Any], read: Read) -> bool:
    """Also where AWX has no such object, or where it can't be known."""
    if endpoint == "roles":
        return not _granted(wanted, read)
    kind = KINDS[endpoint]
    rows = [row for row in read(endpoint, _query(kind, wanted)) if _is_named(kind, row, wanted)]
    mine = [row for row in rows if row.get(kind.name) == wanted[kind.name]]
    if len(mine) != 1:
        return True
    identifiers = {row["id"]: row.get("identifier") for row in rows}
    return not all(_same(name, value, mine[0], read, identifiers) for name, value in wanted.items() if name not in kind.passed)


def _query(kind: Kind, wanted: Mapping[str, Any]) -> dict[str, str]:
    if kind.name == "identifier":  # of all nodes: its links name others
        return {f"{kind.within}__name": str(wanted[kind.within])}
    return {kind.name: str(wanted[kind.name])}


def _is_named(kind: Kind, row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return not kind.within or kind.within not in wanted or _referred(row, kind.within) == wanted[kind.within]


def _referred(row: Mapping[str, Any], name: str) -> Any:
    """The name of the object that a field refers to."""
    return (row["summary_fields"].get(name) or {}).get("name")


def _same(name: str, value: Any, row: Mapping[str, Any], read: Read, identifiers: Mapping[int, Any]) -> bool:
    if name in _LINKS:
        return sorted(str(identifiers.get(id)) for id in row[name]) == sorted(value)
    if name == "approval_node":
        return _same_approval(value, row["summary_fields"].get("unified_job_template") or {})
    if name == "survey_spec":
        return [value] == read(f"{row['url']}{name}/", {})
    if name in _SHOWN or name in _LINKED:
        return _same_names(name, value, row, read)
    return _same_field(name, value, row)


def _same_field(name: str, value: Any, row: Mapping[str, Any]) -> bool:
    if name in _VARIABLES:
        return bool(_parsed(row.get(name)) == value)
    if isinstance(row["summary_fields"].get(name), Mapping):
        return bool(_referred(row, name) == value)
    return name in row and _same_value(row[name], value)


def _same_approval(wanted: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    return shown.get("unified_job_type") == "workflow_approval" and all(
        name in shown and _same_value(shown[name], value) for name, value in wanted.items()
    )


def _same_names(name: str, wanted: list[str], row: Mapping[str, Any], read: Read) -> bool:
    rows = row["summary_fields"].get(name) if name in _SHOWN else read(f"{row['url']}{name}/", {})
    found = [one["name"] for one in rows or []]
    return found == wanted if name in _ORDERED else sorted(found) == sorted(wanted)


def _parsed(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return None  # YAML of somebody's: the module writes it anew


def _same_value(shown: Any, wanted: Any) -> bool:
    """Before ansible-core 2.19 a template gives a text where a module takes a number or a truth value."""
    if isinstance(wanted, str) and isinstance(shown, bool):
        return _TRUTHS.get(wanted.lower()) is shown
    if isinstance(wanted, str) and isinstance(shown, int):
        return wanted == str(shown)
    return bool(shown == wanted)


def _granted(wanted: Mapping[str, Any], read: Read) -> bool:
    """Whether each team has the role in each object that the options of awx.awx.role name."""
    field, teams = f"{wanted['role']}_role", set(wanted["teams"])
    for option, names in wanted.items():
        if option in ("role", "lookup_organization", *_ACTORS):
            continue
        for name in names:
            rows = read(_ENDPOINTS.get(option, option), {"name": name})
            mine = [row for row in rows if _referred(row, "organization") == wanted["lookup_organization"]]
            role = (mine[0]["summary_fields"].get("object_roles") or {}).get(field) if len(mine) == 1 else None
            if role is None or not teams <= {team["name"] for team in read(f"roles/{role['id']}/teams", {})}:
                return False
    return "users" not in wanted
