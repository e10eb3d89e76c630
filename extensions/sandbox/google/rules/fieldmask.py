# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The `fields` parameter: `a,b(c,d),e/f,*`. A mask that does not name nextPageToken drops it, as Google does."""

from __future__ import annotations

import re
from typing import Any

from ...frame.refusal import Refusal
from .errors import refuse
from .schema import FIELDS

# name -> what is wanted of it; None: all of it
Mask = dict[str, Any]
_TOKEN = re.compile(r"[A-Za-z0-9_.$:-]+|[*,/()]")


def wrong(text: str) -> Refusal:
    return refuse(400, "invalidParameter", f"Invalid field selection {text}", location=("fields", "parameter"))


def parse(text: str, resource: str) -> Mask:
    """`resource` names the fields' table of the answer."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", ""):
        raise wrong(text)
    mask, rest = _selections(tokens, resource, text)
    if rest:
        raise wrong(text)
    return mask


def _selections(tokens: list[str], resource: str, text: str) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _selection(tokens, resource, text, mask)
        if tokens[:1] != [","]:
            return mask, tokens
        tokens = tokens[1:]


def _selection(tokens: list[str], resource: str, text: str, mask: Mask) -> list[str]:
    """One path, with what is in brackets after it, put into the mask; the tokens after it."""
    if not tokens or tokens[0] in ",/()":
        raise wrong(text)
    name, rest = tokens[0], tokens[1:]
    below = _below(name, resource)
    inner: Mask | None = None
    if rest[:1] == ["/"]:
        inner = {}
        rest = _selection(rest[1:], below, text, inner)
    elif rest[:1] == ["("]:
        inner, rest = _selections(rest[1:], below, text)
        if rest[:1] != [")"]:
            raise wrong(text)
        rest = rest[1:]
    mask[name] = _merged(mask[name], inner) if name in mask else inner
    return rest


def _below(name: str, resource: str) -> str:
    """The table of a field's own fields: "" where there are none, "*" where anything goes."""
    if name == "*" or resource == "*":
        return "*"
    if name not in FIELDS.get(resource, {}):
        raise wrong(name)
    return FIELDS[resource][name]


def _merged(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return None
    both = dict(one)
    for name, inner in other.items():
        both[name] = _merged(both[name], inner) if name in both else inner
    return both


def apply(mask: Mask, value: Any) -> Any:
    if isinstance(value, list):
        rows = [apply(mask, item) for item in value]
        return [row for row in rows if row != {}]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, item in value.items():
        if name in mask or "*" in mask:
            inner = _merged(mask[name], mask["*"]) if name in mask and "*" in mask else mask.get(name, mask.get("*"))
            shown = item if inner is None else apply(inner, item)
            if shown not in ({}, []):
                kept[name] = shown
    return kept
