# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox is a house of its own: floors, no arrow upwards, no circle, and no part that holds the whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import pytest
from sandbox.frame.clock import Clock
from sandbox.frame.context import Served
from sandbox.google import routes as google
from sandbox.google.workspace import Workspace
from sandbox.settings import Switches
from sandbox.zoom import routes as zoom
from sandbox.zoom.account import ZoomAccount

SANDBOX = Path(__file__).parents[2] / "extensions" / "sandbox"
SIDES = ("google", "zoom")
# folder -> floor; files beside the folders of a side bring it together, those of the sandbox bring both sides together
FLOORS = {"frame": 1, "seed": 1, "store": 2, "rules": 3, "endpoints": 4}
SIDE, WHOLE = 5, 6


def imports() -> dict[Path, set[Path]]:
    """Every import of every file, those for type checkers and inside functions too."""
    graph: dict[Path, set[Path]] = {}
    for path in sorted(SANDBOX.rglob("*.py")):
        graph[path] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not any(alias.name.partition(".")[0] == "sandbox" for alias in node.names), f"{path} imports the sandbox absolutely"
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] != "sandbox" or node.level, f"{path} imports the sandbox absolutely"
            if isinstance(node, ast.ImportFrom) and node.level:
                base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                targets = [base / f"{alias.name}.py" for alias in node.names]
                targets += [base / alias.name / "__init__.py" for alias in node.names]
                targets += [base.with_suffix(".py"), base / "__init__.py"] if node.module else []
                graph[path] |= {target for target in targets if target.is_file()}
    return graph


def floor(path: Path) -> int:
    folders = [part for part in path.relative_to(SANDBOX).parts[:-1] if part not in SIDES]
    if folders:
        return FLOORS[folders[0]]
    return SIDE if side(path) else WHOLE


def side(path: Path) -> str:
    return next((part for part in path.relative_to(SANDBOX).parts[:-1] if part in SIDES), "")


def test_every_file_stands_on_a_floor() -> None:
    assert {floor(path) for path in imports()} == {1, 2, 3, 4, SIDE, WHOLE}


def test_no_import_runs_up_a_floor() -> None:
    wrong = [(path, target) for path, targets in imports().items() for target in targets if floor(target) > floor(path)]
    assert [f"{path.relative_to(SANDBOX)} imports {target.relative_to(SANDBOX)}" for path, target in wrong] == []


def test_neither_side_knows_the_other() -> None:
    wrong = [
        (path, target) for path, targets in imports().items() for target in targets if side(path) and side(target) not in ("", side(path))
    ]
    assert wrong == []


def test_there_is_no_circle() -> None:
    tuple(TopologicalSorter(imports()).static_order())


def test_folders_are_named_by_their_files_and_import_nothing() -> None:
    """What the package of a floor imported, every file of the floor would."""
    graph = imports()
    for folder in (
        SANDBOX / name for name in ("frame", *SIDES, *(f"{side}/{floor}" for side in SIDES for floor in ("store", "rules", "endpoints")))
    ):
        assert graph[folder / "__init__.py"] == set(), folder


def test_no_file_and_no_function_is_long() -> None:
    assert [str(path) for path in imports() if len(path.read_text().splitlines()) > 300] == []
    functions = [
        (path.name, node.name)
        for path in imports()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert functions == []


# What the imports do not show: a part that is handed the whole


def held(value: Any) -> Iterator[Any]:
    """What an object of the sandbox holds: attributes, and what is in them."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, MethodType):
        yield value.__self__
    elif isinstance(value, FunctionType):
        yield from (cell.cell_contents for cell in value.__closure__ or ())
    elif type(value).__module__.startswith("sandbox."):
        yield from vars(value).values() if hasattr(value, "__dict__") else ()


def reached(start: Any) -> set[int]:
    seen, waiting = set[int](), list(held(start))
    while waiting:
        value = waiting.pop()
        if id(value) not in seen:
            seen.add(id(value))
            waiting += held(value)
    return seen


def context() -> Served:
    return Served(Switches(), Clock(), "http://127.0.0.1:1")


@pytest.mark.parametrize("make", [Workspace.from_seed, ZoomAccount.from_seed])
def test_no_part_holds_the_whole(make: Any) -> None:
    whole = make({}, context())
    parts = [value for value in vars(whole).values() if type(value).__module__.startswith("sandbox.")]
    assert len(parts) >= 4
    assert [type(part).__name__ for part in parts if id(whole) in reached(part)] == []


@pytest.mark.parametrize(("make", "routes"), [(Workspace.from_seed, google.routes), (ZoomAccount.from_seed, zoom.routes)])
def test_no_request_is_answered_from_the_whole(make: Any, routes: Any) -> None:
    """What endpoints are handed (Parts) holds stores and counters, no events."""
    whole = make({}, context())
    served = routes(whole)
    reach = {route.path: reached(route.endpoint) for route in served}
    assert [path for path, found in reach.items() if id(whole) in found] == []
    assert any(id(whole.store) in found for found in reach.values()), "the walk does not come to the store"


def test_the_walk_would_find_a_part_that_holds_the_whole() -> None:
    whole = Workspace.from_seed({}, context())
    whole.access._context = whole.find_user  # type: ignore[assignment]
    assert id(whole) in reached(whole.access)
