# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a run is, and a Ctrl-C that ends it cleanly."""

from __future__ import annotations

DOCUMENTATION = r"""
name: provisioning_progress
type: aggregate
short_description: Show how far a run is, and let Ctrl-C end it cleanly
version_added: 1.0.0
description:
  - In a terminal, the last line says what the tasks of this collection are doing, how much of it is done, how fast, and what time is left.
  - Anywhere else, such as in AWX, in CI or in a file, a plain line says it every 30 seconds for each host. Short tasks have none.
  - It shows names of hosts and numbers, no names of people and no secrets.
  - The first Ctrl-C (SIGINT), or the first SIGTERM, asks the tasks of this collection to stop. What is under way is finished, the
    journal is closed, the lock is released, and the run ends failed with a sentence that says how far it came. A second one ends the
    run at once.
  - The playbooks of this collection load it by themselves. Enable it for playbooks of your own.
requirements:
  - for playbooks of your own, enabled with C(ANSIBLE_CALLBACKS_ENABLED=workspace_zoom.provisioning.provisioning_progress)
options:
  enabled:
    description:
      - Whether it does anything.
      - If it is V(false), nothing is shown, and a signal does what it does in any other playbook.
    type: bool
    default: true
    env:
      - name: PROVISIONING_PROGRESS
    ini:
      - section: provisioning_progress
        key: enabled
  interval:
    description: Seconds between two plain lines about the same host. In a terminal, the line is renewed all the time.
    type: int
    default: 30
    env:
      - name: PROVISIONING_PROGRESS_INTERVAL
    ini:
      - section: provisioning_progress
        key: interval
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

from ansible import constants
from ansible.plugins.callback import CallbackBase

from ..plugin_utils._progress._paths import FOLDER, STOP, forget_progress, read_progress
from ..plugin_utils._progress._watch import Screen, Watch, is_terminal, width_of
from ..plugin_utils._task_action import full_name

_OURS = "workspace_zoom.provisioning."
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_EVERY = 0.25  # seconds
_SAID = "Interrupted: what is under way is finished, then the run ends. Press Ctrl-C again to stop at once."


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "workspace_zoom.provisioning.provisioning_progress"
    CALLBACK_NEEDS_ENABLED = True
    _first: ClassVar[list[CallbackModule]] = []  # the one that works, where it was loaded by a playbook and enabled too

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pid, self._folder = os.getpid(), Path(constants.DEFAULT_LOCAL_TMP)
        self._screen: Screen | None = None
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self._former: dict[int, Any] = {}  # signal -> its former handler
        self._asked = self._said = False
        self._came: list[str] = []  # how far each host came

    def v2_playbook_on_start(self, playbook: Any) -> None:
        if not self._first:
            self._first.append(self)
        self.disabled = self._first != [self] or not self.get_option("enabled")
        if self.disabled:
            return
        self._watch = Watch(max(float(self.get_option("interval")), 1.0))
        os.environ.update({FOLDER: str(self._folder), STOP: str(self._folder / f"stop-{self._pid}")})
        if self._screen is None and is_terminal(sys.stdout, os.environ, constants.DEFAULT_STDOUT_CALLBACK):
            self._screen = Screen(sys.stdout)
            self._clear_before_others()

    def v2_runner_on_start(self, host: Any, task: Any) -> None:
        if not full_name(task, ended=False).startswith(_OURS):
            return
        self._take_signals()
        self._watch.begin(host.get_name(), time.monotonic())
        forget_progress(self._folder, host.get_name())
        if self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(target=self._look_on, args=(self._ended,), name="provisioning_progress", daemon=True)
            self._thread.start()

    def v2_runner_on_ok(self, result: Any) -> None:
        self._end(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._end(result)
        if result._result.get("interrupted"):
            self._came.append(f"{result._host.get_name()}: {result._result.get('msg')}")

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._end(result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._end(result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._watch.tasks.clear()
        self._pause()
        self._say()
        self._give_signals_back()
        for sentence in self._came:  # a failed task prints it behind all that it has done
            self._display.display(sentence)
        self._came.clear()

    def _end(self, result: Any) -> None:
        self._watch.end(str(result._host.get_name()))
        if not self._watch.tasks:
            self._pause()

    # The line

    def _look_on(self, ended: threading.Event) -> None:
        while not ended.wait(_EVERY):
            self._watch.look(time.monotonic(), lambda host: read_progress(self._folder, host))
            self._say()
            if self._screen:
                self._renew(ended, self._screen)
            else:
                for text in self._watch.due(time.monotonic()):
                    self._display.display(text)

    def _renew(self, ended: threading.Event, screen: Screen) -> None:
        with self._display._lock:  # under which everybody else prints, and no worker is forked
            if not ended.is_set():
                screen.show(self._watch.renewed(time.monotonic()), width_of(sys.stdout))

    def _pause(self) -> None:
        self._ended.set()
        self._thread = None
        self._ended = threading.Event()
        if self._screen:
            with self._display._lock:
                self._screen.clear()

    def _clear_before_others(self) -> None:
        """All that Ansible prints goes through this one method; it knows nothing of a line that is to be cleared first."""
        display, screen, lock, pid = self._display.display, self._screen, self._display._lock, os.getpid()

        def clear_and_display(*args: Any, **kwargs: Any) -> Any:
            if screen is None or os.getpid() != pid:  # a worker, whose lines the main process prints
                return display(*args, **kwargs)
            with lock:
                screen.clear()
                return display(*args, **kwargs)

        self._display.display = clear_and_display

    # The signals

    def _take_signals(self) -> None:
        if self._former or threading.current_thread() is not threading.main_thread():
            return
        for number in _SIGNALS:
            former = signal.getsignal(number)
            if former not in (None, signal.SIG_IGN):
                self._former[number] = former
                signal.signal(number, self._on_signal)

    def _give_signals_back(self) -> None:
        for number, former in self._former.items():
            signal.signal(number, former)
        self._former = {}

    def _on_signal(self, number: int, frame: Any) -> None:
        """No lock is taken in here: whoever is interrupted may hold it."""
        if self._asked:
            former = self._former.get(number, signal.SIG_DFL)
            self._give_signals_back()
            self._ended.set()
            if callable(former):
                former(number, frame)
            else:
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)
            return
        self._asked = True
        if os.getpid() == self._pid:  # a worker may get it too, and lets its module come to its end
            Path(os.environ[STOP]).touch(mode=0o600)

    def _say(self) -> None:
        if self._asked and not self._said:
            self._said = True
            self._display.display(_SAID)
