# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences by policy, in real runs: who gets a seat, who is left out, and what nobody may lose."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Played, Player, account, kinds, person, reported_changes, seed, written
from sandbox import Sandbox

EXECS, SALES, TRAINERS = "execs@example.com", "sales@example.com", "trainers@example.com"
BUNDLE = 16
LARGE = 576460752303423488  # Education Enterprise Student: too large for a float


def days_ago(number: int) -> str:
    return (datetime.now(timezone.utc) - timedelta(days=number)).isoformat(timespec="seconds")


def holders(box: Sandbox, kind: int = 2) -> set[str]:
    return {user["email"].partition("@")[0] for user in box.zoom.state()["users"] if user["license"]["type"] == kind}


def licensing(played: Played) -> dict[str, Any]:
    return played.results("zoom_license_default")[-1]


def left_out(played: Played) -> list[str]:
    return sorted(row["email"].partition("@")[0] for row in licensing(played)["attention"] if row["reason"] == "seats")


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:03d}.x" for number in range(count)]


def world(groups: dict[str, list[str]], accounts: list[dict[str, Any]], **zoom: Any) -> dict[str, Any]:
    """Everybody of the groups and accounts is in scope."""
    everybody = sorted({name for members in groups.values() for name in members} | {row["email"].partition("@")[0] for row in accounts})
    return seed([person(name) for name in everybody], {"zoom-users": everybody, **groups}, accounts, **zoom)


POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "license_defaults_default": "basic",
    "license_defaults_rules": [
        {"name": "execs", "groups": [EXECS], "license": {"zoom_one_type": BUNDLE}},
        {"name": "sales", "groups": [SALES], "license": "licensed"},
        {"name": "trainers", "where": "name.givenName == 'T000' || name.givenName == 'T001'", "license": "unassigned"},
    ],
}


def test_three_rules_and_a_default_over_five_hundred_accounts(player: Player) -> None:
    execs, sales, trainers, others = names("e", 20), names("s", 200), names("t", 2), names("o", 278)
    accounts = [account(name, license="licensed" if number % 2 else "basic") for number, name in enumerate(sales)]
    accounts += [account(name) for name in (*execs, *trainers)]
    accounts += [account(name, license="licensed" if number < 10 else "basic") for number, name in enumerate(others)]
    seats = {"licensed": 250, "zoom_one_type": {BUNDLE: 20}}
    box = player.start(world({"execs": execs, "sales": sales}, accounts, seats=seats), rate_limits=False)
    _check, real = player.converge(box, POLICY)
    state = {user["email"].partition("@")[0]: user["license"] for user in box.zoom.state()["users"]}
    assert {name for name in state if state[name]["zoom_one_type"] == BUNDLE} == set(execs)
    assert {name for name in state if state[name]["type"] == 4} == set(trainers)
    assert holders(box) == {*execs, *sales, "admin"}
    done = licensing(real)
    assert Counter(row["action"] for row in done["changes"]) == {"license": 20 + 100 + 2, "downgrade": 10}
    assert {row["reason"] for row in done["changes"]} == {
        "rule 1 (execs): zoom_one_type 16", "rule 2 (sales): licensed", "rule 3 (trainers): unassigned", "default: basic",
    }  # fmt: skip
    assert done["decisions"] == {
        "rule 1 (execs)": {"zoom_one_type 16": 20}, "rule 2 (sales)": {"licensed": 200},
        "rule 3 (trainers)": {"unassigned": 2}, "default": {"basic": 278},
    }  # fmt: skip
    assert done["seats"]["licensed"] == {"bought": 250, "used_before": 111, "used_after": 201, "pending": 0, "reserved": 0}
    assert done["seats"]["zoom_one_type:16"]["used_after"] == 20
    entry = next(entry for entry in done["diff"] if entry["before_header"] == "seats")
    assert (entry["before"].splitlines()[0], entry["after"].splitlines()[0]) == (
        "licensed: 111 of 250 seats used",
        "licensed: 201 of 250 seats used",
    )


