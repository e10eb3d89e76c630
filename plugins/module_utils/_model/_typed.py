# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Values as people type them, in YAML, by -e or in a survey: blank, of the right type, or refused in one sentence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ._text import PolicyError, is_number
from ._variables import Variable

# What `| bool` of Ansible reads as it is meant: of other texts, such as y, it makes false.
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


def is_blank(value: object) -> bool:
    """A YAML key without a value, or a survey's empty answer: unset."""
    return value is None or value == ""


def check_text(value: object, where: str) -> str:
    """The text; PolicyError for what YAML makes of a text without quotes, such as a number of 007."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise _unquoted(where, f"the boolean {str(value).lower()}", "on" if value else "off")
    if isinstance(value, int | float):
        raise _unquoted(where, f"the number {value}", str(value))
    raise PolicyError(f"{where} must be text, not {_type(value)}.")


def refuse_odd(where: str, kind: str, shown: str) -> PolicyError:
    """The error for a type of YAML's that no variable takes, such as a date."""
    return _unquoted(where, f"a {kind} to YAML, {shown}", shown)


def _unquoted(where: str, what: str, shown: str) -> PolicyError:
    key = where.rpartition(".")[2].partition("[")[0]
    return PolicyError(f'{where} is {what}; quote it as you typed it, such as {key}: "{shown}".')


def read_bool(value: object, where: str) -> bool:
    text = str(value).lower() if isinstance(value, bool | int | str) else ""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise PolicyError(f"{where} is {value!r}; write true or false.")


def read_count(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str) or not is_number(str(value)):
        raise PolicyError(f"{where} is {value!r}; write a whole number, such as 10.")
    return int(value)


_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}  # the suffixes of ansible.builtin.find


def read_duration(value: object, where: str) -> int:
    """Seconds, or a number with s, m, h, d or w behind it."""
    text = "" if isinstance(value, bool) or not isinstance(value, int | str) else str(value).strip().lower()
    number, unit = (text[:-1], text[-1]) if text[-1:].isalpha() else (text, "")
    if unit not in _SECONDS or not (number.isascii() and is_number(number)):
        raise PolicyError(f"{where} is {value!r}; write seconds, or a number with s, m, h, d or w behind it, such as 24h.")
    return int(number) * _SECONDS[unit]


@dataclass(frozen=True)
class Kind:
    """`type`: as Ansible's documentation calls it. `words` and `example` (JSON): how it is to be written."""

    type: str
    check: Callable[[Variable, Any], Any]
    words: str = ""
    example: str = ""


def clean(variable: Variable, value: object) -> Any:
    """The value, of its type; PolicyError names the variable and says how to write it. Blank ones are not to be given."""
    try:
        return KINDS[variable.kind].check(variable, value)
    except PolicyError as error:
        if variable.other and isinstance(value, variable.other[0]):
            raise PolicyError(f"{str(error).rstrip('.')}; {variable.other[1]}.") from None
        raise


def _list(variable: Variable, value: Any) -> Any:
    if not isinstance(value, list):
        raise _shape(variable, value)
    return value


def _dict(variable: Variable, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise _shape(variable, value)
    return value


def _shape(variable: Variable, value: object) -> PolicyError:
    """Text, be it JSON, is no list: Ansible passes on what `-e name=...` and a survey give as text."""
    kind = KINDS[variable.kind]
    how = f"""-e '{{"{variable.name}": {variable.example or kind.example}}}'"""
    return PolicyError(f"{variable.name} must be {kind.words}, not {_type(value)}; write it in YAML, or as {how}.")


def _type(value: object) -> str:
    return "dict" if isinstance(value, Mapping) else type(value).__name__


def _adopt(variable: Variable, value: Any) -> Any:
    return value if value == "all" else _dict(variable, value)


def _license(variable: Variable, value: Any) -> Any:
    """A name, or a bundle; a bundle in JSON is text all the same."""
    if isinstance(value, Mapping) or (isinstance(value, str) and not value.lstrip().startswith(("{", "["))):
        return value
    if isinstance(value, str | list):
        raise _shape(variable, value)
    check_text(value, variable.name)


def _choice(variable: Variable, value: Any) -> Any:
    if value not in variable.choices or not isinstance(value, str):
        raise PolicyError(f"{variable.name} is {value!r}; known are {', '.join(variable.choices)}.")
    return value


def _text(variable: Variable, value: Any) -> str:
    return check_text(value, variable.name)


def _word(variable: Variable, value: Any) -> str:
    """An identifier: a job's number serves as well."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else check_text(value, variable.name)


def _texts(variable: Variable, value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        check_text(item, variable.name if items is not value else f"{variable.name}[{number}]")
    return value


def _as_it_is(variable: Variable, value: Any) -> Any:
    """Checked by those who read it, such as limits."""
    return value


KINDS = {
    "text": Kind("str", _text),
    "word": Kind("str", _word),
    "bool": Kind("bool", lambda variable, value: read_bool(value, variable.name)),
    "count": Kind("int", lambda variable, value: read_count(value, variable.name)),
    "duration": Kind("str", lambda variable, value: read_duration(value, variable.name)),
    "limit": Kind("str", _as_it_is),
    "choice": Kind("str", _choice),
    "any": Kind("raw", _as_it_is),
    "texts": Kind("raw", _texts),
    "addresses": Kind("list", _list, "a list of addresses", '["name@example.com"]'),
    "org_units": Kind("list", _list, "a list of org unit paths", '["/Staff/Engineering"]'),
    "members": Kind("list", _list, "a list of addresses", '["name@example.com"]'),
    "rules": Kind("list", _list, "a list of rules", '[{"groups": ["name@example.com"], "license": "licensed"}]'),
    "groups": Kind("list", _list, "a list of groups", '[{"name": "Sales", "groups": ["name@example.com"]}]'),
    "dict": Kind("dict", _dict, "a dictionary"),
    "adopt": Kind("raw", _adopt, "a dictionary of addresses, or all"),
    "license": Kind("raw", _license, "the name of a licence, or a dictionary", '{"zoom_one_type": 16}'),
    "connection": Kind("dict", _as_it_is),
}
