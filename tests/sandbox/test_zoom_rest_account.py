# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST account: managed domains, and the seats that plans/usage reports."""

from __future__ import annotations

import pytest
from test_zoom_support import people


def test_managed_domains() -> None:
    zoom = people()
    assert zoom.get("/v2/accounts/me/managed_domains").json == {
        "domains": [
            {"domain": "example.com", "status": "verified"},
            {"domain": "example.org", "status": "verified"},
        ],
        "total_records": 2,
    }
    assert zoom.get(f"/v2/accounts/{zoom.account.account_id}/managed_domains").status == 200
    assert zoom.get("/v2/accounts/other/managed_domains").json == {
        "code": 2001,
        "message": "Account does not exist: other",
    }


def test_plans_usage_follows_every_change() -> None:
    zoom = people()
    body = zoom.get("/v2/accounts/me/plans/usage").json
    assert body["plan_base"] == {"type": "yearly", "hosts": 4, "usage": 2, "pending": 0}
    assert body["plan_zoom_one"] == [{"type": "zobp_usca_monthly_unlimited", "hosts": 2, "usage": 1, "pending": 0}]
    assert body["plan_united"]["hosts"] == 1
    zoom.call("PATCH", "/v2/users/bob@example.com", {"type": 2})
    zoom.account.add_user("i@example.com", status="pending", license="licensed")
    body = zoom.get("/v2/accounts/me/plans/usage").json
    assert body["plan_base"] == {"type": "yearly", "hosts": 4, "usage": 3, "pending": 1}


@pytest.mark.parametrize(("shape", "status"), [("forbidden", 400), ("array", 200)])
def test_plans_usage_as_other_accounts_see_it(shape: str, status: int) -> None:
    answer = people(plans_usage=shape).get("/v2/accounts/me/plans/usage")
    assert answer.status == status
    if status == 200:
        assert answer.json["plan_base"][0]["active_hosts"] == 2
