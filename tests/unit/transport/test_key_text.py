# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in every spelling is masked."""

from __future__ import annotations

import json
import secrets
import textwrap

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._key_text import key_forms

BODY = textwrap.fill(secrets.token_urlsafe(1200).replace("-", "+").replace("_", "/"), 64)
KEY = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----\n"
FILE = {"type": "service_account", "project_id": "example", "client_email": "robot@example.com", "private_key": KEY}


def masked(text: str, given: object) -> str:
    """As Ansible masks: the longest first."""
    for form in sorted(key_forms(given), key=len, reverse=True):
        text = text.replace(form, "********")
    return text


TWICE = json.dumps(json.dumps(FILE))
SPELLINGS = [
    KEY,
    repr(FILE),
    json.dumps(FILE),
    json.dumps(FILE, indent=4),
    TWICE,
    json.dumps(TWICE),
    BODY,
    BODY.replace("\n", ""),
    KEY.replace("\n", " "),
]


@pytest.mark.parametrize("given", [FILE, json.dumps(FILE), json.dumps(FILE, indent=2), TWICE, [json.dumps(FILE)], {"x": {"y": KEY}}])
@pytest.mark.parametrize("printed", SPELLINGS)
def test_a_key_is_masked_however_it_is_given_and_however_it_is_printed(given: object, printed: str) -> None:
    shown = masked(printed, given)
    assert not [line for line in BODY.splitlines()[:-1] if line in shown]
    assert "BEGIN PRIVATE" not in shown


def test_only_the_key_is_masked() -> None:
    text = "robot@example.com of the project example, a service_account"
    assert masked(text, FILE) == text
    assert key_forms({**FILE, "private_key": None}) == set()


def test_a_key_without_its_markers_or_cut_off_is_masked() -> None:
    assert masked(BODY, {"private_key": BODY}) == "********"
    assert masked(json.dumps(FILE)[:-30], json.dumps(FILE)[:-30]).count("********") > 0
