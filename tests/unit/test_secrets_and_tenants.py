# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key in every spelling, and whose credentials a host may use."""

from __future__ import annotations

import json
import secrets
import textwrap
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._arguments import GOOGLE_CREDENTIALS, ZOOM_CREDENTIALS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect import google_connection, zoom_connection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import CredentialError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._key_text import key_forms
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._crossing import (
    CREDENTIALS,
    FOLDERS,
    GOOGLE,
    ZOOM,
    Tenant,
    crossings,
)
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._evaluated import evaluated

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


A = Tenant({ZOOM: {"account_id": "A", "client_id": "a"}, GOOGLE: {"service_account_file": "a.json", "subject": "admin@a.example"}})
B = Tenant({ZOOM: {"account_id": "B", "client_id": "b"}, GOOGLE: {"service_account_file": "b.json", "subject": "admin@b.example"}})
NOTHING: dict[str, dict[str, str]] = {ZOOM: {}, GOOGLE: {}}


def google(tenant: Tenant, **more: Any) -> Tenant:
    return replace(tenant, connections={**tenant.connections, GOOGLE: more})


def test_one_host_alone_may_take_its_credentials_from_the_environment() -> None:
    assert crossings("a", {"a": Tenant()}) == []
    assert crossings("a", {"a": Tenant()}, Tenant()) == []
    assert crossings("a", {"a": Tenant(), "b": B}) != []
    assert crossings("localhost", {"b": B}) != []


@pytest.mark.parametrize("side", [ZOOM, GOOGLE])
def test_a_play_that_blanks_a_connection_is_refused_as_one_that_changes_it(side: str) -> None:
    inventory = {"a": A, "b": B}
    assert crossings("a", inventory, A) == []
    for played in ({}, B.of(side), {**A.of(side), "access_token": "another"}):
        (sentence,) = crossings("a", inventory, replace(A, connections={**A.connections, side: played}))
        assert sentence.startswith(f"{side} of a come from the play")
    assert "come from the play" in crossings("a", inventory, Tenant(NOTHING))[0]


@pytest.mark.parametrize("option", ["subject", "customer", "auth_kind", "service_account_email"])
def test_a_play_that_changes_whose_directory_is_read_is_refused(option: str) -> None:
    played = google(A, **{**A.of(GOOGLE), option: "another"})
    assert "google_connection of a come from the play" in crossings("a", {"a": A, "b": B}, played)[0]


def test_application_default_credentials_are_the_environments_whatever_stands_beside_them() -> None:
    for more in ({}, {"service_account_file": "a.json"}):
        own = google(A, auth_kind="application", **more)
        (sentence,) = crossings("a", {"a": own, "b": B}, own)
        assert "a has no credentials in its own google_connection" in sentence
        assert "auth_kind application takes the key of the environment" in sentence
        assert "service_account_file" in sentence
        assert crossings("a", {"a": own}, own) == []
    for name in ("subject", "customer"):
        own = google(A, auth_kind="application", **{name: "admin@a.example"})
        assert crossings("a", {"a": own, "b": B}, own) == [], "that key reads this directory or none"


def test_two_tenants_do_not_share_a_folder_for_their_state() -> None:
    def inventory(name: str, one: str, other: str, **more: Tenant) -> dict[str, Tenant]:
        return {"a": replace(A, folders={name: one}), "b": replace(B, folders={name: other}), **more}

    for name in FOLDERS:
        for host in "ab":
            (sentence,) = crossings(host, inventory(name, "/x", "/x"))
            assert sentence.startswith(f"a and b have the same {name}, /x")
            assert "{{ inventory_hostname }}" in sentence
            assert crossings(host, inventory(name, "/x", "/x"), running=[host]) == [], "they do not run side by side"
        assert crossings("a", inventory(name, "/x", "/y")) == []
    assert crossings("a", inventory(FOLDERS[0], "/x", "/y", webserver=Tenant(folders={FOLDERS[0]: "/x"}))) == []


