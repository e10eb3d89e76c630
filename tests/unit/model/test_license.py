# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences, by their names in policies and their values in Zoom."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import (
    UNITED_TYPES,
    ZOOM_ONE_TYPES,
    license_of,
    parse_license,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from hypothesis import given
from hypothesis import strategies as st


def test_a_bundle_satisfies_licensed_but_licensed_is_no_bundle() -> None:
    holder = Account("1", "ada@example.com", "active", type=2, zoom_one_type=16)
    plain = Account("2", "bob@example.com", "active", type=2)
    assert parse_license("licensed", "default").satisfied_by(holder)
    assert not parse_license({"zoom_one_type": 16}, "default").satisfied_by(plain)
    assert not parse_license("basic", "default").satisfied_by(holder)


@given(st.sampled_from(sorted(ZOOM_ONE_TYPES)))
def test_every_zoom_one_value_survives_exactly_and_is_what_the_account_then_holds(value: int) -> None:
    wanted = parse_license({"zoom_one_type": str(value)}, "default")
    account = Account("1", "ada@example.com", "active", type=1)
    for name, given_value in wanted.give(account).items():
        setattr(account, name, given_value)
    assert wanted.value == value and wanted.satisfied_by(account) and license_of(account) == wanted


@given(st.sampled_from(sorted(UNITED_TYPES)))
def test_every_united_plan_is_asked_for_by_its_one_rest_field(value: str) -> None:
    assert parse_license({"plan_united_type": value}, "default").rest_body() == {"plan_united_type": value}


@pytest.mark.parametrize(
    "spec", ["pro", 2, None, {"zoom_one_type": 16.0}, {"zoom_one_type": True}, {"plan_united_type": "3"}, {"a": 1, "b": 2}]
)
def test_what_is_no_license_is_an_error_that_names_the_option(spec: Any) -> None:
    with pytest.raises(PolicyError, match=r"license_defaults_default"):
        parse_license(spec, "license_defaults_default")


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("basic", ("Basic", {})),
        ("unassigned", ("Collaboration", {})),
        ({"zoom_one_type": 16}, ("Licensed", {"zoomOneBizPlus": "16"})),
        ({"plan_united_type": "1"}, ("Licensed", {"zoomUnited": "1"})),
        ({"zoom_one_type": 4398046511104}, ("Basic", {})),
    ],
)
def test_scim_gives_a_licence_at_creation_by_its_own_key_and_basic_where_it_has_none(spec: Any, told: tuple[str, dict[str, str]]) -> None:
    assert parse_license(spec, "default").scim_attributes() == told


def test_what_takes_a_bundle_away_is_plain_basic_for_scim() -> None:
    assert parse_license({"zoom_one_type": 16}, "default").off().scim_attributes() == ("Basic", {})


def test_an_account_of_which_zoom_tells_no_licence_satisfies_none() -> None:
    assert not parse_license("basic", "default").satisfied_by(Account("", "new@example.com", "pending"))
