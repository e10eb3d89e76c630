# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is secret in a service account's key file, in every spelling in which it could be printed. Pure.

The rest of such a file (project, client id, addresses) is no secret: masked, it would be cut out of people's addresses too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL)
_BREAK = re.compile(r"\\*(?:\r|\n)|\\+[rn]")
_ESCAPED = {"\\/": "/", "\\u002b": "+", "\\u002B": "+", "\\u002f": "/", "\\u002F": "/", "\\u003d": "=", "\\u003D": "="}
_BREAKS = ("\n", "\r\n", " ", "", *("\\" * 2**depth + "n" for depth in range(4)))  # as JSON text, as JSON text in JSON text, ...
_TELLING = 16  # characters; less of a key is no key, and would be found in ordinary words


def key_forms(value: object) -> set[str]:
    """Every text by which the private keys in `value` (a dictionary, JSON text, any text, or lists of such) may show."""
    forms = set[str]()
    for text, named in _texts(value):
        blocks = [(match.group(0), match.group(1)) for match in _BLOCK.finditer(text)]
        for block, body in blocks or ([(text, text)] if named else []):
            forms |= _forms(block, body)
    return forms


def _texts(value: object, named: bool = False) -> Iterator[tuple[str, bool]]:
    """All texts in it, and whether each is called `private_key`; a text that is JSON is looked into as well."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, key == "private_key")
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from _texts(item, named)
    elif isinstance(value, str) and value:
        yield value, named
        inner = parsed(value)
        if isinstance(inner, (dict, list)):
            yield from _texts(inner)


def parsed(text: str) -> object:
    """What JSON text says, also where it was made JSON twice; None where it is none."""
    try:
        found = json.loads(text)
        return json.loads(found) if isinstance(found, str) else found
    except (ValueError, RecursionError):
        return None


def _forms(block: str, body: str) -> set[str]:
    plain = body
    for escaped, sign in _ESCAPED.items():
        plain = plain.replace(escaped, sign)
    lines = _BREAK.sub("\n", plain).split()
    head, _body, tail = block.partition(body) if body and body != block else ("", "", "")
    whole = {sign.join([part for part in (head, *lines, tail) if part]) for sign in _BREAKS}
    bodies = {sign.join(lines) for sign in _BREAKS}
    return {form for form in (block, body, *whole, *bodies, *lines) if len(form) >= _TELLING}
