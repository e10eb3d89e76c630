# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a tenant's variables say, name by name: blank ones left out, the others of their type, or every fault at once. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._text import PolicyError
from .._model._typed import clean, is_blank, refuse_odd
from .._model._unknown import overridden, unknown_key, unknown_variables
from .._model._variables import ROLES, VARIABLES
from ._arguments import AUTO, Spec, google_arguments, zoom_arguments

CONNECTIONS: dict[str, Spec] = {"zoom_connection": zoom_arguments(), "google_connection": google_arguments()}
_NEVER_EMPTY = "provisioning_only"  # a survey left empty would make a run about everybody of one about a few: whoever reads it refuses it
_RATES = frozenset({"scim_rate"})  # a word or a number
_WORDS = {"bool": "true or false", "int": "a whole number", "float": "a number"}


def read_given(params: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Role -> its variables without their prefix; "" -> those that all share. PolicyError holds one sentence for each fault."""
    faults = unknown_variables(params.get("variables") or []) + overridden(params.get("extra_variables") or [])
    faults += [str(refuse_odd(where, *found)) for where, found in (params.get("odd") or {}).items()]
    given: dict[str, dict[str, Any]] = {}
    for role in ROLES:
        options = {f"{role}_{key}": value for key, value in (params.get(role) or {}).items()}
        found = _clean(options, faults)
        given[role] = {name.removeprefix(f"{role}_"): value for name, value in found.items()}
    given[""] = _clean(params.get("shared") or {}, faults)
    for name, spec in CONNECTIONS.items():
        faults += _connection(name, (params.get("connections") or {}).get(name), spec)
    if faults:
        raise PolicyError(" ".join(dict.fromkeys(faults)))
    return given


def _clean(options: Mapping[str, Any], faults: list[str]) -> dict[str, Any]:
    found = {}
    for name, value in options.items():
        if name not in VARIABLES:
            faults += unknown_variables([name])
        elif is_blank(value) and value is not None and name == _NEVER_EMPTY:
            found[name] = ""
        elif not is_blank(value):
            try:
                found[name] = clean(VARIABLES[name], value)
            except PolicyError as error:
                faults.append(str(error))
    return found


def _connection(name: str, shape: object, spec: Spec) -> Iterable[str]:
    """`shape`: option -> the name of its value's type, or the name of the whole one's. No value ever comes here, as some are secret."""
    if not is_blank(shape) and not isinstance(shape, Mapping):
        yield f"{name} must be a dictionary of options, not {shape}; write it in YAML."
        return
    for option, kind in (shape or {}).items():  # type: ignore[attr-defined]
        if option not in spec:
            yield unknown_key(name, option, spec)
        elif kind not in _fitting("float" if option in _RATES else str(spec[option]["type"])):
            how = f"{AUTO} or a number" if option in _RATES else _WORDS.get(spec[option]["type"])
            yield (
                f"{name}.{option} must be {how}, not {kind}."
                if how
                else f"{name}.{option} must be text, not {kind}; quote it as you typed it."
            )


def _fitting(option: str) -> frozenset[str]:
    """Names of types that an option of that type takes; what a text says, the module checks that is given it."""
    own = {"bool": {"bool"}, "int": {"int"}, "float": {"int", "float"}, "str": set[str](), "path": set[str]()}
    return frozenset({"NoneType", "str", *own.get(option, {"dict"})})
