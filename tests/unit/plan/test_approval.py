# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was approved is what is made: plans held to an approved plan, while both sides change between the two."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeAlias

import worlds
from account_plans import account, person, plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._approval import hold_to
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import lifted_by, parse_limit, variable_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import OffboardPolicy, plan_offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._undo import UndoPolicy, plan_undo
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._approved import Approved, approved_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, each_person
from hypothesis import given
from hypothesis import strategies as st
from planning import actions, carry_out, facts

from examples import percent


def leaver(name: str) -> Person:
    return person(name, in_scope=False)


Planner: TypeAlias = Callable[[People, Tenant, Matches], Plan]


def document(planned: Plan) -> list[dict[str, Any]]:
    """The changes of a document, as it goes through a file."""
    rows = each_person(change_row(change, True) for change in planned.changes)
    found: list[dict[str, Any]] = json.loads(json.dumps([{"kind": f"accounts.{row['action']}", **row} for row in rows], default=str))
    return found


def approve(planned: Plan, **more: Any) -> Approved:
    return approved_from(document(planned), **more)


def held(found: Plan, approval: Approved) -> Plan:
    hold_to(found, approval)
    return found


def codes(found: Plan) -> set[str]:
    return {row.reason for row in (*found.withheld, *found.attention, *found.failed)}


def test_a_removal_that_the_plan_shows_among_the_gains_is_not_approved() -> None:
    """Whoever writes a plan could hide it so: nobody reads thousands of gains to their end."""
    people, accounts = [person("ada"), leaver("bob")], [account("ada"), account("bob")]
    rows = document(plan(people, deepcopy(accounts)))
    assert [row.pop("loss") for row in rows] == [True]
    found = held(plan(people, accounts), approved_from(rows))
    assert (actions(found), codes(found)) == ([], {"not_in_plan"})


def test_what_was_approved_is_made_and_nothing_is_said() -> None:
    people, accounts = [person("ada"), leaver("bob"), person("new")], [account("ada", last_name="Old"), account("bob")]
    approval = approve(plan(people, deepcopy(accounts)))
    found = held(plan(people, accounts), approval)
    assert actions(found) == [("deactivate", "bob@example.com"), ("update", "ada@example.com"), ("create", "new@example.com")]
    assert not {"not_in_plan", "not_needed"} & codes(found)


def test_without_an_approved_plan_everything_is_made_that_is_planned() -> None:
    found = plan([person("ada"), leaver("bob"), person("new")], [account("ada"), account("bob")])
    planned = list(found.changes)
    hold_to(found, None)
    assert (found.changes, codes(found)) == (planned, set())


def test_what_came_later_is_blocked_by_name_and_the_rest_is_made() -> None:
    approval = approve(plan([person("ada"), leaver("bob"), person("eve")], [account("ada"), account("bob"), account("eve")]))
    found = held(
        plan([person("ada"), leaver("bob"), leaver("eve"), person("new")], [account("ada"), account("bob"), account("eve")]), approval
    )
    assert actions(found) == [("deactivate", "bob@example.com")]
    blocked = [(row.action, row.email) for row in found.withheld if row.reason == "not_in_plan"]
    assert sorted(blocked) == [("create", "new@example.com"), ("deactivate", "eve@example.com")]
    assert len({row.message for row in found.withheld}) == 1, "one sentence for all"
    assert found.skip == {}, "their other changes are held to the approved plan one by one"


def test_gains_that_need_no_approval_go_through_and_removals_never_do() -> None:
    approval = approve(Plan(), any_gain=True)
    found = held(plan([person("ada"), leaver("bob"), person("new")], [account("ada", last_name="Old"), account("bob")]), approval)
    assert actions(found) == [("update", "ada@example.com"), ("create", "new@example.com")]
    assert [(row.reason, row.email) for row in found.withheld] == [("not_in_plan", "bob@example.com")]


def withheld_rows(planned: Plan) -> list[dict[str, Any]]:
    return [{"phase": "accounts", **row.row()} for row in planned.withheld]


