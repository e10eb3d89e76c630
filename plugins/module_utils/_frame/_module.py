# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From AnsibleModule to a result: the only place that fails or exits, and that turns every error into one sentence."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from .._model._snapshot import Ask
from .._model._text import PolicyError
from .._report._refusals import advise
from .._report._result import Result
from .._transport._errors import ApiError, OutcomeUnknown, TransportError, UnexpectedAnswer
from .._transport._libraries import import_error


@dataclass(frozen=True)
class Run:
    """What a module's work is given: its options, and whether it may write."""

    params: dict[str, Any]
    check_mode: bool
    on_secret: Callable[[str], None]
    sent: list[str] = field(default_factory=list)  # every write that was sent, whatever became of it

    def ask(self, tenant: str | None = None) -> Ask:
        """How snapshots are to be read by this run."""
        return Ask(self.params.get("run_id"), self.check_mode, float(self.params.get("snapshot_max_age") or 3600), tenant)


_CREDENTIAL_FILES = ("service_account_file", "ca_path")
Work = Callable[[Run], Result]


def run_module(module: AnsibleModule, work: Work, *, libraries: Sequence[str] = ("requests",)) -> None:
    """Do the work and leave. `libraries`: of requests, google-auth, jmespath, those that it needs."""
    _check_libraries(module, libraries)
    _check_home(module)
    run = Run(module.params, module.check_mode, lambda secret: _register(module, secret))
    try:
        result = work(run)
    except PolicyError as error:
        module.fail_json(msg=str(error))
    except ApiError as error:
        module.fail_json(msg=advise(error), api=error.details)
    except UnexpectedAnswer as error:
        module.fail_json(msg=f"{error} Run again." if run.sent else f"{error} Nothing was changed. Run again later.")
    except OutcomeUnknown as error:
        module.fail_json(msg=f"{error} Run again.")
    except TransportError as error:
        module.fail_json(msg=str(error))
    except Exception as error:  # the last net: a traceback may show what was answered, and is no sentence
        module.fail_json(msg=_defect(error, run))
    else:
        _leave(module, result)


def _defect(error: Exception, run: Run) -> str:
    """Where it went wrong and by what kind of error; its own words may hold anything."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "module_utils" in frame.filename]
    places = [f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in frames[-3:]]
    done = "What was written until then is in the journal; run again to see what is left." if run.sent else "Nothing was changed."
    where = f"{type(error).__name__} at {', '.join(places) or 'an unknown place'}"
    return f"This module met a defect of its own ({where}). {done} Please report this."


def _check_libraries(module: AnsibleModule, libraries: Sequence[str]) -> None:
    for library in libraries:
        if error := import_error(library):
            module.fail_json(msg=missing_required_lib(library), exception=error)


def _check_home(module: AnsibleModule) -> None:
    """Ansible leaves the ~ of a path where nobody knows the home folder: containers with neither HOME nor a name for their user."""
    for name, spec in module.argument_spec.items():
        path = str(module.params.get(name) or "")
        if spec.get("type") == "path" and path.startswith("~"):
            what = f"give {name} an absolute path" if name in _CREDENTIAL_FILES else "set provisioning_state_dir to an absolute path"
            module.fail_json(
                msg=f"{name} is {path}, but this user has no home folder: HOME is not set and uid {os.getuid()} has no entry in the "
                f"password database. Nothing was read; {what}, or set HOME."
            )


def _register(module: AnsibleModule, secret: str) -> None:
    """Tokens made on the way are masked like those that were given."""
    module.no_log_values.add(secret)
    try:
        from ansible.module_utils.secrets import register_secret  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return
    register_secret(secret)


def _leave(module: AnsibleModule, result: Result) -> None:
    values = {"changed": result.changed, **result.facts}
    if result.diff or module._diff:
        values["diff"] = result.diff
    if result.problems:
        module.fail_json(msg=result.sentence(), partial=True, problems=result.first_problems(), **values)
    module.exit_json(**values)
