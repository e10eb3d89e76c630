# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The lock of a state folder: a file that says which run works on it.

It is taken by link(2) of a private file, which is atomic over NFS too, where flock may not be. Whoever holds it touches it while working.
A lock is stale if its process is gone, or, on a machine where nobody here can see that, if it was not touched for 15 minutes.

A lock has an id, and ends once: who ends it, its holder or one that takes it over as stale, links a file under that id first. So of two
that take over at once one wins, and nobody ends a lock that is not the one that was found stale.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._model._files import make_private_folder
from .._model._text import PolicyError
from ._process import is_same, machine, started, user

STALE_AFTER = 15 * 60.0  # seconds without a touch, on a machine that can't be seen from here
_SHOWN = ("run_id", "run_host", "user", "host", "pid", "since")
_NO_PID = 2**31  # larger than any system's
_PAUSE = 1.0  # seconds between two looks at another run's lock
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


@dataclass(frozen=True)
class Lock:
    """Who works on the state folder. `pid` and `started`: of ansible-playbook. All is '' of a file that can't be read."""

    id: str
    run_id: str = ""
    run_host: str = ""
    user: str = ""
    host: str = ""
    boot: str = ""
    namespace: str = ""
    pid: int = 0
    started: str = ""
    since: str = ""

    @property
    def is_here(self) -> bool:
        """Whether its process can be seen from here. A host may get another name meanwhile, its start has one of its own."""
        here = machine()
        same = self.boot == here["boot"] if self.boot else self.host == here["host"]
        return self.pid > 0 and same and self.namespace == here["namespace"]

    @property
    def is_alive(self) -> bool:
        return self.is_here and is_same(self.pid, self.started)

    def is_of(self, run_id: str) -> bool:
        """Whether it is that run's, and the run goes on."""
        return self.run_id == run_id and self.is_alive

    def is_same_work(self, other: Lock) -> bool:
        """Of the same process and inventory host: a run_id may be given twice."""
        return self.is_here and (self.pid, self.started, self.run_host) == (other.pid, other.started, other.run_host)

    @property
    def holder(self) -> str:
        """For people."""
        if not self.run_id:
            return "it can't be read by whom"
        return f"run {self.run_id}, of {self.user} on {self.host}, process {self.pid}, since {self.since}"

    @property
    def shown(self) -> dict[str, object]:
        """For results."""
        return {name: value for name, value in asdict(self).items() if name in _SHOWN}


def new_lock(run_id: str, run_host: str, pid: int) -> Lock:
    return Lock(uuid.uuid4().hex, run_id, run_host, user(), **machine(), pid=pid, started=started(pid), since=_now())


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def read_lock(path: Path) -> Lock | None:
    """None where there is no file. One that can't be read is somebody's all the same."""
    try:
        text, touched = path.read_text(encoding="utf-8", errors="replace"), path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _no_use(path, error) from None
    try:
        found = json.loads(text)
        lock = Lock(**{name: type(kind)(found[name]) for name, kind in asdict(Lock("")).items()})
        return lock if lock.id.isalnum() and 0 <= lock.pid < _NO_PID else Lock(f"unread{touched}")
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Lock(f"unread{touched}")


def wait_and_take(path: Path, mine: Lock, timeout: int, waiting: Callable[[], object] = lambda: None) -> bool:
    """Whether another run was waited for. PolicyError where it is there for longer than `timeout`. `waiting`: called meanwhile."""
    until, waited = time.monotonic() + timeout, False
    while held := take(path, replace(mine, since=_now())):
        left = until - time.monotonic()
        if left <= 0:
            raise PolicyError(
                f"{mine.run_host or 'This tenant'}: another run is working on it ({held.holder}), so this one did nothing. Wait for it, or "
                f"set provisioning_lock_timeout to how long to wait, such as 30m. If that run is surely gone, remove {path}."
            )
        waiting()
        time.sleep(min(_PAUSE, left))
        waited = True
    return waited


def take(path: Path, mine: Lock) -> Lock | None:
    """The lock that stands in the way; None where `mine` is held now, in the place of none or of a stale one."""
    with _private(path, mine) as private:
        while not _link(private, path):
            held = read_lock(path)
            if held is None and path.is_symlink():
                raise _no_use(path, OSError(errno.ELOOP, "It is a link to nothing"))
            last, file = _last(path, held)
            if held and last and not _is_stale(last, file, private) and not last.is_same_work(mine):
                return last
            if held and last:
                _take_over(path, held, last, private)
            if _holds(path, mine):
                break
        # what stopped runs left of taking, taking over and releasing; of locks that are over by now
        _unlink(*path.parent.glob(f"{path.name}.*.ended"), *_left_behind(path))
        return None


def release(path: Path, mine: Lock) -> bool:
    """Whether it was held until now."""
    with _private(path, replace(mine, id=uuid.uuid4().hex)) as private:
        claim = _end_of(path, mine)
        if not _link(private, claim):
            return False
        held = _holds(path, mine)
        _unlink(*([path] if held else []), claim)
        return held


def _last(path: Path, held: Lock | None) -> tuple[Lock | None, Path]:
    """Who ends the lock, or stopped over it, and the file; the lock itself where nobody does."""
    last, file = held, path
    while last and (claimed := read_lock(_end_of(path, last))):
        last, file = claimed, _end_of(path, last)
    return last, file


def _take_over(path: Path, held: Lock, last: Lock, private: Path) -> None:
    claim = _end_of(path, last)
    if not _link(private, claim):  # another one was faster
        return
    if _holds(path, held):
        os.replace(private, path)
    else:  # and is through by now
        _unlink(claim)


def _holds(path: Path, lock: Lock) -> bool:
    found = read_lock(path)
    return found is not None and found.id == lock.id


def touch(path: Path) -> None:
    """By the clock of whoever keeps the file, as all that is compared with it."""
    try:
        os.utime(path)
    except OSError:
        pass


def _is_stale(lock: Lock, file: Path, private: Path) -> bool:
    if lock.is_here:
        return not is_same(lock.pid, lock.started)
    try:
        os.utime(private)
        return private.stat().st_mtime - file.stat().st_mtime > STALE_AFTER
    except OSError:
        return False


def _left_behind(path: Path) -> Iterator[Path]:
    """Private files of killed runs, by the clock of whoever keeps them; those of runs that wait are new each second."""
    now = path.stat().st_mtime
    for file in path.parent.glob(f".{path.name}.*"):
        try:
            if now - file.stat().st_mtime > STALE_AFTER:
                yield file
        except FileNotFoundError:
            continue


def _end_of(path: Path, lock: Lock) -> Path:
    return path.with_name(f"{path.name}.{lock.id}.ended")


@contextmanager
def _private(path: Path, lock: Lock) -> Iterator[Path]:
    """A file of its own beside the lock, whole before it is linked."""
    try:
        make_private_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    except OSError as error:
        raise _no_use(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_as_text(asdict(lock)))
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    except OSError as error:
        raise _no_use(path, error) from None
    finally:
        Path(name).unlink(missing_ok=True)


def _as_text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _link(private: Path, path: Path) -> bool:
    """Whether `path` is now this file. Over NFS the answer may be lost, so the number of links counts."""
    before = private.stat().st_nlink
    try:
        os.link(private, path)
    except FileExistsError:
        return private.stat().st_nlink > before
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _create(private, path)
    return True


def _create(private: Path, path: Path) -> bool:
    """Where the file system has no links."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(private.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    return True


def _unlink(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _no_use(path: Path, error: OSError) -> PolicyError:
    return PolicyError(f"The lock {path} can't be used: {error.strerror}; check provisioning_state_dir and who may write to it.")
