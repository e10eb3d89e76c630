# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kept state of the examples for CI, where locking it away fails."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from ci_runner import Ended, shell
from forge import example

EARLIER = b"of an earlier run"


def _script(kind: str) -> str:
    if kind == "gitlab":
        return "\n".join(["umask 0000", *yaml.safe_load(example("gitlab-ci.yml").read_text())["apply"]["after_script"]])
    steps: list[dict[str, Any]] = yaml.safe_load(example("github-actions.yml").read_text())["jobs"]["apply"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("id") == "keep")
    return str(script)


@pytest.fixture(params=["github", "gitlab"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    (tmp_path / ".local/state/workspace_zoom.provisioning/company").mkdir(parents=True)
    (tmp_path / "zoom-state.gpg").write_bytes(EARLIER)
    return str(request.param)


def _lock(kind: str, folder: Path, gpg: str = "", key: str = "passphrase") -> Ended:
    """`gpg`: a script in place of the program."""
    (folder / "bin").mkdir()
    if gpg:
        (folder / "bin" / "gpg").write_text(f"#!/bin/bash\n{gpg}\n")
        (folder / "bin" / "gpg").chmod(0o755)
    env = {"HOME": str(folder), "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "ZOOM_STATE_KEY": key}
    return shell(_script(kind), folder, {**env, "GITHUB_OUTPUT": str(folder / "outputs")})


def test_a_state_that_cant_be_locked_away_is_told_and_leaves_no_half_of_one(kind: str, tmp_path: Path) -> None:
    """GitLab takes no notice of how what comes after a job ends."""
    half = 'while test $# -gt 0; do test "$1" != --output || echo half > "$2"; shift; done; exit 2'
    ended = _lock(kind, tmp_path, half)
    assert not (tmp_path / "outputs").exists(), "nothing to save"
    kept = tmp_path / "zoom-state.gpg"
    if kind == "gitlab":
        assert "WARNING: The state of this run could not be kept" in ended.output
        assert kept.read_bytes() == EARLIER, "the cache has what it had"
    else:
        assert ended.status > 0
        assert not kept.exists(), "the artifact would call it the state of this run"


def test_without_a_key_the_artifact_has_no_state_of_an_earlier_run(kind: str, tmp_path: Path) -> None:
    assert _lock(kind, tmp_path, key="").status == 0
    assert (tmp_path / "zoom-state.gpg").exists() is (kind == "gitlab"), "where it is the cache, too"
    assert not (tmp_path / "outputs").exists()


def test_the_state_of_a_run_takes_the_place_of_the_one_before(kind: str, tmp_path: Path) -> None:
    ended = _lock(kind, tmp_path)
    assert ended.status == 0, ended.output
    assert (tmp_path / "zoom-state.gpg").read_bytes() not in (EARLIER, b"")
    assert (kind, (tmp_path / "outputs").exists()) in (("github", True), ("gitlab", False))