def test_too_few_seats_leave_out_the_last_rule_and_the_youngest_and_a_second_run_is_stable(player: Player) -> None:
    sales, others = names("s", 4), names("o", 5)
    accounts = [account(name, created=f"20{10 + number}-01-01T00:00:00Z") for number, name in enumerate([*others, *sales])]
    box = player.start(world({"sales": sales}, accounts, seats={"licensed": 9}))
    rules = [{"name": "sales", "groups": [SALES], "license": "licensed"}]
    variables = {
        "scope_groups": [SCOPE], "license_defaults_default": "licensed", "license_defaults_rules": rules, "license_defaults_reserve": 2,
    }  # fmt: skip
    check, real = player.converge(box, variables)
    assert holders(box) == {"admin", *sales, *others[:2]}
    assert left_out(check) == left_out(real) == others[2:]
    (short,) = [row["message"] for row in licensing(real)["attention"] if row["reason"] == "shortfall"]
    assert short.startswith("3 seats of licensed are missing (9 were bought, 2 of them in reserve), so rule order and account age left out")
    again = player.play(box, variables)
    assert (again.changed, left_out(again)) == (0, others[2:])


def test_a_demotion_frees_the_seat_that_a_promotion_takes_and_check_mode_says_so(player: Player) -> None:
    accounts = [account("out.x", license="licensed"), account("in.x")]
    box = player.start(world({"sales": ["in.x"]}, accounts, seats={"licensed": 2}))
    rules = [{"groups": [SALES], "license": "licensed"}]
    check, real = player.converge(box, {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules})
    assert [(row["action"], row["email"]) for row in licensing(check)["changes"]] == [
        ("downgrade", "out.x@example.com"), ("license", "in.x@example.com"),
    ]  # fmt: skip
    assert licensing(check)["seats"] == licensing(real)["seats"]
    assert licensing(real)["seats"]["licensed"]["used_after"] == 2
    assert holders(box) == {"admin", "in.x"}


def test_a_leaver_frees_the_seat_of_a_newcomer_in_one_run(player: Player) -> None:
    people = [person("new.x"), person("gone.x", suspended=True)]
    given = seed(people, {"zoom-users": ["new.x"]}, [account("gone.x", license="licensed")], seats={"licensed": 2})
    box = player.start(given)
    player.converge(box, {"scope_groups": [SCOPE], "attribute_mapping_prune": True, "license_defaults_default": "licensed"})
    assert (holders(box), written(box)["license"]) == ({"admin", "new.x"}, 0), "created with it"


def test_a_licence_that_no_rule_grants_any_more_goes_to_a_newcomer_unless_the_licence_phase_is_left_out(player: Player) -> None:
    accounts = [account("out.x", license="licensed")]
    box = player.start(world({"sales": ["in.x"]}, accounts, seats={"licensed": 2}))
    rules = [{"groups": [SALES], "license": "licensed"}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules}
    alone = player.play(box, variables, "--check", "--tags", "accounts")
    assert [row["action"] for row in alone.results("zoom_scim_users")[-1]["changes"]] == ["create"]
    _check, real = player.converge(box, variables)
    assert [row["action"] for row in real.results("zoom_scim_users")[-1]["changes"]] == ["downgrade", "create"]
    assert (holders(box), licensing(real)["changes"]) == ({"admin", "in.x"}, [])