def test_what_a_limit_blocked_in_the_plan_is_said_by_its_name_as_a_new_plan_would_block_it_too() -> None:
    names = [f"p{place}" for place in range(9)]
    accounts, leavers = [account("ada"), *map(account, names)], [person("ada"), *map(leaver, names)]
    planned = plan(leavers, deepcopy(accounts))
    assert {row.reason for row in planned.withheld} == {"limit_deactivation"}
    raised = {"deactivation": parse_limit(100, "max_deactivations")}
    found = held(plan([*leavers, person("new")], accounts, limits=raised), approve(planned, withheld=withheld_rows(planned)))
    said = {row.reason: row.message for row in found.withheld}
    assert (actions(found), set(said)) == ([], {"blocked_in_plan", "not_in_plan"})
    assert said["blocked_in_plan"].startswith("9 changes (p0@example.com, ")
    assert (
        "where attribute_mapping_max_deactivations blocked this: raise it, or plan with provisioning_allow_losses: true"
        in said["blocked_in_plan"]
    )
    assert said["not_in_plan"].startswith("1 change (new@example.com)")


def test_a_limit_on_gains_or_on_a_groups_members_is_named_too() -> None:
    group = {
        "email": "team@x.com",
        "group": "team@x.com",
        "action": "remove",
        "reason": "max_removals",
        "message": "",
        "emails": ["bob@x.com"],
    }
    created = {"email": "new@example.com", "action": "create", "reason": "limit_creation", "message": ""}
    approval = approved_from([], withheld=[group, created])
    assert (variable_of("max_removals"), lifted_by("max_removals")) == ("scope_max_removals", "provisioning_allow_losses")
    assert approval.blocked_by(Change("google_remove", "team@x.com", "", group="TEAM@x.com")) == "max_removals"
    found = held(plan([person("ada"), person("new")], [account("ada")]), approval)
    (said,) = found.withheld
    assert "attribute_mapping_max_creations blocked this: raise it, or plan with provisioning_allow_gains: true" in said.message


def test_a_rename_takes_an_address_away_and_needs_approval() -> None:
    renamed = person("ada", aliases=["old@example.com"])
    found = held(plan([renamed], [account("old")]), approve(Plan(), any_gain=True))
    assert "rename" not in dict(actions(found))
    assert all(change.email == "old@example.com" for change in found.changes), "what else is done is reported by the address that it keeps"


def test_another_effect_is_another_change() -> None:
    approval = approve(plan([person("ada")], [account("ada", last_name="Sales")]))
    found = held(plan([person("ada")], [account("ada", last_name="Design")]), approval)
    assert actions(found) == []
    assert codes(found) == {"not_in_plan"}


def test_another_account_at_the_same_address_is_not_the_one_that_was_approved() -> None:
    approval = approve(plan([person("ada"), leaver("bob")], [account("ada"), account("bob")]))
    impostor = replace(account("bob"), id="z-other")
    found = held(plan([person("ada"), leaver("bob")], [account("ada"), impostor]), approval)
    assert (actions(found), codes(found)) == ([], {"not_in_plan"})


def test_what_is_no_longer_needed_is_said_once_and_not_done() -> None:
    approval = approve(plan([person("ada"), leaver("bob"), person("new")], [account("ada"), account("bob")]))
    gone = replace(account("bob"), status="inactive")
    found = held(plan([person("ada"), leaver("bob"), person("new")], [account("ada"), gone, account("new")]), approval)
    assert actions(found) == []
    (said,) = [row for row in found.attention if row.reason == "not_needed"]
    assert said.emails == ("bob@example.com", "new@example.com")
    assert "2 changes of the approved plan (deactivate accounts, create accounts: bob@example.com, new@example.com)" in said.message


def test_what_is_left_out_for_a_reason_of_its_own_is_not_said_to_be_needless() -> None:
    approval = approve(plan([person("new")], []))
    found = held(plan([person("new")], [], domains=frozenset({"example.net"})), approval)
    assert codes(found) == {"foreign_domain"}


def test_an_address_that_does_not_come_free_is_not_taken() -> None:
    """Bob was to give up the address that the newcomer gets; the approved plan knows the newcomer alone."""
    people, world = [person("bobby"), person("bob")], [account("bob", remembered="id-bobby")]
    whole = plan(people, deepcopy(world))
    assert actions(whole)[0] == ("rename", "bobby@example.com")
    rows = [row for row in document(whole) if row["action"] != "rename"]
    found = held(plan(people, world), approved_from(rows))
    assert "create" not in dict(actions(found))
    assert {(row.action, row.email) for row in found.withheld} >= {("create", "bob@example.com")}


