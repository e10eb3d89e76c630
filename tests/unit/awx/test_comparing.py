# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an object of AWX is as a module's options want it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._awx._comparing import differs

OURS = {"organization": {"id": 1, "name": "Default"}}
SURVEY = {"name": "", "description": "", "spec": [{"variable": "who"}]}
TEMPLATE = {
    "id": 7,
    "url": "/api/v2/job_templates/7/",
    "name": "Zoom plan",
    "organization": 1,
    "project": 3,
    "timeout": 60,
    "diff_mode": True,
    "extra_vars": '{"a": 1}',
    "summary_fields": {
        **OURS,
        "project": {"id": 3, "name": "Zoom playbooks"},
        "credentials": [{"name": "Zoom of a"}, {"name": "Google of a"}],
    },
}
WANTED = {
    "name": "Zoom plan",
    "organization": "Default",
    "project": "Zoom playbooks",
    "timeout": "60",
    "diff_mode": "True",
    "extra_vars": {"a": 1},
    "credentials": ["Google of a", "Zoom of a"],
    "labels": ["zoom"],
    "instance_groups": ["one", "two"],
    "survey_spec": SURVEY,
}
LINKED = {
    "/api/v2/job_templates/7/labels/": [{"name": "zoom"}],
    "/api/v2/job_templates/7/instance_groups/": [{"name": "one"}, {"name": "two"}],
    "/api/v2/job_templates/7/survey_spec/": [SURVEY],
}


def reader(found: Mapping[str, list[Any]]) -> Any:
    return lambda path, _query: found.get(path, [])


def check(wanted: Mapping[str, Any], row: Mapping[str, Any] | None = None, **linked: Any) -> bool:
    row = TEMPLATE if row is None else row
    urls = {f"{row['url']}{name}/": rows for name, rows in linked.items()}
    return differs("job_templates", wanted, reader({**LINKED, **urls, "job_templates": [row]}))


def test_what_is_as_it_is_wanted_does_not_differ() -> None:
    assert not check(WANTED)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Zoom apply"},
        {"organization": "Other"},
        {"project": "Other"},
        {"timeout": "61"},
        {"diff_mode": "no"},
        {"diff_mode": "perhaps"},
        {"extra_vars": {"a": 2}},
        {"credentials": ["Zoom of a"]},
        {"labels": []},
        {"instance_groups": ["two", "one"]},
        {"survey_spec": {}},
        {"something_new": 1},
    ],
    ids=str,
)
def test_each_option_is_compared(change: Mapping[str, Any]) -> None:
    assert check({**WANTED, **change})


def test_variables_that_somebody_typed_as_yaml_and_an_unset_reference_differ() -> None:
    assert check(WANTED, {**TEMPLATE, "extra_vars": "a: 1"})
    assert not check({**WANTED, "extra_vars": {}}, {**TEMPLATE, "extra_vars": ""})
    assert not check(WANTED, {**TEMPLATE, "extra_vars": json.loads(TEMPLATE["extra_vars"])})
    assert check(WANTED, {**TEMPLATE, "project": None, "summary_fields": {**TEMPLATE["summary_fields"], "project": None}})


def test_none_and_two_of_a_name_are_for_the_module_to_report() -> None:
    assert differs("job_templates", WANTED, reader({}))
    assert differs("job_templates", WANTED, reader({**LINKED, "job_templates": [TEMPLATE, {**TEMPLATE, "id": 8}]}))


def test_one_of_another_organization_is_another_one() -> None:
    other = {**TEMPLATE, "id": 8, "timeout": 1, "summary_fields": {"organization": {"id": 2, "name": "Other"}}}
    assert not differs("job_templates", WANTED, reader({**LINKED, "job_templates": [other, TEMPLATE]}))


APPROVAL = {"id": 9, "name": "Zoom approval", "description": "Read it.", "timeout": 60, "unified_job_type": "workflow_approval"}


def node(id: int, identifier: str, **more: Any) -> dict[str, Any]:
    links = {f"{kind}_nodes": [] for kind in ("success", "failure", "always")}
    summary = {"workflow_job_template": {"id": 1, "name": "Zoom provisioning"}, "unified_job_template": APPROVAL}
    return {
        "id": id,
        "identifier": identifier,
        "workflow_job_template": 1,
        "url": f"/nodes/{id}/",
        "summary_fields": summary,
        **links,
        **more,
    }


def test_a_node_is_compared_with_its_links_and_its_approval() -> None:
    rows = reader({"workflow_job_template_nodes": [node(1, "approval", success_nodes=[2]), node(2, "apply")]})
    where = {
        "workflow_job_template": "Zoom provisioning",
        "organization": "Default",
        "identifier": "approval",
        "lookup_organization": "Default",
    }

    def check_node(**more: Any) -> bool:
        return differs("workflow_job_template_nodes", {**where, **more}, rows)

    approval = {"name": "Zoom approval", "description": "Read it.", "timeout": "60"}
    assert not check_node(success_nodes=["apply"], failure_nodes=[], approval_node=approval)
    assert check_node(success_nodes=[])
    assert check_node(failure_nodes=["apply"])
    assert check_node(approval_node={**approval, "timeout": "61"})
    assert check_node(identifier="gone")
    other = reader(
        {
            "workflow_job_template_nodes": [
                node(1, "approval", summary_fields={**node(1, "")["summary_fields"], "unified_job_template": None})
            ]
        }
    )
    assert differs("workflow_job_template_nodes", {**where, "approval_node": approval}, other)


def test_a_right_is_there_if_all_teams_have_it_in_all_objects() -> None:
    roles = {"object_roles": {"approval_role": {"id": 3}}}
    row = {"id": 1, "name": "Zoom provisioning", "summary_fields": {**OURS, **roles}}
    given = {"role": "approval", "teams": ["Leads"], "workflows": ["Zoom provisioning"], "lookup_organization": "Default"}
    found = {"workflow_job_templates": [row], "roles/3/teams": [{"name": "Leads"}, {"name": "Others"}]}
    assert not differs("roles", given, reader(found))
    assert differs("roles", {**given, "teams": ["Leads", "New"]}, reader(found))
    assert differs("roles", {**given, "role": "execute"}, reader(found))
    assert differs("roles", {**given, "lookup_organization": "Other"}, reader(found))
    assert differs("roles", {**given, "users": ["ada"]}, reader(found)), "users are not looked at"
