# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The form of answers: what is read of them and of which type it must be. What has another form is never used, and never a traceback.

A row of an unknown form is set aside where the caller collects such rows (`Aside`); where it does not, the list as a whole is an error.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ._errors import OutcomeUnknown, TransportError, UnexpectedAnswer

Kind = Callable[[Any], bool]  # whether a value that is there has the type that is read
READS = frozenset({"GET", "HEAD"})
MOST_ROWS = 2_000_000  # more than any list of either API can hold
_IDLE_PAGES = 10  # in a row that bring nothing new, and still name a next one
_DEEPEST = 60  # levels; an answer of either API has six
_MANY = 3  # rows; where as many and most of a list are odd, it is the list that is of an unknown form
_LONGEST_NUMBER = 30  # digits; the largest licence value has 18


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class OddRow:
    """A row that can't be used. `kind`: user, group, member or domain; `what`: the list; `why`: what is wrong.

    `id`, `email` (of a group its name) as far as they can be read.
    """

    kind: str
    what: str
    why: str
    id: str = ""
    email: str = ""


@dataclass
class Aside:
    """Collects what lists hold that can't be used, and totals that their rows do not reach (`doubts`, each a clause for people).

    `blank`: lists with neither rows nor a total, which are empty unless something else is known of them.
    """

    rows: list[OddRow] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """`kinds`: fields that are read. `required`: what no row may lack. `names`: fields that name the row in a report, id first."""

    kinds: Mapping[str, Kind]
    required: tuple[str, ...] = ()
    names: tuple[str, str] = ("id", "email")
    kind: str = "user"

    def fault(self, row: Any) -> str:
        """What is wrong with a row, '' when it is as it should be."""
        if not isinstance(row, dict):
            return f"{_called(row)} in place of an object"
        for name in self.required:
            if row.get(name) in (None, ""):
                return f"no {name}"
        return next((f"{name} is {_called(row[name])}" for name, kind in self.kinds.items() if not _fits(row.get(name), kind)), "")

    def odd(self, row: Any, what: str, why: str) -> OddRow:
        given = row if isinstance(row, dict) else {}
        key, name = (str(given[field]) if is_text(given.get(field)) else "" for field in self.names)
        return OddRow(self.kind, what, why, key, name)


def _fits(value: Any, kind: Kind) -> bool:
    return value is None or kind(value)


def _called(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds: tuple[tuple[type, str], ...] = ((dict, "an object"), (list, "a list"), (str, "a text of another form"), (int, "a number"))
    return "nothing" if value is None else next((word for kind, word in kinds if isinstance(value, kind)), "a number")


def lowered(address: str) -> str:
    """ASCII without case, as both APIs compare addresses; of another letter none makes two mailboxes one."""
    return address.lower() if address.isascii() else address.translate(_LOWER)


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_address(value: Any) -> bool:
    return isinstance(value, str) and "@" in value.strip()


def is_token(value: Any) -> bool:
    """Something that can stand in an Authorization header."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value and value != ""


def is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def is_count(value: Any) -> bool:
    """A whole number, or a text of digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value >= 0
    return isinstance(value, str) and value.isdecimal() and len(value) <= _LONGEST_NUMBER


def is_label(value: Any) -> bool:
    """What one API writes as text and the other as number."""
    return is_text(value) or is_count(value)


def is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_object(value: Any) -> bool:
    return isinstance(value, dict)


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def having(**kinds: Kind) -> Kind:
    """An object whose fields, where they are there, are of these types."""
    return lambda value: isinstance(value, dict) and all(_fits(value.get(name), kind) for name, kind in kinds.items())


def each(kind: Kind) -> Kind:
    return lambda value: isinstance(value, list) and all(kind(item) for item in value)


def either(*kinds: Kind) -> Kind:
    return lambda value: any(kind(value) for kind in kinds)


def unknown_form(service: str, method: str, path: str, why: str) -> TransportError:
    """The error for an answer that can't be understood: after a write, nobody knows whether it was made."""
    path = unquote(path)
    if method in READS:
        return UnexpectedAnswer(f"{service} answered {method} {path} in an unknown form ({why}).")
    return OutcomeUnknown(f"{service} answered {method} {path} in an unknown form ({why}); whether it was done is not known.")


def checked(service: str, method: str, path: str, data: Any, shape: Shape | None) -> Any:
    """The answer if it is as it should be; without a shape nothing of it is read, and none is as good as an object."""
    if shape is None and data is None and method not in READS:
        return data
    why = (shape or Shape({})).fault(data)
    if why:
        raise unknown_form(service, method, path, why)
    return data


def usable(rows: Iterable[Any], shape: Shape, what: str, odd: list[OddRow]) -> Iterator[dict[str, Any]]:
    """The rows that can be used; the others go to `odd`."""
    for row in rows:
        why = shape.fault(row)
        if why:
            odd.append(shape.odd(row, what, why))
        else:
            yield row


def settle(service: str, path: str, odd: list[OddRow], aside: Aside | None, usable: int = 0) -> None:
    """Hand the odd rows to whoever collects them, or end the read: also where there are more of them than can be used (`usable`)."""
    if odd and aside is None:
        raise unknown_form(service, "GET", path, f"a row with {odd[0].why}")
    if len(odd) >= _MANY and len(odd) > usable:
        raise unknown_form(service, "GET", path, f"{len(odd)} of {len(odd) + usable} rows with {odd[0].why}")
    if aside is not None:
        aside.rows += odd


class PageCount:
    """Ends a list whose pages never end: they must go on to bring rows that were not there before."""

    def __init__(self, service: str, path: str) -> None:
        self._service, self._path = service, path
        self._idle, self._held = 0, 0

    def check(self, held: int) -> None:
        """`held`: different rows so far, asked before each further page."""
        self._idle = self._idle + 1 if held == self._held else 0
        self._held = held
        if self._idle >= _IDLE_PAGES or held > MOST_ROWS:
            raise unknown_form(self._service, "GET", self._path, "its pages have no end")


def parse_json(content: bytes) -> Any:
    """The parsed body; ValueError for what is no JSON, holds NaN, or is nested so deeply that nothing can work on it."""
    try:
        # a half of a character, as bytes or spelled out, is what no file can hold
        text = content.decode(json.detect_encoding(content), "replace")
        data = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    level, depth = [data], 0
    while level := [item for value in level for item in _inner(value) if isinstance(item, dict | list)]:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
    return _without_halves(data) if "\\ud" in text or "\\uD" in text else data


def _inner(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number")
    return number


def _without_halves(value: Any) -> Any:
    """Halves of a character (lone surrogates), which no file can hold, become a replacement character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(item) for key, item in value.items()}
    return [_without_halves(item) for item in value] if isinstance(value, list) else value
