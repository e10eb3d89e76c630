# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house: its rooms in order, no arrow up, no circle, relative imports only."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._headings import PHASES

UTILS = Path(__file__).parents[2] / "plugins" / "module_utils"
ROOMS = {"_transport": 1, "_model": 1, "_plan": 2, "_report": 3, "_frame": 4, "_read": 5, "_write": 6, "_run": 7}


def imports() -> dict[Path, set[Path]]:
    graph: dict[Path, set[Path]] = {}
    for path in sorted(UTILS.rglob("*.py")):
        graph[path] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("ansible_collections"), f"{path.name} imports the collection absolutely"
                if node.level:
                    base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                    targets = [base.with_suffix(".py")] if node.module else []
                    targets += [base / f"{alias.name}.py" for alias in node.names]
                    graph[path] |= {target for target in targets if target.is_file()}
    return graph


def floor(path: Path) -> int:
    return ROOMS[path.relative_to(UTILS).parts[0]]


def test_every_relative_import_leads_to_a_file_that_is_there() -> None:
    assert any(imports().values())


def test_no_import_runs_up_a_floor_or_across_the_ground_floor() -> None:
    for path, targets in imports().items():
        for target in targets:
            assert floor(target) < floor(path) or target.parent == path.parent, f"{path.name} imports {target.name}"


def test_there_is_no_circle() -> None:
    tuple(TopologicalSorter(imports()).static_order())


DOCUMENTED = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
MODULES = sorted((UTILS.parent / "modules").glob("*.py"))


def code_lines(path: Path) -> int:
    """Lines of statements, without documentation, blanks and comments."""
    lines = set[int]()
    for node in ast.parse(path.read_text()).body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_documentation = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in DOCUMENTED
        if not is_text and not is_documentation:
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_a_module_is_its_documentation_its_options_and_little_else() -> None:
    assert len(MODULES) == 17
    assert {path.stem: code_lines(path) for path in MODULES if code_lines(path) > 60} == {}


def test_no_file_holds_more_than_one_idea() -> None:
    assert [path.name for path in UTILS.rglob("*.py") if len(path.read_text().splitlines()) > 300] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in UTILS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def test_a_modules_own_work_is_one_short_file() -> None:
    lines = {path.name: len(path.read_text().splitlines()) for path in (UTILS / "_run").glob("*.py")}
    assert sum(lines.values()) <= 1200, lines


def test_code_of_the_controllers_plugins_is_pure_and_needs_neither_ansible_nor_a_client() -> None:
    paths = sorted((UTILS.parent / "plugin_utils").rglob("*.py"))
    assert paths
    for path in paths:
        assert len(path.read_text().splitlines()) <= 400
        named = {node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
        assert not {name for name in named if name.startswith("ansible") or "_transport" in name or "_plan." in name}, path.name


def test_no_two_test_files_share_a_name() -> None:
    """pytest imports the files of folders that are no packages by their name alone, and stops at the second one."""
    names = [path.name for path in UTILS.parents[1].glob("tests/**/test_*.py")]
    assert names
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_every_module_has_an_action_group_and_a_phase_in_the_plan_document() -> None:
    groups = yaml.safe_load((UTILS.parents[1] / "meta" / "runtime.yml").read_text())["action_groups"]
    for side in ("google", "zoom"):
        assert groups[side] == sorted(path.stem for path in MODULES if path.stem.startswith(f"{side}_")), side
    writing = {path.stem for path in MODULES} - {path.stem for path in MODULES if path.stem.endswith("_info")} - {"policy_validate"}
    assert writing <= PHASES.keys()