def test_who_is_not_created_gets_nothing_else() -> None:
    planned = plan([person("new")], [], licenses=parse_policy({"default": "unassigned"}, ""))
    rows = [row for row in document(planned) if row["action"] != "create"]
    assert rows, "the licence is a change of its own"
    found = held(plan([person("new")], [], licenses=parse_policy({"default": "unassigned"}, "")), approved_from(rows))
    assert actions(found) == []


def test_the_end_of_an_account_is_approved_with_all_that_goes_before_it() -> None:
    """Without the sign-in revoked, or with another heir, it is another offboarding."""
    heir = OffboardPolicy(("bob@example.com",), Offboarding("deactivate", "boss@example.com"), Protection())
    whole = plan_offboarding(*facts([], [account("bob")]), heir)
    rows = [row for row in document(whole) if row["action"] != "hand_over"]
    assert len(rows) == 2
    assert actions(held(plan_offboarding(*facts([], [account("bob")]), heir), approved_from(rows))) == []
    deleted = [
        plan_offboarding(
            *facts([], [account("bob")]), OffboardPolicy(("bob@example.com",), Offboarding("delete", to, ("meeting",)), Protection())
        )
        for to in ("boss@example.com", "other@example.com")
    ]
    assert "delete" not in dict(actions(held(deleted[1], approve(deleted[0]))))


def test_of_a_groups_members_those_who_were_approved_join() -> None:
    known = [account(name) for name in ("ada", "bob", "eve")]
    groups = GroupPolicy(parse_groups([{"name": "Sales", "groups": ["sales@example.com"]}], "groups"), parse_limit("0", "max_removals"))

    def planned(*names: str) -> Plan:
        people = [person(name, groups=["sales@example.com"]) for name in names]
        return plan_zoom_groups(*facts(people, deepcopy(known), groups={"g1": "Sales"}), groups)

    found = held(planned("bob", "eve"), approve(planned("ada", "bob")))
    assert [[member.email for member in change.members] for change in found.changes] == [["bob@example.com"]]
    assert [(row.action, row.group) for row in found.withheld] == [("add", "Sales")]
    assert [row.emails for row in found.attention if row.reason == "not_needed"] == [("ada@example.com",)]


def test_a_group_is_deleted_with_the_members_that_were_read_and_no_others() -> None:
    groups = GroupPolicy(parse_groups([{"name": "Sales", "state": "absent"}], "groups"), parse_limit("100%", "max_removals"))

    def planned(*inside: str, key: str = "g1") -> Plan:
        known = [account(name, group_ids=[key] if name in inside else []) for name in ("ada", "bob", "eve")]
        return plan_zoom_groups(*facts([], known, groups={key: "Sales"}), groups)

    approval = approve(planned("ada", "bob"))
    assert actions(held(planned("ada", "bob"), approval)) == [("delete_group", "")]
    assert actions(held(planned("ada", "bob", "eve"), approval)) == []
    assert actions(held(planned("ada", "bob", key="g2"), approval)) == [], "a namesake is another group"


def test_another_group_than_the_one_that_was_approved_is_not_renamed() -> None:
    spec = [{"name": "Sales", "previous_names": ["Sellers", "Vendors"], "groups": ["sales@example.com"]}]
    groups = GroupPolicy(parse_groups(spec, "groups"), parse_limit("0", "max_removals"))
    planned = plan_zoom_groups(*facts([], [], groups={"g1": "Sellers"}), groups)
    assert actions(planned) == [("rename_group", "")]
    assert actions(held(plan_zoom_groups(*facts([], [], groups={"g2": "Vendors"}), groups), approve(planned))) == []


def test_a_group_that_is_not_made_gets_no_members() -> None:
    groups = GroupPolicy(parse_groups([{"name": "Sales", "groups": ["sales@example.com"]}], "groups"), parse_limit("0", "max_removals"))
    world = facts([person("ada", groups=["sales@example.com"])], [account("ada")], groups={})
    rows = [row for row in document(plan_zoom_groups(*deepcopy(world), groups)) if row["action"] == "add"]
    assert actions(held(plan_zoom_groups(*world, groups), approved_from(rows))) == []


ACCOUNTS = st.tuples(st.just("accounts"), worlds.account_policies)
LICENCES = st.tuples(st.just("licences"), worlds.license_policies)
GROUPS = st.tuples(st.just("groups"), worlds.group_specs)
UNDO = st.tuples(st.just("undo"), worlds.entries)
OFFBOARDING = st.tuples(st.just("offboarding"), st.lists(worlds.addresses, max_size=4))


