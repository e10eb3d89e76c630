# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An attribute that lists show stands in three places: this tells which one was forgotten."""

from __future__ import annotations

from dataclasses import fields

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import (
    ATTRIBUTES,
    Account,
    Attribute,
    account_from_rest,
    account_from_scim,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import canonical, scim_body
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_forms import SCIM_USER, TEXTS, USER_ROW

SCIM = {"id": "1", "userName": "a@x.com", "active": True}
# Texts of an account that are no attributes of a person: they name it, or runs keep them.
OTHERS = {"id", "email", "status", "created", "last_login", "employee_unique_id", "person_id", "remembered", "woken", "bundle_seen"}


def test_every_text_of_an_account_is_an_attribute_of_the_table_or_known_as_none() -> None:
    texts = {field.name for field in fields(Account) if field.type == "str"}
    table = {one.field for one in ATTRIBUTES}
    assert table <= texts, f"add the field {', '.join(table - texts)} to Account in _model/_account.py"
    assert texts - OTHERS <= table, "add a row to ATTRIBUTES in _model/_account.py"


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.field)
def test_it_has_a_type_in_answers_and_a_name_in_the_mapping(attribute: Attribute) -> None:
    assert TEXTS.get(attribute.rest) == attribute.path, "add it to TEXTS of _transport/_zoom_forms.py"
    assert attribute.rest in USER_ROW.kinds
    assert SCIM_USER.fault({**SCIM, **scim_body({attribute.path: "text"})}) == ""
    assert SCIM_USER.fault({**SCIM, **scim_body({attribute.path: ["x"]})}), "no part of SCIM_USER takes its texts"
    assert canonical(attribute.path, "attributes") == attribute.path, "let canonical() of _model/_attributes.py know it"


def test_no_text_is_checked_that_nothing_reads() -> None:
    assert set(TEXTS) == {one.rest for one in ATTRIBUTES}, "add a row to ATTRIBUTES in _model/_account.py"


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.field)
def test_both_apis_are_read_into_the_same_field(attribute: Attribute) -> None:
    by_rest = account_from_rest({"id": "1", "email": "a@x.com", attribute.rest: "Text"}, "active")
    by_scim = account_from_scim({"id": "1", "userName": "a@x.com", **scim_body({attribute.path: "Text"})})
    assert getattr(by_rest, attribute.field) == getattr(by_scim, attribute.field) == "Text"
