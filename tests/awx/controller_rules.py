# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX's API takes and refuses, for each kind of object. Facts: AWX's serializers and fields.py, version 24."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jsonschema
import yaml
from controller_messages import faults
from controller_projects import playbooks
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from controller import Controller

NOTICES = {f"notification_templates_{event}": "notification_templates" for event in ("started", "success", "error")}
NODES = {f"{kind}_nodes": "workflow_job_template_nodes" for kind in ("success", "failure", "always")}
READ_ONLY = {"type", "managed"}


class Refused(Exception):
    """HTTP 400 with this body."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__(str(body))
        self.body = body


@dataclass(frozen=True)
class Resource:
    """`references`: field -> endpoint; `links`: association -> endpoint; `unique`: with the name; `texts`: variables as JSON or YAML."""

    kind: str
    defaults: Mapping[str, Any]
    references: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    unique: tuple[str, ...] = ("organization", "name")
    texts: tuple[str, ...] = ()


_NAMED: dict[str, Any] = {"name": "", "description": ""}
_ORGANIZED = {**_NAMED, "organization": None}
_ORGANIZATION = {"organization": "organizations"}
_ASKS = (
    "variables limit tags skip_tags job_type verbosity inventory credential execution_environment forks diff_mode "
    "instance_groups job_slice_count labels timeout scm_branch"
)
_ASK = {f"ask_{name}_on_launch": False for name in _ASKS.split()}
_TEMPLATE = {**_ORGANIZED, "extra_vars": "", "limit": "", "allow_simultaneous": False, "survey_enabled": False, "scm_branch": ""}

RESOURCES: dict[str, Resource] = {
    "organizations": Resource("organization", {**_NAMED, "max_hosts": 0, "default_environment": None}, unique=("name",)),
    "credentials": Resource(
        "credential", {**_ORGANIZED, "credential_type": None, "inputs": {}}, {**_ORGANIZATION, "credential_type": "credential_types"}
    ),
    "credential_types": Resource(
        "credential_type", {**_NAMED, "kind": "", "inputs": {}, "injectors": {}, "managed": False}, unique=("kind", "name")
    ),
    "execution_environments": Resource(
        "execution_environment",
        {**_ORGANIZED, "image": "", "pull": "", "credential": None},
        {**_ORGANIZATION, "credential": "credentials"},
        unique=("name",),
    ),
    "labels": Resource("label", {"name": "", "organization": None}, _ORGANIZATION),
    "teams": Resource("team", _ORGANIZED, _ORGANIZATION),
    "instance_groups": Resource("instance_group", {"name": ""}, unique=("name",)),
    "projects": Resource(
        "project",
        {
            **_ORGANIZED,
            **dict.fromkeys(("scm_type", "scm_url", "scm_branch", "scm_refspec", "local_path"), ""),
            **dict.fromkeys(("scm_clean", "scm_delete_on_update", "scm_track_submodules", "scm_update_on_launch", "allow_override"), False),
            "scm_update_cache_timeout": 0,
            "scm_revision": "",
            "timeout": 0,
            "credential": None,
            "default_environment": None,
            "status": "never updated",
        },
        {**_ORGANIZATION, "credential": "credentials"},
    ),
    "inventories": Resource(
        "inventory",
        {**_ORGANIZED, "kind": "", "host_filter": None, "variables": "", "prevent_instance_group_fallback": False},
        _ORGANIZATION,
        texts=("variables",),
    ),
    "hosts": Resource(
        "host",
        {**_NAMED, "inventory": None, "enabled": True, "variables": ""},
        {"inventory": "inventories"},
        unique=("inventory", "name"),
        texts=("variables",),
    ),
    "notification_templates": Resource(
        "notification_template", {**_ORGANIZED, "notification_type": "", "notification_configuration": {}, "messages": None}, _ORGANIZATION
    ),
    "job_templates": Resource(
        "job_template",
        {
            **_TEMPLATE,
            **_ASK,
            **dict.fromkeys(("inventory", "project", "execution_environment", "webhook_credential"), None),
            **dict.fromkeys(("playbook", "job_tags", "skip_tags", "start_at_task", "host_config_key", "webhook_service"), ""),
            **dict.fromkeys(("force_handlers", "become_enabled", "diff_mode", "use_fact_cache", "prevent_instance_group_fallback"), False),
            **dict.fromkeys(("forks", "verbosity", "timeout"), 0),
            "job_type": "run",
            "job_slice_count": 1,
        },
        {
            **_ORGANIZATION,
            "inventory": "inventories",
            "project": "projects",
            "execution_environment": "execution_environments",
        },
        {**NOTICES, "credentials": "credentials", "instance_groups": "instance_groups", "labels": "labels"},
        texts=("extra_vars",),
    ),
    "workflow_job_templates": Resource(
        "workflow_job_template",
        {**_TEMPLATE, **_ASK, "inventory": None, "job_tags": None, "skip_tags": None},
        {**_ORGANIZATION, "inventory": "inventories"},
        {**NOTICES, "notification_templates_approvals": "notification_templates", "labels": "labels"},
        texts=("extra_vars",),
    ),
    "workflow_job_template_nodes": Resource(
        "workflow_job_template_node",
        {
            **dict.fromkeys(("inventory", "unified_job_template", "workflow_job_template", "job_type", "limit", "diff_mode"), None),
            "identifier": "",
            "extra_data": {},
            "all_parents_must_converge": False,
        },
        {"workflow_job_template": "workflow_job_templates", "unified_job_template": "unified_job_templates"},
        {**NODES, "credentials": "credentials"},
        unique=("workflow_job_template", "identifier"),
    ),
    "workflow_approval_templates": Resource("workflow_approval_template", {**_NAMED, "timeout": 0}, unique=()),
    "schedules": Resource(
        "schedule",
        {**_NAMED, "rrule": "", "unified_job_template": None, "enabled": True, "extra_data": {}, "inventory": None},
        {"unified_job_template": "unified_job_templates"},
        unique=("unified_job_template", "name"),
    ),
}

_FIELD = {
    "type": "object",
    "properties": {
        "type": {"enum": ["string", "boolean"]},
        "format": {"enum": ["ssh_private_key", "url"]},
        "choices": {"type": "array", "minItems": 1, "items": {"type": "string"}, "uniqueItems": True},
        "id": {"type": "string", "pattern": "^[a-zA-Z_]+[a-zA-Z0-9_]*$", "not": {"const": "tower"}},
        **{name: {"type": "string"} for name in ("label", "help_text")},
        **{name: {"type": "boolean"} for name in ("multiline", "secret", "ask_at_runtime")},
        "default": {},
    },
    "additionalProperties": False,
    "required": ["id", "label"],
}
_INPUTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"required": {"type": "array", "items": {"type": "string"}}, "fields": {"type": "array", "items": _FIELD}},
}
_STRING = {"type": "string"}
_INJECTORS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "file": {
            "type": "object",
            "patternProperties": {r"^template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?$": _STRING},
            "additionalProperties": False,
        },
        "env": {"type": "object", "patternProperties": {"^(?!ANSIBLE_)[a-zA-Z_]+[a-zA-Z0-9_]*$": _STRING}, "additionalProperties": False},
        "extra_vars": {
            "type": "object",
            "patternProperties": {
                r"^[a-zA-Z_\{\}]+[a-zA-Z0-9_\{\}]*$": {"anyOf": [_STRING, {"type": "array"}, {"$ref": "#/properties/extra_vars"}]}
            },
            "additionalProperties": False,
        },
    },
}
_RRULE = re.compile(r"DTSTART(;TZID=[^:]+)?:\d{8}T\d{6}Z? RRULE:(?=.*FREQ=)(?=.*INTERVAL=\d+)[A-Z0-9;=,]+$")


def check(controller: Controller, endpoint: str, body: Mapping[str, Any], row: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields to keep; `row` is what they change, None for a new object."""
    resource = RESOURCES[endpoint]
    unknown = set(body) - set(resource.defaults) - READ_ONLY
    if unknown:
        raise Refused({name: ["Unknown field."] for name in unknown})
    fields = {name: value for name, value in body.items() if name not in READ_ONLY}
    whole = {**resource.defaults, **(row or {}), **fields}
    for name, target in resource.references.items():
        if whole[name] is not None and not _exists(controller, target, whole[name]):
            raise Refused({name: [f'Invalid pk "{whole[name]}" - object does not exist.']})
    for other in controller.objects[endpoint].values():
        if resource.unique and all(other[name] == whole[name] for name in resource.unique) and other is not row:
            raise Refused({"__all__": [f"{resource.kind} with this {', '.join(resource.unique)} already exists."]})
    for name in resource.texts:
        _variables(name, whole[name])
    if endpoint in _RULES:
        _RULES[endpoint](controller, whole)
    return fields


