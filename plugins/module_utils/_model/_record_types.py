# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether what was read from a file has the types that its dataclass says. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
Kind = Callable[[Any], bool]


def is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def is_text_map(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


_KINDS: dict[str, Kind] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "None": lambda value: value is None,
    "list[str]": is_texts,
    "Sequence[str]": is_texts,
    "frozenset[str]": lambda value: isinstance(value, frozenset) and all(isinstance(item, str) for item in value),
    "dict[str, str]": is_text_map,
    "Mapping[str, Any]": lambda value: isinstance(value, dict),
    "dict[str, Any]": lambda value: isinstance(value, dict),
    "list[dict[str, str]]": lambda value: isinstance(value, list) and all(map(is_text_map, value)),
    "list[dict[str, Any]]": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
    "Pools": lambda value: isinstance(value, dict) and all(map(_is_pool, value.values())),
}


_PLAIN: dict[str, type] = {"str": str, "int": int, "bool": bool, "None": type(None)}


def fitting(record: T) -> T:
    """The record; TypeError names the field that is of another type. Fields of types that no file holds are not looked at."""
    kind: type = type(record)
    for name, plain, kinds in _fields_of(kind):
        value = getattr(record, name)
        if type(value) not in plain and not any(fits(value) for fits in kinds):
            raise TypeError(f"{name} is of another type")
    return record


@lru_cache
def _fields_of(kind: type) -> tuple[tuple[str, frozenset[type], tuple[Kind, ...]], ...]:
    """Of each field its name, the types that need no further look, and what else fits."""
    found = []
    for one in fields(kind):
        parts = str(one.type).split(" | ")
        if _KINDS.keys() >= set(parts):
            plain = frozenset(_PLAIN[part] for part in parts if part in _PLAIN)
            found.append((one.name, plain, tuple(_KINDS[part] for part in parts)))
    return tuple(found)


def _is_pool(value: Any) -> bool:
    return isinstance(value, dict) and all(item is None or _KINDS["int"](item) for item in value.values())