def test_bundles_stay_untouched_unless_a_rule_gives_them_and_large_numbers_stay_exact(player: Player) -> None:
    accounts = [
        account("ada.x", license={"zoom_one_type": 32}), account("bob.x", license={"plan_united_type": "1"}),
        account("cleo.x", license={"zoom_one_type": LARGE}), account("dan.x", license={"zoom_one_type": BUNDLE}), account("eve.x"),
    ]  # fmt: skip
    seats = {"licensed": 9, "zoom_one_type": {32: 1, LARGE: 2, BUNDLE: 1}, "plan_united_type": {"1": 1}}
    box = player.start(world({"trainers": ["cleo.x", "eve.x"]}, accounts, seats=seats))
    licensed = {"scope_groups": [SCOPE], "license_defaults_default": "licensed"}
    player.play(box, {**licensed, "license_defaults_rules": [{"users": ["eve.x@example.com"], "license": "basic"}]})
    assert written(box) == Counter()
    large = [{"name": "trainers", "groups": [TRAINERS], "license": {"zoom_one_type": LARGE}}]
    gives = [*large, {"users": ["nobody@example.com"], "license": {"zoom_one_type": BUNDLE}}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": gives}
    check = player.play(box, variables, "--check")
    real = player.play(box, variables)
    assert reported_changes(check) == reported_changes(real)
    state = {user["email"].partition("@")[0]: user["license"] for user in box.zoom.state()["users"]}
    assert (state["cleo.x"]["zoom_one_type"], state["eve.x"]["zoom_one_type"]) == (LARGE, LARGE)
    assert (state["ada.x"]["zoom_one_type"], state["bob.x"]["plan_united_type"]) == (32, "1")
    assert state["dan.x"] == {"type": 1, "zoom_one_type": 0, "plan_united_type": ""}
    bundles = [row["email"].partition("@")[0] for row in licensing(real)["attention"] if row["reason"] == "bundle"]
    assert sorted(bundles) == ["ada.x", "bob.x"]


def test_a_bundle_is_exchanged_for_another_and_its_seat_goes_on_to_whom_waits(player: Player) -> None:
    accounts = [account("up.x", license={"zoom_one_type": BUNDLE}), account("waits.x", license="licensed")]
    seats = {"licensed": 2, "zoom_one_type": {BUNDLE: 1}, "plan_united_type": {"1": 1}}
    box = player.start(world({}, accounts, seats=seats))
    rules = [
        {"name": "waiting", "users": ["waits.x@example.com"], "license": {"zoom_one_type": BUNDLE}},
        {"name": "up", "users": ["up.x@example.com"], "license": {"plan_united_type": "1"}},
    ]
    player.converge(box, {"scope_groups": [SCOPE], "license_defaults_rules": rules})
    state = {user["email"].partition("@")[0]: user["license"] for user in box.zoom.state()["users"]}
    assert (state["waits.x"]["zoom_one_type"], state["up.x"]["plan_united_type"]) == (BUNDLE, "1")


def test_a_reactivated_account_gets_its_licence_back_in_the_same_run(player: Player) -> None:
    accounts = [
        account("back.x", status="inactive", created=days_ago(900), last_login=days_ago(400)),
        account("x.x", license="licensed", last_login=days_ago(1)),
    ]
    box = player.start(world({}, accounts))
    idle = {"license_defaults_reclaim_after_days": 90, "license_defaults_reclaim": "take"}
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "licensed", **idle}
    check = player.play(box, variables, "--check")
    real = player.play(box, variables)
    assert reported_changes(check) == reported_changes(real)
    assert kinds(real) == {"status": 1, "license": 1}
    assert "back.x" in holders(box)
    again = player.play(box, variables)
    assert (again.status, again.changed) == (0, 0), "it counts as in use from its reactivation"


@pytest.mark.parametrize("limit", ["10%", "3"])
def test_an_emptied_group_exceeds_the_limit(player: Player, limit: str) -> None:
    sales = names("s", 12)
    box = player.start(world({"sales": []}, [account(name, license="licensed") for name in sales]))
    rules = [{"groups": [SALES], "license": "licensed"}]
    variables: dict[str, Any] = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules}
    variables["license_defaults_max_removals"] = limit
    played = player.play(box, variables)
    assert played.status != 0
    assert "12 licences would be taken away (the default licence is basic); the limit is 3" in played.failure
    assert written(box) == Counter()
    assert player.play(box, {**variables, "provisioning_allow_losses": True}).status == 0
    assert holders(box) == {"admin"}


def test_a_rule_that_names_an_unresolved_group_changes_nothing(player: Player) -> None:
    box = player.start(world({}, [account("ada.x", license="licensed"), account("bob.x")]))
    rules = [{"groups": ["missing@example.com"], "license": "licensed"}]
    played = player.play(box, {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules})
    assert played.status != 0
    assert "missing@example.com" in played.failure
    assert written(box) == Counter()


