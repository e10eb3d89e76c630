# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as Zoom may normalise or refuse them, whichever API sends them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

NAMES = ("first_name", "last_name", "display_name", "department")
MOST_CHINESE = 10
_CHINESE = re.compile("[\u4e00-\u9fff]")


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Accents composed, one blank between words, none at the ends."""
    named = {name: " ".join(unicodedata.normalize("NFC", value).split()) for name, value in values.items() if _is_name(name, value)}
    return {**values, **named}


def refused_name(values: Mapping[str, Any], blocked: Iterable[str], *, chinese: bool) -> str:
    """Zoom's words about a name that it does not take, or nothing."""
    for name, value in values.items():
        if not _is_name(name, value) or name == "department":
            continue
        if any(word.lower() in value.lower() for word in blocked):
            return f"Your request could not be completed because the name contains an invalid word: {value}"
        if chinese and name == "display_name" and len(_CHINESE.findall(value)) > MOST_CHINESE:
            return "The display name cannot contain more than 10 Chinese characters."
    return ""


def _is_name(name: str, value: Any) -> bool:
    return name in (*NAMES, "name") and isinstance(value, str)
