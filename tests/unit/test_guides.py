# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides that are written by hand say what the code says: names, numbers, scopes, expressions, unit files."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _connect_google, _connect_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import is_true
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._unknown import unknown_variables
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan import _removals
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._checks import scope_checks
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_pace import RATE_PLANS
from pages import scale

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "examples" / "systemd"


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, without heads and rules."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.match(r"\|[-: |]+\|$", line)]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_first_tenants_app_has_the_scopes_that_preflight_asks_for() -> None:
    listed = re.findall(r"^ {8}([a-z0-9_:]+:admin)$", page("your-first-tenant.md"), re.MULTILINE)
    assert len(listed) > 8
    (found,) = scope_checks(listed)
    assert found["passed"] and "Without" not in found["message"]


def test_the_first_run_takes_as_long_as_the_benchmark_measured() -> None:
    section = page("your-first-tenant.md").partition("## 9. The first run\n")[2].partition("\n## ")[0]
    heads = next(cells for cells in rows(section) if cells[0] == "people")[1:]
    said = next(cells for cells in rows(section) if cells[0] == "10,000")[1:]
    for head, cell in zip(heads, said, strict=True):
        rate = next(word for word in head.split() if word.isdigit())
        (measured,) = scale.rows([f"first-{rate}"])
        assert float(cell.removesuffix(" minutes")) == pytest.approx(measured["seconds"] / 60, rel=0.15), (head, "docs/scale.md")


def options_of(section: str) -> dict[str, str]:
    """Option -> environment variable; a row may hold several of both."""
    pairs = [(quoted(cells[0]), quoted(cells[1])) for cells in rows(section) if len(cells) == 3]
    return {option: variable for options, variables in pairs if variables for option, variable in zip(options, variables, strict=True)}


def test_connections_name_each_environment_variable_with_its_option() -> None:
    google, zoom = page("connections.md").partition("## Google\n")[2].partition("## Zoom\n")[::2]
    urls = {name: variable for name, (variable, _default) in _connect_google._URLS.items()}
    assert options_of(google) == {**_connect_google._GOOGLE_ENV, **urls}
    own = {"api_url": "ZOOM_API_URL", "oauth_url": "ZOOM_OAUTH_URL"}
    assert options_of(zoom.partition("## Both\n")[0]) == {**_connect_zoom._ZOOM_ENV, **own}


def test_connections_have_the_published_rates() -> None:
    table = page("connections.md").partition("| `rate_plan` | for |")[2].partition("\n\n")[0]
    told = {quoted(cells[0])[0]: [cell.partition(" ")[0] for cell in cells[2:]] for cells in rows(table) if quoted(cells[0])}
    assert told == {plan: [f"{rates[name]:g}" for name in ("LIGHT", "MEDIUM", "HEAVY")] for plan, rates in RATE_PLANS.items()}


def test_leaving_names_each_reason_with_its_default_and_each_action() -> None:
    text = page("leaving.md")
    told = {reason: quoted(cells[2])[0] for cells in rows(text) if len(cells) == 3 and quoted(cells[2]) for reason in quoted(cells[0])}
    assert {reason: told.get(reason) for reason in _removals.DEFAULTS} == _removals.DEFAULTS
    actions = [quoted(cells[0])[0] for cells in rows(text) if len(cells) == 5 and quoted(cells[0])]
    assert sorted(actions) == sorted(_removals.OFFBOARDING_ACTIONS)
    assert [kind for kind in _removals.TRANSFERS if f"`{kind}`" not in text] == []


def selectors() -> list[tuple[str, str]]:
    table = page("groups.md").partition("| whom | `where` |")[2].partition("\n\n")[0]
    return [(cells[0], cells[1].strip("`")) for cells in rows(table)]


CHOSEN = {
    "primaryEmail": "ada@example.com",
    "orgUnitPath": "/Staff/Legal",
    "organizations": [{"primary": True, "department": "Finance", "title": "Manager of this and that"}],
    "relations": [{"type": "manager", "value": "ben@example.com"}],
    "customSchemas": {"Employment": {"kind": "contractor"}},
}
NOT_CHOSEN = {"primaryEmail": "eve@example.com", "orgUnitPath": "/Staff/Interns/2026", "organizations": [{"primary": True}]}


