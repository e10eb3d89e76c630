# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the model knows of people, accounts, licences and expressions."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import (
    Account,
    account_from_record,
    account_from_rest,
    account_from_scim,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import (
    UNITED_TYPES,
    ZOOM_ONE_TYPES,
    license_of,
    parse_license,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import (
    person_from_google,
    person_from_record,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import (
    PolicyError,
    check_addresses,
    check_org_units,
    within,
)
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
    ("text", "fields"),
    [
        ("primaryEmail", {"primaryEmail"}),
        ("name.familyName || name.givenName", {"name"}),
        ("organizations[?primary].department | [0]", {"organizations"}),
        ("'constant'", set()),
        ("@.name.givenName", {"name"}),
        ("customSchemas.Zoom.seat", {"customSchemas"}),
    ],
)
def test_an_expression_knows_which_fields_of_the_user_it_reads(text: str, fields: set[str]) -> None:
    assert compile_expression(text, "mapping").fields == fields


@pytest.mark.parametrize(
    ("text", "said"), [("name.[", "no valid JMESPath"), ("primarEmail", "did you mean primaryEmail"), ("", "must be a")]
)
def test_a_bad_expression_is_one_sentence_naming_its_place(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said) as caught:
        compile_expression(text, "attribute_mapping_attributes.title")
    assert "attribute_mapping_attributes.title" in str(caught.value)


def test_a_type_error_shows_when_the_expression_meets_the_person() -> None:
    expression = compile_expression("starts_with(orgUnitPath, 'x')", "where")
    with pytest.raises(PolicyError, match="can't be evaluated"):
        expression.search({"orgUnitPath": None})


def test_a_person_of_one_name_has_an_empty_other_half() -> None:
    person = person_from_google(
        {"id": "1", "primaryEmail": "cher@example.com", "name": {"givenName": "Cher", "familyName": "\u200b"}}, ["name"]
    )
    assert person.fields["name"] == {"givenName": "Cher", "familyName": ""}
    assert compile_expression("name.familyName || name.givenName", "m").search(person.fields) == "Cher"


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({}, "active"),
        ({"suspended": True}, "suspended"),
        ({"archived": True}, "archived"),
        ({"deletionTime": "2026-11-01T00:00:00Z"}, "deleted"),
    ],
)
def test_a_state_follows_from_googles_row(row: dict[str, Any], state: str) -> None:
    assert person_from_google({"id": "1", "primaryEmail": "ada@example.com", **row}).state == state


def test_only_an_active_person_in_scope_and_not_excluded_is_wanted() -> None:
    person = person_from_google({"id": "1", "primaryEmail": "ada@example.com"})
    assert not person.wanted
    person.in_scope = True
    assert person.wanted
    person.excluded = "no-zoom@example.com"
    assert not person.wanted


def test_people_and_accounts_come_back_from_their_records_as_they_were() -> None:
    person = person_from_google({"id": "1", "primaryEmail": "Ada@example.com", "aliases": ["a@example.com"], "orgUnitPath": "/Staff"})
    account = account_from_rest({"id": "z", "email": "ada@example.com", "type": 2, "role_id": "1", "group_ids": ["g"], "dept": "Research"})
    assert person_from_record(person.record()) == person and person.addresses() == ["ada@example.com", "a@example.com"]
    assert account_from_record(account.record()) == account and account.is_admin


def test_a_pending_row_has_no_id_and_is_known_by_its_address() -> None:
    assert account_from_rest({"email": "New@example.com", "type": 1, "status": "pending"}).key == "new@example.com"


def test_scim_shows_a_bundle_only_in_its_extension() -> None:
    row = {"id": "z", "userName": "ada@example.com", "active": False, "userType": "Licensed"}
    extension = {"urn:ietf:params:scim:schemas:extension:zoom:1.0:User": {"zoomOneEntPremier": "134217728"}}
    assert account_from_scim(row).status == "inactive"
    assert license_of(account_from_scim({**row, **extension})) == parse_license({"zoom_one_type": 134217728}, "x")


def test_addresses_are_kept_once_and_a_bad_one_is_named() -> None:
    assert check_addresses(["a@example.com ", "A@example.com"], "scope_users") == ["a@example.com"]
    with pytest.raises(PolicyError, match=r"scope_users holds 'not an address'"):
        check_addresses(["not an address"], "scope_users")


def test_an_org_unit_holds_what_lies_beneath_it_and_not_its_neighbour() -> None:
    assert within("/Staff/Engineering", "/staff") and within("/Staff", "/") and not within("/Staffing", "/Staff")
    with pytest.raises(PolicyError, match="scope_org_units"):
        check_org_units(["Staff"], "scope_org_units")
