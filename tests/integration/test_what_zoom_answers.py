# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Zoom answers to writes, where tenants were seen that answer otherwise than its documents say (zoom-api.md 11a)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answering import ADA, BOB, Start, Tenant, messages, only, provision, token_of
from calling import call, thrice
from playing import account
from sandbox import Sandbox

# Collaboration


@pytest.mark.parametrize("how", ["allowed", "refused"])
def test_who_is_to_be_unassigned_is_created_as_basic_and_given_type_4_whatever_scim_thinks_of_collaboration(start: Start, how: str) -> None:
    box = start(switches={"collaboration_create": how})
    result = thrice("zoom_scim_users", box, people=[ADA], licenses={"default": "unassigned"}, scim_rate=100)
    assert [row["action"] for row in result["changes"]] == ["create", "license"]
    assert box.zoom.user("ada.byron@example.com").license.type == 4


def test_with_a_scim_token_alone_collaboration_is_tried_on_the_account_that_is_there(start: Start) -> None:
    box = start(switches={"collaboration_create": "refused"})
    result = provision(box, ADA, licenses={"default": "unassigned"}, connection=token_of(box))
    assert not result["failed"], result
    assert box.zoom.user("ada.byron@example.com").license.type == 4


# displayName


def test_a_display_name_that_put_leaves_as_it_was_is_set_by_rest_and_the_second_run_writes_nothing(start: Start) -> None:
    box = start([account("ada.byron", display_name="Ada")], {"put_display_name": "ignored"})
    attributes = {"displayName": "name.fullName"}
    ada = {**ADA, "name": {**ADA["name"], "fullName": "Countess Ada"}}
    result = thrice("zoom_scim_users", box, people=[ada], attributes=attributes, scim_rate=100)
    assert [row["action"] for row in result["changes"]] == ["update"]
    assert box.zoom.user("ada.byron@example.com").display_name == "Countess Ada"


def test_with_a_scim_token_alone_a_display_name_that_can_not_be_set_is_reported_and_not_written_in_every_run(
    start: Start, tmp_path: Path
) -> None:
    box = start([account("ada.byron", display_name="Ada")], {"put_display_name": "ignored"})
    tenant = Tenant(box, tmp_path, connection=token_of(box))
    ada = {**ADA, "name": {**ADA["name"], "fullName": "Countess Ada"}}
    for number, writes in enumerate((1, 0, 0)):
        box.ledger.clear()
        tenant.read(f"run{number}")
        result = tenant.call("zoom_scim_users", people=[ada], attributes={"displayName": "name.fullName"}, scim_rate=100)
        assert (result["failed"], result["changed"], len(box.ledger.writes())) == (False, False, writes), result
        assert "should have the display name Countess Ada, but keeps Ada: Zoom's SCIM accepts the change and does not make it" in messages(
            result
        )


RENAMED = {"last_name": "Former", "display_name": "Ada Former"}


