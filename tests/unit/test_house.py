# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house: its rooms in order, no arrow up, no circle, relative imports only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._phases import PHASES

UTILS = Path(__file__).parents[2] / "plugins" / "module_utils"
ROOMS = {"_transport": 1, "_model": 1, "_plan": 2, "_report": 3, "_frame": 4, "_read": 5, "_write": 6, "_run": 7}


DOCS = UTILS.parents[1] / "docs"


def relative_imports(path: Path, source: str) -> Iterator[list[Path]]:
    """For each name that a relative import takes: the files that it may lead to."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                inside = [base / f"{alias.name}.py", base / alias.name / "__init__.py"]
                yield [base.with_suffix(".py"), *inside] if node.module else inside


def imports() -> dict[Path, set[Path]]:
    return {
        path: {target for targets in relative_imports(path, path.read_text()) for target in targets if target.is_file()}
        for path in sorted(UTILS.rglob("*.py"))
    }


def floor(path: Path) -> int:
    return ROOMS[path.relative_to(UTILS).parts[0]]


def leads_nowhere(path: Path, source: str) -> list[str]:
    return [str(targets[0]) for targets in relative_imports(path, source) if not any(target.is_file() for target in targets)]


def test_every_relative_import_leads_to_a_file_that_is_there() -> None:
    paths = sorted(UTILS.parent.rglob("*.py"))
    assert len(paths) > len(ROOMS)
    assert {str(path): found for path in paths if (found := leads_nowhere(path, path.read_text()))} == {}


@pytest.mark.parametrize("source", ["from ._gone import x", "from .._modle._text import fold", "from . import _gone"])
def test_an_import_of_what_is_not_there_would_be_found(source: str) -> None:
    assert leads_nowhere(UTILS / "_plan" / "_change.py", f"from ._actions import ACTIONS\nfrom .._model import _text\n{source}") != []


def test_no_file_imports_the_collection_by_its_whole_name() -> None:
    whole = re.compile(r"^\s*(from|import) ansible_collections", re.MULTILINE)
    assert [path.name for path in UTILS.rglob("*.py") if whole.search(path.read_text())] == []


def test_no_import_runs_up_a_floor_or_across_the_ground_floor() -> None:
    for path, targets in imports().items():
        for target in targets:
            assert floor(target) < floor(path) or target.parent == path.parent, f"{path.name} imports {target.name}"


def test_there_is_no_circle() -> None:
    tuple(TopologicalSorter(imports()).static_order())


# The picture of docs/architecture.md: room -> rooms below that an arrow leads to


def arrows() -> dict[str, set[str]]:
    picture = (DOCS / "architecture.md").read_text().partition("```mermaid")[2].partition("```")[0]
    found: dict[str, set[str]] = {}
    for sources, targets in re.findall(r"^\s*(.+?) --> (.+)$", picture, re.MULTILINE):
        for source in sources.split(" & "):
            found.setdefault(source.partition("[")[0], set()).update(target.partition("[")[0] for target in targets.split(" & "))
    return found


def below(room: str) -> set[str]:
    """Rooms that a path of the picture leads to."""
    return set(arrows().get(room, ())).union(*(below(target) for target in arrows().get(room, ())))


def between_rooms() -> set[tuple[str, str]]:
    pairs = {(path.parent.name[1:], target.parent.name[1:]) for path, targets in imports().items() for target in targets}
    return {(room, other) for room, other in pairs if room != other}


def test_each_import_between_rooms_goes_along_a_path_of_the_picture() -> None:
    assert sorted((room, other) for room, other in between_rooms() if other not in below(room)) == []


def test_each_arrow_between_rooms_of_the_picture_is_an_import() -> None:
    rooms = {room[1:] for room in ROOMS}
    drawn = {(room, other) for room, others in arrows().items() for other in others if room in rooms}
    assert {room for room, _other in drawn} == rooms - {"model", "transport"}
    assert sorted(drawn - between_rooms()) == []


# Tests live where their sources do

UNIT = Path(__file__).parent


def test_each_folder_of_unit_tests_is_a_room_or_a_package_of_the_controllers_code() -> None:
    packages = {path.name for path in (UTILS.parent / "plugin_utils").iterdir() if path.is_dir()}
    folders = {f"_{path.name}" for path in UNIT.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= ROOMS.keys() | packages


def test_each_test_file_of_a_room_is_about_that_room() -> None:
    """Many are about what several of its modules do together, so that names of files need not agree."""
    files = [path for room in ROOMS for path in sorted(UNIT.glob(f"{room[1:]}/test_*.py"))]
    assert len(files) > 40
    strangers = [path.name for path in files if f"module_utils._{path.parent.name}." not in path.read_text().replace(" import _", "._")]
    assert strangers == []


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
    assert len(MODULES) == 21
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
    assert sum(lines.values()) <= 1280, lines


def test_code_of_the_controllers_plugins_is_pure_and_needs_neither_ansible_nor_a_client() -> None:
    paths = [path for path in sorted((UTILS.parent / "plugin_utils").rglob("*.py")) if path.name != "_in_place.py"]  # an action itself
    assert paths
    for path in paths:
        assert len(path.read_text().splitlines()) <= 400
        named = {node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
        assert not {name for name in named if name.startswith("ansible") or "_transport" in name or "_plan." in name}, path.name


def test_every_module_has_an_action_that_runs_it_in_place() -> None:
    actions = UTILS.parent / "action"
    assert {path.stem for path in MODULES} == {path.stem for path in actions.glob("*.py")}
    assert {path.stem for path in actions.glob("*.py") if "InPlace" not in path.read_text()} == {"plan_document"}


def test_no_two_test_files_share_a_name() -> None:
    """pytest imports the files of folders that are no packages by their name alone, and stops at the second one."""
    tests = UTILS.parents[1] / "tests"  # where ansible-test puts its environments too
    names = [path.name for path in tests.glob("**/test_*.py") if path.relative_to(tests).parts[0] != "output"]
    assert names
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_every_module_has_an_action_group_and_a_phase_in_the_plan_document() -> None:
    groups = yaml.safe_load((UTILS.parents[1] / "meta" / "runtime.yml").read_text())["action_groups"]
    for side in ("google", "zoom"):
        assert groups[side] == sorted(path.stem for path in MODULES if path.stem.startswith(f"{side}_")), side
    writing = (
        {path.stem for path in MODULES}
        - {path.stem for path in MODULES if path.stem.endswith("_info")}
        - {"policy_validate", "plan_document", "run_lock", "google_user_watch"}  # which are about nobody
    )
    assert writing <= PHASES.keys()
