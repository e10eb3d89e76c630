# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Addresses and names as both sides compare them. Pure."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

# Google stores people of one name with a zero-width space as the other half.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# What no reader sees and Unicode lets be drawn as nothing: soft hyphen, fillers, marks of direction, joiners, variation selectors.
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_LOOKS_LIKE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_SPECIAL = r"@\s\"\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2018\u2019`(),:;<>\[\]\\" + _UNSEEN
_ADDRESS = re.compile(rf"[^{_SPECIAL}]+@[^{_SPECIAL}.'/]+(\.[^{_SPECIAL}.'/]+)+")
_WRAPPED = re.compile(r"<([^<>]*@[^<>]*)>")
_WRAPPING = " \t\r\n\"\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2018\u2019'`()[]<>,;.:"
_MOST_DIGITS = 18
_BLANKS = " \t\r\n"
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
# A customer's id: among members of a group it stands for everybody of the customer (Directory API, members, type CUSTOMER).
_CUSTOMER = re.compile(r"C[0-9a-z]{6,15}")


class PolicyError(ValueError):
    """An input can't be used; the text is one sentence that names the option or address at fault."""


def fold(address: str) -> str:
    """The form in which addresses are compared: ASCII without case, no blanks around.

    Nothing else is folded, so that no two mailboxes are taken for one: Unicode makes a k of the Kelvin sign, an i with a dot of a dotted I.
    """
    address = address.strip(_BLANKS)
    folded = address.lower() if address.isascii() else address.translate(_LOWER)
    return address if folded == address else folded  # not a second copy of what many tables keep


def is_number(text: str) -> bool:
    """Whether it is a whole number of a size that anybody means; Python itself refuses to read one of 5,000 digits."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def shared(value: Any) -> Any:
    """The one copy of a text: of 100,000 records most say what others say, such as a department or a group. All else as it is."""
    return sys.intern(str(value)) if isinstance(value, str) else value


def domain(address: str) -> str:
    return fold(address).rpartition("@")[2]


def shortened(names: Sequence[str], most: int = 5, *, counted: bool = False) -> str:
    """The first few for a sentence, and that there are others; `counted`: how many."""
    more = len(names) - most
    others = f" and {more} more" if counted else " and others"
    return ", ".join(names[:most]) + (others if more > 0 else "")


def counted(number: int, word: str) -> str:
    """`1 account`, `2 accounts`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def is_address(text: object) -> bool:
    """For what people type: one bare address, without the quotes, brackets, commas and unseen characters that pasting brings."""
    return isinstance(text, str) and _ADDRESS.fullmatch(text.strip()) is not None and text.strip().isprintable()


def looks_like_address(text: object) -> bool:
    """For what an API or an expression gives: whatever Google and Zoom take for an address is one."""
    return isinstance(text, str) and _LOOKS_LIKE.fullmatch(text.strip()) is not None


def is_customer(text: object) -> bool:
    """Whether it is a Google customer's id, such as C03az79cb."""
    return isinstance(text, str) and _CUSTOMER.fullmatch(text.strip()) is not None


def mailbox(address: str) -> str:
    """Folded, and one form for all that reach the same consumer account: Gmail ignores dots, and googlemail.com is gmail.com."""
    local, _at, host = fold(address).rpartition("@")
    return f"{local.replace('.', '')}@gmail.com" if host in ("gmail.com", "googlemail.com") else fold(address)


def no_address(value: object, where: str, advice: str = "") -> PolicyError:
    """`value` as it is, with what can't be seen in it spelled out, and how to write it. `advice`: where another form is allowed too."""
    if not isinstance(value, str):
        return PolicyError(f"{where} holds {value!r}, which is no address; {advice or 'write it as name@example.com'}.")
    clean = _clean(value)
    unseen = next((char for char in value.strip() if _is_unseen(char)), "")
    what = f"which holds the invisible character U+{ord(unseen):04X}" if unseen else "which is no address"
    several = "write each address as an item of its own" if value.count("@") > 1 else ""
    how = f"write it as {clean}" if clean else several or advice or "write it as name@example.com"
    return PolicyError(f"{where} holds {_shown(value)}, {what}; {how}.")


def _is_unseen(char: str) -> bool:
    return _HIDDEN.match(char) is not None or not char.isprintable()


def _shown(text: str) -> str:
    spelled = "".join(f"\\u{ord(char):04x}" if _is_unseen(char) else char for char in text)
    return f'"{spelled}"' if "'" in spelled and '"' not in spelled else f"'{spelled}'"


def _clean(text: str) -> str:
    """The one address that was pasted with something around or inside it; '' where there is none or more than one."""
    seen = "".join(char for char in text if char.isspace() or not _is_unseen(char))
    wrapped = _WRAPPED.findall(seen)
    bare = wrapped[0] if len(wrapped) == 1 else seen
    bare = bare.strip(_WRAPPING)
    bare = bare[7:] if bare.lower().startswith("mailto:") else bare
    bare = "@".join(half.strip() for half in bare.replace("\u2019", "'").split("@")).strip(_WRAPPING)
    return bare if is_address(bare) else ""


def visible(text: str) -> str:
    """The text without zero-width characters and surrounding blanks."""
    return _INVISIBLE.sub("", text).strip()


def as_shown(text: str) -> str:
    """The text as Zoom shows it, whatever of this it normalises: accents composed, one blank between words, nothing unseen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    return " ".join(text.split())


def name_key(text: str) -> str:
    """The form in which names of people and groups are compared: as shown, without case."""
    return as_shown(text).lower()


def check_addresses(addresses: object, where: str) -> list[str]:
    """The addresses, stripped and without repeats, in their order; `where` names the option in an error."""
    if not isinstance(addresses, list):
        raise PolicyError(f"{where} must be a list of addresses, not {type(addresses).__name__}.")
    seen: dict[str, str] = {}
    for address in addresses:
        if not is_address(address):
            raise no_address(address, where)
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
