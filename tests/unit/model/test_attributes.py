# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mapping makes of a person."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import ENTERPRISE, ZOOM_EXTENSION
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import (
    DEFAULT_ATTRIBUTES,
    canonical,
    parse_attributes,
    scim_body,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from directory_people import ada


def test_the_default_mapping_gives_address_names_and_department() -> None:
    person = ada(name={"givenName": "Ada", "familyName": "Byron"}, organizations=[{"department": "Research"}])
    wish = parse_attributes(DEFAULT_ATTRIBUTES, "attributes").desired(person)
    assert wish.user_name == "ada@example.com"
    assert wish.listed() == {"first_name": "Ada", "last_name": "Byron", "department": "Research"}


@pytest.mark.parametrize(
    ("name", "path"),
    [("department", f"{ENTERPRISE}:department"), (f"{ENTERPRISE}:manager.value", f"{ENTERPRISE}:manager"), ("title", "title"),
     ('emails[type eq "work"].value', "emails"), (f"{ZOOM_EXTENSION}:pronouns", f"{ZOOM_EXTENSION}:pronouns")],
)  # fmt: skip
def test_an_attribute_has_one_name_however_it_is_written(name: str, path: str) -> None:
    assert canonical(name, "attributes") == path


@pytest.mark.parametrize(
    ("name", "words"),
    [("titel", "did you mean title?"), ("userType", "license_defaults"), ("externalId", "does not store"), ("xyz", "known are"),
     (f"{ENTERPRISE}:color", "known are")],
)  # fmt: skip
def test_an_attribute_that_zoom_does_not_have_is_named(name: str, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_attributes({name: "primaryEmail"}, "attributes")


def test_a_mapping_is_a_dictionary_and_names_nothing_twice() -> None:
    with pytest.raises(PolicyError, match="dictionary"):
        parse_attributes(["title"], "attributes")
    with pytest.raises(PolicyError, match="twice"):
        parse_attributes({"department": "notes", f"{ENTERPRISE}:department": "notes"}, "attributes")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"userName": "notes"}, "which is no address"), ({"emails": "'other@example.com'"}, "both are one address"),
     ({"title": "aliases"}, "add | "),
     ({"title": "name"}, "dict"), ({"title": "suspended"}, "bool")],
)  # fmt: skip
def test_a_value_that_can_not_be_used_names_its_attribute(mapping: dict[str, str], words: str) -> None:
    with pytest.raises(PolicyError, match=words.replace("|", r"\|")):
        parse_attributes(mapping, "attributes").desired(ada(notes="no address", name={"givenName": "Ada"}))


def test_empty_values_leave_the_attribute_alone_and_numbers_become_text() -> None:
    mapping = {"title": "notes", "costCenter": "posixAccounts[0].uid", f"{ZOOM_EXTENSION}:zoomDocs": "suspended"}
    wish = parse_attributes(mapping, "attributes").desired(ada(notes="\u200b ", posixAccounts=[{"uid": 7}]))
    assert dict(wish.values) == {f"{ENTERPRISE}:costCenter": "7", f"{ZOOM_EXTENSION}:zoomDocs": False}


def test_paths_become_a_scim_resource() -> None:
    body = scim_body({"name.givenName": "Ada", "title": "Head", f"{ENTERPRISE}:department": "R", "phoneNumbers": "+1"})
    assert body == {
        "name": {"givenName": "Ada"},
        "title": "Head",
        ENTERPRISE: {"department": "R"},
        "phoneNumbers": [{"type": "work", "value": "+1"}],
    }


def test_a_mapping_names_the_fields_that_it_reads_and_what_gives_the_address() -> None:
    mapper = parse_attributes({"title": "organizations[?primary].title | [0]", "locale": "'en-US'"}, "attributes")
    assert mapper.fields == {"primaryEmail", "organizations"}
    assert mapper.identifying["user_name"] == "primaryEmail"
