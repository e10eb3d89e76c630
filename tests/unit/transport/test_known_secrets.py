# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was sent is taken out of what comes back, in every spelling."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._known_secrets import HIDDEN, Secrets
from hypothesis import given
from hypothesis import strategies as st

SECRETS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=60)


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_no_spelling_of_a_secret_is_left(secret: str, before: str, after: str) -> None:
    known = Secrets()
    known.add(secret, None, "")
    raw = secret.encode()
    spellings = (secret, quote(secret, safe=""), quote_plus(secret), html.escape(secret), json.dumps(secret)[1:-1])
    for text in (*spellings, base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")):
        around = f"{before}{text}{after}"
        shown = known.hide_text(around)
        assert HIDDEN in shown
        assert text not in shown.replace(HIDDEN, "") or text in around.replace(text, "")


def test_a_word_is_no_secret() -> None:
    known = Secrets()
    known.add("short", "a secret")
    assert known.hide(b"short, a secret") == f"short, {HIDDEN}".encode()
    assert known.hide(b"short, a secret", data=True) == b"short, a secret", "people's data may hold it"
    assert Secrets().hide_text("\ud800") == "\\ud800"
