# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Secrets that were sent, taken out of what comes back: an error page may repeat the request, and its words go to results and journals.

Ansible masks results alone, and only whole secrets in the spelling in which it knows them. A text is cut, and files are written, before.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # as Ansible writes it
_LEAST, _LONG = 8, 16  # characters; less may be a word of any text, and less than long one of people's data


class Secrets:
    """Of one connection. Threads may add to it while others read."""

    def __init__(self) -> None:
        self._forms: tuple[bytes, ...] = ()

    def add(self, *secrets: str | None) -> None:
        """In every spelling in which a server may repeat them."""
        known = {*self._forms, *(form.encode() for secret in secrets if secret and len(secret) >= _LEAST for form in _spellings(secret))}
        self._forms = tuple(sorted(known, key=len, reverse=True))  # what holds another goes first

    def hide(self, content: bytes, *, data: bool = False) -> bytes:
        """`data`: it was no refusal, so that it may hold a word that is a bad secret too."""
        for form in self._forms:
            if form in content and not (data and len(form) < _LONG):
                content = content.replace(form, HIDDEN.encode())
        return content

    def hide_text(self, text: str) -> str:
        return self.hide(text.encode("utf-8", "backslashreplace")).decode()


def _spellings(secret: str) -> Iterator[str]:
    raw = secret.encode()
    for encoded in (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()):
        yield from (encoded.rstrip("="), quote(encoded.rstrip("="), safe=""))  # what pads it stays, and says nothing
    for text in (secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret), secret.replace("/", "\\/")):
        yield from (text, json.dumps(text)[1:-1])
