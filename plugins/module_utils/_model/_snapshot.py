# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The two snapshots and the memory: JSON Lines, a header and one record a line, mode 0600, replaced atomically. The model's only I/O."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Generic, TextIO, TypeVar

from ._files import as_bytes, from_json, write_headed
from ._record_types import fitting
from ._text import PolicyError, moment

ACCOUNTS, PEOPLE, MEMORY = "accounts", "people", "memory"
_FORMAT = "workspace_zoom.provisioning/{kind}/1"
T = TypeVar("T")


EVER = float("inf")  # max_age: a file of any age will do


@dataclass(frozen=True)
class Ask:
    """Who asks: `hypothetical` when check mode does; `max_age` in seconds for a file of another run."""

    run_id: str | None = None
    hypothetical: bool = False
    max_age: float = 3600
    tenant: str | None = None


@dataclass
class Snapshot(Generic[T]):
    """`about` is the rest of the header: groups, org_units and fields of people; groups, seats of accounts."""

    kind: str
    tenant: str
    records: list[T]
    about: dict[str, Any] = field(default_factory=dict)
    run_id: str | None = None
    hypothetical: bool = False
    time: str = ""  # when it was written


Write = Callable[[Any], Mapping[str, Any]]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _record(one: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = one.record()
    return found


def save(path: str, snapshot: Snapshot[Any], write: Write = _record) -> None:
    """Written beside and moved over the old one; OSError becomes PolicyError with the path. `write`: a record as JSON takes it."""
    header = {
        **snapshot.about,
        "format": _FORMAT.format(kind=snapshot.kind),
        "tenant": snapshot.tenant,
        "run_id": snapshot.run_id,
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "complete": True,
        "hypothetical": snapshot.hypothetical,
        "count": len(snapshot.records),
    }
    write_headed(path, header, (_JSON.encode(write(record)) for record in snapshot.records), "The snapshot")


def load(path: str, kind: str, read: Callable[[Mapping[str, Any]], T], ask: Ask) -> Snapshot[T]:
    """The snapshot if it is whole, of this tenant, of this run or young, and not check mode's in a real run."""
    try:
        with Path(path).open(encoding="utf-8", newline="\n") as file:
            return _load(file, path, kind, read, ask)
    except FileNotFoundError:
        raise PolicyError(f"The {kind} snapshot {path} does not exist; run the read phase first.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"The {kind} snapshot {path} can't be read: {error}.") from None


def made_of(snapshot: Snapshot[Any], make: Callable[[], T]) -> T:
    """What is made of a header, which has no digest; PolicyError where it holds what no run has written."""
    try:
        return fitting(make())
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        raise PolicyError(f"The header of the {snapshot.kind} snapshot was altered; run the read phase again.") from None


def header_of(path: str, kind: str) -> dict[str, Any] | None:
    """What it says of itself, whatever became of the rest; None where there is none of this kind."""
    try:
        with Path(path).open(encoding="utf-8", newline="\n") as file:
            return _header(file.readline(), path, kind)
    except (OSError, UnicodeDecodeError, PolicyError):
        return None


def _load(file: TextIO, path: str, kind: str, read: Callable[[Mapping[str, Any]], T], ask: Ask) -> Snapshot[T]:
    header, digest, records = _header(file.readline(), path, kind), hashlib.sha256(), list[T]()
    altered = PolicyError(f"The {kind} snapshot {path} is incomplete or was altered; run the read phase again.")
    for line in filter(None, (line.rstrip("\n") for line in file)):
        digest.update(as_bytes(line) + b"\n")
        try:
            record = read(from_json(line))
            records.append(fitting(record) if is_dataclass(record) else record)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise altered from None
    whole = header.get("count") == len(records) and header.get("digest") == digest.hexdigest() and header.get("complete")
    written = moment(str(header.get("time")))
    if not whole or written is None or not isinstance(header.get("tenant"), str):
        raise altered
    _check_origin(header, path, kind, ask, written)
    own = {"format", "tenant", "run_id", "time", "complete", "hypothetical", "count", "digest"}
    about = {key: value for key, value in header.items() if key not in own}
    return Snapshot(kind, header["tenant"], records, about, header.get("run_id"), bool(header.get("hypothetical")), header["time"])


def _header(line: str, path: str, kind: str) -> dict[str, Any]:
    try:
        header = from_json(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != _FORMAT.format(kind=kind):
        raise PolicyError(f"{path} is no {kind} snapshot of this collection.")
    return header


def _check_origin(header: Mapping[str, Any], path: str, kind: str, ask: Ask, written: datetime) -> None:
    if ask.tenant and header["tenant"] != ask.tenant:
        raise PolicyError(f"The {kind} snapshot {path} is of {header['tenant']}, not of {ask.tenant}; give every tenant paths of its own.")
    if header.get("hypothetical") and not ask.hypothetical:
        raise PolicyError(
            f"The {kind} snapshot {path} was written by check mode and contains changes that were not made; run the read phase again."
        )
    if ask.run_id and header.get("run_id") == ask.run_id:
        return
    age = (datetime.now(timezone.utc) - written).total_seconds()
    if age > ask.max_age:
        raise PolicyError(f"The {kind} snapshot {path} is {age / 60:.0f} minutes old and of another run; run the read phase again.")
