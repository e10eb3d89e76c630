# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test is run by make test, make torture or make gates: what one leaves out, another runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
HELPERS = {"tiers.py", "conftest.py", "mangling.py"}  # each test of the last one's decorator is stretched
# options of pytest that leave out no test
HARMLESS = re.compile(r"-n|auto|\$\(WORKERS\)|--dist|worksteal|--cov(-branch|-report=\S+|=\S+)")


def recipes() -> dict[str, tuple[list[str], list[str]]]:
    """Target -> what it needs, and its commands."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    names: list[str] = []
    for line in (ROOT / "Makefile").read_text().splitlines():
        if line.startswith("\t"):
            for name in names:
                found[name][1].append(line.strip())
        elif head := re.match(r"([\w .]+):(?!=)(.*)", line):
            names = head.group(1).split()
            found.update({name: (head.group(2).split(), []) for name in names if name != ".PHONY"})
            names = [name for name in names if name in found]
    return found


def commands(target: str) -> list[str]:
    """Those of the targets too that it needs or calls."""
    known, (needed, own) = recipes(), recipes()[target]
    called = [word for line in own if "$(MAKE)" in line for word in re.findall(r"\w+", line) if word in known and word != target]
    return [*own, *(line for name in dict.fromkeys([*needed, *called]) if name in known for line in commands(name))]


def pytests(target: str) -> list[list[str]]:
    found = [line for line in commands(target) if "$(PYTEST)" in line or "-m pytest" in line]
    return [shlex.split(re.sub(r".*(\$\(PYTEST\)|-m pytest) ", "", line)) for line in found if "LOWEST" not in line]


def test_make_test_collects_every_test_file_and_leaves_out_none_but_by_the_mark() -> None:
    paths, ignored = set[str](), set[str]()
    for words in pytests("test"):
        rest = [word for word in words if not HARMLESS.fullmatch(word)]
        ignored |= {word.removeprefix("--ignore=") for word in rest if word.startswith("--ignore=")}
        paths |= {word for word in rest if not word.startswith("--ignore=")}
    assert paths >= {"tests", "tests/unit"}
    assert ignored <= paths, "what one command ignores, another runs"


def test_make_torture_runs_all_that_the_marks_leave_out_or_shorten() -> None:
    (line,) = commands("torture")[:1]
    assert line.startswith("TORTURE=1 $(PYTEST) ")
    (words,) = pytests("torture")
    assert words[-3:] == ["-m", "torture or stretched or hypothesis", "tests"]
    assert all(HARMLESS.fullmatch(word) for word in words[:-3])


def test_make_gates_runs_all_of_sanity_of_which_make_test_skips_some() -> None:
    (quick,) = (line for line in commands("test") if "ansible_test.sh" in line)
    assert set(quick.split()[3:]) == {"--skip-test", "import", "pylint", "pep8", "yamllint"}
    (whole,) = (line for line in commands("gates") if "versions.sh" in line)
    assert whole.startswith("CORE=$(CORE) "), "one of them by hand, all of them otherwise"
    script = (TESTS / "gates" / "versions.sh").read_text()
    assert re.findall(r"--skip-test (\w+)", script) == ["pylint"], "of pre-releases alone"
    assert "for command in sanity units; do" in script


def test_whoever_tries_more_in_make_torture_has_the_mark() -> None:
    files = [path for path in TESTS.rglob("*.py") if path.name not in HELPERS and re.search(r"^from tiers import", path.read_text(), re.M)]
    assert len(files) >= 10
    assert [path.name for path in files if "mark.stretched" not in path.read_text()] == []
    elsewhere = [
        path for path in TESTS.rglob("*.py") if "environ" in (text := path.read_text()) and re.search(r"""["']TORTURE["']""", text)
    ]
    assert {path.name for path in elsewhere} <= {"tiers.py", Path(__file__).name}


class Item(SimpleNamespace):
    def get_closest_marker(self, name: str) -> Any:
        return name in self.marks or None


@pytest.mark.parametrize(("torture", "left"), [(False, ["plain", "stretched"]), (True, ["plain", "stretched", "torture"])])
def test_nothing_but_the_mark_torture_leaves_a_test_out(monkeypatch: pytest.MonkeyPatch, torture: bool, left: list[str]) -> None:
    spec = importlib.util.spec_from_file_location("conftest_of_tests", TESTS / "conftest.py")
    assert spec and spec.loader
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)
    monkeypatch.setattr(conftest, "TORTURE", torture)
    said: list[Any] = []

    def deselected(items: list[Any]) -> None:
        said.extend(items)

    items: list[Any] = [Item(name=name, marks=[name]) for name in ("plain", "stretched", "torture")]
    conftest.pytest_collection_modifyitems(SimpleNamespace(hook=SimpleNamespace(pytest_deselected=deselected)), items)
    assert [item.name for item in items] == left
    assert len(said) + len(items) == 3, "whoever reads the closing line sees how many"
