# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""extensions/patterns: what Ansible's pattern specification asks for, and the same surveys as the role's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ansiblelint
import jsonschema
import pytest
import yaml
from controller import ROOT
from controller_rules import RESOURCES

PATTERNS = sorted((ROOT / "extensions/patterns").iterdir())
TEXT = {"type": "string", "minLength": 1}
SURVEY = {
    "type": "object",
    "required": ["name", "description", "spec"],
    "properties": {
        "spec": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["type", "question_name", "variable", "required"]}}
    },
}
TEMPLATE = {
    "type": "object",
    "required": ["name", "description", "playbook"],
    "properties": {"playbook": TEXT, "primary": {"type": "boolean"}, "survey": SURVEY},
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "title", "description", "short_description", "tags", "aap_resources"],
    "properties": {
        **{name: TEXT for name in ("name", "title", "description", "short_description")},
        "tags": {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True},
        "aap_resources": {
            "type": "object",
            "additionalProperties": False,
            "required": ["controller_project", "controller_execution_environment", "controller_labels", "controller_job_templates"],
            "properties": {
                "controller_project": {"type": "object", "required": ["name"]},
                "controller_execution_environment": {"type": "object", "required": ["name", "image_name"]},
                "controller_labels": {"type": "array", "items": TEXT},
                "controller_job_templates": {"type": "array", "minItems": 1, "items": TEMPLATE},
            },
        },
    },
}


def _definition(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "meta/pattern.json").read_text())
    return found


def _role() -> dict[str, Any]:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    found: dict[str, Any] = {}
    for path in (ROOT / "roles/awx/vars/main").glob("*.yml"):
        found |= yaml.load(path.read_text(), Loader)
    return found


@pytest.mark.parametrize("folder", PATTERNS, ids=lambda folder: folder.name)
def test_a_pattern_is_complete(folder: Path) -> None:
    found = _definition(folder)
    jsonschema.validate(found, SCHEMA)
    assert found["name"] == folder.name and len(folder.name) <= 64
    assert (folder / "README.md").read_text().startswith("# ")
    templates = found["aap_resources"]["controller_job_templates"]
    assert [row["name"] for row in templates if row.get("primary")] == ["Zoom plan"]
    schema = json.loads((Path(ansiblelint.__file__).parent / "schemas/play-argspec.json").read_text())
    jsonschema.validate(yaml.safe_load((folder / "playbooks/site.meta.yml").read_text()), schema)
    for row in templates:
        assert (folder / "playbooks" / row["playbook"]).is_file(), row["name"]
        unknown = set(row) - set(RESOURCES["job_templates"].defaults) - {"survey", "primary"}
        assert not unknown, f"AWX's job templates have no {unknown}"


@pytest.mark.parametrize("folder", PATTERNS, ids=lambda folder: folder.name)
def test_its_playbooks_are_ours(folder: Path) -> None:
    for path in (path for path in (folder / "playbooks").glob("*.yml") if not path.name.endswith(".meta.yml")):
        (imported,) = [play["ansible.builtin.import_playbook"] for play in yaml.safe_load(path.read_text()) if len(play) == 2]
        assert imported == f"workspace_zoom.provisioning.{path.stem}"


@pytest.mark.parametrize("folder", PATTERNS, ids=lambda folder: folder.name)
def test_its_surveys_and_its_catalog_ask_what_the_roles_do(folder: Path) -> None:
    role = _role()
    surveys = {row["name"]: row["survey"] for row in _definition(folder)["aap_resources"]["controller_job_templates"] if "survey" in row}
    assert surveys == {
        "Zoom apply beyond limits": role["awx_apply_survey"],
        "Zoom apply for named people": role["awx_named_survey"],
        "Zoom offboard": role["awx_offboard_survey"],
    }
    spec = yaml.safe_load((folder / "templates/rhdh.yaml").read_text())["spec"]
    asked = set(spec["steps"][0]["input"]["values"]["extraVariables"])
    assert asked <= {row["variable"] for row in role["awx_offboard_survey"]["spec"]}
    assert asked == set(spec["parameters"][0]["properties"]) - {"token"}
