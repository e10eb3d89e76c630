# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a write of an earlier run was made, by what both sides show now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import Entry
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._judge import GoogleJudge, Judge, is_google, member_key
from plain_people import account


def entry(action: str, email: str = "ada@example.com", **more: Any) -> Entry:
    return Entry("1", action, email, **more)


def done(written: Entry, *accounts: Account, groups: dict[str, str] | None = None) -> bool | None:
    return Judge(Tenant("t", list(accounts), groups=groups)).done(written)


def test_a_creation_was_made_where_there_is_such_an_account_with_these_values() -> None:
    created = entry("create", "Ada@example.com", after={"email": "ada@example.com", "first_name": "Ada"})
    assert done(created, account("ada", first_name="Ada")) is True
    assert done(created, account("ada", first_name="Eva")) is False
    assert done(created) is False


def test_an_update_is_looked_for_by_the_accounts_id_and_not_by_an_address_that_another_has() -> None:
    update = entry("update", account_id="z-ada", after={"department": "Research"})
    renamed = Account("z-ada", "countess@example.com", "active", department=" Research")
    assert done(update, renamed, Account("z-other", "ada@example.com", "active", department="Sales")) is True
    assert done(entry("update", account_id="z-gone", after={"department": "Sales"}), account("ada", department="Sales")) is False


def test_all_values_of_a_write_must_show_and_empty_is_empty_however_it_is_written() -> None:
    named = entry("update", account_id="z-ada", after={"first_name": "Ada", "last_name": "Byron"})
    assert done(named, account("ada", first_name="Ada", last_name="King")) is False
    emptied = entry("license", account_id="z-ada", after={"type": 1, "plan_united_type": ""})
    assert done(emptied, account("ada")) is True
    assert done(emptied, account("ada", plan_united_type="1")) is False
    assert done(entry("update", account_id="z-ada", after={"no_field_of_accounts": "x"}), account("ada")) is True


def test_a_bundle_that_lists_do_not_show_speaks_neither_for_nor_against() -> None:
    given = entry("license", account_id="z-ada", after={"type": 2, "zoom_one_type": 16})
    assert done(given, account("ada", type=2)) is True
    assert done(given, account("ada", type=1)) is False
    assert done(given, account("ada", type=2, zoom_one_type=32)) is False
    assert done(given, account("ada", type=2, zoom_one_type=16)) is True
    assert done(given, account("ada", type=2, zoom_one_type=32, recalled=True)) is True, "what an earlier run saw was before"


@pytest.mark.parametrize("action", ["delete", "disassociate"])
def test_an_end_was_made_where_the_account_is_gone(action: str) -> None:
    assert done(entry(action, account_id="z-ada")) is True
    assert done(entry(action, account_id="z-ada"), account("ada")) is False


@pytest.mark.parametrize(("action", "made"), [("create_group", True), ("rename_group", True), ("delete_group", False)])
def test_a_group_was_made_or_deleted_as_its_name_is_there_or_not(action: str, made: bool) -> None:
    written = entry(action, "", group="Sales  team")
    assert done(written, groups={"g1": "sales team"}) is made
    assert done(written, groups={"g1": "Legal"}) is not made
    assert done(written, groups=None) is not made


def test_members_were_added_when_all_are_in_and_removed_when_none_is() -> None:
    members = [{"id": "z-ada", "email": "ada@example.com"}, {"id": "z-bob", "email": "bob@example.com"}]
    added, removed = (entry(action, "", group="Sales", group_id="g1", members=members) for action in ("add", "remove"))
    inside, outside = ["g1", "g2"], ["g2"]
    for of_ada, of_bob, both, none in ((inside, inside, True, False), (inside, outside, False, False), (outside, outside, False, True)):
        accounts = account("ada", group_ids=of_ada), account("bob", group_ids=of_bob)
        assert (done(added, *accounts), done(removed, *accounts)) == (both, none)
    assert done(added, account("ada", group_ids=inside)) is True, "an account that is gone says nothing of a group"


def test_a_group_that_the_run_itself_made_is_found_by_its_name() -> None:
    added = entry("add", "", group="Sales", members=[{"id": "z-ada", "email": "ada@example.com"}])
    assert done(added, account("ada", group_ids=["g7"]), groups={"g7": "SALES"}) is True
    assert done(added, account("ada", group_ids=["g8"]), groups={"g7": "SALES"}) is False
    assert done(added, account("ada", group_ids=["g7"]), groups={}) is False


