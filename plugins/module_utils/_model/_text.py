# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Addresses and names as both sides compare them. Pure."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import datetime, timezone
from typing import Any

# Google stores people of one name with a zero-width space as the other half.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# What no screen shows either: soft hyphens, marks of direction, invisible operators.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class PolicyError(ValueError):
    """An input can't be used; the text is one sentence that names the option or address at fault."""


def fold(address: str) -> str:
    """The form in which addresses are compared: no case, no blanks around."""
    return address.strip().lower()


def shared(value: Any) -> Any:
    """The one copy of a text: of 100,000 records most say what others say, such as a department or a group. All else as it is."""
    return sys.intern(str(value)) if isinstance(value, str) else value


def domain(address: str) -> str:
    return fold(address).rpartition("@")[2]


def is_address(text: object) -> bool:
    return isinstance(text, str) and _ADDRESS.fullmatch(text.strip()) is not None


def visible(text: str) -> str:
    """The text without zero-width characters and surrounding blanks."""
    return _INVISIBLE.sub("", text).strip()


def as_shown(text: str) -> str:
    """The text as Zoom shows it, whatever of this it normalises: accents composed, one blank between words, nothing unseen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return " ".join(text.split())


def name_key(text: str) -> str:
    """The form in which names of people and groups are compared: as shown, without case."""
    return fold(as_shown(text))


def check_addresses(addresses: object, where: str) -> list[str]:
    """The addresses, stripped and without repeats, in their order; `where` names the option in an error."""
    if not isinstance(addresses, list):
        raise PolicyError(f"{where} must be a list of addresses, not {type(addresses).__name__}.")
    seen: dict[str, str] = {}
    for address in addresses:
        if not is_address(address):
            raise PolicyError(f"{where} holds {address!r}, which is no address; write it as name@example.com.")
        seen.setdefault(fold(address), address.strip())
    return list(seen.values())


def check_org_units(paths: object, where: str) -> list[str]:
    """Org unit paths, each with its leading slash."""
    if not isinstance(paths, list):
        raise PolicyError(f"{where} must be a list of org unit paths, not {type(paths).__name__}.")
    for path in paths:
        if not isinstance(path, str) or not path.startswith("/"):
            raise PolicyError(f"{where} holds {path!r}, which is no org unit path; write it as /Staff/Engineering.")
    return [path.rstrip("/") or "/" for path in paths]


def within(path: str, ancestor: str) -> bool:
    """Whether an org unit is `ancestor` or lies beneath it; names have no case (Directory API)."""
    path, ancestor = path.lower(), ancestor.lower().rstrip("/")
    return path == ancestor or path.startswith(ancestor + "/")


def moment(text: str) -> datetime | None:
    """A time as either API writes it; None where there is none (Google writes never as 1970)."""
    try:
        read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=timezone.utc)) if read.year > 1970 else None
