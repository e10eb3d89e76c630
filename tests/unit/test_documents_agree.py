# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in several places is the same in all: options, action groups, libraries, variables of roles, versions, sentences."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcomes import OUTCOMES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._not_done import NOT_DONE
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._libraries import REQUIREMENTS

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "plugins"
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir())
OURS = "ansible_collections.workspace_zoom.provisioning.plugins"
FRAGMENT = "workspace_zoom.provisioning."
FIRST_RELEASE = (1, 0, 0)


def texts(path: Path) -> dict[str, Any]:
    """DOCUMENTATION, RETURN and so on of a plugin, or of the class of a fragment, without an import of it."""
    found: dict[str, Any] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found[getattr(node.targets[0], "id", "")] = yaml.safe_load(node.value.value)
    return found


@cache
def documented(module: str) -> dict[str, Any]:
    """Its documentation with that of its fragments, as ansible-doc puts both together; `return` has its return values."""
    own = texts(PLUGINS / "modules" / f"{module}.py")
    whole: dict[str, Any] = {"options": {}, "attributes": {}, "requirements": []}
    names = own["DOCUMENTATION"].get("extends_documentation_fragment", [])
    assert all(name.startswith(FRAGMENT) for name in names)
    fragments = [texts(PLUGINS / "doc_fragments" / f"{name.removeprefix(FRAGMENT)}.py")["DOCUMENTATION"] for name in names]
    for part in (*fragments, own["DOCUMENTATION"]):
        whole["options"].update(part.get("options", {}))
        whole["attributes"].update(part.get("attributes", {}))
        whole["requirements"] += part.get("requirements", [])
    return {**whole, "own": own["DOCUMENTATION"], "return": own["RETURN"]}