def google(action: str, email: str = "", **more: Any) -> Entry:
    return entry(action, email, group="Team@x.com", **more)


def test_zoom_knows_nothing_of_what_was_written_to_google_nor_google_of_zoom() -> None:
    assert done(google("google_create"), groups={"g1": "Team@x.com"}) is None
    assert is_google(google("google_add")) and not is_google(entry("add")) and not is_google(entry("dance"))
    read = GoogleGroup("team@x.com", {"name": "Team"})
    assert GoogleJudge([read], members=False).done(entry("create_group", "", group="team@x.com")) is None


def test_of_a_google_group_that_was_not_read_or_not_with_its_members_nothing_is_known() -> None:
    group = GoogleGroup("team@x.com", {"name": "Team"}, members={"ada@x.com": "MEMBER"})
    assert GoogleJudge([], members=False).done(google("google_create")) is None
    assert GoogleJudge([group], members=False).done(google("google_add", "ada@x.com")) is None
    assert GoogleJudge([group], members=True).done(google("google_create")) is None


def test_a_google_group_was_written_as_its_fields_and_settings_show() -> None:
    def judged(action: str, group: GoogleGroup, **after: str) -> bool | None:
        return GoogleJudge([group], members=False).done(google(action, after=after))

    settings = {"whoCanJoin": "INVITED_CAN_JOIN"}
    there, gone = GoogleGroup("TEAM@x.com", {"name": "Team"}, settings, settings_read=True), GoogleGroup("team@x.com")
    assert judged("google_create", there, name="Team", description="") is True
    assert judged("google_update", there, name="Crew") is False
    assert judged("google_settings", there, whoCanJoin="INVITED_CAN_JOIN") is True
    assert judged("google_settings", there, whoCanJoin="ANYONE_CAN_JOIN") is False
    assert (judged("google_create", gone), judged("google_settings", gone)) == (False, False)
    assert (judged("google_delete", gone), judged("google_delete", there)) == (True, False)


def test_of_settings_and_members_that_were_not_read_nothing_is_known() -> None:
    closed = google("google_settings", after={"whoCanJoin": "INVITED_CAN_JOIN"})
    assert GoogleJudge([GoogleGroup("team@x.com", {"name": "Team"})], members=False).done(closed) is None
    unread = GoogleJudge([GoogleGroup("team@x.com", members={"ada@x.com": "OWNER"}, member_unread=True)], members=True)
    assert unread.done(google("google_add", "bob@x.com")) is None and unread.done(google("google_remove", "bob@x.com")) is None
    assert unread.done(google("google_add", "ada@x.com")) is True and unread.done(google("google_remove", "ada@x.com")) is False


def test_a_group_made_by_an_address_in_capitals_was_made() -> None:
    there = GoogleGroup("Staff@x.com", {"email": "staff@x.com", "name": "Staff"})
    made = entry("google_create", "", group="Staff@x.com", after={"email": "Staff@x.com", "name": "Staff"})
    assert GoogleJudge([there], members=False).done(made) is True
    assert GoogleJudge([replace(there, fields={**there.fields, "name": "STAFF"})], members=False).done(made) is False


def test_a_google_member_was_written_as_the_group_shows() -> None:
    group = GoogleGroup("team@x.com", members={"ada@x.com": "OWNER", "C03az79cb": "MEMBER"})
    judge = GoogleJudge([group], members=True)
    assert judge.done(google("google_add", "Ada@x.com")) is True
    assert judge.done(google("google_add", "bob@x.com")) is False
    assert judge.done(google("google_change_role", "ada@x.com", after={"role": "OWNER"})) is True
    assert judge.done(google("google_change_role", "ada@x.com", after={"role": "MANAGER"})) is False
    assert judge.done(google("google_remove", "bob@x.com")) is True
    assert judge.done(google("google_remove", "ada@x.com")) is False
    assert judge.done(google("google_add", "C03az79cb", after={"role": "MEMBER"})) is True, "a customer's id is compared as it is"
    assert (member_key(google("google_add", " Ada@x.com")), member_key(google("google_add", "C03"))) == ("ada@x.com", "C03")
