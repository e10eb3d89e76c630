# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of variables: whole, the same as the roles say, and near to no ordinary name."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import variables_page
import yaml
from ansible.module_utils.ansible_release import __version__ as CORE
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._given import read_given
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._typed import KINDS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._unknown import overridden, unknown_variables
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import INTERNAL, ROLES, VARIABLES
from variables_page import ROOT, specs

OURS = re.compile(r"\b(?:(?:scope|attribute_mapping|license_defaults|group_mapping|provisioning|offboard|undo|drift)_\w+|\w+_connection)\b")
# `provisioning_plan` and `provisioning_report` are callbacks, `scope_group.json` and `zoom_connection_` parts of other words.
# ansible-core 2.18 takes null for no text where the spec has a default, and in a list; later ones take it as blank, as we do.
NULL_IS_NO_TEXT = CORE.startswith("2.18.")
NOT_VARIABLES = {"provisioning_plan", "provisioning_report"}
FOLDERS = (*(f"roles/{role}" for role in (*ROLES, "run")), "playbooks")
TASKS = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.yml"))]


def test_every_name_in_roles_and_playbooks_is_in_the_table_or_among_the_internal_ones() -> None:
    named = {name for path in TASKS for name in OURS.findall(path.read_text()) if not name.endswith("_")}
    assert named - set(VARIABLES) - NOT_VARIABLES == set(INTERNAL) & named
    assert set(INTERNAL) <= named, "no longer used"
    assert set(VARIABLES) <= named, "no longer used"


@pytest.mark.parametrize("role", ROLES)
def test_the_argument_specs_say_what_the_table_says(role: str) -> None:
    table = {name: row for name, row in VARIABLES.items() if row.role == role}
    for entry, spec in specs(role).items():
        if spec["options"]:
            assert set(spec["options"]) == set(table), entry
        for name, option in spec["options"].items():
            row = table[name]
            assert option["type"] in ("raw", KINDS[row.kind].type), name
            assert tuple(item for item in option.get("choices", []) if item) == row.choices, name
            assert option.get("default", row.default) == row.default, name
            assert "default" in option or row.default in (None, []), name


@pytest.mark.parametrize("role", ROLES)
def test_the_roles_defaults_are_the_tables(role: str) -> None:
    given = yaml.safe_load((ROOT / "roles" / role / "defaults" / "main.yml").read_text())
    assert given == {name: row.default for name, row in VARIABLES.items() if row.role == role and row.default is not None}


def test_the_role_of_what_a_run_shares_says_what_the_table_says() -> None:
    """The connections are in no entry point that has tasks: an error of Ansible's own check may quote a secret."""
    table = {name: row for name, row in VARIABLES.items() if not row.role}
    entries = {entry: spec["options"] for entry, spec in specs("run").items() if spec["options"]}
    assert list(entries) == ["main", "playbooks"]
    tasks = {path.stem for path in (ROOT / "roles/run/tasks").glob("*.yml")}
    assert set(specs("run")) - tasks == {"playbooks"}, "what has no tasks is checked by nobody"
    assert not entries["main"].keys() & entries["playbooks"].keys()
    assert {name for name in table if name.startswith("provisioning_") and name != "provisioning_hosts"} == set(entries["main"])
    options = {**entries["main"], **entries["playbooks"]}
    assert {name: option.get("default") for name, option in options.items()} == {name: row.default for name, row in table.items()}
    assert {name: tuple(item for item in option.get("choices", []) if item) for name, option in entries["playbooks"].items()} == {
        name: table[name].choices for name in entries["playbooks"]
    }
    assert {option["type"] for option in options.values()} == {"raw"}
    defaults = yaml.safe_load((ROOT / "roles/run/defaults/main.yml").read_text())
    assert defaults == {name: table[name].default for name in entries["main"] if table[name].default is not None}


DEFAULTS_OF = {"zoom_scim_users": "attribute_mapping", "zoom_license_default": "license_defaults", "zoom_groups": "group_mapping"}


