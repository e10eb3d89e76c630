# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Warm servers: `python -P warm_server.py modules|playbooks SOCKET` imports once what it needs, and forks for each call.

A call hands over what a process gets when it starts: standard input and both outputs as open files, arguments, working directory and the
whole environment. What it answers is the exit status; a connection that ends without one is a fork that was killed.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn

import warm_awx

ROOT = Path(__file__).parents[2]
COLLECTION = ROOT / ".build" / "collections" / "ansible_collections" / "workspace_zoom" / "provisioning"
PACKAGE = "ansible_collections.workspace_zoom.provisioning.plugins"
Work = Callable[[dict[str, Any]], object]


def serve(listener: socket.socket, work: Work, learn: Callable[[], object]) -> None:
    """Until whoever started this process closes its standard input."""
    gc.collect()
    gc.freeze()  # forks share what they do not look at
    signal.signal(signal.SIGCHLD, _bury)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        ready = select.select([listener, 0], [], [])[0]
        if 0 in ready:
            return
        connection, _address = listener.accept()
        learn()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _answer(connection, work)
        connection.close()


def _bury(_signal: int, _frame: object) -> None:
    """At once: a process that has ended, but nobody waited for, still has its number."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(connection: socket.socket, work: Work) -> NoReturn:
    status = 1
    try:
        _first, files, _flags, _address = socket.recv_fds(connection, 1, 4)
        with connection.makefile("rb") as stream:
            given = json.loads(stream.readline())
        connection.sendall(b"%d\n" % os.getpid())
        gc.disable()  # a play is short
        _become(given, files)
        status = _status(work, given)
        _end()
    finally:
        with contextlib.suppress(OSError):
            connection.sendall(b"%d\n" % status)
        os._exit(0)


def _become(given: dict[str, Any], files: list[int]) -> None:
    """As a process that was just started is."""
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
        os.close(file)
    given["more"] = files[3:]
    sys.stdin = sys.__stdin__ = _text(0, "r")
    sys.stdout = sys.__stdout__ = _text(1, "w")
    sys.stderr = sys.__stderr__ = _text(2, "w", errors="backslashreplace", write_through=True)
    os.chdir(given["folder"])
    os.environ.clear()
    os.environ.update(given["environment"])
    tempfile.tempdir = None
    sys.argv[:] = given["arguments"]


def _text(number: int, mode: str, **more: Any) -> Any:
    return io.TextIOWrapper(open(number, "rb" if mode == "r" else "wb", closefd=False), encoding="utf-8", **more)  # noqa: SIM115


def _status(work: Work, given: dict[str, Any]) -> int:
    try:
        work(given)
    except SystemExit as left:
        if isinstance(left.code, str):
            sys.stderr.write(f"{left.code}\n")
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _end() -> None:
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


# Modules


def modules(_here: str) -> tuple[Work, Callable[[], object]]:
    """A process that has loaded all that a run's module host loads, and becomes that, as plugins/plugin_utils/_start.py starts it."""
    collections = ModuleType("ansible_collections")  # others are out of sight
    collections.__path__ = [str(COLLECTION.parents[1])]
    sys.modules["ansible_collections"] = collections
    host = importlib.import_module(f"{PACKAGE}.plugin_utils._module_host._server")
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        importlib.import_module(f"{PACKAGE}.modules.{path.stem}")

    def work(given: dict[str, Any]) -> None:
        (listener,) = given["more"]
        _host, _listener, main, place = given["arguments"]
        host.main(PACKAGE, [listener, main, place])

    return work, lambda: None


def _host_from(path: str) -> Callable[..., None]:
    """In the place of subprocess.Popen, for the one command that it is called with: a Python that becomes the module host."""
    from warm import begin

    def start(command: list[str], *, cwd: str, pass_fds: list[int], **_how: Any) -> None:
        with open(os.devnull, "r+b") as nothing:
            _pid, connection = begin(path, command[3:], cwd, os.environ, [*[nothing.fileno()] * 3, *pass_fds])
        connection.close()

    return start


# Playbooks

PLUGINS = {
    "callback_loader": ["default", "junit", "minimal", "oneline", "tree"],
    "connection_loader": ["local", "paramiko_ssh", "psrp", "ssh", "winrm"],
    "become_loader": ["su", "sudo"],
    "shell_loader": ["cmd", "powershell", "sh"],
    "strategy_loader": ["linear", "host_pinned", "free"],
    "inventory_loader": ["host_list", "script", "auto", "yaml", "ini", "toml"],
    "cache_loader": ["memory"],
    "lookup_loader": ["env", "vars", "first_found"],
    "action_loader": ["assert", "debug", "fail", "include_tasks", "include_vars", "set_fact", "set_stats", "validate_argument_spec"],
}
# What Ansible and its plugins import only once they run
LATER = """
ansible.playbook.handler_task_include ansible.parsing.yaml.dumper ansible.utils.encrypt ansible.utils.hashing
ansible.utils.unicode ansible.utils.version ansible.module_utils._internal._json._profiles._module_legacy_m2c
ansible.plugins.doc_fragments.vars_plugin_staging ansible.module_utils._internal._json._profiles._module_legacy_c2m
multiprocessing.synchronize multiprocessing.popen_fork multiprocessing.resource_tracker xml.dom.minidom
"""


