# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is held back until it is tried again, what is no news any more, and when it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from account_plans import account, person, plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import parse_license
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._standing import (
    ACCOUNTS_PHASE,
    GROUPS_PHASE,
    LICENSES_PHASE,
    Standing,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS, Subject
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes, LicenseChange, NewAddress
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcome import Finding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcomes import finding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._standing import (
    Known,
    Refused,
    abouts,
    asked,
    hold_back,
    is_gain,
    is_known,
    key_of,
    without_name,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._standing_rows import (
    Ended,
    begin,
    pass_over_known,
    settle,
    with_since,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=timezone.utc)
DAY = 86400
PHASES = {"license": LICENSES_PHASE, "create_group": GROUPS_PHASE, "rename_group": GROUPS_PHASE, "add": GROUPS_PHASE}


def of(action: str, held: Account | None = None, **more: Any) -> Change:
    held = held or account("ada")
    data = {
        "update": Attributes({"name.familyName": "King"}),
        "rename": NewAddress("ada.king@example.com"),
        "license": LicenseChange(parse_license("licensed", "license")),
    }
    email = "ada.king@example.com" if action == "rename" else held.email
    return Change(action, email, "why", held, data=data.get(action), **{"removal": "rename" if action == "rename" else None, **more})


def joins(*members: Account, action: str = "add") -> Change:
    return Change(action, "", "matches", group="Sales", group_id="g1", members=list(members))


def row_of(change: Change, about: str = "", hours: float = 1, **more: Any) -> Standing:
    """As an earlier run has left it, so many hours ago."""
    about, time = about or abouts(change)[0], (NOW - timedelta(hours=hours)).isoformat()
    phase = PHASES.get(change.action, ACCOUNTS_PHASE)
    said = {"message": "the account was not changed, because it is in use [Zoom refused it.]", "asked": asked(change), "run": "last"}
    given = {"code": "address_in_use", "since": "2026-11-20T02:00:00+00:00", "phase": phase, "tried": time, **said, **more}
    return Standing(about, action=change.action, group=change.group, **given)


def known(*rows: Standing, phase: str = ACCOUNTS_PHASE, retry_after: int = DAY, whole: bool = True) -> Known:
    return Known(rows, phase, NOW, retry_after, "tonight", whole)


def held(changes: list[Change], *rows: Standing, **more: Any) -> Plan:
    found = Plan(list(changes))
    hold_back(found, known(*rows, **more))
    return found


def news(change: Change, code: str = "address_in_use", about: str = "") -> Refused:
    who = change.email or change.group
    return Refused(change, about or abouts(change)[0], code, Finding(who, change.action, f"{who}: {change.action} refused."), asked(change))


# held back


def test_a_refused_change_rests_and_is_reported_with_since_when_and_until_when() -> None:
    update = of("update")
    found = held([update], row_of(update))
    assert found.changes == []
    (told,) = found.attention
    assert told.row() == {
        "email": "ada@example.com",
        "reason": "address_in_use",
        "action": "update",
        "since": "2026-11-20T02:00:00+00:00",
        "message": "ada@example.com: the account was not changed, because it is in use [Zoom refused it.]; Zoom has refused this since "
        "2026-11-20, so it is tried again after 2026-11-28 01:00 UTC, or at once with "
        "provisioning_retry_refused_after: 0 (retry_refused_after of the module).",
    }


@pytest.mark.parametrize(
    ("hours", "retry_after", "rests"), [(1, DAY, True), (23.9, DAY, True), (24, DAY, False), (0, 0, False), (-1, DAY, False)]
)
def test_it_is_tried_again_after_the_time_and_a_time_to_come_is_none(hours: float, retry_after: int, rests: bool) -> None:
    update = of("update")
    row = row_of(update, hours=hours)
    found = held([update], row, retry_after=retry_after)
    assert (found.changes == []) == rests
    assert rests or is_known(update, "ada@example.com", "address_in_use")
    assert not is_known(update, "ada@example.com", "name")


def test_what_this_run_has_tried_rests_for_its_later_phases_and_a_time_of_another_form_is_none() -> None:
    update, license = of("update"), of("license")
    tried = row_of(update, run="tonight")
    assert held([license], tried, phase=LICENSES_PHASE, retry_after=0).changes == []
    assert held([license], replace(tried, tried="yesterday"), phase=LICENSES_PHASE).changes == [license]
    assert known().again(replace(tried, tried="yesterday")) == "2026-11-28 02:00 UTC"


def test_something_else_that_is_asked_for_is_tried_at_once() -> None:
    update, other = of("update"), replace(of("update"), data=Attributes({"name.familyName": "Queen"}))
    found = held([other], row_of(update))
    assert (found.changes, found.attention) == ([other], [])
    assert other.known["ada@example.com"].code == "address_in_use"
    assert asked(of("rename")) != asked(replace(of("rename"), email="ada.queen@example.com"))
    assert asked(of("license")) != asked(replace(of("license"), data=LicenseChange(parse_license("basic", "license"))))
    assert asked(of("update"), paths=()) == asked(replace(of("update"), data=Attributes({})))


def test_later_changes_of_the_account_wait_and_earlier_ones_and_removals_do_not() -> None:
    ada = account("ada")
    rename, update, license = of("rename", ada), of("update", ada), of("license", ada)
    deactivate = of("deactivate", ada, removal="deactivation")
    assert held([rename, update, deactivate], row_of(rename)).changes == [deactivate]
    assert held([rename, update], row_of(update)).changes == [rename]
    assert held([license], row_of(update), phase=LICENSES_PHASE).changes == []
    assert held([of("downgrade", ada, removal="license")], row_of(update), phase=LICENSES_PHASE).changes != []
    assert held([joins(ada)], row_of(update), phase=GROUPS_PHASE).changes == []


def test_what_its_own_phase_plans_no_more_stands_in_nobodys_way() -> None:
    ada = account("ada")
    rename, update = of("rename", ada), of("update", ada)
    assert held([update], row_of(rename)).changes == [update]
    other = replace(rename, email="ada.queen@example.com")
    assert held([other, update], row_of(rename)).changes == [other, update]


def test_what_is_planned_in_two_steps_is_held_back_in_both() -> None:
    ada = account("ada")
    rename, update = of("rename", ada), of("update", ada)
    found = held([rename], row_of(rename))
    found.changes.append(update)
    hold_back(found, known(row_of(rename)))
    assert (found.changes, [row.reason for row in found.attention]) == ([], ["address_in_use", "waits"])


def test_one_member_is_left_out_and_the_others_join() -> None:
    ada, bob = account("ada"), account("bob")
    add, alone = joins(ada, bob), joins(ada)
    found = held([add, alone], row_of(add, "ada@example.com"), phase=GROUPS_PHASE)
    assert found.changes == [add]
    assert add.members == [bob]
    assert [(row.email, row.group) for row in found.attention] == [("ada@example.com", "Sales")] * 2


def test_who_was_to_join_a_group_that_zoom_refuses_waits_and_who_leaves_it_does_not() -> None:
    ada = account("ada")
    create, add, remove = Change("create_group", "", "mapped", group="Sales"), joins(ada), joins(ada, action="remove")
    found = held([create, add, remove], row_of(create), phase=GROUPS_PHASE)
    assert found.changes == [remove]
    assert [row.email or row.emails for row in found.attention] == ["Sales", ("ada@example.com",)]


def test_a_group_of_the_name_of_an_account_is_another_thing() -> None:
    update, group = of("update"), Change("create_group", "", "mapped", group="ada@example.com")
    assert held([group], row_of(update), phase=GROUPS_PHASE).changes == [group]


def test_a_licence_that_zoom_refuses_to_everybody_is_asked_for_once() -> None:
    ada, bob = of("license"), of("license", account("bob"))
    row = row_of(ada, code="subscriptions")
    found = held([ada, bob], row, phase=LICENSES_PHASE)
    assert (found.changes, [row.email for row in found.attention]) == ([], ["ada@example.com", "bob@example.com"])
    held([bob], row, phase=LICENSES_PHASE, retry_after=0)
    assert is_known(bob, "bob@example.com", "subscriptions")
    basic = replace(bob, data=LicenseChange(parse_license("basic", "license")))
    assert held([basic], row, phase=LICENSES_PHASE).changes == [basic]


def test_a_resting_creation_counts_on_no_limit() -> None:
    people = [person(f"p{number}") for number in range(30)]
    rows = [row_of(change) for change in plan(people, []).changes[:10]]
    again = plan(people, [account("eve")], completed="2026-11-26", known=known(*rows))
    assert len([change for change in again.changes if change.action == "create"]) == 20
    assert (again.withheld, len(again.waiting)) == ([], 10)


def test_words_behind_whom_they_are_about() -> None:
    assert without_name("ada@x.com: create refused.", "ada@x.com") == "create refused"
    assert without_name("Can't rename it.", "ada@x.com") == "Can't rename it"


# no news


def conditions(*findings: Finding, **more: Any) -> tuple[Standing, ...]:
    return tuple(settle(known(**more), begin(Plan(), ()), Ended(failed=findings), 10))


def same(number: int) -> list[Finding]:
    return [finding("duplicate", f"p{one}@example.com", address="same@example.com") for one in range(number)]


def test_a_person_who_failed_in_the_last_run_is_no_news() -> None:
    (row,) = rows = conditions(*same(1))
    assert row == Standing("p0@example.com", "duplicate", "2026-11-27T02:00:00+00:00", ACCOUNTS_PHASE)
    found = Plan(failed=same(2))
    pass_over_known(found, known(*rows), 10)
    assert [row.email for row in found.failed] == ["p1@example.com"]
    (told,) = found.attention
    assert (told.since, told.reason) == ("2026-11-27T02:00:00+00:00", "duplicate")
    assert told.message.startswith("p0@example.com: was left unchanged: ")
    assert told.message.endswith("; it has been reported since 2026-11-27.")
    assert settle(known(*rows), begin(found, ()), Ended(failed=found.failed, attention=found.attention), 10)[0] == row


@pytest.mark.parametrize(
    ("number", "accounts", "stands"), [(20, 10, True), (21, 1000, False), (11, 50, False), (10, 50, True), (11, 49, True)]
)
def test_what_many_have_in_common_is_one_fault_and_stays_a_failure(number: int, accounts: int, stands: bool) -> None:
    found = Plan(failed=same(number))
    pass_over_known(found, known(*conditions(*same(20))), accounts)
    assert (found.failed == []) == stands
    assert bool(settle(known(), begin(Plan(), ()), Ended(failed=same(number)), accounts)) == stands


def test_what_no_one_can_remember_is_no_condition() -> None:
    limit = finding("reads_stopped", "", count=1, how="", left=1, names="", error="")
    assert conditions(limit, Finding("ada@example.com", "create", "Refused.")) == ()
    found = Plan(failed=[limit])
    pass_over_known(found, known(*conditions(*same(1))), 10)
    assert found.failed == [limit]


def test_attention_says_since_when_and_more_than_a_thousand_are_not_remembered() -> None:
    pending = finding("pending", "ada@example.com")
    (row,) = settle(known(), begin(Plan(), ()), Ended(attention=[pending]), 10)
    (told,) = with_since([pending], known(row))
    assert (told.since, told.message) == (row.since, pending.message)
    assert with_since([told, finding("pending", "bob@example.com")], known(row)) == [told, finding("pending", "bob@example.com")]
    many = [finding("pending", f"p{number}@example.com") for number in range(1001)]
    assert settle(known(), begin(Plan(), ()), Ended(attention=many), 5000) == []


# remembered and forgotten


def test_a_refusal_is_remembered_and_keeps_its_first_time() -> None:
    update = of("update")
    (row,) = settle(known(), begin(Plan([update]), ()), Ended(refused=[news(update)]), 10)
    assert row.message == "update refused"
    assert (row.since, row.tried, row.run, row.phase) == ("2026-11-27T02:00:00+00:00",) * 2 + ("tonight", ACCOUNTS_PHASE)
    was = row_of(update, hours=30)
    (again,) = settle(known(was), begin(Plan([update]), ()), Ended(refused=[news(update)]), 10)
    assert (again.since, again.tried) == (was.since, "2026-11-27T02:00:00+00:00")
    (other,) = settle(known(was), begin(Plan([update]), ()), Ended(refused=[news(update, "name")]), 10)
    assert (other.code, other.since) == ("name", "2026-11-27T02:00:00+00:00")


@pytest.mark.parametrize("change", [of("license"), joins(account("ada")), Change("create_group", "", "", group="Sales"), of("rename")])
def test_each_is_of_the_phase_that_plans_it(change: Change) -> None:
    (row,) = settle(known(), begin(Plan(), ()), Ended(refused=[news(change)]), 10)
    assert row.phase == PHASES.get(change.action, ACCOUNTS_PHASE)
    assert news(change).is_known is False


def test_a_member_whom_zoom_does_not_take_is_reported_by_address() -> None:
    assert news(joins(account("ada"))).email == "ada@example.com"
    assert news(of("rename")).email == "ada.king@example.com"


def test_it_ends_with_its_change() -> None:
    ada = account("ada")
    rename, update = of("rename", ada), of("update", ada)
    rows = [row_of(rename), row_of(update)]
    begun = begin(Plan([rename, update]), ())
    made = replace(rename, was={"email": "ada@example.com"})
    (left,) = settle(known(*rows), begun, Ended(done=[made]), 10)
    assert (left.action, left.about) == ("update", "ada.king@example.com"), "the account has another address now"
    ada.email = "ada.king@example.com"
    assert settle(known(*rows), begun, Ended(done=[made, replace(update, was={"last_name": ""})]), 10) == []


def test_it_ends_when_a_whole_run_plans_it_no_more_and_the_account_is_not_merely_left_alone() -> None:
    update, ada = of("update"), "ada@example.com"
    row = row_of(update)
    assert settle(known(row), begin(Plan(), ()), Ended(), 10) == []
    assert settle(known(row, whole=False), begin(Plan(), ()), Ended(), 10) == [row]
    assert settle(known(row, phase=LICENSES_PHASE), begin(Plan(), ()), Ended(), 10) == [row]
    assert settle(known(row), begin(Plan(), [ada]), Ended(), 10) == [row]
    assert settle(known(row), begin(Plan([update]), ()), Ended(), 10) == [row], "it was not tried, as a breaker had opened"
    resting = held([update], row)
    assert settle(known(row), begin(resting, ()), Ended(), 10) == [row]
    blocked = Plan([of("update")])
    blocked.block(blocked.changes, "unconfirmed", words="not in scope")
    assert settle(known(row), begin(blocked, ()), Ended(), 10) == [row]


def test_a_condition_ends_when_it_is_reported_no_more() -> None:
    (row,) = conditions(*same(1))
    assert settle(known(row), begin(Plan(), ()), Ended(), 10) == []
    assert settle(known(row, phase=LICENSES_PHASE), begin(Plan(), ()), Ended(), 10) == [row]


# In all random worlds

NAMES = ["ada", "bob", "eve"]
GAINS = ["reactivate", "rename", "update", "create", "license", "add", "create_group", "rename_group"]
REMOVALS = ["deactivate", "delete", "downgrade", "delete_group", "remove"]
CHANGES = st.lists(st.tuples(st.sampled_from([*GAINS, *REMOVALS]), st.sampled_from(NAMES)), max_size=12)
KNOWN = st.lists(st.tuples(st.sampled_from(GAINS), st.sampled_from(NAMES), st.floats(0, 48), st.booleans()), max_size=8)


def drawn(rows: list[tuple[str, str]]) -> list[Change]:
    accounts = {name: account(name) for name in NAMES}
    changes = []
    for action, name in dict.fromkeys(rows):
        if ACTIONS[action].subject is Subject.ZOOM_GROUP:
            changes.append(Change(action, "", "", group=name, members=[accounts[name]] if action in ("add", "remove") else []))
        else:
            changes.append(of(action, accounts[name]))
    return changes


def known_of(rows: list[tuple[str, str, float, bool]], phase: str) -> Known:
    made = {}
    for action, name, hours, same_again in rows:
        (change,) = drawn([(action, name)])
        made[action, name] = row_of(change, hours=hours, **({} if same_again else {"asked": "else"}))
    return known(*made.values(), phase=phase)


PHASE = st.sampled_from([ACCOUNTS_PHASE, LICENSES_PHASE, GROUPS_PHASE])


@given(CHANGES, KNOWN, PHASE)
def test_what_rests_is_never_sent_a_removal_is_never_held_back_and_no_row_outlives_its_change(
    rows: list[tuple[str, str]], remembered: list[tuple[str, str, float, bool]], phase: str
) -> None:
    changes, knows = drawn(rows), known_of(remembered, phase)
    found = Plan(list(changes))
    hold_back(found, knows)
    by_key = {row.key: row for row in knows.rows}
    assert [change for change in changes if not is_gain(change)] == [change for change in found.changes if not is_gain(change)]
    for change in filter(is_gain, found.changes):
        for about in abouts(change):
            row = by_key.get(key_of(change, about))
            assert row is None or row.asked != asked(change) or not knows.rests(row)
            assert (row is None) == (about not in change.known)
    assert all(knows.rests(row) for row in found.waiting)
    begun = begin(found, ())
    left = settle(knows, begun, Ended(done=[replace(change, was=change.before) for change in found.changes]), 10)
    waiting = {row.key for row in found.waiting}
    waiting |= {("ada.king@example.com", *key[1:]) for key in waiting}  # after a rename, rows have the new address
    assert {row.key for row in left if row.phase == phase} <= waiting
    again = Plan(list(found.changes))
    hold_back(again, knows)
    assert [id(change) for change in again.changes if not is_gain(change)] == [
        id(change) for change in found.changes if not is_gain(change)
    ]


@given(CHANGES, PHASE)
def test_all_that_was_refused_rests_in_the_next_run(rows: list[tuple[str, str]], phase: str) -> None:
    changes = [change for change in drawn(rows) if is_gain(change)]
    refused = [news(change, about=about) for change in changes for about in abouts(change)]
    left = settle(known(phase=phase), begin(Plan(changes), ()), Ended(refused=refused), 10)
    later = Known(tuple(left), phase, NOW + timedelta(hours=2), DAY, "tomorrow", True)
    found = Plan(drawn(rows))
    hold_back(found, later)
    assert [change for change in found.changes if is_gain(change)] == []
    assert {row.key for row in found.waiting} | {row.key for row in left} == {row.key for row in left}
