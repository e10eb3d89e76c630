# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether a module may still write: whoever started it is there, and the lock of the state folder is its run's.

ansible-playbook may be killed while a module works, which nobody tells the module; or a laptop sleeps while a schedule takes the lock over.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .._model._text import PolicyError
from ._lock import read_lock, touch

TOUCH_EVERY = 20.0  # seconds


class Orphaned(Exception):
    """Nothing more may be written."""


_signs: list[Callable[[], bool]] = []


def watch(is_gone: Callable[[], bool]) -> None:
    """From now on, in this process: how to see that whoever waits for the module is gone, where its parent is somebody else."""
    _signs[:] = [is_gone]


class Hold:
    """`check` before each write. `path` of the lock; without one, only whoever started this process counts."""

    def __init__(self, path: str | None, run_id: str | None) -> None:
        self._path, self._run_id = Path(path) if path else None, str(run_id or "")
        self._parent = os.getppid()

    def check(self) -> None:
        """Orphaned if this run is over."""
        self.check_starter()
        if self._path:
            self._check_lock(self._path)

    def check_starter(self) -> None:
        """Orphaned if nobody waits for this task any more."""
        if os.getppid() != self._parent or any(is_gone() for is_gone in _signs):
            raise Orphaned(
                "The process that started this task has ended while this task was working, so it wrote nothing more. "
                "If ansible-playbook itself was not ended, this machine may be short of memory. Run again."
            )

    def _check_lock(self, path: Path) -> None:
        found = read_lock(path)
        if found is None:
            raise Orphaned(
                f"The lock {path} of this run is gone, so nothing more was written: it was released or removed by hand. Run again."
            )
        if not found.is_of(self._run_id):
            raise Orphaned(
                f"The lock {path} is not held by this run ({self._run_id}) any more ({found.holder}), so nothing more was written. "
                "What was written is in the journal. Run again once the other run has ended."
            )

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Touches the lock now and then, so that no other machine takes it for stale."""
        if self._path is None:
            yield
            return
        self.check()
        ended = threading.Event()
        thread = threading.Thread(target=self._touch, args=(self._path, ended), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _touch(self, path: Path, ended: threading.Event) -> None:
        while True:
            try:
                self.check()
            except Orphaned:
                return
            except PolicyError:  # not to be read for a moment: the next beat may
                pass
            touch(path)
            if ended.wait(TOUCH_EVERY):
                return
