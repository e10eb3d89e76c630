# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The habits of the repository: what editors, git hooks, make help and the forms for issues say is so."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from release import tracked

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
INNER = {"everything", "anew"}  # the body of make test; what makes an environment anew
FORMS = [path for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
SITE = "https://github.com/workspace-zoom/provisioning"


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


# .editorconfig


def rules() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read_string("[whole]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    return parser


def broken(name: str, content: bytes) -> list[str]:
    """Which rules of .editorconfig a file does not keep."""
    text = content.decode("utf-8")
    lines = text.split("\n")
    found = {
        "end_of_line": "\r" in text,
        "insert_final_newline": bool(text) and not text.endswith("\n") and not name.startswith("tests/fixtures/"),
        "trim_trailing_whitespace": any(line != line.rstrip(" \t") for line in lines),
        "indent_style": any(line.startswith("\t") for line in lines) and name != "Makefile",
    }
    return [rule for rule, is_broken in found.items() if is_broken]


def test_every_file_is_as_editors_leave_it() -> None:
    every = rules()["*"]
    assert {key: every[key] for key in every} == {
        **{"charset": "utf-8", "end_of_line": "lf", "insert_final_newline": "true", "trim_trailing_whitespace": "true"},
        **{"indent_style": "space", "indent_size": "4"},
    }
    assert {name: found for name in tracked() if (found := broken(name, (ROOT / name).read_bytes()))} == {}


@pytest.mark.parametrize("content", [b"a\r\n", b"a", b"a \n", b"\ta\n"])
def test_a_file_that_is_not_would_be_found(content: bytes) -> None:
    assert len(broken("roles/run/README.md", content)) == 1


def test_lines_are_as_long_as_the_linters_allow() -> None:
    ruff = re.search(r"^line-length = (\d+)$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert ruff and rules()["*.py"]["max_line_length"] == ruff.group(1)
    assert rules()["*.{yml,yaml}"]["max_line_length"] == str(loaded(".yamllint")["rules"]["line-length"]["max"])


# make help


def phony() -> set[str]:
    return set(re.findall(r"[\w-]+", "".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE))))


def test_make_help_names_every_target_that_people_call() -> None:
    printed = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"^  make (\S+) +(\S.*)$", printed, re.MULTILINE)
    assert len(rows) == len(printed.splitlines())
    assert {name for name, _text in rows} == phony() - INNER


def test_the_guide_for_contributors_names_every_target_too() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in sorted(phony() - INNER) if not re.search(rf"`make (\w+`, `make )*{name}\b", guide)] == []


# .pre-commit-config.yaml


def hooks() -> list[dict[str, Any]]:
    (local,) = loaded(".pre-commit-config.yaml")["repos"]
    assert local["repo"] == "local", "nothing is fetched"
    return list(local["hooks"])


def test_git_hooks_run_what_ci_runs() -> None:
    ci = re.findall(r"\bmake [\w-]+", (ROOT / ".ci" / "run").read_text())
    assert ci and set(ci) <= {hook["name"] for hook in hooks()}
    for hook in hooks():
        assert hook["entry"].endswith(hook["name"]) and hook["name"].removeprefix("make ") in phony()
        assert set(hook["stages"]) <= set(loaded(".pre-commit-config.yaml")["default_install_hook_types"])


# .github


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_for_issues_asks_each_thing_once(path: Path) -> None:
    form = loaded(str(path.relative_to(ROOT)))
    names = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(names) == len(set(names)) >= 4
    assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_the_links_beside_the_forms_lead_somewhere() -> None:
    links = [link["url"].removeprefix(SITE) for link in loaded(".github/ISSUE_TEMPLATE/config.yml")["contact_links"]]
    assert [link for link in links if link != "/security/advisories/new" and not (ROOT / link.removeprefix("/blob/main/")).is_file()] == []


def test_forms_and_the_template_for_pull_requests_name_what_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*FORMS, ROOT / ".github" / "pull_request_template.md")]
    named = {name for text in texts for name in re.findall(r"\b(?:docs/)?[\w-]+\.md\b", text)}
    assert named and [name for name in sorted(named) if not (ROOT / name).is_file()] == []
    assert {name for text in texts for name in re.findall(r"`make (\w+)", text)} <= phony()


# molecule


def test_each_role_has_a_scenario_and_so_has_site() -> None:
    scenarios = {path.parent.name for path in (ROOT / "extensions" / "molecule").glob("*/molecule.yml")}
    assert scenarios == {path.name for path in (ROOT / "roles").iterdir()} | {"default", "site"}
