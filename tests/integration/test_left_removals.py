# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that leave removals: what takes nothing away is made at once, the rest by a later run, which finds all as it would have been."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from calling import call
from hypothesis import HealthCheck, given, settings
from parts import GONE_BY, Tenant, left, made, problems, state, told, tried
from playing import SCOPE, Player, account, person, seed, written
from sandbox import Sandbox
from test_worlds import WORLDS, build
from tiers import more

LEFT: dict[str, Any] = {"leave_removals": True}
STAY, LEAVE = ["ada.byron", "bea.lane"], ["dora.king", "eve.moss", "fay.wood", "gil.hart", "hal.reed"]
RENAMED = {**person("cleo.park"), "email": "cleo.new@example.com", "aliases": ["cleo.park@example.com"]}


def company() -> dict[str, Any]:
    """Five leave the scope, more than the limit lets go; one is renamed, one loses a licence and a group, one is new."""
    rows = [account(name) for name in (*STAY, *LEAVE, "cleo.park")]
    rows[1].update(license="licensed", groups=["Managers"])
    users = [*(person(name) for name in (*STAY, *LEAVE, "kim.new")), RENAMED]
    found = seed(users, {"zoom-users": [*STAY, "kim.new", "cleo.new"], "managers": ["ada.byron", "kim.new"], "out": []}, rows)
    found["zoom"].update(groups=[{"name": "Managers"}], seats={"licensed": 3, "basic": 9999})
    return found


def test_gains_are_made_at_once_and_what_is_left_fails_nothing(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path)
        real = tried(tenant, **LEFT)
        assert problems(real) == []
        assert written(box) == {"create": 1, "license": 1, "add": 1}
        assert left(real) == [
            *(("accounts", "deactivate", f"{name}@example.com") for name in LEAVE),
            ("accounts", "rename", "cleo.new@example.com"),
            ("groups", "remove", "bea.lane@example.com"),
            ("licenses", "downgrade", "bea.lane@example.com"),
            ("licenses", "license", "kim.new@example.com"),
        ]
        assert real["accounts"]["summary"]["left"] == 6
        assert len(told(real, "left_removals")) == 3, "one sentence a module"
        assert made(tenant.run(**LEFT)) == Counter()
        whole = tenant.run()
        assert {name for name in GONE_BY if any(f" {name} " in row for row in made(whole))} == {"downgrade", "rename", "remove"}
        assert len(problems(whole)) == 1, "five leavers are above the limit, once they are not left"


def test_a_seat_that_is_left_where_it_is_goes_to_whom_the_whole_run_gives_it(tmp_path: Path) -> None:
    """Two seats, the owner's and Bea's: Ada waits for Bea's."""
    given_company = company()
    given_company["zoom"]["seats"]["licensed"] = 2
    with Sandbox.start(given_company, {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path)
        real = tried(tenant, **LEFT)
        held = {row["email"]: row["license"]["type"] for row in box.zoom.state()["users"]}
        assert (held["ada.byron@example.com"], held["bea.lane@example.com"], held["kim.new@example.com"]) == (1, 2, 1)
        assert ("licenses", "license", "ada.byron@example.com") in left(real)
        tenant.run()
        held = {row["email"]: row["license"]["type"] for row in box.zoom.state()["users"]}
        assert (held["ada.byron@example.com"], held["bea.lane@example.com"], held["kim.new@example.com"]) == (2, 1, 1)


def test_who_is_taken_out_of_the_scope_group_is_given_nothing_meanwhile(tmp_path: Path) -> None:
    """Somebody was added by hand: that is left, and who would be out of scope by then gets no account."""
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, members=[f"{name}@example.com" for name in (*STAY, "kim.new", "cleo.new")])
        tenant.run()
        box.google.add_user("lou.hand@example.com")
        box.google.add_member(SCOPE, "lou.hand@example.com")
        real = tried(tenant, **LEFT)
        assert (made(real), "lou.hand@example.com" in {row["email"] for row in box.zoom.state()["users"]}) == (Counter(), False)
        assert ("scope", "remove", "lou.hand@example.com") in left(real)
        whole = tenant.run()
        assert whole["scope"]["drift"][0]["reason"].startswith("drift: lou.hand@example.com was put into the group")


def test_what_was_changed_by_hand_is_drift_until_a_run_puts_it_right(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, accounts={"allow_losses": True})
        tenant.run()
        box.zoom.set_status("dora.king@example.com", "active")
        box.zoom.rename("cleo.new@example.com", "cleo.hand@example.com")
        box.zoom.add_member("Managers", "bea.lane@example.com")
        box.zoom.set_seats({"licensed": 4, "basic": 9999})
        box.zoom.set_license("bea.lane@example.com", "licensed")
        assert problems(tried(tenant, **LEFT)) == []
        whole = tenant.run()
        rows = [row for name in ("accounts", "licenses", "groups") for row in whole[name]["changes"]]
        reasons = {(row["action"], row["reason"].partition("(")[0]) for row in rows}
        assert reasons == {
            ("deactivate", "drift: status changed in Zoom since the last run "),
            ("rename", "drift: email changed in Zoom since the last run "),
            ("downgrade", "drift: license changed in Zoom since the last run "),
            ("remove", "drift: bea.lane@example.com changed in Zoom since the last run "),
        }


def test_the_removal_of_a_google_group_is_left(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        found = call("google_group", box, email="managers@example.com", state="absent", **LEFT)
        assert (found["changed"], [row["action"] for row in found["left"]], box.ledger.writes()) == (False, ["delete"], [])


@pytest.mark.stretched
@settings(max_examples=more(3, 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(WORLDS)
def test_in_any_world_nothing_is_lost_and_the_whole_run_after_it_ends_as_it_would_have_alone(world: Any) -> None:
    more: dict[str, Any] = {"accounts": {"max_deactivations": "100%", "max_leavers": "100%", "max_renames": "100%"}}
    with Sandbox.start(build(*world), {"rate_limits": False}) as box, TemporaryDirectory() as folder:
        tenant = Tenant(box, Path(folder), **more)
        real = tried(tenant, **LEFT)
        assert not [row for row in made(real) if row.split()[1] in GONE_BY]
        assert not set(written(box)) & {"rename", "removal", "remove", "delete_group"}
        tenant.run()
        tenant.run()
        parted = state(box)
    with Sandbox.start(build(*world), {"rate_limits": False}) as box, TemporaryDirectory() as folder:
        tenant = Tenant(box, Path(folder), **more)
        tenant.run()
        tenant.run()
        assert state(box) == parted


def test_site_leaves_removals_and_ends_well(player: Player) -> None:
    box = player.start(company())
    policy = {
        "scope_group": SCOPE, "scope_group_members": [f"{name}@example.com" for name in (*STAY[:1], "kim.new", "cleo.new")],
        "scope_group_exclusive": True, "attribute_mapping_prune": True, "license_defaults_default": "basic",
        "group_mapping_groups": [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}],
        "provisioning_leave_removals": True,
    }  # fmt: skip
    check = player.play(box, policy, "--check")
    assert (check.status, written(box)) == (0, {}), check.output
    real = player.play(box, {**policy, "provisioning_leave_removals": "yes"})
    assert (real.status, written(box)) == (0, {"create": 1, "add": 1}), real.output
    modules = ("google_group_members", "zoom_scim_users", "zoom_license_default", "zoom_groups")
    for played in (check, real):
        counts = [played.results(name)[-1]["summary"].get("left") for name in modules]
        assert counts == [1, 7, None, 1]
        assert len({message for message in played.attention() if "left for a later run" in message}) == 3