def playbooks(here: str, modules_at: str, awx_at: str = "") -> tuple[Work, Callable[[], object]]:
    """Ansible's own command, which has read its configuration here: whoever calls gives an environment of the same."""
    from ansible import constants
    from ansible.cli import playbook
    from ansible.plugins import loader
    from ansible.utils import vars as unique
    from warm_files import Files
    from warm_templates import Templates

    loader.init_plugin_loader()
    importlib.import_module("ansible.cli").init_plugin_loader = _only_once
    for kind, names in PLUGINS.items():
        for name in names:
            getattr(loader, kind).get(name, class_only=True)
    for kind in ("action", "lookup"):
        for path in sorted((ROOT / "plugins" / kind).glob("*.py")):
            getattr(loader, f"{kind}_loader").get(f"workspace_zoom.provisioning.{path.stem}", class_only=True)
    for plugins in (loader.filter_loader, loader.test_loader):
        list(plugins.all())
    for name in LATER.split():
        importlib.import_module(name)
    _work_without_workers()
    client = importlib.import_module(f"{PACKAGE}.plugin_utils._module_host._client")
    client.subprocess = SimpleNamespace(Popen=_host_from(modules_at), DEVNULL=None)
    if awx_at:
        warm_awx.execute_by(_module_from(awx_at))
    kept = [
        Templates(Path(f"{here}.templates")),
        Files(Path(f"{here}.files"), (str(ROOT / "playbooks"), str(ROOT / "roles"), str(COLLECTION))),
    ]
    temporary = str(Path(constants.DEFAULT_LOCAL_TMP).parent)

    def work(given: dict[str, Any]) -> None:
        from ansible.config import manager

        atexit.unregister(manager.cleanup_tmp_file)  # of the server's own
        constants.DEFAULT_LOCAL_TMP = manager.ensure_type(temporary, "tmppath")
        main = os.getpid()
        os.getppid = lambda: main  # to an action, which is a worker's in a run of its own
        unique.random_int = f"{int.from_bytes(os.urandom(4)):08x}"
        try:
            playbook.main(given["arguments"])
        finally:
            for each in kept:
                each.leave()

    return work, lambda: [each.learn() for each in kept]


# Actions that ask nothing of a host; of others, a worker of their own is right
QUICK = frozenset(
    {"assert", "debug", "fail", "set_fact", "set_stats", "validate_argument_spec", "include_tasks", "include_role", "include_vars"}
)


def _work_without_workers() -> None:
    """A worker is a fork for one task. For what is quick, or has nothing beside it, this process does without."""
    from ansible.executor.process import worker
    from ansible.utils.multiprocessing import context as multiprocessing_context

    kind, queue = worker.WorkerProcess, worker.WorkerQueue
    forks = kind.start
    worker.WorkerQueue = lambda ctx: None  # which takes longer to make than a quick task takes

    def start(self: Any) -> None:
        room, _dot, name = str(self._task.resolved_action or self._task.action).rpartition(".")
        alone = len(set(self._variable_manager._inventory.hosts) - {"localhost"}) < 2
        if (room == "ansible.builtin" and name in QUICK) or (room in ("workspace_zoom.provisioning", "{{ awx_collection }}") and alone):
            _work_here(self)
        else:
            self.worker_queue = queue(ctx=multiprocessing_context)
            forks(self)

    kind.start = start


def _work_here(self: Any) -> None:
    """On copies of what a worker changes, because it has them for itself."""
    from ansible._internal import _task
    from ansible.executor.task_executor import TaskExecutor
    from ansible.executor.task_result import _RawTaskResult

    task = self._task.copy(exclude_parent=True, exclude_tasks=True)
    task._parent = self._task._parent
    executor = TaskExecutor(
        self._host,
        task,
        dict(self._task_vars),
        self._play_context.copy(),
        self._loader,
        self._shared_loader_obj,
        self._final_q,
        self._variable_manager,
    )
    # pylint: disable-next=missing-kwoa  # as the ansible-core of these tests has it; newer ones take more
    with _task.TaskContext(task):
        found = executor.run()
    self._final_q.send_task_result(_RawTaskResult(host=self._host, task=task, return_data=found, task_fields=task.dump_attrs()))


def _only_once(paths: Any = None) -> None:
    assert not paths, "a path of its own needs a process of its own"


def _module_from(path: str) -> Callable[..., Any]:
    """In the place of subprocess.run, for the one command that it is called with."""
    from warm import call

    def run(command: list[str], *, input: str, cwd: str, env: dict[str, str], **_how: Any) -> SimpleNamespace:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(input.encode())
            given.seek(0)
            status = call(path, command[2:], cwd, env, (given, out, err))
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(io.TextIOWrapper(file, encoding="utf-8", errors="replace").read())
            return SimpleNamespace(stdout=texts[0], stderr=texts[1], returncode=status)

    return run


def main() -> None:
    kind, path, *others = sys.argv[1:]
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    kinds: dict[str, Callable[..., tuple[Work, Callable[[], object]]]] = {
        "modules": modules,
        "awx": warm_awx.modules,
        "playbooks": playbooks,
    }
    serve(listener, *kinds[kind](path, *others))
    shutil.rmtree(Path(path).parent, ignore_errors=True)  # of a pytest that was killed


if __name__ == "__main__":
    main()
