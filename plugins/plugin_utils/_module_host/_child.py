# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that the module host has forked: becomes a module, as if it had been started anew."""

from __future__ import annotations

import atexit
import importlib
import os
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Any, NoReturn

from ._protocol import Call, receive, send

_SLOW = 10.0  # seconds; the host has nothing to do that takes long


class Tokens:
    """The run's tokens, which the host keeps. Without it each module gets its own.

    After an answer that did not come in time nothing more is asked: it may come yet, and would be taken for that to the next question.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line, self._lock = line, threading.Lock()
        line.settimeout(_SLOW)

    def take(self, key: str) -> dict[str, Any]:
        """{} if there is none."""
        with self._lock:
            try:
                send(self._line, {"take": key})
                return receive(self._line)[0]
            except (OSError, EOFError, ValueError):
                self._line.close()
                return {}

    def give(self, key: str, token: Mapping[str, Any]) -> None:
        with self._lock:
            try:
                send(self._line, {"give": key, "token": dict(token)})
            except OSError:
                self._line.close()


def run(call: Call, name: str, files: list[int], line: socket.socket, tokens: socket.socket, asked: int | None = None) -> NoReturn:
    """Leaves with the module's own code, and runs nothing of what the host would still do. `asked`: of a module that is begun ahead, an
    event that its task is there.
    """
    code = 1
    try:
        receive(tokens)  # the host has it in hand; without that, somebody else begins the module
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(call.environment)
        os.chdir(call.cwd)
        code = _main(name, line, tokens, asked)
    except BaseException:
        traceback.print_exc()
    finally:
        _leave(code)


def _main(name: str, line: socket.socket, tokens: socket.socket, asked: int | None) -> int:
    utils = name.rpartition(".modules.")[0] + ".module_utils"
    importlib.import_module(f"{utils}._transport._shared_tokens").share(Tokens(tokens))
    line.setblocking(True)  # or a look at it would wait
    importlib.import_module(f"{utils}._frame._hold").watch(lambda: _is_gone(line))
    if asked is not None:
        importlib.import_module(f"{utils}._frame._ahead").begun_ahead(lambda seconds: bool(select.select([asked], [], [], seconds)[0]))
    try:
        module = importlib.import_module(name)
        sys.modules["__main__"], sys.argv = module, [str(module.__file__)]
        module.main()
    except SystemExit as error:
        if error.code is None or isinstance(error.code, int):
            return error.code or 0
        print(error.code, file=sys.stderr)
        return 1
    return 0


def _is_gone(line: socket.socket) -> bool:
    """Whether nobody waits for the result any more."""
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _leave(code: int) -> NoReturn:
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code & 0xFF)
