# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seats, as Zoom's plans tell them."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._plan_usage import Usage, seats_of_plan


def test_seats_are_read_from_every_known_shape_of_the_plan() -> None:
    base = {"type": "yearly", "hosts": 60, "usage": 44, "pending": 3}
    assert seats_of_plan({"plan_base": base}) == Usage({"licensed": {"bought": 60, "used": 44, "pending": 3}})
    resold = [{"hosts": 10, "active_hosts": 4}, {"hosts": 5, "active_hosts": 5}]
    assert seats_of_plan({"plan_base": resold}).seats == {"licensed": {"bought": 15, "used": 9, "pending": 0}}
    bundles: dict[str, Any] = {
        "plan_zoom_one": [
            {"type": "zobp_usca_monthly_unlimited", "hosts": 30, "usage": 28, "pending": 1},
            {"type": "new_plan", "hosts": 9},
        ],
        "plan_united": {"type": "pro_zpp_monthly", "hosts": 20, "usage": 17, "pending": 1},
    }
    found = seats_of_plan({"plan_base": base, **bundles})
    assert set(found.seats) == {"licensed", "zoom_one_type:16", "plan_united_type:16"}
    assert found.plans_unknown == [{"key": "plan_zoom_one", "type": "new_plan", "hosts": 9}]
    beside = seats_of_plan({"plan_base": {"hosts": 0}, **bundles})
    assert (beside.base_plan, beside.seats["licensed"]) == (None, {"used": 0}), "either plan may be what `type` 2 gives"
    named = seats_of_plan({"plan_base": {"type": "zobp_jp_yearly_unlimited", "hosts": 7, "usage": 1}})
    assert named == Usage({"zoom_one_type:128": {"bought": 7, "used": 1, "pending": 0}}, 128)
    bundles["plan_zoom_one"].pop()
    assert seats_of_plan({"plan_base": {"hosts": 0}, **bundles}).base_plan == 16
    assert seats_of_plan({}) == Usage()


def test_add_ons_and_what_is_no_plan_hold_no_licences() -> None:
    assert seats_of_plan({"plan_webinar": [{"type": "webinar500", "hosts": 3}], "plan_recording": "5GB", "hosts": 9}) == Usage()


def test_a_base_plan_without_a_number_of_hosts_says_nothing_of_seats() -> None:
    assert seats_of_plan({"plan_base": {"type": "monthly"}}) == Usage()
    assert seats_of_plan({"plan_base": {"type": "zobp_jp_monthly_unlimited"}}) == Usage(base_plan=128), "but which plan it is"


def test_a_number_that_is_missing_in_one_row_leaves_the_pool_open_whatever_the_others_say() -> None:
    rows = [{"hosts": 10, "usage": 4}, {"hosts": "many", "usage": "3"}, {"hosts": 5, "usage": 5}]
    assert seats_of_plan({"plan_base": rows}) == Usage({"licensed": {"used": 12}})
    assert seats_of_plan({"plan_base": {"hosts": 10}}) == Usage({"licensed": {}}), "not even how many are used"


def test_two_workplace_plans_beside_an_empty_base_plan_leave_open_what_licensed_gives() -> None:
    plans = [
        {"type": "zobp_usca_monthly_unlimited", "hosts": 30, "usage": 2},
        {"type": "zobp_jp_monthly_unlimited", "hosts": 5, "usage": 1},
    ]
    found = seats_of_plan({"plan_base": {"hosts": 0}, "plan_zoom_one": plans})
    assert (found.base_plan, found.seats["licensed"], len(found.seats)) == (None, {"used": 0}, 3)
    one_bought = [plans[0], {**plans[1], "hosts": 0}]
    found = seats_of_plan({"plan_base": {"hosts": 0}, "plan_zoom_one": one_bought})
    assert (found.base_plan, "licensed" in found.seats) == (16, False), "a plan of which none was bought gives nothing"


def test_an_unknown_plan_counts_where_it_may_hold_licences() -> None:
    assert seats_of_plan({"plan_new_thing": {"type": "x"}, "plan_zoom_one": {"type": "y", "hosts": 0}}) == Usage()
    found = seats_of_plan({"plan_base": {"hosts": 9, "usage": 4}, "plan_zoom_one": {"type": "y", "usage": 2}})
    assert found == Usage({"licensed": {"used": 6}}, None, [{"key": "plan_zoom_one", "type": "y", "hosts": None}])