def test_a_refused_seat_stops_further_ones_of_that_licence_but_not_the_run(player: Player) -> None:
    """The plan can't be read, so only Zoom's refusal shows that there is one seat; the group phase goes on."""
    others = names("o", 60)
    box = player.start(world({}, [account(name) for name in others], seats={"licensed": 2}), plans_usage="forbidden")
    groups = [{"name": "All", "groups": [SCOPE]}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "licensed", "group_mapping_groups": groups}
    played = player.play(box, variables)
    assert played.status != 0
    assert "the licence was not changed, because no seat is left" in played.failure
    done = licensing(played)
    refused, kept_back = len(done["failed_items"]), [row for row in done["attention"] if row["reason"] == "seat_refused"]
    assert 1 < written(box)["license"] <= 17  # what was under way beside the first refusal, at most
    assert (refused, len(kept_back)) == (1, 58)
    assert len(holders(box)) == 2
    assert len(box.zoom.members_of("All")) == 59  # who failed waits for the next run in every phase
    box.ledger.clear()
    again = player.play(box, variables)
    assert again.changed == 0, "whoever fails is the same, so that nobody else's groups move"
    assert any(row["reason"] == "seats_unknown" and "1 are in use" in row["message"] for row in done["attention"])
    told_by_hand = player.play(box, {**variables, "license_defaults_seats": {"licensed": 2}})
    assert (told_by_hand.status, licensing(told_by_hand)["changes"], len(left_out(told_by_hand))) == (0, [], 59)


def test_a_creation_whose_licence_is_refused_falls_back(player: Player) -> None:
    given = seed([person("ada.x"), person("bob.x")], {"zoom-users": ["ada.x", "bob.x"]}, [], seats={"licensed": 2})
    box = player.start(given, plans_usage="forbidden")
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "licensed", "license_defaults_fallback": "unassigned"}
    played = player.play(box, variables, "--tags", "accounts")
    assert played.status == 0, played.output
    assert (len(holders(box)), len(holders(box, 4))) == (2, 1)
    assert any("was created with unassigned instead of licensed" in message for message in played.attention())


def test_the_cool_down_of_assignments_stops_all_further_ones(player: Player) -> None:
    box = player.start(world({}, [account(name) for name in names("o", 40)]), license_reassignment_limit=3)
    played = player.play(box, {"scope_groups": [SCOPE], "license_defaults_default": "licensed"})
    assert played.status != 0
    assert "Zoom limits how often licences are moved" in played.failure
    assert (len(holders(box)), written(box)["license"] <= 3 + 16) == (4, True)


def test_idle_licences_are_reported_taken_back_and_given_again_after_a_sign_in(player: Player) -> None:
    accounts = [
        account("idle.x", license="licensed", created=days_ago(900), last_login=days_ago(200)),
        account("busy.x", license="licensed", created=days_ago(900), last_login=days_ago(91)),
        account("never.x", license="licensed", created=days_ago(300)), account("fresh.x", license="licensed", created=days_ago(10)),
        account("boss.x", license="licensed", role="admin", created=days_ago(900), last_login=days_ago(300)),
    ]  # fmt: skip
    box = player.start(world({}, accounts))
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "licensed", "license_defaults_reclaim_after_days": 90}
    reported = player.play(box, variables)
    idle = {row["email"].partition("@")[0] for row in licensing(reported)["attention"] if row["reason"] == "idle"}
    assert (reported.changed, idle) == (0, {"idle.x", "never.x"})
    take = {**variables, "license_defaults_reclaim": "take"}
    _check, real = player.converge(box, take)
    assert {row["reason"].partition(" (")[0] for row in licensing(real)["changes"]} == {"reclaim"}
    assert holders(box) == {"admin", "busy.x", "fresh.x", "boss.x"}
    box.zoom.sign_in("idle.x@example.com")
    back = player.play(box, take)
    assert [(row["action"], row["email"]) for row in licensing(back)["changes"]] == [("license", "idle.x@example.com")]


