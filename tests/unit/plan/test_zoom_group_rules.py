# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom groups by the rules of a mapping, by example."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import UNSURE_LIMIT
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import FormerName
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from grouped_people import LIMIT, account, groups, person
from planning import facts


def test_a_group_is_made_and_filled_in_thirties() -> None:
    people = [person(f"p{n}", "all") for n in range(31)]
    found = groups(people, [account(f"p{n}") for n in range(31)], [{"name": "All", "groups": ["all@example.com"]}])
    assert [(change.action, len(change.members)) for change in found.ordered()] == [("create_group", 0), ("add", 30), ("add", 1)]
    assert {change.group_id for change in found.changes} == {"new:All"}


def test_only_an_exclusive_group_loses_members_and_only_below_the_limit() -> None:
    spec = {"name": "all", "groups": ["all@example.com"]}
    accounts = [account(f"p{n}", group_ids=["g1"]) for n in range(5)]
    people = [person(f"p{n}", *(["all"] if n > 1 else [])) for n in range(5)]
    assert groups(people, accounts, [spec], {"g1": "All"}).changes == []
    assert len(groups(people, accounts, [{**spec, "exclusive": True}], {"g1": "All"}).changes) == 2
    nobody = [person(f"p{n}") for n in range(5)]
    found = groups(nobody, accounts, [{**spec, "exclusive": True}], {"g1": "All"})
    assert (found.changes, len(found.withheld)) == ([], 5)
    again = [account(f"p{n}", group_ids=["g1"]) for n in range(5)]
    assert len(groups(nobody, again, [{**spec, "exclusive": True}], {"g1": "All"}, allow_losses=True).changes) == 5


def test_a_group_condition_that_can_not_be_evaluated_holds_the_account() -> None:
    held = account("ada", group_ids=["g1"])
    found = groups([person("ada")], [held], [{"name": "G", "where": "length(name) > `1`", "exclusive": True}], {"g1": "G"})
    assert (found.changes, found.skip, found.failed[0].reason) == ([], {held.key: "where"}, "where")


@pytest.mark.parametrize(
    ("specs", "words"),
    [({"name": "x"}, "must be a list"), ([{"users": ["a@example.com"]}], "needs a name"), ([{"name": "G"}], "chooses nobody"),
     ([{"name": "G", "users": ["a@example.com"]}, {"name": "g", "users": ["b@example.com"]}], "second time"),
     ([{"name": "G", "users": ["a@example.com"], "exclusive": "maybe"}], "true or false")],
)  # fmt: skip
def test_a_wrong_group_is_named(specs: Any, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_groups(specs, "groups")


def test_who_shows_one_group_only_is_not_added_to_a_group_that_is_there() -> None:
    specs = [{"name": name, "groups": ["all@example.com"]} for name in ("There", "New")]
    found = groups(
        [person("ada", "all"), person("bob", "all")], [account("ada"), account("bob")], specs, {"g1": "There"}, partly_known={"z-ada"}
    )
    joins = {change.group: [member.email for member in change.members] for change in found.changes if change.action == "add"}
    assert joins == {"There": ["bob@example.com"], "New": ["ada@example.com", "bob@example.com"]}, "nobody is in a group that is new"
    assert [(row.email, row.reason) for row in found.attention] == [("ada@example.com", "one_group_shown")]


@pytest.mark.parametrize(
    ("unsure", "blocked", "reported"),
    [(UNSURE_LIMIT, ["confirm_limit"], []), ("secret@example.com", [], ["unreadable_scope"]), ("", ["unconfirmed"], [])],
)
def test_whose_absence_nobody_could_confirm_stays_in_the_group(unsure: str, blocked: list[str], reported: list[str]) -> None:
    gone = person("ada", in_scope=False, confirmed=False, unsure=unsure)
    sure = person("bob", in_scope=False, confirmed=True)
    accounts = [account(name, group_ids=["g1"]) for name in ("ada", "bob")]
    found = groups([gone, sure], accounts, [{"name": "G", "groups": ["all@example.com"], "exclusive": True}], {"g1": "G"})
    assert [(change.action, change.email) for change in found.changes] == [("remove", "bob@example.com")]
    assert ([row.reason for row in found.withheld], [row.reason for row in found.attention]) == (blocked, reported)


def test_a_group_is_not_deleted_in_a_run_that_removes_nothing_though_nobody_seems_to_be_in_it() -> None:
    everyone, tenant, matches = facts([], [], groups={"g1": "G"}, doubtful=["a list moved"])
    policy = GroupPolicy(parse_groups([{"name": "G", "state": "absent"}], "groups"), LIMIT, allow_losses=True)
    found = plan_zoom_groups(everyone, tenant, matches, policy)
    assert (found.changes, [(row.action, row.group) for row in found.withheld]) == ([], [("delete_group", "G")])
    tenant.doubtful.clear()
    assert [change.action for change in plan_zoom_groups(everyone, tenant, matches, policy).changes] == ["delete_group"]


def test_writes_to_groups_are_planned_in_full() -> None:
    ada, bob, eve = account("ada"), account("bob", group_ids=["g1"]), account("eve", group_ids=["g2"])
    people = [person("ada", "all"), person("bob", confirmed=True), person("eve")]
    specs = [
        {"name": "Here", "groups": ["all@example.com"], "exclusive": True, "previous_names": ["There"]},
        {"name": "New", "groups": ["all@example.com"]},
        {"name": "Old", "state": "absent"},
    ]
    assert groups(people, [ada, bob, eve], specs, {"g1": "There", "g2": "Old"}).ordered() == [
        Change("delete_group", "", "state is absent", group="Old", group_id="g2", members=[eve], removal="group"),
        Change("rename_group", "", "was There", data=FormerName("There"), group="Here", group_id="g1"),
        Change("create_group", "", "mapped", group="New", group_id="new:New"),
        Change("add", "", "matches", group="Here", group_id="g1", members=[ada]),
        Change("add", "", "matches", group="New", group_id="new:New", members=[ada]),
        Change("remove", "bob@example.com", "does not match", group="Here", group_id="g1", members=[bob], removal="group"),
    ]


def test_sentences_on_members_who_stay_name_them_and_the_group() -> None:
    spec = [{"name": "G", "groups": ["all@example.com"], "exclusive": True}]
    hidden = person("ada", in_scope=False, confirmed=False, unsure="secret@example.com")
    found = groups([hidden], [account("ada", group_ids=["g1"])], spec, {"g1": "G"})
    assert found.attention[0].message.startswith(
        "ada@example.com is not in scope by all groups that can be read, but may be a member of secret@example.com,"
    )
    unsure = groups([person("ada", in_scope=False)], [account("ada", group_ids=["g1"])], spec, {"g1": "G"})
    assert (unsure.withheld[0].reason, unsure.withheld[0].group, " G" in unsure.withheld[0].message) == ("unconfirmed", "G", True)
