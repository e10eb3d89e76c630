# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A daily limit of Zoom: what it is about ends at once, in one sentence with the time; all else goes on, the next run makes the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answering import Start, Tenant, start
from calling import call
from playing import account

__all__ = ["start"]  # a fixture

UNDER_WAY = 16  # requests that the threads may have sent before the first answer
WORDS = "You have reached the maximum daily rate limit for this API."
UNTIL = {
    "iso": ("2099-01-01T00:00:00Z", None),
    "http date": ("Thu, 01 Jan 2099 00:00:00 GMT", None),
    "seconds": ("7200", "run again after 20"),
    "absent": (None, "run again tomorrow"),
}


def spent(retry_after: str | None = "7200", kind: bool = True) -> dict[str, Any]:
    headers = {"X-RateLimit-Type": "Daily-limit", "X-RateLimit-Limit": "1500", "X-RateLimit-Remaining": "0"} if kind else {}
    return {
        "status": 429,
        "body": {"code": 429, "message": WORDS},
        "headers": {**headers, **({"Retry-After": retry_after} if retry_after else {})},
    }


def people(count: int, name: str = "p", **more: Any) -> list[dict[str, Any]]:
    return [{"primaryEmail": f"{name}{n:03}.x@example.com", "name": {"givenName": name, "familyName": "X"}, **more} for n in range(count)]


def over(result: dict[str, Any]) -> str:
    """The one sentence, which is all that the module fails with."""
    assert (result["failed"], result.get("partial"), len(result["failed_items"])) == (True, True, 1), result
    assert result["problems"] == [result["failed_items"][0]["message"]]
    return str(result["msg"])


@pytest.mark.parametrize("form", UNTIL)
def test_creations_end_at_once_in_one_sentence_and_removals_and_updates_are_made(start: Start, tmp_path: Path, form: str) -> None:
    leavers, old = [account(f"gone{n:03}.x", id=f"g{n}") for n in range(3)], [account(f"old{n:03}.x", id=f"o{n}") for n in range(3)]
    box = start([*leavers, *old], {"rate_limits": False})
    tenant = Tenant(box, tmp_path)
    tenant.read("one")
    box.ledger.clear()
    moment, words = UNTIL[form]
    box.faults.add(method="POST", path="/scim2/Users", times=None, **spent(moment, kind=moment is not None))
    changed = people(3, "old", organizations=[{"primary": True, "department": "New"}])
    everybody = [*people(120), *changed, *people(3, "gone", in_scope=False)]
    given = {"people": everybody, "prune": True, "max_deactivations": "100%", "scim_rate": 2000, "rate_plan": "business"}
    done = tenant.call("zoom_scim_users", **given)
    said = over(done)
    sent = [entry for entry in box.ledger.writes() if entry["method"] == "POST"]
    assert 1 <= len(sent) <= UNDER_WAY
    assert said.startswith("120 changes of the step Create accounts were not made (") and "a daily limit of Zoom is used up" in said
    assert words in said if words else "run again tomorrow" in said  # a moment that far is none
    assert (done["summary"]["deactivate"], done["summary"]["update"]) == (3, 3)
    box.faults.clear()
    tenant.read("two")
    done = tenant.call("zoom_scim_users", **given)
    assert (done["failed"], done["summary"]["create"], done["changes_total"]) == (False, 120, 120)


def test_later_phases_still_remove_as_a_daily_limit_is_no_sign_of_anything_wrong(start: Start, tmp_path: Path) -> None:
    rich = [account(f"rich{n:03}.x", id=f"r{n}", license="licensed") for n in range(3)]
    box = start(rich, {"rate_limits": False})
    tenant = Tenant(box, tmp_path)
    tenant.read("one")
    box.faults.add(method="POST", path="/scim2/Users", times=None, **spent())
    everybody = [*people(30), *people(3, "rich")]
    over(tenant.call("zoom_scim_users", people=everybody, scim_rate=2000))
    done = tenant.call("zoom_license_default", people=everybody, default="basic", max_removals="100%")
    assert (done["failed"], done["losses"]) == (False, 3)


def test_a_free_accounts_day_of_reads_is_one_sentence_with_the_time(start: Start, tmp_path: Path) -> None:
    """The sandbox's own refusal: 2,000 medium requests a day, lifted at midnight UTC."""
    box = start([], {}, plan="free")
    box.zoom.rates.spend("MEDIUM", 10**6, "MEDIUM")
    box.zoom.rates._spent["MEDIUM"] = 2000
    done = call("zoom_user_info", box)
    assert done["failed"] and done["msg"].startswith("A daily limit of Zoom is used up; run again after "), done
    assert "00:00 UTC" in done["msg"]
    assert len([entry for entry in box.ledger.entries if entry["status"] == 429]) <= 4


def test_the_fourth_change_of_one_address_ends_no_other_rename(start: Start, tmp_path: Path) -> None:
    """Zoom calls that a daily limit too, but it is of one account's."""
    names = [f"p{n:03}.x" for n in range(4)]
    box = start([account(f"was.{name}", id=name) for name in names], {"rate_limits": False})
    tenant = Tenant(box, tmp_path)
    tenant.read("one")
    box.faults.add(method="PUT", path="/v2/users/p000.x/email", times=None, **spent())
    renamed = [{**row, "aliases": [f"was.{row['primaryEmail']}"]} for row in people(4)]
    done = tenant.call("zoom_scim_users", people=renamed, max_renames="100%", scim_rate=2000)
    assert (done["summary"]["rename"], [row["reason"] for row in done["failed_items"]]) == (3, ["rename"]), done
