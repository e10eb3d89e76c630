# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From AnsibleModule to a result: the only place that fails or exits, and that turns every error into one sentence."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from .._model._files import check_private
from .._model._snapshot import Ask
from .._model._spelled import spelled
from .._model._text import PolicyError
from .._report._refusals import advise
from .._report._result import Result
from .._transport._errors import ApiError, OutcomeUnknown, TransportError, UnexpectedAnswer
from .._transport._known_secrets import Secrets
from .._transport._libraries import import_error, missing_libraries
from . import _secrets
from ._ahead import is_ahead
from ._hold import Hold, Orphaned
from ._progress import PROGRESS, Progress, Watch
from ._stop import BEFORE, READING, STOP, WAITING, Interrupted, Stop


@dataclass(frozen=True)
class Run:
    """What a module's work is given: its options, and whether it may write."""

    params: dict[str, Any]
    check_mode: bool
    on_secret: Callable[[str], None]
    secrets: Secrets = field(default_factory=Secrets)
    warn: Callable[[str], None] = lambda _sentence: None
    sent: list[str] = field(default_factory=list)  # every write that was sent, whatever became of it
    at_end: list[Callable[[], None]] = field(default_factory=list)  # once the work is done
    check_hold: Callable[[], None] = lambda: None  # raises where this run is over: before each write, and before a file is replaced
    check_starter: Callable[[], None] = lambda: None  # raises where nobody waits for the result any more
    stop: Stop = field(default_factory=lambda: Stop(None))
    progress: Progress = field(default_factory=lambda: Progress(None))
    begun: set[str] = field(default_factory=set)  # "writing", once the first write is announced

    def ask(self, tenant: str | None = None) -> Ask:
        """How snapshots are to be read by this run."""
        return Ask(self.params.get("run_id"), self.check_mode, float(self.params.get("snapshot_max_age") or 3600), tenant)

    @property
    def watch(self) -> Watch:
        return Watch(self.stop.asked, self.progress)

    def before_write(self, request: str) -> None:
        """Called with each, right before it is sent."""
        self.check_hold()
        self.sent.append(request)

    def before_intent(self) -> None:
        """Called before the journal is told of a write. From now on reads are part of what is under way."""
        self.check_hold()
        self.begun.add("writing")

    def before_all(self) -> None:
        """Called by what each tenant begins with: the tenants that others were waited for do not begin any more."""
        if self.stop.asked():
            raise Interrupted(BEFORE)

    def while_waiting(self) -> None:
        """For another run, before anything was begun."""
        self.progress.begin("waiting for another run")
        if self.stop.asked():
            raise Interrupted(WAITING)

    def before_read(self) -> None:
        """Called before each. Interrupted where nothing is under way yet that has to come to its end; Orphaned where nobody asked for it
        yet, and nobody will.
        """
        if is_ahead():
            self.check_hold()
        if self.begun or self.sent:
            return
        self.check_starter()  # which no signal does where the file says what a signal is to mean
        if self.stop.asked():
            raise Interrupted(READING)


# What decides about accounts: read back by a later phase or run. An approved plan comes from elsewhere, and has a seal; changes are told
# by the digest of a result.
_STATE = (
    "accounts_path", "people_path", "known_people_path", "memory_path", "baseline_path", "policy_path", "pending_path", "hold_path",
    "members_path", "journal", "channels_path",
)  # fmt: skip
_MOST = 20_000  # characters of a failure, which may be of many variables
_CREDENTIAL_FILES = ("service_account_file", "ca_path")
Work = Callable[[Run], Result]


def run_module(module: AnsibleModule, work: Work, *, libraries: Sequence[str] = ("requests",)) -> None:
    """Do the work and leave. `libraries`: of requests, google-auth, jmespath, those that it needs."""
    _check_libraries(module, libraries)
    _check_home(module)
    hold = Hold(None if module.check_mode else module.params.get("lock_path"), module.params.get("run_id"))
    stop = Stop(os.environ.get(STOP))
    stop.ignore_signal()
    run = Run(
        module.params,
        module.check_mode,
        lambda secret: _register(module, secret),
        warn=module.warn,
        check_hold=hold.check,
        check_starter=hold.check_starter,
        stop=stop,
        progress=Progress(os.environ.get(PROGRESS)),
    )
    try:
        _check_state(module.params)
        with hold.kept():
            result = work(run)
            for finish in run.at_end:
                finish()
    except PolicyError as error:
        module.fail_json(msg=spelled(error, _MOST))
    except ApiError as error:
        module.fail_json(msg=advise(error), api=error.details)
    except UnexpectedAnswer as error:
        module.fail_json(msg=spelled(f"{error} Run again." if run.sent else f"{error} Nothing was changed. Run again later.", _MOST))
    except OutcomeUnknown as error:
        module.fail_json(msg=spelled(f"{error} Run again.", _MOST))
    except (TransportError, Orphaned) as error:
        module.fail_json(msg=spelled(error, _MOST))
    except Interrupted as error:
        module.fail_json(msg=str(error), interrupted=True)
    except Exception as error:
        _fail_by_defect(module, run, error)
    else:
        _leave(module, result)


def _check_libraries(module: AnsibleModule, libraries: Sequence[str]) -> None:
    if sentence := missing_libraries(libraries):
        errors = filter(None, map(import_error, libraries))
        module.fail_json(msg=sentence, exception="\n".join(errors))


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


def _fail_by_defect(module: AnsibleModule, run: Run, error: Exception) -> None:
    """The last net: a sentence for people. Who mends it needs the traceback, which Ansible shows only where it is asked to."""
    text = "".join(traceback.format_exception(error))
    text = run.secrets.hide_text(module.hidden(text) if isinstance(module, _secrets.AnsibleModule) else text)
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = f"{type(error).__name__} at {', '.join(f'{Path(frame.filename).name}:{frame.lineno}' for frame in frames)}"
    done = "What was written until then is in the journal; run again to see what is left." if run.sent else "Nothing was changed."
    module.fail_json(
        msg=f"This module met a defect of its own ({where}). {done} "
        "Please report this, with what ANSIBLE_DISPLAY_TRACEBACK=error adds to it.",
        exception=text,
    )


def _check_state(params: Mapping[str, Any]) -> None:
    # what a module writes by itself decides nothing; in a run it does, so it is refused here, before anything is read
    for name in (*(("dest",) if params.get("run_id") else ()), *_STATE):
        if params.get(name):
            check_private(str(params[name]), name)
    if params.get("memory_path"):
        check_private(f"{params['memory_path']}.previous", "memory_path")
    if params.get("journal_dir"):
        check_private(str(params["journal_dir"]), "journal_dir", folder=True)


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
    if result.interrupted:  # not partial: no later phase is to begin
        module.fail_json(
            msg=f"{result.interrupted} {result.sentence()}".strip(), interrupted=True, problems=result.first_problems(), **values
        )
    if result.problems:
        module.fail_json(msg=result.sentence(), partial=True, problems=result.first_problems(), **values)
    module.exit_json(**values)
