# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Text of others for people to read: what a terminal would obey, or nobody would see, is spelled out. Pure.

Sentences and diffs are made of it. Rows for programs keep the text as it is; JSON has a spelling of its own, `as_json`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

MOST = 2_000  # characters of one text


def spelled(value: object, most: int = MOST) -> str:
    """One line, cut where it is longer than anything that people read."""
    text = str(value)
    if len(text) > most:
        text = f"{text[:most]}... ({len(text):,} characters)"
    return _replaced(text, _escaped)


def as_json(value: Any, **layout: Any) -> str:
    """JSON that any reader reads as the same, and that shows all that is in it."""
    text = json.dumps(value, ensure_ascii=False, **layout)
    return "\n".join(_replaced(line, lambda letter: json.dumps(letter)[1:-1]) for line in text.split("\n"))


def _replaced(text: str, escaped: Callable[[str], str]) -> str:
    """Control, marks of direction, joiners, halves of characters, what is not assigned; blanks of any width are seen."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or unicodedata.category(letter) == "Zs" else escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