def test_a_portal_that_fights_the_policy_is_reported_once(player: Player) -> None:
    accounts = [account("ada.x", license="licensed", last_login=days_ago(30)), account("bob.x")]
    given = world({"sales": ["ada.x"]}, accounts, default_type=2)
    given["google"]["users"].append(person("late.x"))
    given["google"]["groups"][0]["members"].append("late.x@example.com")
    box = player.start(given, saml_mapping="basic")
    rules = [{"groups": [SALES], "license": "licensed"}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules}
    first = player.play(box, variables, "--tags", "licenses")
    assert first.status == 0, first.output
    box.zoom.sign_in("ada.x@example.com")
    made = (datetime.now(timezone.utc) + timedelta(seconds=5)).isoformat()
    box.zoom.add_user("late.x@example.com", first_name="Late", last_name="X", license="licensed", created=made)
    played = player.play(box, variables, "--tags", "licenses")
    assert played.status == 0, played.output
    found = {row["reason"]: row["message"] for row in licensing(played)["attention"]}
    assert found["portal_default"].startswith("1 account was made outside this collection since the last run and came out with licensed")
    assert "set the default licence type to basic" in found["portal_default"]
    assert "1 licence was changed outside this collection since the last run (1 with a sign-in), such as ada.x" in found["saml_mapping"]
    assert holders(box) == {"admin", "ada.x"}
    assert not {row["reason"] for row in licensing(player.play(box, variables))["attention"]} & {"portal_default", "saml_mapping"}


def test_a_scim_token_reaches_user_types_and_says_what_it_can_not_see(player: Player) -> None:
    accounts = [account("ada.x", license={"zoom_one_type": BUNDLE}), account("bob.x", license="licensed"), account("eve.x")]
    box = player.start(world({}, accounts, seats={"licensed": 5, "zoom_one_type": {BUNDLE: 1}}))
    people = [{"primaryEmail": f"{name}@example.com"} for name in ("ada.x", "bob.x", "eve.x")]
    token = {name: value for name, value in box.connections()["zoom_connection"].items() if name in ("api_url", "oauth_url")}
    connection = {**token, "access_token": box.zoom.scim_token}
    rules = [{"users": ["eve.x@example.com"], "license": "licensed"}]
    done = call("zoom_license_default", box, connection=connection, people=people, default="basic", rules=rules)
    assert not done["failed"], done
    assert sorted((row["action"], row["email"]) for row in done["changes"]) == [
        ("downgrade", "bob.x@example.com"), ("license", "eve.x@example.com"),
    ]  # fmt: skip
    assert {"scim_licenses", "bundle"} <= {row["reason"] for row in done["attention"]}
    assert holders(box) == {"admin", "ada.x", "eve.x"}


@pytest.mark.parametrize("usage", ["allowed", "array"])
def test_preflight_and_runs_read_seats_of_every_shape(player: Player, usage: str) -> None:
    seats = {"licensed": 3, "zoom_one_type": {BUNDLE: 2}}
    box = player.start(world({}, [account("ada.x", license={"zoom_one_type": BUNDLE})], seats=seats), plans_usage=usage)
    found = call("zoom_account_info", box)["seats"]
    assert found == {
        "licensed": {"bought": 3, "used": 1, "pending": 0}, "zoom_one_type:16": {"bought": 2, "used": 1, "pending": 0},
    }  # fmt: skip


def test_where_the_base_plan_is_a_workplace_plan_licensed_is_that_plan(player: Player) -> None:
    accounts = [account("ada.x", license={"zoom_one_type": BUNDLE}), account("bob.x"), account("cleo.x")]
    given = world({"sales": ["bob.x", "cleo.x"]}, accounts, seats={"licensed": 0, "zoom_one_type": {BUNDLE: 2}}, base_zoom_one_type=BUNDLE)
    given["zoom"]["users"][0]["license"] = {"zoom_one_type": BUNDLE}
    box = player.start(given)
    rules = [{"groups": [SALES], "license": "licensed"}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules}
    _check, real = player.converge(box, variables)
    assert kinds(real) == {"license": 2}
    assert holders(box) == {"admin", "bob.x"}
    assert left_out(real) == ["cleo.x"]