def _notification(_controller: Controller, row: Mapping[str, Any]) -> None:
    if found := faults(row["messages"]):
        raise Refused({"messages": found})


def _schedule(_controller: Controller, row: Mapping[str, Any]) -> None:
    if not _RRULE.match(row["rrule"]):
        raise Refused({"rrule": [f"rrule parsing failed validation: {row['rrule']}"]})


def _job_template(controller: Controller, row: Mapping[str, Any]) -> None:
    if row["playbook"] not in playbooks(controller, row["project"]):
        raise Refused({"playbook": ["Playbook not found for project."]})
    for name in ("timeout", "job_slice_count"):
        if not isinstance(row[name], int) or isinstance(row[name], bool) or row[name] < 0:
            raise Refused({name: ["A valid integer is required."]})


def _node(controller: Controller, row: Mapping[str, Any]) -> None:
    """Variables of a node are taken if its template asks for them at launch, or its survey does."""
    template = controller.objects["job_templates"].get(row["unified_job_template"])
    if not row["extra_data"] or (template is not None and template["ask_variables_on_launch"]):
        return
    survey = controller.surveys.get(template["id"], {}) if template is not None and template["survey_enabled"] else {}
    unasked = sorted(set(row["extra_data"]) - {item["variable"] for item in survey.get("spec", [])})
    if unasked:
        raise Refused({"extra_data": [f"Variables {', '.join(unasked)} are not allowed on launch. Check the Prompt on Launch setting."]})


