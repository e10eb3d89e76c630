# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and org units as people write them."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import (
    PolicyError,
    check_addresses,
    check_org_units,
    within,
)


def test_addresses_are_kept_once_and_a_bad_one_is_named() -> None:
    assert check_addresses(["a@example.com ", "A@example.com"], "scope_users") == ["a@example.com"]
    with pytest.raises(PolicyError, match=r"scope_users holds 'not an address'"):
        check_addresses(["not an address"], "scope_users")


def test_an_org_unit_holds_what_lies_beneath_it_and_not_its_neighbour() -> None:
    assert within("/Staff/Engineering", "/staff") and within("/Staff", "/") and not within("/Staffing", "/Staff")
    with pytest.raises(PolicyError, match="scope_org_units"):
        check_org_units(["Staff"], "scope_org_units")


def test_what_is_no_list_is_named_by_its_kind() -> None:
    with pytest.raises(PolicyError, match="scope_users must be a list of addresses, not str"):
        check_addresses("a@example.com", "scope_users")
    with pytest.raises(PolicyError, match="scope_org_units must be a list of org unit paths, not str"):
        check_org_units("/Staff", "scope_org_units")


def test_an_item_that_is_no_text_is_shown_with_how_to_write_an_address() -> None:
    with pytest.raises(PolicyError, match=r"scope_users holds \{'a': 1\}, which is no address; write it as name@example.com"):
        check_addresses([{"a": 1}], "scope_users")
