# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in every spelling, and whose credentials a host may use."""

from __future__ import annotations

import json
import secrets
import textwrap

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run._arguments import GOOGLE_CREDENTIALS, ZOOM_CREDENTIALS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._key_text import key_forms
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._crossing import (
    CREDENTIALS,
    GOOGLE,
    ZOOM,
    Tenant,
    crossings,
)

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


A = Tenant({ZOOM: {"account_id": "A", "client_id": "a"}, GOOGLE: {"service_account_file": "a.json"}})
B = Tenant({ZOOM: {"account_id": "B", "client_id": "b"}, GOOGLE: {"service_account_file": "a.json"}})


def test_one_host_alone_may_take_its_credentials_from_the_environment() -> None:
    assert crossings("a", {"a": Tenant()}) == []
    assert crossings("a", {"a": Tenant(), "b": B}) != []
    assert crossings("localhost", {"b": B}) != []


def test_two_zoom_accounts_may_share_one_workspace() -> None:
    assert crossings("a", {"a": A, "b": B}, A) == []


def test_application_default_credentials_count_as_a_hosts_own() -> None:
    own = Tenant({ZOOM: A.of(ZOOM), GOOGLE: {"auth_kind": "application"}})
    assert crossings("a", {"a": own, "b": B}) == []


def test_both_hosts_of_a_double_are_told_the_same() -> None:
    inventory = {"a": A, "b": A}
    assert crossings("a", inventory) == crossings("b", inventory) != []


def test_the_credentials_that_count_are_options_of_the_modules() -> None:
    assert set(CREDENTIALS[ZOOM]) == set(ZOOM_CREDENTIALS)
    assert set(CREDENTIALS[GOOGLE]) <= set(GOOGLE_CREDENTIALS)
