# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of members that Google does not take as it stands: mistyped, deleted, refused. Nobody else pays for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from calling import call, thrice
from playing import OWNER, SCOPE, Player, account, person, seed, written
from sandbox import Sandbox

NAMES = ["ada.byron", "bob.stone", "cleo.park"]
ADA, BOB, CLEO = (f"{name}@example.com" for name in NAMES)
MISTYPED, OUTSIDE = "adda.byron@example.com", "jo@partner.example"
OWN: dict[str, Any] = {"group": SCOPE, "exclusive": True, "verify_members": True}
POLICY: dict[str, Any] = {"scope_group": SCOPE, "scope_group_exclusive": True, "attribute_mapping_prune": True}
REFUSED = {"method": "POST", "path": r".*/members", "status": 403, "times": None}


def company() -> dict[str, Any]:
    return seed([person(name) for name in NAMES], {"zoom-users": NAMES, "team": []}, [account(name) for name in NAMES])


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(company(), {"rate_limits": False, "google_quota": None}) as started:
        yield started


def active(box: Sandbox) -> list[str]:
    return sorted(user["email"] for user in box.zoom.state()["users"] if user["status"] == "active" and user["email"] != OWNER["email"])


# Mistyped


@pytest.mark.parametrize("check", [True, False])
def test_a_mistyped_member_is_an_error_before_any_write(box: Sandbox, check: bool) -> None:
    done = call("google_group_members", box, check=check, members=[MISTYPED, BOB, CLEO, "nobody@example.com"], **OWN)
    assert done["failed"]
    assert f"names {MISTYPED}, nobody@example.com, but no user and no group of this Google directory has such an address" in done["msg"]
    assert "scope_group_members" in done["msg"]
    assert (box.ledger.writes(), box.google.members_of(SCOPE)) == ([], [ADA, BOB, CLEO])


def test_users_groups_their_aliases_and_people_outside_are_somebody(box: Sandbox) -> None:
    box.google.add_alias(CLEO, "director@example.com")
    members = [ADA, BOB, "director@example.com", "team@example.com", OUTSIDE, "C03az79cb"]
    done = thrice("google_group_members", box, members=members, **OWN)
    assert (sorted(done["added"]), done["removed"]) == (["C03az79cb", OUTSIDE, "team@example.com"], [])


def test_whoever_is_a_member_already_is_not_looked_up(box: Sandbox) -> None:
    call("google_group_members", box, members=[ADA, BOB, CLEO], **OWN)
    assert not [entry for entry in box.ledger.entries if "/users/" in entry["path"]]


def test_a_deleted_member_is_reported_and_left_out_while_the_rest_is_done(box: Sandbox) -> None:
    box.google.delete(ADA)
    done = thrice("google_group_members", box, members=[ADA, BOB], **OWN)
    assert (done["added"], done["removed"]) == ([], [CLEO])
    assert [(row["email"], row["reason"]) for row in done["attention"]] == [(ADA, "listed_deleted")]


# Refused


@pytest.mark.parametrize("refused", [MISTYPED, OUTSIDE])
def test_no_one_is_removed_while_an_addition_is_refused(box: Sandbox, refused: str) -> None:
    """Without verify_members, or where Google refuses what is no mistake: who was replaced may be who was meant."""
    box.faults.add(**REFUSED)
    done = call("google_group_members", box, group=SCOPE, exclusive=True, members=[refused, BOB, CLEO])
    assert (done["failed"], done["partial"], done["removed"], box.google.members_of(SCOPE)) == (True, True, [], [ADA, BOB, CLEO])
    assert [(row["action"], row["reason"]) for row in done["withheld"]] == [("remove", "addition_refused")]
    assert f"{SCOPE}: 1 member was to be removed, but {refused} could not be added, so none was" in done["msg"]
    assert done["pending_changes"][0]["removed"] == []
    assert done["withheld"][0]["emails"] == [ADA], "whom the block kept"
    assert [(row["email"], row["action"], row["changed"]) for row in done["changes"]] == [(refused, "add", False), (ADA, "remove", False)]
    assert (done["changes_total"], done["losses"]) == (2, 0)


@pytest.mark.parametrize("named", [{}, {"max_removals_name": "scope_max_removals"}])
def test_the_limit_on_removals_names_whom_it_kept_and_how_the_caller_raises_it(box: Sandbox, named: dict[str, str]) -> None:
    done = call("google_group_members", box, group=SCOPE, exclusive=True, members=[CLEO], max_removals=1, **named)
    (row,) = done["withheld"]
    assert (row["reason"], row["action"], row["emails"]) == ("max_removals", "remove", [ADA, BOB])
    assert row["message"] == (
        f"{SCOPE}: 2 members would be removed ({ADA}, {BOB}); the limit is 1, so none was: check the list, then raise "
        f"{named.get('max_removals_name', 'max_removals')}."
    )


def test_additions_come_before_removals(box: Sandbox) -> None:
    box.google.add_user("dora.king@example.com", given="Dora", family="King")
    call("google_group_members", box, members=["dora.king@example.com", BOB], **OWN)
    assert [entry["method"] for entry in box.ledger.writes()] == ["POST", "DELETE", "DELETE"]


# The whole run


def test_site_ends_with_a_mistyped_member_in_check_mode_and_for_real_before_any_write(player: Player) -> None:
    box = player.start(company())
    for options in (["--check"], []):
        played = player.play(box, {**POLICY, "scope_group_members": [MISTYPED, BOB, CLEO]}, *options)
        assert f"names {MISTYPED}, but no user" in played.failure
        assert (written(box), active(box)) == ({}, [ADA, BOB, CLEO])


def test_site_takes_no_account_for_a_removal_that_was_not_made(player: Player) -> None:
    """The people were read as if it were made; a preview can't know that Google will refuse the addition."""
    box = player.start(company())
    policy = {**POLICY, "scope_group_members": [OUTSIDE, BOB, CLEO]}
    check = player.play(box, policy, "--check")
    assert check.status == 0, check.output
    told = [row["message"] for result in check.results("google_scope_info") for row in result["attention"]]
    assert told == [
        f"{OUTSIDE} would be added to {SCOPE}, but is no user of this Google customer, and external people get no account; take them off "
        "the list, or give them a Google account."
    ]
    box.faults.add(**REFUSED)
    real = player.play(box, policy)
    assert real.status != 0
    assert f"{OUTSIDE} could not be added, so none was" in real.failure
    assert (active(box), box.google.members_of(SCOPE)) == ([ADA, BOB, CLEO], [ADA, BOB, CLEO])
    box.faults.clear()
    again = player.play(box, policy)
    assert again.status == 0, again.output
    assert active(box) == [BOB, CLEO]


def test_whoever_could_not_be_added_loses_nothing_by_it(player: Player) -> None:
    """Ada moves from a group of the scope to the list, and Google refuses to take her in."""
    given = company()
    given["google"]["groups"][0]["members"] = [BOB, CLEO]
    box = player.start(given)
    box.faults.add(**REFUSED)
    played = player.play(box, {**POLICY, "scope_group_members": [ADA, BOB]})
    assert played.status != 0
    assert (active(box), box.google.members_of(SCOPE)) == ([ADA, BOB, CLEO], [BOB, CLEO])
