# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How AWX's API shows an object, and finds one. Facts: AWX's serializers, and django-ansible-base's FieldLookupBackend."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from controller_rules import NODES, RESOURCES, Refused

if TYPE_CHECKING:
    from controller import Controller

SECRETS = {"slack": ["token"], "email": ["password"], "webhook": ["password"], "pagerduty": ["token"]}
ENCRYPTED = "$encrypted$"
TEMPLATES = ("job_templates", "workflow_job_templates", "projects", "workflow_approval_templates")
ROLES = {
    "job_templates": ("admin", "execute", "read"),
    "workflow_job_templates": ("admin", "execute", "read", "approval"),
    "teams": ("admin", "member", "read"),
}
_PAGING = ("page", "page_size")
_KINDS = {
    "job_templates": "job",
    "workflow_job_templates": "workflow_job",
    "projects": "project_update",
    "workflow_approval_templates": "workflow_approval",
}


def shown(controller: Controller, endpoint: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Secrets of a notification are never told again."""
    copy: dict[str, Any] = json.loads(json.dumps(row))
    for name in SECRETS.get(copy.get("notification_type", ""), []):
        if copy["notification_configuration"].get(name):
            copy["notification_configuration"][name] = ENCRYPTED
    summary = copy["summary_fields"]
    for name, target in RESOURCES[endpoint].references.items():
        if (found := _referred(controller, target, copy[name])) is not None:
            summary[name] = {key: found[key] for key in ("id", "name", "description")}
            if target == "unified_job_templates":
                summary[name]["unified_job_type"] = _KINDS[_home(controller, copy[name])]
                summary[name] |= {"timeout": found["timeout"]} if "workflow_approval" in found["type"] else {}
    for name in ROLES.get(endpoint, ()):
        summary.setdefault("object_roles", {})[f"{name}_role"] = {"id": controller.role(endpoint, copy["id"], name), "name": name}
    if endpoint == "job_templates":
        summary["credentials"] = _named(controller, endpoint, copy["id"], "credentials")
    if "labels" in RESOURCES[endpoint].links:
        labels = _named(controller, endpoint, copy["id"], "labels")
        summary["labels"] = {"count": len(labels), "results": labels[:10]}
    if endpoint == "workflow_job_template_nodes":
        copy |= {name: list(controller.linked(endpoint, copy["id"], name)) for name in NODES}
    return copy


def _named(controller: Controller, endpoint: str, id: int, name: str) -> list[dict[str, Any]]:
    rows = controller.objects[RESOURCES[endpoint].links[name]]
    return [{key: rows[one][key] for key in ("id", "name")} for one in controller.linked(endpoint, id, name)]


def _home(controller: Controller, id: Any) -> str:
    return next(name for name in TEMPLATES if id in controller.objects[name])


def _referred(controller: Controller, target: str, id: Any) -> dict[str, Any] | None:
    sources = TEMPLATES if target == "unified_job_templates" else (target,)
    return next((controller.objects[name][id] for name in sources if id in controller.objects[name]), None)


def search(controller: Controller, endpoint: str, query: Mapping[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """With the endpoint of each. `or__` before a field; `__startswith`, or a field of what it refers to, behind it."""
    sources = TEMPLATES if endpoint == "unified_job_templates" else (endpoint,)
    rows = [(name, row) for name in sources for row in controller.objects[name].values()]
    either = {name.removeprefix("or__"): value for name, value in query.items() if name.startswith("or__")}
    every = {name: value for name, value in query.items() if not name.startswith("or__") and name not in _PAGING}
    rows = [(name, row) for name, row in rows if all(_fits(controller, name, row, *one) for one in every.items())]
    return [(name, row) for name, row in rows if not either or any(_fits(controller, name, row, *one) for one in either.items())]


def _fits(controller: Controller, endpoint: str, row: Mapping[str, Any], path: str, value: str) -> bool:
    name, _separator, rest = path.partition("__")
    if endpoint == "workflow_approval_templates" and name == "organization":
        return False  # all templates have the field; of an approval it is empty
    if name not in row:
        raise Refused({"detail": f"{endpoint} has no field named {name}"})
    if rest in ("", "startswith"):
        text = str(row[name] if row[name] is not None else "")
        return text.startswith(value) if rest else text == value
    target = RESOURCES[endpoint].references.get(name)
    if target is None:
        raise Refused({"detail": f"{path} is not supported"})
    found = _referred(controller, target, row[name])
    return found is not None and _fits(controller, target, found, rest, value)