def planner_of(kind: str, what: Any) -> Planner:
    if kind == "accounts":
        return lambda people, tenant, matches: plan_accounts(people, tenant, matches, replace(what, allow_losses=True, allow_gains=True))
    if kind == "licences":
        terms = LicenseTerms(parse_policy(what, ""), parse_limit("100%", "max_removals"), Protection(), {})
        return lambda people, tenant, matches: plan_licenses(people, tenant, matches, terms)
    if kind == "groups":
        groups = GroupPolicy(parse_groups(what, "groups"), parse_limit("100%", "max_removals"), at_once=2)
        return lambda people, tenant, matches: plan_zoom_groups(people, tenant, matches, groups)
    if kind == "undo":
        undo = UndoPolicy(what, worlds.limits_at("100%"), Protection(), creations=True)
        return lambda _people, tenant, _matches: plan_undo(tenant, undo)
    offboarding = OffboardPolicy(tuple(what), Offboarding("delete", "boss@x.com", ("meeting",)), Protection())
    return lambda people, tenant, matches: plan_offboarding(people, tenant, matches, offboarding)


def edited(first: list[Any], second: list[Any], key: Callable[[Any], str], which: list[bool]) -> list[Any]:
    """What other people have made of the first: some are as in the second, some are gone, some are new."""
    others = {key(one): one for one in second}
    kept = [others.pop(key(one), None) if edit else one for one, edit in zip(first, which, strict=False)]
    there = [one for one in [*kept, *first[len(which) :]] if one is not None]
    taken = {key(one) for one in there}
    return there + [one for one, edit in zip(others.values(), reversed(which), strict=False) if edit and key(one) not in taken]


def facts_made(planned: Plan) -> list[tuple[str, str]]:
    """What each person or group would see of it, and whose account it is."""
    rows = list(each_person(change_row(change, True) for change in planned.changes))
    named = ("action", "group", "email", "before", "after")
    return [(json.dumps([row.get(name) or "" for name in named], sort_keys=True, default=str).lower(), row.get("id", "")) for row in rows]


@percent(500)
@given(
    st.one_of(ACCOUNTS, LICENCES, GROUPS, UNDO, OFFBOARDING),
    st.tuples(worlds.people, worlds.tenants, worlds.matchings),
    st.tuples(worlds.people, worlds.tenants),
    st.lists(st.booleans(), min_size=10, max_size=10),
    st.booleans(),
)
def test_made_is_a_subset_of_approved_whatever_others_do_meanwhile(
    asked: Any, world: Any, later: Any, which: list[bool], any_gain: bool
) -> None:
    planner, (people, tenant, rules), (other_people, other_tenant) = planner_of(*asked), world, later
    approved = planner(deepcopy(people), deepcopy(tenant), match(people.everyone, tenant.accounts, rules))
    listed = facts_made(approved)
    effects = {effect for effect, _id in listed}
    approval = approve(approved, any_gain=any_gain)
    people = replace(people, everyone=edited(people.everyone, other_people.everyone, lambda one: one.id, which[:5]))
    accounts = edited(tenant.accounts, other_tenant.accounts, lambda one: one.email, which[5:])
    tenant = deepcopy(replace(tenant, accounts=accounts, groups=other_tenant.groups if which[0] else tenant.groups))
    found = planner(people, tenant, match(people.everyone, tenant.accounts, rules))
    wanted = facts_made(found)
    hold_to(found, approval)
    made = facts_made(found)
    gains = {effect for change in found.changes if not change.removes for effect, _id in facts_made(Plan([change]))}
    for effect, account_id in made:
        assert effect in effects or (any_gain and effect in gains), effect
        assert (effect, account_id) in listed or (any_gain and effect in gains), effect
    _nothing_is_left_out_in_silence(found, wanted, made, listed)
    carry_out(found, tenant)
    there = [one.email.lower() for one in tenant.accounts if one.email]
    assert len(there) == len(set(there)), "two accounts want one address"


def _nothing_is_left_out_in_silence(found: Plan, wanted: list[Any], made: list[Any], listed: list[Any]) -> None:
    """What was wanted and is not made is blocked; what was approved and is not made has a sentence."""
    blocked = sum(1 for row in found.withheld if row.reason == "not_in_plan")
    assert (blocked > 0) == (len(made) < len(wanted))
    there = {effect for effect, _id in wanted}
    if [effect for effect, _id in listed if effect not in there]:
        assert codes(found), "somebody has approved what this run does not even mention"