def asked_of_ansible(module: str, patch: pytest.MonkeyPatch) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The argument spec that a module gives to AnsibleModule, and the libraries that it needs."""
    code = importlib.import_module(f"{OURS}.modules.{module}")
    taken: dict[str, Any] = {}
    patch.setattr(code, "AnsibleModule", lambda argument_spec, **more: taken.update(spec=argument_spec, more=more))
    patch.setattr(code, "run_module", lambda *_given, **more: taken.update(libraries=more.get("libraries", ("requests",))))
    code.main()
    assert taken["more"]["supports_check_mode"] is True
    return taken["spec"], taken["libraries"]


IN_PYTHON = [module for module in MODULES if module != "plan_document"]  # which is an action alone


@pytest.mark.parametrize("module", IN_PYTHON)
def test_a_modules_documentation_and_its_argument_spec_have_the_same_options(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, _libraries = asked_of_ansible(module, monkeypatch)
    options = documented(module)["options"]
    assert set(spec) == set(options)
    for name, option in options.items():
        for key, unset in (("type", "str"), ("elements", None), ("required", False), ("default", None)):
            assert option.get(key, unset) == spec[name].get(key, unset), f"{name}: {key}"
        assert list(option.get("choices", [])) == list(spec[name].get("choices") or []), name
        assert list(option.get("aliases", [])) == list(spec[name].get("aliases") or []), name


def test_the_module_that_is_an_action_alone_knows_the_options_that_are_documented() -> None:
    names = re.search(r"_VALID_ARGS = frozenset\((\{.*?\})\)", (PLUGINS / "action" / "plan_document.py").read_text())
    assert names is not None
    assert ast.literal_eval(names[1]) == set(documented("plan_document")["options"])


@pytest.mark.parametrize("module", IN_PYTHON)
def test_a_module_documents_the_libraries_that_it_asks_for(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _spec, libraries = asked_of_ansible(module, monkeypatch)
    assert sorted(libraries) == sorted(documented(module)["requirements"])


def test_the_line_for_pip_names_what_an_execution_environment_installs() -> None:
    lines = (ROOT / "meta" / "ee-requirements.txt").read_text().split()
    assert sorted(lines) == sorted(REQUIREMENTS.values())


def test_each_module_says_which_action_group_it_is_in_and_no_other_is_in_one() -> None:
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["action_groups"]
    said = {module: documented(module)["attributes"].get("action_group", {}).get("membership", []) for module in MODULES}
    assert said == {module: [f"{FRAGMENT}{group}" for group, members in groups.items() if module in members] for module in MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_does_in_check_mode_and_with_a_diff(module: str) -> None:
    attributes = documented(module)["attributes"]
    assert {"check_mode", "diff_mode"} <= set(attributes)
    assert attributes["check_mode"]["support"] == "full"


TYPES = {"str": str, "int": int, "bool": bool, "dict": dict, "list": list}


@pytest.mark.parametrize("module", MODULES)
def test_each_return_value_has_a_sample_of_its_type(module: str) -> None:
    values = documented(module)["return"]
    assert {name for name, value in values.items() if "sample" not in value} == set()
    for name, value in values.items():
        assert isinstance(value["sample"], TYPES[value["type"]]) and (value["type"] == "bool") == isinstance(value["sample"], bool), name
        if value["type"] == "list":
            assert all(isinstance(item, TYPES[value["elements"]]) for item in value["sample"]), name


def patterns() -> list[re.Pattern[str]]:
    texts = (re.sub(r"\\\{\w+:([^|{}]*)\\\|([^|{}]*)\\\}", r"(\1|\2)", re.escape(outcome.text)) for outcome in OUTCOMES.values())
    return [re.compile(re.sub(r"\\\{\w+\\\}", ".+", text), re.DOTALL) for text in texts]


_WHAT = rf".+: ({'|'.join(NOT_DONE.values())})(, because |\. )"
REFUSED = re.compile(_WHAT + r".+ \[(Zoom|Google) refused [A-Z]+ \S+: .+ \(HTTP \d{3}.*\)\.\]")


def test_the_sentences_in_samples_are_those_that_a_run_reports() -> None:
    known = [*patterns(), REFUSED]
    sentences = {
        text
        for module in MODULES
        for name, value in documented(module)["return"].items()
        if name in ("failed_items", "withheld", "above_limits", "attention", "problems")
        for text in [row["message"] if isinstance(row, dict) else row for row in value["sample"]]
    }
    assert len(sentences) > 20
    assert [text for text in sentences if not any(pattern.fullmatch(text) for pattern in known)] == []


def test_nothing_was_added_before_the_first_release_or_after_this_version() -> None:
    version = tuple(map(int, str(yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]).split(".")))
    plugins = [path for kind in ("modules", "lookup", "callback") for path in sorted((PLUGINS / kind).glob("*.py"))]
    assert len(plugins) > 25
    for path in plugins:
        added = re.findall(r"^\s*version_added: (.+)$", path.read_text(), re.MULTILINE)
        assert added, path.name
        assert all(FIRST_RELEASE <= tuple(map(int, text.split("."))) <= max(FIRST_RELEASE, version) for text in added), path.name


# Licences: what REUSE can't see


def test_what_modules_share_is_under_the_licence_that_other_collections_may_use_and_all_else_under_the_gpl() -> None:
    for path in sorted(PLUGINS.rglob("*.py")):
        shared = "module_utils" in path.parts
        assert f"SPDX-License-Identifier: {'BSD-2-Clause' if shared else 'GPL-3.0-or-later'}\n" in path.read_text(encoding="utf-8"), (
            path.name
        )


def test_each_licence_that_galaxy_shows_has_its_text() -> None:
    shown = yaml.safe_load((ROOT / "galaxy.yml").read_text())["license"]
    assert sorted(f"{name}.txt" for name in shown) == sorted(path.name for path in (ROOT / "LICENSES").iterdir())


# Roles


def spec_of(role: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text())["argument_specs"]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_metadata(role: str) -> None:
    meta = yaml.safe_load((ROOT / "roles" / role / "meta" / "main.yml").read_text())
    assert meta["dependencies"] == []
    about = meta["galaxy_info"]
    assert about["author"] == yaml.safe_load((ROOT / "galaxy.yml").read_text())["authors"][0]
    assert about["license"] == "GPL-3.0-or-later"
    assert f">={about['min_ansible_version']}.0" == yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["requires_ansible"]
    assert about["description"]
    assert about["platforms"] == []


@pytest.mark.parametrize("role", ROLES)
def test_each_entry_point_of_a_role_is_described(role: str) -> None:
    """One without a description is malformed to antsibull-docs."""
    assert [name for name, entry in spec_of(role).items() if not (entry.get("short_description") and entry.get("description"))] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_readme_names_each_of_its_variables(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    names = {name for entry in spec_of(role) if entry != "playbooks" for name in spec_of(role)[entry]["options"]}
    names |= {"zoom_connection", "google_connection"} if role == "run" else set()
    assert len(names) > 2
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_defaults_are_documented_and_have_the_value_that_the_spec_says(role: str) -> None:
    options = spec_of(role)["main"]["options"]
    defaults = yaml.safe_load((ROOT / "roles" / role / "defaults" / "main.yml").read_text())
    assert set(defaults) <= set(options)
    for name, value in defaults.items():
        if not (isinstance(value, str) and "{{" in value):
            assert value == options[name].get("default", type(value)()), f"{name}: what the spec leaves out is empty"
    said = {name for name, option in options.items() if option.get("default") is not None}
    assert said <= set(defaults)


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_readme_says_what_a_play_of_ones_own_needs(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    assert "connection: local" in readme
    assert 'ansible_python_interpreter: "{{ ansible_playbook_python }}"' in readme


@pytest.mark.parametrize("role", ROLES)
def test_the_readme_of_a_role_with_entry_points_of_its_own_lists_them(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    listed = "| entry point |" in readme
    assert listed == (len(spec_of(role)) > 2)
    assert [name for name in spec_of(role) if listed and name != "playbooks" and f"`{name}`" not in readme] == []
