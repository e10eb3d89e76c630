# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd records of people and accounts."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import ZOOM_EXTENSION, account_from_scim
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_record


@pytest.mark.parametrize("row", [{"id": 103456789012345678901}, {"excluded": True}, {"via": None}, {"groups": None}])
def test_a_person_written_by_hand_may_hold_what_is_no_text(row: dict[str, Any]) -> None:
    person = person_from_record({"id": "1", "email": "ada@example.com", **row})
    assert {name: getattr(person, name) for name in row} == ({"groups": []} if "groups" in row else row)


def test_a_scim_user_is_an_account_too() -> None:
    row = {"id": "z", "userName": "a@x.com", "active": False, "userType": "Licensed", ZOOM_EXTENSION: {"zoomOneBizPlus": "16"}}
    found = account_from_scim(row)
    assert (found.status, found.type, found.zoom_one_type, found.key) == ("inactive", 2, 16, "z")