@pytest.mark.parametrize(("whom", "where"), selectors())
def test_an_expression_of_the_page_on_groups_chooses_whom_it_says(whom: str, where: str) -> None:
    expression = compile_expression(where, whom)
    assert is_true(expression.search(CHOSEN)), whom
    assert not is_true(expression.search(NOT_CHOSEN)), whom


GUIDES = [
    "connections",
    "groups",
    "leaving",
    "many-tenants",
    "on-a-server",
    "state-and-backups",
    "upgrading-and-uninstalling",
    "what-it-does",
    "your-first-tenant",
]


def blocks(text: str) -> list[str]:
    """What is indented as code, and reads as YAML of variables."""
    found = [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", text, re.MULTILINE)]
    return [block for block in found if re.match(r"(# \S+\n)?[a-z_]+:(\s|$)", block)]


@pytest.mark.parametrize("guide", GUIDES)
def test_variables_of_a_guide_are_known_and_its_yaml_can_be_read(guide: str) -> None:
    for block in blocks(page(f"{guide}.md")):
        for document in re.split(r"\n(?=# \S+\n|# host_vars|# group_vars)", block):
            read = yaml.safe_load(document)
            assert isinstance(read, dict), document
            assert unknown_variables(read) == [], document


def test_each_variable_that_a_guide_names_exists() -> None:
    known = page("variables.md")
    prefixes = "scope|attribute_mapping|license_defaults|group_mapping|provisioning|offboard|undo|drift"
    for guide in GUIDES:
        for name in re.findall(rf"`((?:{prefixes})_[a-z_]+)", page(f"{guide}.md")):
            assert f"`{name}`" in known or name.endswith("_"), f"{guide}: {name}"


def test_unit_files_start_a_playbook_that_is_there() -> None:
    named = re.findall(r"workspace_zoom\.provisioning\.(\w+)", "".join(path.read_text(encoding="utf-8") for path in UNITS.iterdir()))
    assert named and [name for name in named if not (ROOT / "playbooks" / f"{name}.yml").is_file()] == []


def complaints(folder: Path, change: tuple[str, str] = ("", "")) -> list[str]:
    """What systemd says of the unit files, but for the path of the program, which is nowhere on a machine without the installation."""
    program = folder / "bin" / "ansible-playbook"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/zoom-provisioning/bin", str(program.parent))
        (folder / unit.name).write_text(text.replace(*change))
    names = sorted(unit.name for unit in UNITS.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], cwd=folder, capture_output=True, text=True, check=False)
    # others of this machine's units, which these name, are not ours to judge
    return [line for line in done.stderr.splitlines() if "zoom-provisioning" in line]


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")


@needs_systemd
def test_systemd_takes_the_unit_files(tmp_path: Path) -> None:
    assert complaints(tmp_path) == []


@needs_systemd
@pytest.mark.parametrize(
    "change", [("KillMode=", "KillMod="), ("OnCalendar=hourly", "OnCalendar=hourli"), ("ExecStart=/", "ExecStart=/no")]
)
def test_systemd_would_not_take_a_mistake_in_them(tmp_path: Path, change: tuple[str, str]) -> None:
    assert complaints(tmp_path, change) != []


def test_the_versions_that_are_promised_are_those_that_are_tested() -> None:
    """In README and support page, against what `make versions` runs and what Ansible itself is told."""
    lines = re.findall(r"^(?:lines=\")?(2\.\d+) \S+ (3\.\d+)", (ROOT / "tests/gates/versions.sh").read_text(), re.MULTILINE)
    cores, pythons = zip(*lines, strict=True)
    (promised,) = re.findall(r"\| ansible-core \| (.+) \|", (ROOT / "README.md").read_text())
    assert promised == f"2.18 or newer; tested on {', '.join(cores)}"
    (explained,) = re.findall(r"\| ansible-core \| (.+) \|", page("support-and-releases.md"))
    assert explained.startswith("2.18 or newer; tested on ")
    assert all(core in explained for core in cores) and all(python in explained for python in pythons)
    assert yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["requires_ansible"] == f">={cores[0]}.0"
    assert "| Python | 3.11 or newer |" in (ROOT / "README.md").read_text()


def test_the_readme_has_the_headings_that_galaxys_readers_look_for_and_is_short() -> None:
    text = (ROOT / "README.md").read_text()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert {"Requirements", "Installation", "Use cases", "Testing", "Support", "Release notes", "License"} <= set(headings)
    assert len(text.splitlines()) <= 120
