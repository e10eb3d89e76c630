# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What many people or accounts have in common is in memory once, and what a phase does not need of an account is not kept."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import (
    Account,
    account_as_licensed,
    account_from_record,
    account_to_match,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import MemberRow
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_google, person_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import fold

ACCOUNT = Account(
    "z1", "Ada@example.com", "inactive", "Ada", "Byron", "Ada B.", "Research", 2, "16", 7, ["g1"], "2", "2026-01-01", "2026-02-01",
    person_id="g1", fixed=("display_name",),
)  # fmt: skip


def row(number: int, department: str = "Sales") -> dict[str, Any]:
    organizations = [{"primary": True, "department": department}]
    name = {"givenName": "Ada", "familyName": f"Byron{number}"}
    return {"id": str(number), "primaryEmail": f"p{number}@example.com", "name": name, "organizations": organizations, "notes": None}


def test_equal_fields_of_people_are_kept_once_as_read_from_google_and_from_a_snapshot() -> None:
    ada, bob, eve = (person_from_google(one, ("organizations", "notes")) for one in (row(1), row(2), row(3, "Research")))
    assert ada.fields == {"name": row(1)["name"], "organizations": row(1)["organizations"]}
    assert ada.fields["organizations"] is bob.fields["organizations"]
    assert eve.fields["organizations"] == row(3, "Research")["organizations"]
    again = person_from_record(ada.record())
    assert again == ada
    assert again.fields["organizations"] is ada.fields["organizations"]


def test_a_row_of_members_is_as_the_dictionary_that_it_is_made_of() -> None:
    rows = [{"email": "a@x.com", "id": "1", "type": "USER"}, {"id": "C1", "type": "CUSTOMER"}, {"type": "UNREADABLE", "why": "no id"}]
    for given in rows:
        row = MemberRow({**given, "role": "MEMBER", "status": ""})
        assert row == given
        assert (dict(row), len(row), sorted(row)) == (given, len(given), sorted(given))
        assert {name: row.get(name, "") for name in ("email", "id", "type", "why", "role")} == {
            name: given.get(name, "") for name in ("email", "id", "type", "why", "role")
        }
        assert ("role" in row, "type" in row) == (False, True)
    with pytest.raises(KeyError):
        MemberRow(rows[1])["email"]


def test_an_address_that_is_folded_already_is_no_second_text() -> None:
    for address in ("ada@example.com", "zoë@example.com"):
        assert fold(address) is address
    assert fold(" Ada@Example.com") == "ada@example.com"


def test_an_account_to_match_has_all_by_which_it_may_be_found() -> None:
    found = account_to_match(ACCOUNT.record())
    assert (found.display_name, found.last_login) == ("", "")
    assert {**ACCOUNT.record(), **found.record()} == account_from_record(ACCOUNT.record()).record()


def test_an_account_as_licensed_has_its_state_and_licence_alone() -> None:
    found = account_as_licensed(ACCOUNT.record())
    assert found.record() == {"id": "z1", "status": "inactive", "type": 2, "plan_united_type": "16", "zoom_one_type": 7}


def test_an_account_without_marks_keeps_no_lists_for_them() -> None:
    one, other = account_from_record({"email": "a@x.com", "status": "active"}), Account("", "a@x.com", "active")
    assert one == other
    assert one.drifted is other.fixed
    assert not {"drifted", "fixed"} & one.record().keys()
