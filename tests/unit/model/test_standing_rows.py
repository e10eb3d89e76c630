# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of what stands, as a header carries them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._standing import Standing, standing_from

ROW = Standing("ada@x.com", "name", "2026-11-20T02:00:00+00:00", "accounts", action="update", tried="2026-11-21T02:00:00+00:00", asked="a1")


def test_a_row_comes_back_as_it_was_left() -> None:
    whole = Standing("", "seats_unknown", "2026-11-20", "licenses")
    assert "message" not in ROW.record()
    assert standing_from([ROW.record(), whole.record()]) == [ROW, whole]


@pytest.mark.parametrize(
    "rows", [None, 5, "text", {}, [None], [[]], [{"about": "ada@x.com"}], [{**ROW.record(), "code": 5}], [{"since": ""}]]
)
def test_what_has_another_form_is_passed_over(rows: Any) -> None:
    assert standing_from(rows) == []


def test_what_a_later_version_adds_is_passed_over_alone() -> None:
    assert standing_from([{**ROW.record(), "colour": "red", "group": 5}]) == [ROW]


def test_a_condition_and_a_change_of_the_same_account_are_two() -> None:
    condition = Standing("ada@x.com", "name", "2026-11-20", "accounts")
    assert len({ROW.key, condition.key, Standing("ada@x.com", "name", "2026-11-20", "licenses").key}) == 3
