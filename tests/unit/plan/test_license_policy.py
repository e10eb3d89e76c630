# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy says of seats and of idle accounts."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import Reclaim, parse_policy

NOW = datetime(2026, 6, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("dates", "idle"),
    [
        ({"last_login": "2026-03-28T00:00:00Z"}, True),
        ({"last_login": "2026-03-30T00:00:00Z"}, False),  # 92 days: Zoom may show a sign-in three days late
        ({"created": "2020-01-01T00:00:00Z"}, True),
        ({"created": "2026-06-01T00:00:00Z"}, False),
        ({"created": "2020-01-01T00:00:00Z", "last_login": "2026-06-29T00:00:00Z"}, False),
        ({"last_login": "2020-01-01T00:00:00Z", "woken": "2026-06-29T00:00:00+00:00"}, False),
        ({}, False),
        ({"last_login": "2020-01-01T00:00:00Z", "status": "inactive"}, False),
    ],
)
def test_idle_is_who_has_not_signed_in_for_so_long(dates: dict[str, str], idle: bool) -> None:
    seen = Account("z1", "b@example.com", "active", last_login="2026-06-29T00:00:00Z")
    account = Account("z0", "a@example.com", **{"status": "active", **dates})
    assert list(Reclaim(90).idle([account, seen], NOW)) == (["z0"] if idle else [])
    assert Reclaim(90).idle([account], NOW) == {} or "last_login" in dates


def test_where_nothing_is_said_of_it_nobody_is_idle() -> None:
    account = Account("z0", "a@example.com", "active", last_login="2020-01-01T00:00:00Z")
    assert parse_policy({}, "").idle([account], NOW) == {}
    assert parse_policy({"reclaim_after_days": 90}, "").idle([account], NOW) == {"z0": "2020-01-01"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seats": {"licensed": "many"}}, "number of seats"), ({"seats": {"gold": 1}}, "has 'gold'"), ({"seats": 60}, "write it as"),
        ({"seats": {"zoom_one_type": {17: 1}}}, "none of Zoom's values"), ({"reclaim": "now"}, "known are report, take"),
        ({"reclaim_after_days": "long"}, "number of days"), ({"reclaim_after_days": 0}, "at least 1"),
    ],
)  # fmt: skip
def test_wrong_seats_and_reclaiming_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_policy(options, "license_defaults_")


def test_seats_given_by_hand_are_pools() -> None:
    assert parse_policy({"seats": {"licensed": 60, "zoom_one_type": {"576460752303423488": 2}}}, "").seats == {
        "licensed": 60,
        "zoom_one_type:576460752303423488": 2,
    }


def test_seats_that_are_left_empty_say_nothing() -> None:
    assert parse_policy({"seats": {"licensed": "", "zoom_one_type": None, "plan_united_type": {"1": 3}}}, "").seats == {
        "plan_united_type:1": 3
    }
