# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The list of mapped Zoom groups as users write it, and groups by name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._model._selector import Selector, parse_selector
from .._model._text import PolicyError, as_shown, name_key
from .._model._typed import check_text, is_blank, read_bool
from .._model._unknown import unknown_key

LONGEST_NAME = 127  # characters; Zoom's Groups OpenAPI says fewer than 128
_OWN = ("name", "exclusive", "previous_names", "state")
_SELECTOR = ("groups", "org_units", "users", "where")


@dataclass(frozen=True)
class MappedGroup:
    """`selector` is None for a group that is to be absent."""

    name: str
    selector: Selector | None
    exclusive: bool = False
    previous_names: tuple[str, ...] = ()

    @property
    def absent(self) -> bool:
        return self.selector is None


def parse_groups(specs: object, where: str, *, exclusive: bool = False) -> list[MappedGroup]:
    """A list of selector + `name`, `exclusive`, `previous_names`, `state`. `exclusive`: of groups that do not say."""
    if not isinstance(specs, list):
        raise PolicyError(f"{where} must be a list of groups, each with a name and a selector.")
    groups: dict[str, MappedGroup] = {}
    for number, spec in enumerate(specs, 1):
        group = _parse_group(spec, f"{where}[{number}]", exclusive)
        if name_key(group.name) in groups:
            raise PolicyError(f"{where}[{number}] names the Zoom group {group.name!r} a second time.")
        groups[name_key(group.name)] = group
    _check_former(list(groups.values()), where)
    return list(groups.values())


def _parse_group(spec: object, at: str, default: bool) -> MappedGroup:
    if not isinstance(spec, Mapping) or is_blank(spec.get("name")):
        raise PolicyError(f"{at} needs a name.")
    name, state = parse_name(spec["name"], f"{at}.name"), spec.get("state") or "present"
    exclusive = default if is_blank(spec.get("exclusive")) else read_bool(spec["exclusive"], f"{at}.exclusive")
    if state not in ("present", "absent"):
        raise PolicyError(f"{at}.state is {state!r}; known are present and absent.")
    former = parse_former(spec.get("previous_names"), name, f"{at}.previous_names")
    if state == "absent":
        _check_absent(spec, at)
        return MappedGroup(name, None)
    return MappedGroup(name, parse_selector(spec, at, _OWN), exclusive, former)


def _check_absent(spec: Mapping[str, Any], at: str) -> None:
    """A group that is to go has no members to choose; a misspelt key is named all the same."""
    if any(spec.get(key) not in (None, [], "") for key in _SELECTOR):
        parse_selector(spec, at, _OWN)
    unknown = [key for key in spec if key not in (*_SELECTOR, *_OWN)]
    if unknown:
        raise PolicyError(unknown_key(at, unknown[0], (*_SELECTOR, *_OWN)))


def parse_name(name: object, where: str) -> str:
    text = as_shown(check_text(name, where))
    if not text:
        raise PolicyError(f"{where} is empty.")
    if len(text) > LONGEST_NAME:
        raise PolicyError(f"{where} has {len(text)} characters, {text[:30]!r} and so on; Zoom takes {LONGEST_NAME} at most.")
    return text


def parse_former(names: object, name: str, where: str) -> tuple[str, ...]:
    """Former names; the present one among them says nothing."""
    if is_blank(names):
        return ()
    if not isinstance(names, list):
        raise PolicyError(f"{where} must be a list of names, not {type(names).__name__}.")
    former = {name_key(text): text for text in (parse_name(item, f"{where}[{number}]") for number, item in enumerate(names, 1))}
    return tuple(text for key, text in former.items() if key != name_key(name))


def _check_former(groups: list[MappedGroup], where: str) -> None:
    """A former name that another entry has too would let two entries take one group."""
    taken = {name_key(group.name): group.name for group in groups}
    for group in groups:
        for name in group.previous_names:
            if name_key(name) in taken:
                raise PolicyError(
                    f"{where}: {name!r} is a former name of {group.name!r} and belongs to the entry of {taken[name_key(name)]!r} too; "
                    "take it out of previous_names of one."
                )
        taken.update({name_key(name): group.name for name in group.previous_names})


def group_named(existing: Mapping[str, str], name: str) -> str | None:
    """The id of the group of that name; Zoom's names are unique without case."""
    return next((key for key, shown in existing.items() if name_key(shown) == name_key(name)), None)
