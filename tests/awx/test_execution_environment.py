# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment's definition: ansible-builder takes it, and finds what the collection says it needs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import ansible_builder
import pytest
import yaml
from controller import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

BIN = Path(sys.executable).parent


DEFINITIONS = ["execution-environment.yml", "extensions/patterns/zoom_provisioning/execution_environments/execution-environment.yml"]
# What releases of ansible-core demand of the Python that they run on
TAKES = {"2.18": ">=3.11", "2.19": ">=3.11", "2.20": ">=3.12", "2.21": ">=3.12"}
BASE_PYTHON = {"quay.io/centos/centos:stream9": "3.9"}  # where no python_interpreter is given


@dataclass(frozen=True)
class Made:
    """What ansible-builder makes of a definition as it is: the instructions of each stage, the arguments, the collections."""

    definition: dict[str, Any]
    arguments: dict[str, str]
    stages: dict[str, list[str]]
    collections: list[dict[str, str]]

    @property
    def python(self) -> str:
        return self.arguments["PYCMD"].removeprefix("/usr/bin/python")


@pytest.fixture(scope="module", params=DEFINITIONS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    path, folder = ROOT / request.param, tmp_path_factory.mktemp("ee")
    command = [str(BIN / "ansible-builder"), "create", "--file", str(path), "--context", str(folder / "context")]
    done = subprocess.run(
        [*command, "--output-filename", "Containerfile"], cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in (folder / "context/Containerfile").read_text().splitlines() if line and not line.startswith("#")]
    stages: dict[str, list[str]] = {"": []}
    for line in lines:
        named = re.fullmatch(r"FROM (\S+) as (\S+)", line, re.IGNORECASE)
        stages.setdefault(named[2] if named else list(stages)[-1], []).append(line)
    arguments = dict(re.findall(r'^ARG (\w+)="(.*)"$', "\n".join(stages[""]), re.MULTILINE))
    collections = yaml.safe_load((folder / "context/_build/requirements.yml").read_text())["collections"]
    return Made(yaml.safe_load(path.read_text()), arguments, stages, collections)


def test_ansible_builder_takes_the_definition_and_starts_from_the_base_that_it_names(made: Made) -> None:
    assert list(made.stages) == ["", "base", "galaxy", "builder", "final"]
    assert made.arguments["EE_BASE_IMAGE"] == made.definition["images"]["base_image"]["name"]
    sources = {stage: lines[0].split()[1] for stage, lines in made.stages.items() if stage}
    assert sources == {"base": "$EE_BASE_IMAGE", "galaxy": "base", "builder": "base", "final": "base"}


def test_the_python_of_the_image_is_one_that_every_ansible_core_we_name_takes(made: Made) -> None:
    given, base = made.definition["dependencies"].get("python_interpreter"), made.definition["images"]["base_image"]["name"]
    python = made.python if given else BASE_PYTHON[base]
    assert {release for release in TAKES if Version(python) not in SpecifierSet(TAKES[release])} == set()
    assert made.arguments["ANSIBLE_INSTALL_REFS"].split() == [
        made.definition["dependencies"][name]["package_pip"] for name in ("ansible_core", "ansible_runner")
    ]


def test_what_we_know_of_the_demands_of_ansible_core_agrees_with_the_one_installed_here() -> None:
    installed = metadata("ansible-core")
    assert TAKES[installed["Version"].rpartition(".")[0]] == installed["Requires-Python"]


def test_that_python_is_installed_first_and_every_pip_is_its_own(made: Made) -> None:
    assert made.arguments["PYPKG"] == f"python{made.python}"
    assert made.arguments["PYCMD"] == f"/usr/bin/python{made.python}"
    runs = [line.removeprefix("RUN ") for line in made.stages["base"] if line.startswith("RUN ")]
    places = [next(place for place, run in enumerate(runs) if words in run) for words in ("install $PYPKG", "pip_install $PYCMD", "REFS")]
    assert places == sorted(places)
    pips = [line for lines in made.stages.values() for line in lines if re.search(r"\bpip3? |\bpip_install ", line) and "COPY" not in line]
    assert len(pips) >= 3
    assert [line for line in pips if "$PYCMD -m pip " not in line and "pip_install $PYCMD" not in line] == []
    assert all("ARG PYCMD" in lines for stage, lines in made.stages.items() if stage)


def test_the_collection_is_the_one_of_this_repository_and_compiled_in_the_image(made: Made) -> None:
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text())
    assert made.collections == [{"name": f"{galaxy['namespace']}.{galaxy['name']}", "version": galaxy["version"]}]
    final = made.stages["final"]
    copied = next(place for place, line in enumerate(final) if line.startswith("COPY --from=galaxy /usr/share/ansible "))
    compiled = next(
        place for place, line in enumerate(final) if "$PYCMD -m compileall" in line and "/usr/share/ansible/collections" in line
    )
    assert copied < compiled < final.index("USER 1000")


def test_versions_are_exact(made: Made) -> None:
    for name in ("ansible_core", "ansible_runner"):
        (one,) = Requirement(made.definition["dependencies"][name]["package_pip"]).specifier
        assert (one.operator, Version(one.version).is_prerelease) == ("==", False), name
        assert name != "ansible_core" or one.version.rpartition(".")[0] in TAKES


def test_the_command_of_that_step_compiles_by_hash(tmp_path: Path) -> None:
    """Files whose times changed on the way into an image are still taken."""
    step = yaml.safe_load((ROOT / DEFINITIONS[0]).read_text())["additional_build_steps"]["append_final"][0]
    source = tmp_path / "one.py"
    source.write_text("VALUE = 1\n")
    words = step.removeprefix("RUN $PYCMD ").replace("/usr/share/ansible/collections", str(tmp_path)).split()
    subprocess.run([sys.executable, *words], check=True)
    (made_file,) = (tmp_path / "__pycache__").glob("*.pyc")
    assert int.from_bytes(made_file.read_bytes()[4:8], "little") == 0b11, "checked by the hash of its source"


def test_ansible_builder_finds_what_the_collection_needs(tmp_path: Path) -> None:
    """With ansible-builder's own introspection, as it runs inside the image."""
    script = Path(ansible_builder.__file__).parent / "_target_scripts" / "introspect.py"
    needs = tmp_path / "pip.txt"
    packages = tmp_path / "bindep.txt"
    folder = str(ROOT / ".build" / "collections")
    command = [sys.executable, str(script), "introspect", folder, "--write-pip", str(needs), "--write-bindep", str(packages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    wanted = [line for line in (ROOT / "meta/ee-requirements.txt").read_text().splitlines() if line]
    found = [line.partition("#")[0].strip() for line in needs.read_text().splitlines()]
    assert [line for line in found if line] == wanted


@pytest.mark.parametrize("path", DEFINITIONS)
def test_the_definition_is_of_its_schema(path: str) -> None:
    """ansible-lint ships it."""
    import ansiblelint
    import jsonschema

    schema = json.loads((Path(ansiblelint.__file__).parent / "schemas/execution-environment.json").read_text())
    jsonschema.validate(yaml.safe_load((ROOT / path).read_text()), schema)