@pytest.mark.parametrize("module", DEFAULTS_OF)
def test_what_a_role_leaves_out_is_its_default_in_the_module_too(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = importlib.import_module(f"ansible_collections.workspace_zoom.provisioning.plugins.modules.{module}")
    taken: dict[str, Any] = {}
    monkeypatch.setattr(code, "AnsibleModule", lambda argument_spec, **_more: taken.update(argument_spec))
    monkeypatch.setattr(code, "run_module", lambda *_given, **_more: None)
    code.main()
    for name, row in VARIABLES.items():
        option = taken.get(name.removeprefix(f"{row.role}_")) if row.role == DEFAULTS_OF[module] else None
        if option and "default" in option:
            assert option["default"] == row.default, name


@pytest.mark.parametrize("role", [*ROLES, "run"])
@pytest.mark.parametrize("blank", [None, ""])
def test_ansibles_own_check_lets_every_blank_pass(role: str, blank: Any) -> None:
    for entry, spec in specs(role).items():
        strict = {name for name, option in spec["options"].items() if option["type"] == "str" and option.get("default") is not None}
        given = {name: blank for name in spec["options"] if not (NULL_IS_NO_TEXT and blank is None and name in strict)}
        assert ArgumentSpecValidator(spec["options"]).validate(given).error_messages == [], entry


def test_ansibles_own_check_is_a_second_net() -> None:
    spec = specs("attribute_mapping")["main"]["options"]
    checked = ArgumentSpecValidator(spec).validate({"attribute_mapping_verify_unlisted": "allways"})
    assert "must be one of: on_create, always" in checked.error_messages[0]


ODD: list[Any] = ["x", "allways", "-5", 5, -5, 5.5, True, [1], ["x"], [[]], [{}], {"a": 1}, {"a": {"b": []}}, [None], "a,b", "{}"]


@pytest.mark.parametrize("role", ROLES)
def test_what_ansibles_own_check_refuses_ours_refuses_before_it(role: str) -> None:
    """So site.yml, in which ours comes first, leaves Ansible's out (`rolespec_validate`)."""
    spec = specs(role)["main"]["options"]
    for name in spec:
        for value in ODD:
            if NULL_IS_NO_TEXT and value == [None]:
                continue
            if ArgumentSpecValidator({name: spec[name]}).validate({name: value}).error_messages:
                with pytest.raises(PolicyError):
                    read_given({role: {name.removeprefix(f"{role}_"): value}})


def test_only_what_comes_after_our_own_check_leaves_out_ansibles() -> None:
    left_out = {path.relative_to(ROOT).as_posix() for path in TASKS if "rolespec_validate" in path.read_text()}
    beside = {f"playbooks/{name}.yml" for name in ("offboard", "preflight", "undo")}
    assert left_out == {"playbooks/site.yml", "playbooks/tasks/phases.yml", "roles/scope/tasks/read.yml", *beside}
    for path in sorted(beside):
        roles = re.findall(r"name: workspace_zoom\.provisioning\.(\w+)\n +tasks_from: (\w+)", (ROOT / path).read_text())
        assert roles[0] == ("run", "validate"), "our own check comes first"
        assert {name for role, name in roles if role == "run"} <= {"validate", "read_zoom", "unlock"}
    assert all(specs("run")[name]["options"] == {} for name in ("validate", "read_zoom", "unlock")), "nothing is left out there"
    first, *others = yaml.safe_load((ROOT / "playbooks/tasks/phases.yml").read_text())
    assert first["ansible.builtin.import_role"] == {
        "name": "workspace_zoom.provisioning.run",
        "tasks_from": "validate",
        "rolespec_validate": False,
    }
    assert first["tags"] == ["always"]
    roles = [task["ansible.builtin.import_role"] for task in others if "ansible.builtin.import_role" in task]
    assert len(roles) == 5
    assert [role["rolespec_validate"] for role in roles] == [False] * 5


def test_every_tasks_file_that_is_named_has_an_entry_point_in_the_specs() -> None:
    """With its extension, or without an entry point of its name, no spec is ever checked."""
    used = set[tuple[str, str]]()
    for path in TASKS:
        found = re.findall(r"name: workspace_zoom\.provisioning\.(\w+)\n\s+tasks_from: (.+)", path.read_text())
        used |= {(role, name) for role, text in found for name in (re.findall(r"'([^']+)'", text) or [text])}
    assert len(used) >= 8
    for role, name in sorted(used):
        assert name in specs(role), (role, name)


def test_the_docs_print_the_table() -> None:
    assert variables_page.PAGE.read_text(encoding="utf-8") == variables_page.page(), "run make docs"


MEANT = {
    "scope_exclude_group": "scope_exclude_groups",
    "scope_excluded_groups": "scope_exclude_groups",
    "scop_groups": "scope_groups",
    "scope-groups": "scope_groups",
    "license_default": "license_defaults_default",
    "licence_default": "license_defaults_default",
    "licence_defaults_default": "license_defaults_default",
    "license_defaults_rule": "license_defaults_rules",
    "attribute_mapping_max_deactivation": "attribute_mapping_max_deactivations",
    "attribute_maping_prune": "attribute_mapping_prune",
    "group_mappings_groups": "group_mapping_groups",
    "attribute_mapping_max_rename": "attribute_mapping_max_renames",
    "attribute_mapping_max_update": "attribute_mapping_max_updates",
    "attribute_mapping_max_creation": "attribute_mapping_max_creations",
    "provisioning_allow_loss": "provisioning_allow_losses",
    "provisioning_allow_gain": "provisioning_allow_gains",
    "allow_gains": "provisioning_allow_gains",
    "provisoning_state_dir": "provisioning_state_dir",
    "zoom_conection": "zoom_connection",
    "google_connections": "google_connection",
    "offboard_user": "offboard_users",
    "drift_fail_on": "drift_fails_on",
    "drift_fail": "drift_fails_on",
    "drift_fails": "drift_fails_on",
    "offboard_transfer_email": "offboard_transfer",
    "offboard_hold": "offboard_hold_group",
    "undo_created": "undo_creations",
    "undo_max_creations": "undo_creations",
    "license_rules": "license_defaults_rules",
    "licence_rules": "license_defaults_rules",
    "license_reserve": "license_defaults_reserve",
    "allow_losses": "provisioning_allow_losses",
    "verify_unlisted": "attribute_mapping_verify_unlisted",
    "SCOPE_GROUPS": "scope_groups",
    "Provisioning_allow_losses": "provisioning_allow_losses",
    "LICENCE_RULES": "license_defaults_rules",
}


@pytest.mark.parametrize("name", MEANT)
def test_a_name_near_to_one_of_ours_is_told_which_one(name: str) -> None:
    assert unknown_variables([name]) == [f"{name} is no variable of this collection; did you mean {MEANT[name]}?"]


@pytest.mark.parametrize("name", ["license_defaults", "attribute_mappings", "scope_zzz", "undo_kinds", "offboard_heir"])
def test_a_name_that_may_mean_any_of_them_is_told_all_of_that_beginning(name: str) -> None:
    (sentence,) = unknown_variables([name])
    assert "those that begin with" in sentence


# Ansible's own, a controller's, connection variables, facts, and what inventories and vaults use to hold.
ORDINARY = Path(__file__).with_name("ordinary_variables.txt").read_text().split()
TASK_VARIABLES = ["scope_limit", "scope_state_dir", "scope_people_path", "attribute_mapping_licenses", "attribute_mapping_has_licenses"]


@pytest.mark.parametrize("name", [*TASK_VARIABLES, "offboard_list", "offboard_who", "drift_dir", "drift_counted"])
def test_names_that_only_a_task_would_hold_are_refused_as_they_would_have_no_effect_or_too_much(name: str) -> None:
    assert name not in INTERNAL
    assert unknown_variables([name])[0].startswith(f"{name} is no variable of this collection; ")


# For the callback; and the guard's, of which policy_validate refuses an extra variable that would let a host pass.
OPEN_TO_ALL = {"provisioning_verdict", "scope_tenant_problems"}


def test_variables_of_tasks_have_names_that_nobody_types() -> None:
    """With -e each of them would win over the task's own."""
    for path in TASKS:
        own = {name for part in parts(yaml.safe_load(path.read_text())) for name in part.get("vars") or {}}
        assert {name for name in own if not name.startswith(("_", "ansible_"))} <= OPEN_TO_ALL, path


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Plays, blocks and tasks."""
    for item in value if isinstance(value, list) else []:
        yield item
        for key in ("tasks", "block", "rescue", "always"):
            yield from parts(item.get(key))


def test_an_extra_variable_never_takes_the_place_of_a_result() -> None:
    handed_on = ["provisioning_request", "provisioning_tenant_a_plan"]
    assert unknown_variables(handed_on) == []
    assert overridden(["provisioning_problems", "scope_tenant_problems", "scope_groups", *handed_on]) == [
        "provisioning_problems is what this collection finds out by itself; take it out of the extra variables (-e).",
        "scope_tenant_problems is what this collection finds out by itself; take it out of the extra variables (-e).",
    ]


def test_ordinary_names_are_nobodys_business() -> None:
    assert len(ORDINARY) > 300
    assert unknown_variables([*ORDINARY, *VARIABLES, *INTERNAL]) == []
