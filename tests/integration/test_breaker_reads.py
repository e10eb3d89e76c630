# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single accounts that Zoom can't show, one after the other: no more are asked for, nobody of them is touched, nobody loses anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answering import Start, Tenant, start
from playing import account

__all__ = ["start"]  # a fixture

MOST = 20 + 15  # in a row, and what 16 threads have under way beside the one that opens the breaker
ONE = r"/v2/users/p\d+"
ODD: dict[str, Any] = {"status": 200, "body": {"id": 5, "email": ["?"]}}
GONE: dict[str, Any] = {"status": 404, "body": {"code": 1001, "message": "User does not exist."}}


def people(count: int, **more: Any) -> list[dict[str, Any]]:
    found = [
        {"primaryEmail": f"p{number:03}.x@example.com", "name": {"givenName": f"P{number:03}", "familyName": "X"}}
        for number in range(count)
    ]
    return [{**one, **more} for one in found]


@pytest.mark.parametrize("answer", [ODD, GONE], ids=["an unknown form", "nobody is there"])
def test_bundles_that_can_not_be_read_are_not_asked_for_one_by_one_for_ever(start: Start, tmp_path: Path, answer: dict[str, Any]) -> None:
    """A licence that would be taken may be a bundle, which only the single account shows."""
    given = [account(f"p{number:03}.x", id=f"p{number:03}", license="licensed") for number in range(100)]
    box = start([*given, account("new.one", license="basic")], {"rate_limits": False})
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.faults.add(method="GET", path=ONE, times=None, **answer)
    box.ledger.clear()
    new = {"primaryEmail": "new.one@example.com", "name": {"givenName": "New", "familyName": "One"}}
    rules = [{"users": ["new.one@example.com"], "license": "licensed"}]
    options = {"default": "basic", "rules": rules, "max_removals": "100%", "rate_plan": "business"}
    done = tenant.call("zoom_license_default", people=[*people(100), new], **options)
    assert 20 <= sum(entry["path"].startswith("/v2/users/") for entry in box.ledger.reads()) <= MOST
    (row,) = done["failed_items"]
    assert (done["failed"], row["reason"], len(row["emails"])) == (True, "reads_stopped", 100)
    assert row["message"].startswith("20 accounts in Zoom could not be read one by one, in a row with the same error, so ")
    assert [entry["method"] for entry in box.ledger.writes()] == ["PATCH"], "what is no removal is made"
    gone = [*people(1, in_scope=False), {**new, "in_scope": False}]
    box.ledger.clear()
    done = tenant.call("zoom_scim_users", people=gone, prune=True)
    assert "blocked, as 100 accounts in Zoom could not be read; this run removes nothing" in done["msg"]
    assert box.ledger.writes() == []
    box.faults.clear()
    tenant.read("run2")
    done = tenant.call("zoom_license_default", people=[*people(100), new], **options)
    assert (done["failed"], done["losses"]) == (False, 100)


def test_attributes_that_can_not_be_read_are_not_asked_for_one_by_one_for_ever(start: Start, tmp_path: Path) -> None:
    box = start([account(f"p{number:03}.x", id=f"p{number:03}") for number in range(100)], {"rate_limits": False})
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.faults.add(method="GET", path=r"/scim2/Users/[^/]+", times=None, **ODD)  # the owner's too: one success begins the row anew
    box.ledger.clear()
    mapping = {"attributes": {"userName": "primaryEmail", "title": "`Dr`", "costCenter": "`C1`"}, "verify_unlisted": "always"}
    done = tenant.call("zoom_scim_users", people=people(100), scim_rate=2000, rate_plan="business", **mapping)
    assert sum(entry["path"].startswith("/scim2/Users/") for entry in box.ledger.reads()) <= MOST
    assert [row["reason"] for row in done["failed_items"]] == ["reads_stopped"]
    assert box.ledger.writes() == []
