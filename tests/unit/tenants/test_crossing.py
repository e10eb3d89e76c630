# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose credentials and folders a host may use."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._arguments import GOOGLE_CREDENTIALS, ZOOM_CREDENTIALS
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._crossing import (
    CREDENTIALS,
    FOLDERS,
    GOOGLE,
    ZOOM,
    Tenant,
    crossings,
)

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
