# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of others, made harmless for a comment: no markup, no mention, no reference, nothing invisible. Pure."""

from __future__ import annotations

import re
import unicodedata

from ...module_utils._model._spelled import spelled
from ...module_utils._model._variables import VARIABLES

# Entities keep their character from being markup; what renders the comment turns them back. Where a character can be no markup, it is
# left as it is, as people read and copy the text from an editor too: quotes, a line below between letters, a colon between digits.
_ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in "&<>|`*~[]\\$^#"}
_LINE_BELOW = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# GitHub and GitLab look for mentions and references in rendered text: a zero-width space parts the mark from the name.
# In an address the sign stands behind a letter or number, is no mention, and is left as it is, to be copied.
_REFERENCE = re.compile(r"((?<![A-Za-z0-9])@(?=\w)|[#!&](?=\d)|[~%$](?=[\w\"']))")
_LINK = re.compile(r"\bwww\.|:(?=[^\s\d])|(?<!\d):(?=\d)", re.IGNORECASE)
_VARIABLE = re.compile(rf"(?<![\w.@-])({'|'.join(sorted(VARIABLES, key=len, reverse=True))})(?![\w.@-])")
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 100_000  # characters of a line
_GAP = "\u200b"


def harmless(text: object) -> str:
    """One line."""
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in str(text))
    parted = _REFERENCE.sub(rf"\1{_GAP}", " ".join(plain.split()))
    marked = _LINE_BELOW.sub("&#95;", parted.translate(_ENTITIES)).replace(_GAP, "&#8203;")
    return _LINK.sub(lambda found: found[0][:-1] + f"&#{ord(found[0][-1])};", marked)


def sentence(text: object) -> str:
    """The same, with the names of variables as code, to be copied."""
    return _VARIABLE.sub(r"`\1`", harmless(text))


def for_xml(text: object) -> str:
    """Without the characters that XML 1.0 forbids; others that nobody sees are spelled out. Lines stay lines."""
    return "\n".join(spelled(_NOT_XML.sub("", line), _MOST) for line in str(text).split("\n"))
