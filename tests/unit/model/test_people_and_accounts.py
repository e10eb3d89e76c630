# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People and accounts, as either side writes them and as snapshots keep them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import (
    account_as_licensed,
    account_from_record,
    account_from_rest,
    account_from_scim,
    account_to_match,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import license_of, parse_license
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_google, person_from_record


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


def test_of_an_account_only_what_is_asked_is_taken_into_memory() -> None:
    row = {"id": "z", "email": "ada@x.com", "type": 2, "display_name": "Ada", "last_login_time": "2026-11-01T00:00:00Z", "dept": "R"}
    kept = account_from_rest(row).record()
    assert {"display_name", "last_login"} <= set(kept)
    matched, licensed = account_to_match(kept), account_as_licensed(kept)
    assert (matched.email, matched.department, matched.display_name, matched.last_login) == ("ada@x.com", "R", "", "")
    assert (licensed.id, licensed.status, licensed.type, licensed.email, licensed.department) == ("z", "active", 2, "", "")


def test_a_pending_row_has_no_id_and_is_known_by_its_address() -> None:
    assert account_from_rest({"email": "New@example.com", "type": 1, "status": "pending"}).key == "new@example.com"


def test_scim_shows_a_bundle_only_in_its_extension() -> None:
    row = {"id": "z", "userName": "ada@example.com", "active": False, "userType": "Licensed"}
    extension = {"urn:ietf:params:scim:schemas:extension:zoom:1.0:User": {"zoomOneEntPremier": "134217728"}}
    assert account_from_scim(row).status == "inactive"
    assert license_of(account_from_scim({**row, **extension})) == parse_license({"zoom_one_type": 134217728}, "x")
