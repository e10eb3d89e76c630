# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether whoever started the run has asked it to stop: by a file, as a signal does not reach a module on every version of ansible-core.

The callback provisioning_progress takes the signal and makes the file. Then nothing more is begun, and what is under way comes to its end.
"""

from __future__ import annotations

import os
import signal
import threading

STOP = "WORKSPACE_ZOOM_STOP"  # of the environment: the file that asks for it; without it, nobody asks


class Interrupted(Exception):
    """Nothing more is read, and nothing was written."""


BEFORE = "Interrupted before this task: it changed nothing. Run again to go on."
READING = "Interrupted while it was reading: this task changed nothing. Run again to go on."
WAITING = "Interrupted while it was waiting for another run: nothing was changed. Run again to go on."


class Stop:
    def __init__(self, path: str | None) -> None:
        self._path, self._asked = path or None, False

    def asked(self) -> bool:
        """Once it is, it stays so: the file goes with whoever made it."""
        self._asked = self._asked or (self._path is not None and os.path.exists(self._path))
        return self._asked

    def ignore_signal(self) -> None:
        """Where all processes of a terminal get its Ctrl-C (ansible-core before 2.19): the file says what it is to mean here."""
        if self._path and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
