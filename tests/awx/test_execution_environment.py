# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment's definition: ansible-builder takes it, and finds what the collection says it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import ansible_builder
import pytest
import yaml
from controller import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "path", ["execution-environment.yml", "extensions/patterns/zoom_provisioning/execution_environments/execution-environment.yml"]
)
def test_ansible_builder_takes_the_definition(tmp_path: Path, path: str) -> None:
    command = [str(BIN / "ansible-builder"), "create", "--file", str(ROOT / path), "--context", str(tmp_path / "context")]
    command += ["--output-filename", "Containerfile"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    made = (tmp_path / "context" / "Containerfile").read_text()
    for stage in ("base", "galaxy", "builder", "final"):
        assert f" as {stage}" in made.lower()
    collections = yaml.safe_load((tmp_path / "context/_build/requirements.yml").read_text())["collections"]
    assert [row["name"] for row in collections] == ["workspace_zoom.provisioning"]


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


def test_the_definition_is_of_its_schema() -> None:
    """ansible-lint ships it."""
    import ansiblelint
    import jsonschema

    schema = json.loads((Path(ansiblelint.__file__).parent / "schemas/execution-environment.json").read_text())
    jsonschema.validate(yaml.safe_load((ROOT / "execution-environment.yml").read_text()), schema)
