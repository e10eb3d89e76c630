# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections as variables hold them, evaluated here, where no error leaves: what a template says of its fault may quote a secret. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._plain import is_vaulted

Template = Callable[[Any], Any]
_OMITTED = "__omit_place_holder__"


@dataclass(frozen=True)
class Evaluated:
    """`value`: the options that are given, or what is no dictionary; None where nothing is given. `faults`: names, never a value."""

    value: Any = None
    faults: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, Any]:
        return self.value if isinstance(self.value, dict) else {}


def evaluated(name: str, raw: Any, template: Template) -> Evaluated:
    """The variable `name`, whose `raw` value may hold templates, option by option."""
    return evaluated_by(name, lambda: raw if isinstance(raw, Mapping) else template(raw), template if isinstance(raw, Mapping) else None)


def evaluated_by(name: str, get: Callable[[], Any], template: Template | None = None) -> Evaluated:
    """The same of what `get` gives. `template`: for the options, where they may still hold templates."""
    whole, broken = _attempt(get)
    if broken or not isinstance(whole, Mapping):
        return Evaluated(faults=(name,)) if broken else Evaluated(None if is_omitted(whole) else whole)
    given, faults = dict[str, Any](), list[str]()
    for option in whole:
        value, broken = _attempt(lambda option=option: _settled((template or (lambda item: item))(whole[option])))  # type: ignore[misc]
        if broken:
            faults.append(f"{name}.{option}")
        elif not is_omitted(value):
            given[str(option)] = value
    return Evaluated(given, tuple(faults))


def unreadable(faults: tuple[str, ...], host: str = "") -> str:
    """The sentence for what can't be evaluated."""
    where = " and ".join(faults) + (f" of {host}" if host else "")
    return (
        f"{where} can't be evaluated, so nothing was read. Either a variable that it names is not defined, "
        "or its vault can't be opened, or it holds {{, {% or {# as plain text: then mark it !unsafe. Its error is not shown, as it may "
        "quote a secret."
    )


def is_omitted(value: Any) -> bool:
    """default(omit), as ansible-core before 2.19 and since keep it."""
    return type(value).__name__ == "_OmitType" or (isinstance(value, str) and value.startswith(_OMITTED))


def _attempt(get: Callable[[], Any]) -> tuple[Any, bool]:
    """The value, and whether it can't be had."""
    try:
        return get(), False
    except Exception as error:  # whatever a template may raise
        # since ansible-core 2.19, of a template that is omit
        return (_OMITTED, False) if type(error).__name__ == "AnsibleValueOmittedError" else (None, True)


def _settled(value: Any) -> Any:
    """Without anything that is evaluated only when it is read."""
    if isinstance(value, Mapping):
        return {key: _settled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_settled(item) for item in value]
    return str(value) if is_vaulted(value) else value
