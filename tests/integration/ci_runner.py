# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of the examples, run as the runners of GitHub and GitLab run them: scripts, conditions, cache, and a new machine each time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forge import Forge

_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|&&|\|\||[=!]=|[()!]|\$?[\w.]+(?:\(\))?|\S")


@dataclass
class Ended:
    status: int
    output: str
    summary: str = ""


def holds(condition: str, given: Mapping[str, Any]) -> bool:
    """A condition of GitHub or a rule of GitLab; a name that is not given is null, and equals only that."""
    spoken = {"&&": " and ", "||": " or ", "!": " not ", "==": " == ", "!=": " != ", "null": "None", "(": "(", ")": ")"}
    parts = [spoken.get(word) or (word if word[0] in "'\"" else repr(given.get(word.lstrip("$")))) for word in _WORD.findall(condition)]
    return bool(eval("".join(parts), {"__builtins__": {}}))  # noqa: S307 - of our own examples


def shell(script: str, folder: Path, env: Mapping[str, str]) -> Ended:
    """As both runners call it."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False)
    return Ended(done.returncode, done.stdout + done.stderr)


def new_machine(folder: Path) -> None:
    """What is no content of the repository goes with the machine of the last job."""
    for name in ("plan", "approved", "given", ".local"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("zoom-state.gpg", "plan.zip", "approved.zip", "comment.md", "note.md"):
        (folder / name).unlink(missing_ok=True)


class GithubJob:
    """`given`: what the expressions in ${{ }} are."""

    def __init__(self, here: Forge, folder: Path, given: Mapping[str, str], env: Mapping[str, str]) -> None:
        self._here, self._folder, self._given, self._env = here, folder, dict(given), env
        self._summary, self._told, self._status = folder / "summary.md", "", 0

    def run(self, workflow: Mapping[str, Any], job: str) -> Ended:
        """Every step but the installation, in order; after one that failed, only those that always run."""
        new_machine(self._folder)
        self._summary.write_text("")
        whole = workflow["jobs"][job]
        env = {**{name: self._value(text) for name, text in {**workflow["env"], **whole.get("env", {})}.items()}, **self._env}
        for step in whole["steps"]:
            condition = step.get("if", "")
            if (self._status and "always()" not in condition) or not self._wanted(condition):
                continue
            if "run" not in step:
                self._use(step)
            elif step["name"] != "Install":
                self._script(step, env)
        return Ended(self._status, self._told, self._summary.read_text())

    def _wanted(self, condition: str) -> bool:
        return not condition or holds(condition, {**self._given, "always()": True})

    def _value(self, text: object) -> str:
        """A secret that the environment does not have is empty; any other name that is not known is a mistake."""
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: self._known(found.group(1)), str(text))

    def _known(self, name: str) -> str:
        return self._given.get(name, "") if name.startswith("secrets.") else self._given[name]

    def _use(self, step: Mapping[str, Any]) -> None:
        action, wanted = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/cache/restore":
            keys = [key for key in self._here.cache if key.startswith(wanted["restore-keys"])]
            if keys:
                (self._folder / wanted["path"]).write_bytes(self._here.cache[keys[-1]])
        elif action == "actions/cache/save":
            self._here.cache[self._value(wanted["key"])] = (self._folder / wanted["path"]).read_bytes()

    def _script(self, step: Mapping[str, Any], env: Mapping[str, str]) -> None:
        assert "${{" not in step["run"], "what others wrote must not become a script"
        written = self._folder / "outputs"
        written.write_text("")
        step_env = {name: self._value(text) for name, text in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(written), "GITHUB_STEP_SUMMARY": str(self._summary)}
        ended = shell(step["run"], self._folder, {**env, **step_env, **files})
        self._told += ended.output
        for line in written.read_text().splitlines():
            name, _is, text = line.partition("=")
            self._given[f"steps.{step['id']}.outputs.{name}"] = text
        self._status = self._status or ended.status


def gitlab_job(pipeline: Mapping[str, Any], job: str, here: Forge, folder: Path, env: Mapping[str, str]) -> Ended:
    """The lines of the script as one, which is how GitLab's runner has them, and what comes after it whatever became of it. Where it uses
    containers, its umask is 0000.
    """
    new_machine(folder)
    whole = pipeline[job]
    cache = whole.get("cache")
    if cache and cache["key"] in here.cache:
        (folder / cache["paths"][0]).write_bytes(here.cache[cache["key"]])
    env = {**pipeline["variables"], **whole.get("variables", {}), **env}
    ended = shell("\n".join(["umask 0000", *whole["script"]]), folder, env)
    after = shell("\n".join(["umask 0000", *whole.get("after_script", [])]), folder, env)
    if cache and cache.get("policy") != "pull" and (folder / cache["paths"][0]).exists():
        here.cache[cache["key"]] = (folder / cache["paths"][0]).read_bytes()
    return Ended(ended.status, ended.output + after.output)