def test_what_cannot_be_evaluated_is_named_without_its_value() -> None:
    broken = replace(A, faults=("zoom_connection.client_secret",))
    for found in (crossings("a", {"a": A}, broken), crossings("a", {"a": A, "b": B}, broken), crossings("a", {"a": broken, "b": B})):
        assert found[0].startswith("zoom_connection.client_secret of a can't be evaluated, so nothing was read.")
        assert "mark it !unsafe" in found[0]
    assert crossings("b", {"a": broken, "b": B}) == []


def test_both_hosts_of_a_double_are_told_the_same() -> None:
    inventory = {"a": A, "b": A}
    assert crossings("a", inventory) == crossings("b", inventory) != []


def test_the_credentials_that_count_are_options_of_the_modules() -> None:
    assert set(CREDENTIALS[ZOOM]) == set(ZOOM_CREDENTIALS)
    assert set(CREDENTIALS[GOOGLE]) <= set(GOOGLE_CREDENTIALS)


# ---- the modules' own part: what a role's guard let pass


def connected(side: str, params: dict[str, Any]) -> Any:
    environment = {"ZOOM_ACCOUNT_ID": "of-the-environment", "GCP_SERVICE_ACCOUNT_FILE": "of-the-environment", "GCP_AUTH_KIND": ""}
    return (zoom_connection if side == ZOOM else google_connection)(params, environment)


@pytest.mark.parametrize("blank", [{}, {"access_token": ""}, {"access_token": None}])
@pytest.mark.parametrize("side", [ZOOM, GOOGLE])
def test_a_module_that_may_not_ask_the_environment_says_so_in_place_of_asking(side: str, blank: dict[str, Any]) -> None:
    for allowed in ({}, {"credentials_from_environment": True}):
        assert "of-the-environment" in vars(connected(side, {**blank, **allowed})).values()
    with pytest.raises(CredentialError, match=f"may be another tenant's .*Give {side} "):
        connected(side, {**blank, "credentials_from_environment": False})


def test_nor_does_it_ask_for_application_default_credentials() -> None:
    assert connected(GOOGLE, {"auth_kind": "application"}).auth_kind == "application"
    with pytest.raises(CredentialError, match=r"auth_kind is application.*service_account_file"):
        connected(GOOGLE, {"auth_kind": "application", "credentials_from_environment": False})
    own = {"auth_kind": "application", "subject": "admin@example.com", "credentials_from_environment": False}
    assert connected(GOOGLE, own).subject == "admin@example.com"


def test_credentials_that_are_given_need_no_permission() -> None:
    assert connected(ZOOM, {"access_token": "own", "credentials_from_environment": False}).access_token == "own"
    assert connected(GOOGLE, {"access_token": "own", "credentials_from_environment": False}).auth_kind == "accesstoken"


# ---- what a variable holds, option by option, and never the error


class AnsibleValueOmittedError(Exception):
    """By its name."""


def template(value: Any) -> Any:
    if value == "{{ omit }}":
        raise AnsibleValueOmittedError
    if "{{" in str(value):
        raise ValueError(f"bad template: {value}")
    return "filled" if value == "<one>" else value


def test_options_of_a_connection_are_evaluated_one_by_one() -> None:
    raw = {
        "account_id": "<one>",
        "client_id": "{{ omit }}",
        "access_token": "__omit_place_holder__1",
        "client_secret": "ab{{cd",
        "timeout": 5,
    }
    found = evaluated(ZOOM, raw, template)
    assert found.value == {"account_id": "filled", "timeout": 5}
    assert found.faults == ("zoom_connection.client_secret",)


def test_a_connection_that_is_a_template_itself_is_named_whole() -> None:
    assert evaluated(ZOOM, "ab{{cd", template).faults == (ZOOM,)
    assert evaluated(ZOOM, "{{ omit }}", template) == evaluated(ZOOM, None, template) == evaluated(ZOOM, "__omit_place_holder__1", template)
    assert evaluated(ZOOM, "some text", template).value == "some text"
