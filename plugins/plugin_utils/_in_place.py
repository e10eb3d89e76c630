# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of every module: runs it in place, from where the collection is installed.

Ansible packs a module and all that it imports into a zip, for a machine that has nothing but Python, and that machine compiles it anew at
each start. Our modules run on the controller, by the very Python that runs Ansible. There, the installed files do, compiled once and loaded
once a run (_module_host), and the options are written to no file. Wherever anything is different, Ansible runs the module as any other.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.module_utils.common import json as ansible_json
from ansible.plugins.action import ActionBase
from ansible.release import __version__
from ansible.utils.display import Display
from ansible.vars import clean

from ..module_utils._transport._key_text import key_forms
from ..module_utils._transport._known_secrets import HIDDEN
from ._module_host._client import begin, run
from ._module_host._protocol import Call, Done
from ._progress._paths import progress_file

_NEWEST_KNOWN = (2, 21)  # of ansible-core: what is called of ActionBase below is its own, and changes from version to version
_VERSION = tuple(int(part) for part in __version__.split(".")[:2])
_START = Path(__file__).with_name("_start.py")
_display = Display()
_SECRET = re.compile(r"(client_secret|access_token|service_account_contents)$", re.IGNORECASE)
_TELLING = 4  # characters; less is found in ordinary words


class InPlace(ActionBase):  # type: ignore[misc, unused-ignore]
    _supports_async = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        options = self._options(task_vars)
        if self._is_here(task_vars):
            return {**found, **self._run_here(options, task_vars)}
        wrap_async = bool(self._task.async_val and not self._connection.has_native_async)
        found.update(self._execute_module(module_args=options, task_vars=task_vars, wrap_async=wrap_async))
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return found

    def _options(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        """What the module is given: the task's own options."""
        return dict(self._task.args)

    def _is_here(self, task_vars: dict[str, Any]) -> bool:
        """Whether Ansible too would start the module on this machine, as this user, by this Python, and would wait for it."""
        if _VERSION > _NEWEST_KNOWN:
            return False
        elsewhere = self._task.delegate_to or self._task.async_val or self._connection.become or constants.DEFAULT_KEEP_REMOTE_FILES
        if elsewhere or self._connection.transport != "local":
            return False
        return bool(self._templar.template(task_vars.get("ansible_python_interpreter")) == sys.executable)

    def _begin_ahead(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        """In place of `run`: begins what a later task with the same options waits for. Where that can't be, that task does it all."""
        found: dict[str, Any] = super().run(None, task_vars)
        is_begun = self._is_here(task_vars) and begin_module(*self._call(self._options(task_vars), task_vars))
        return {**found, "changed": False, "begun": is_begun}

    def _run_here(self, options: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        call, given = self._call(options, task_vars)
        _display.vvv(f"{call.name} is run in place by {sys.executable}")
        done = start_module(call, given)
        if sentence := killed(call.name, done):
            return {"failed": True, "msg": sentence, "module_stderr": hidden(done.stderr, options)}
        stdout, stderr = done.stdout, hidden(done.stderr, options)
        if not stdout.lstrip().startswith("{"):  # of a module that ended before it could answer, and mask what it answers
            stdout = hidden(stdout, options)
        return self._as_result({"stdout": stdout, "stderr": stderr, "rc": done.rc})

    def _call(self, options: dict[str, Any], task_vars: dict[str, Any]) -> tuple[Call, str]:
        """And the options, as the module reads them."""
        name = self._task.action.rpartition(".")[2]
        self._update_module_args(self._task.action, options, task_vars)
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        environment.update(progress_file(os.environ, task_vars.get("inventory_hostname", ""), name))
        call = Call(name, self._loader.get_basedir(), {**os.environ, **{key: str(value) for key, value in environment.items()}})
        return call, _given(name, options)

    def _as_result(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What Ansible makes of a module's answer: since 2.21 an object of its own on the way."""
        found = self._parse_returned_data(answer, *_PROFILE)
        if not isinstance(found, dict):
            found.remove_internal_keys()
            found = found.as_result_dict(for_round_trip=True)
        else:
            clean.remove_internal_keys(found)
        result: dict[str, Any] = found
        return result


def start_module(call: Call, given: str) -> Done:
    """Runs a module: all that an action leaves to another process. `given`: its options, as it reads them from standard input.

    By this run's host, whose socket is where Ansible keeps what is of this run alone; where there can't be one, as a process of its own.
    """
    return run(_host(), _START, call, given.encode()) or _alone(call, given)


def begin_module(call: Call, given: str) -> bool:
    """Whether this run's host has begun it: `start_module` with the same waits for its result."""
    return begin(_host(), _START, call, given.encode())


def _host() -> Path:
    return Path(constants.DEFAULT_LOCAL_TMP, "host")


def _alone(call: Call, given: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-P", str(_START), call.name],
        input=given,
        cwd=call.cwd,
        env=dict(call.environment),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return Done(done.stdout, done.stderr, done.returncode)


def killed(name: str, done: Done) -> str:
    """What to say of a module that was ended by a signal, before all of its answer was there; '' of any other."""
    if done.rc >= 0 or done.stdout.rstrip().endswith("}"):
        return ""
    return (
        f"{name} was killed by signal {-done.rc} before it could answer: by hand, or because this machine is short of memory. "
        "What it sent is in the journal, and the next run looks up what came of it. Run again."
    )


def hidden(text: str, options: Mapping[str, Any]) -> str:
    """Without what is secret of the options and of the environment, whatever a module printed in its last moment."""
    given = {name: str(value) for name, value in (*options.items(), *os.environ.items()) if value and _SECRET.search(name)}
    found = {*given.values(), *key_forms(dict(options)), *key_forms(given)}
    for secret in sorted((each for each in found if len(each) >= _TELLING), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def _given(name: str, options: Mapping[str, Any]) -> str:
    try:
        return _as_json({"ANSIBLE_MODULE_ARGS": options})
    except Exception:  # whatever an encoder says may quote the value
        raise AnsibleError(f"An option of {name} has a value that no module can be given, such as binary data; write it as text.") from None


# Since ansible-core 2.19 a module says by which profile its options and result are written; "legacy" is that of modules which say nothing.
_PROFILE = ("legacy",) if hasattr(ansible_json, "get_module_encoder") else ()


def _as_json(given: dict[str, Any]) -> str:
    if _PROFILE:
        return json.dumps(given, cls=ansible_json.get_module_encoder(*_PROFILE, ansible_json.Direction.CONTROLLER_TO_MODULE))
    return json.dumps(given, cls=ansible_json.AnsibleJSONEncoder, vault_to_text=True)