def _exists(controller: Controller, target: str, id: Any) -> bool:
    if target == "unified_job_templates":
        return any(id in controller.objects[name] for name in ("job_templates", "workflow_job_templates", "projects"))
    return id in controller.objects[target]


def _variables(name: str, text: str) -> None:
    try:
        found = yaml.safe_load(text) if text else {}
    except yaml.YAMLError as error:
        raise Refused({name: [f"Cannot parse as JSON or YAML: {error}"]}) from None
    if not isinstance(found, dict):
        raise Refused({name: ["Must be a dictionary."]})


def _credential_type(_controller: Controller, row: Mapping[str, Any]) -> None:
    """Schemas, and each template rendered with the fields that the inputs define."""
    try:
        jsonschema.validate(row["inputs"], _INPUTS)
        jsonschema.validate(row["injectors"], _INJECTORS)
    except jsonschema.ValidationError as error:
        raise Refused({"injectors": [error.message]}) from None
    for item in row["inputs"].get("fields", []):
        item.setdefault("type", "string")
    files = {name.partition(".")[2]: "EXAMPLE" for name in row["injectors"].get("file", {})}
    namespace = {item["id"]: "EXAMPLE" for item in row["inputs"].get("fields", [])}
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for text in _strings(row["injectors"]):
        try:
            sandbox.from_string(text).render(**namespace, tower={"filename": files})
        except Exception as error:
            raise Refused({"injectors": [f"{text} uses an undefined field ({error})"]}) from None


def _strings(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        return [text for key, value in node.items() for text in (*_strings(key), *_strings(value))]
    if isinstance(node, list):
        return [text for value in node for text in _strings(value)]
    return [node]


_RULES: dict[str, Callable[[Any, Mapping[str, Any]], None]] = {
    "credential_types": _credential_type,
    "job_templates": _job_template,
    "notification_templates": _notification,
    "schedules": _schedule,
    "workflow_job_template_nodes": _node,
}