class Nights:
    """Ada has another last name by now; each night is a run with a journal."""

    def __init__(self, box: Sandbox, folder: Path) -> None:
        self.box, self.folder, self.tenant, self.number = box, folder, Tenant(box, folder), 0

    @property
    def names(self) -> tuple[str, str]:
        ada = self.box.zoom.user("ada.byron@example.com")
        return ada.last_name, ada.display_name

    def night(self, ada: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        self.number += 1
        self.box.ledger.clear()
        self.tenant.read(f"night{self.number}")
        given = {"people": [ada or ADA], "journal_dir": str(self.folder / "journal"), "scim_rate": 100, **options}
        return self.tenant.call("zoom_scim_users", **given)

    def undo(self, *, check: bool = False) -> dict[str, Any]:
        journal = self.folder / "journal" / f"night{self.number}.jsonl"
        self.tenant.read("undo")
        return self.tenant.call("zoom_undo", check=check, journal=str(journal), journal_dir=str(self.folder / "undone"))


def without_users_scope(box: Sandbox) -> list[str]:
    """Takes it away; all that there were."""
    scopes = list(box.zoom.scopes)
    box.zoom.set_scopes([scope for scope in scopes if scope not in ("user:update:user:admin", "user:write:admin")])
    return scopes


def test_where_the_display_name_is_refused_no_name_is_written_and_the_next_run_writes_all(start: Start, tmp_path: Path) -> None:
    nights = Nights(start([account("ada.byron", **RENAMED)], {"put_display_name": "ignored"}), tmp_path)
    scopes = without_users_scope(nights.box)
    told = nights.night()
    assert (told["failed"], told["changed"]) == (True, False), told
    assert "ada.byron@example.com: the account was not updated, because the Zoom app lacks a scope" in messages(told, "failed_items")
    assert nights.names == ("Former", "Ada Former")
    assert nights.undo(check=True)["changes"] == []
    nights.box.zoom.set_scopes(scopes)
    assert [row["action"] for row in nights.night()["changes"]] == ["update"]
    assert nights.names == ("Byron", "Ada Byron")
    assert [row["email"] for row in nights.undo()["changes"]] == ["ada.byron@example.com"]
    assert nights.names == ("Former", "Ada Former")


def test_an_app_without_the_scope_for_it_sets_the_display_name_by_scim_where_zoom_takes_it(start: Start, tmp_path: Path) -> None:
    nights = Nights(start([account("ada.byron", **RENAMED)]), tmp_path)
    without_users_scope(nights.box)
    assert not nights.night()["failed"]
    assert nights.names == ("Byron", "Ada Byron")


@pytest.mark.parametrize("how", ["honoured", "ignored"])
def test_where_the_names_are_refused_after_the_display_name_the_run_says_so_and_the_next_one_writes_them(
    start: Start, tmp_path: Path, how: str
) -> None:
    nights = Nights(start([account("ada.byron", **RENAMED)], {"put_display_name": how}), tmp_path)
    nights.box.faults.add(method="PUT", path="/scim2/Users/.+", status=400, body={"detail": "User is inactive or locked."}, times=1)
    told = nights.night()
    assert (told["failed"], told["partial"], told["changed"]) == (True, True, True), told
    said = messages(told, "failed_items")
    assert "ada.byron@example.com: the account was updated, but not its name.familyName, because it is inactive or locked in Zoom" in said
    assert [row["after"] for row in told["changes"]] == [{"display_name": "Ada Byron"}]
    assert nights.names == ("Former", "Ada Byron")
    (undone,) = nights.undo(check=True)["changes"]
    assert undone["after"] == {"display_name": "Ada Former"}
    assert not nights.night(retry_refused_after="0")["failed"]
    assert nights.names == ("Byron", "Ada Byron")
    assert not nights.night()["changed"]


def test_with_a_scim_token_alone_a_display_name_that_stays_behind_is_reported_in_every_run_until_somebody_sets_it(
    start: Start, tmp_path: Path
) -> None:
    nights = Nights(start([account("ada.byron", **RENAMED)], {"put_display_name": "ignored"}), tmp_path)
    nights.tenant.connection = token_of(nights.box)
    for writes in (1, 0, 0):
        told = nights.night()
        assert (told["failed"], len(nights.box.ledger.writes()), nights.names) == (False, writes, ("Byron", "Ada Former")), told
        assert "should have the display name Ada Byron, but keeps Ada Former" in messages(told)
    nights.box.zoom.change(nights.box.zoom.user("ada.byron@example.com"), display_name="Countess")
    told = nights.night()
    assert (told["changed"], "display name" in messages(told)) == (False, False), "somebody chose it"


# a bundle that is to give way to another licence


@pytest.mark.parametrize("times", [1, 2])
def test_where_the_licence_that_is_to_follow_a_bundle_is_refused_the_account_has_its_bundle_back(
    start: Start, tmp_path: Path, times: int
) -> None:
    box = start([account("ada.byron", license={"plan_united_type": "1"})], seats={"plan_united_type": {"1": 1}, "licensed": 9})
    other = [{"users": ["bob.oneill@example.com"], "license": {"plan_united_type": "1"}}]
    given: dict[str, Any] = {
        "people": [ADA],
        "default": "unassigned",
        "rules": other,
        "journal_dir": str(tmp_path),
        "run_id": "night",
        "max_removals": "100%",
    }
    refusal = {"code": 300, "message": "Validation Failed."}
    box.faults.add(method="PATCH", path="/v2/users/.+", status=400, body=refusal, after=1, times=times)
    told = call("zoom_license_default", box, **given)
    held, said = box.zoom.user("ada.byron@example.com").license.plan_united_type, messages(told, "failed_items")
    assert (told["failed"], told["changed"]) == (True, False), told
    if times == 1:
        assert "ada.byron@example.com: the licence was not taken away, because Zoom does not accept one of the values" in said
        assert held == "1"
    else:
        assert "Its former licence was switched off before, and could not be given back" in said
        assert held == ""
    box.ledger.clear()
    assert not call("zoom_license_default", box, **{**given, "run_id": "next"})["failed"]
    assert box.zoom.user("ada.byron@example.com").license.type == 4


# creation answers


@pytest.mark.parametrize("connection", ["oauth", "token"])
def test_an_account_that_zoom_made_pending_although_it_answered_201_is_reported_as_invited(
    start: Start, tmp_path: Path, connection: str
) -> None:
    box = start(switches={"create_answer": "pending"})
    tenant = Tenant(box, tmp_path, connection=token_of(box) if connection == "token" else None)
    tenant.read("run1")
    result = tenant.call("zoom_scim_users", people=[ADA], licenses={"default": "licensed"}, scim_rate=100)
    assert not result["failed"], result
    assert "ada.byron@example.com was invited by Zoom instead of getting an account at once" in messages(result)
    assert (only(result["changes"])["after"]["status"], tenant.record("ada.byron")["status"]) == ("pending", "pending")
    assert "id" not in tenant.record("ada.byron") or not tenant.record("ada.byron")["id"]
    if connection == "oauth":
        assert (tenant.seats["licensed"]["used"], tenant.seats["licensed"]["pending"]) == (1, 1)


def test_an_account_that_is_not_there_although_zoom_answered_201_has_failed(start: Start, tmp_path: Path) -> None:
    box = start(switches={"create_answer": "missing"})
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    result = tenant.call("zoom_scim_users", people=[ADA], licenses={"default": "licensed"}, scim_rate=100)
    assert (result["failed"], result["partial"], result["changed"]) == (True, True, False)
    assert "Zoom said that the account was made, but it is not there" in messages(result, "failed_items")
    assert tenant.record("ada.byron") is None
    assert tenant.seats["licensed"]["used"] == 1


@pytest.mark.parametrize("connection", ["oauth", "token"])
def test_a_blank_id_in_the_answer_is_found_out(start: Start, tmp_path: Path, connection: str) -> None:
    box = start(switches={"create_answer": "no_id"})
    tenant = Tenant(box, tmp_path, connection=token_of(box) if connection == "token" else None)
    tenant.read("run1")
    result = tenant.call("zoom_scim_users", people=[ADA], licenses={"default": "unassigned"}, scim_rate=100)
    made = box.zoom.user("ada.byron@example.com")
    assert (result["failed"], messages(result)) == (False, "")
    assert (tenant.record("ada.byron")["id"], made.license.type) == (made.id, 4)


def test_another_licence_than_was_requested_is_reported_carried_and_corrected_by_the_licence_phase(start: Start, tmp_path: Path) -> None:
    box = start(switches={"create_answer": "other_type"})
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    result = tenant.call("zoom_scim_users", people=[ADA], licenses={"default": "licensed"}, scim_rate=100)
    assert "was created with basic, although licensed was requested" in messages(result)
    assert (tenant.record("ada.byron")["type"], tenant.seats["licensed"]["used"]) == (1, 1)
    tenant.call("zoom_license_default", people=[ADA], default="licensed")
    assert box.zoom.user("ada.byron@example.com").license.type == 2
    assert tenant.seats["licensed"]["used"] == 2


def test_many_creations_are_looked_at_by_the_lists_and_few_by_one_read_each(start: Start) -> None:
    box = start()
    people = [{"primaryEmail": f"p{number}@example.com", "name": {"givenName": "P", "familyName": str(number)}} for number in range(40)]
    box.ledger.clear()
    assert not provision(box, *people)["failed"]
    after = [entry for entry in box.ledger.reads() if entry["path"].startswith("/v2/users/") and "@" not in entry["path"]]
    assert after == [], "one read of each"
    assert [entry["path"] for entry in box.ledger.reads()].count("/v2/users") == 3 + 2, "all three lists before, active and pending after"


# the fourth change of an address


@pytest.mark.parametrize("status", [429, 400])
@pytest.mark.parametrize("headers", ["iso", "absent"])
def test_the_fourth_change_of_an_address_is_reported_at_once_and_not_repeated(start: Start, status: int, headers: str) -> None:
    box = start([account("ada.byron"), account("bob.oneill")], {"fourth_email_change": status, "retry_after": headers})
    for number in range(3):
        box.zoom.change(box.zoom.user("ada.byron@example.com"), email_changes=[box.clock.now()] * (number + 1))
    ada = {"primaryEmail": "ada.lovelace@example.com", "aliases": ["ada.byron@example.com"], "name": ADA["name"]}
    bob = {"primaryEmail": "bob.neill@example.com", "aliases": ["bob.oneill@example.com"], "name": BOB["name"]}
    box.ledger.clear()
    result = provision(box, ada, bob)
    assert [entry["path"].rpartition("/")[2] for entry in box.ledger.writes()] == ["email", "email"], "not repeated"
    told = messages(result, "failed_items")
    assert "the address was not changed, because Zoom changes an account's address at most three times in 24 hours; run again" in told
    assert ("run again after 20" in told) == (status == 429 and headers == "iso")
    assert box.zoom.find("bob.neill@example.com"), "nobody else waits for it"


# removing what is gone


@pytest.mark.parametrize("status", [404, 400])
def test_taking_somebody_out_of_a_group_who_is_not_in_it_is_done(start: Start, tmp_path: Path, status: int) -> None:
    box = start([account("ada.byron", groups=["Sales"])], {"remove_absent_member": status}, groups=[{"name": "Sales"}])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.zoom.remove_member("Sales", "ada.byron@example.com")  # meanwhile, by hand
    group = {"name": "Sales", "users": ["bob.oneill@example.com"], "exclusive": True}
    result = tenant.call("zoom_groups", people=[ADA], groups=[group])
    assert (result["failed"], [row["action"] for row in result["changes"]]) == (False, ["remove"]), result
    assert tenant.record("ada.byron").get("group_ids", []) == []


def test_deleting_an_account_that_is_gone_is_done(start: Start, tmp_path: Path) -> None:
    box = start([account("ada.byron")])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.zoom.delete_user("ada.byron@example.com")
    gone = {**ADA, "in_scope": False}
    result = tenant.call("zoom_scim_users", people=[gone], prune=True, deprovision={"out_of_scope": "delete"}, scim_rate=100)
    assert (result["failed"], result["changed"], tenant.record("ada.byron")) == (False, True, None), result


def test_withdrawing_an_invitation_that_ran_out_is_done(start: Start, tmp_path: Path) -> None:
    box = start([account("ada.byron", status="pending")])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.zoom.expire_invitation("ada.byron@example.com")
    result = tenant.call("zoom_offboard", users=["ada.byron@example.com"])
    assert not result["failed"], result


# SSO off


@pytest.mark.parametrize("check", [True, False])
def test_while_sso_is_off_one_sentence_says_so_and_nothing_is_tried_in_check_mode_as_well(start: Start, check: bool) -> None:
    box = start([account("ada.byron", department="Former")], sso=False)
    box.ledger.clear()
    result = provision(box, ADA, BOB, check=check)
    assert (result["failed"], result.get("partial"), box.ledger.writes()) == (True, None, [])
    assert result["msg"].startswith("Zoom's SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On.")


def test_a_run_that_has_nothing_to_write_by_scim_does_not_ask_for_it(start: Start) -> None:
    box = start([account("ada.byron")], sso=False)
    box.ledger.clear()
    assert not provision(box, ADA)["failed"]
    assert [entry for entry in box.ledger.reads() if entry["path"].startswith("/scim2")] == []


@pytest.mark.parametrize("check", [True, False])
def test_offboarding_revokes_the_login_while_sso_is_off_and_says_what_is_to_be_done_by_hand(start: Start, check: bool) -> None:
    box = start([account("ada.byron")], sso=False)
    result = call("zoom_offboard", box, users=["ada.byron@example.com"], check=check)
    assert (result["failed"], [row["action"] for row in result["changes"]]) == (True, ["revoke"])
    assert "deactivate was not tried" in result["msg"]
    assert "do it in Zoom by hand at once" in result["msg"]
