# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preflight: what both APIs show before the first plan, each with what it means; and never a failure without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

NAMES = ["ada.x", "bob.x", "cleo.x"]
ABROAD = {"email": "eve@second.example", "given": "Eve", "family": "X"}


def world(**zoom: Any) -> dict[str, Any]:
    accounts = [account("ada.x"), account("bob.x", license="licensed"), account("cleo.x", status="pending")]
    given = seed([*(person(name) for name in NAMES), ABROAD], {"zoom-users": [*NAMES, ABROAD["email"]]}, accounts, **zoom)
    given["google"]["domains"].append("second.example")
    return given


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(world(), {"rate_limits": False}) as started:
        yield started


def messages(found: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["message"] for check in found["checks"]}


def counted(box: Sandbox, folder: Path, **more: Any) -> dict[str, Any]:
    paths = {"accounts_path": str(folder / "accounts"), "people_path": str(folder / "people")}
    call("zoom_user_info", box, dest=paths["accounts_path"])
    assert not call("google_scope_info", box, groups=[SCOPE], dest=paths["people_path"], **more)["failed"]
    return call("zoom_account_info", box, **paths)


@pytest.mark.parametrize("kind", ["oauth", "token"])
@pytest.mark.parametrize("answer", ["empty", 404, 400])
def test_scim_is_connected_whatever_it_answers_about_an_unknown_address(box: Sandbox, answer: Any, kind: str) -> None:
    box.switches["scim_unknown_address"] = answer
    connection = None if kind == "oauth" else box.scim_connection()
    found = call("zoom_account_info", box, connection=connection)
    assert (found["sso"], messages(found)["scim"]) == (True, "SCIM answers: SSO is on.")


@pytest.mark.parametrize("answer", ["empty", 404, 400])
def test_an_unknown_address_is_one_that_is_not_visible_whoever_asks(box: Sandbox, answer: Any) -> None:
    box.switches["scim_unknown_address"] = answer
    scim = box.scim_connection()
    names = {"given_name": "New", "family_name": "Comer"}
    made = call("zoom_scim_user", box, connection=scim, user_name="new.comer@example.com", **names)
    assert (made["failed"], made["changed"]) == (False, True), made
    gone = call("zoom_scim_user", box, connection=scim, user_name="nobody@example.com", state="absent")
    assert (gone["failed"], gone["changed"]) == (False, False), gone
    box.zoom.add_group("G")
    members = {"group": "G", "members": ["ada.x@example.com", "nobody@example.com"]}
    joined = call("zoom_group_members", box, connection=scim, **members)
    assert [row["reason"] for row in joined["failed_items"]] == ["no_account"]
    assert box.zoom.members_of("G") == ["ada.x@example.com"]


def test_an_invitation_that_ran_out_is_nobody_s_account(box: Sandbox) -> None:
    box.zoom.expire_invitation("cleo.x@example.com")
    gone = call("zoom_scim_user", box, user_name="cleo.x@example.com", state="absent")
    assert (gone["failed"], gone["changed"]) == (False, False), gone


def test_what_decides_how_the_first_run_goes_is_counted_and_explained(tmp_path: Path) -> None:
    with Sandbox.start(world(), {"rate_limits": False, "saml_unique_id": "email", "plan_names": "education"}) as box:
        found = counted(box, tmp_path)
        assert found["counts"] == {
            "pending_invitations": 1, "rows_set_aside": 0, "people_outside_zoom_domains": 1, "people_in_second_domains": 1,
            "unique_ids_not_ours": 3,
        }  # fmt: skip
        told = messages(found)
        assert "cleo.x@example.com" in told["pending_invitations"]
        assert "second.example" in told["people_outside_zoom_domains"] and "second.example" in told["people_in_second_domains"]
        assert told["unique_ids_not_ours"].endswith("such accounts are matched by their address.")
        anchored = messages(counted(box, tmp_path, matching={"identity": "employee_unique_id"}))["unique_ids_not_ours"]
        assert anchored.endswith("by their address: remove attribute_mapping_identity, or map Google's id to it in Zoom.")
        assert "plan_zoom_one_edu_premier" in told["plans"]
        assert found["failed_checks"] == [] and box.ledger.writes() == []


def test_what_is_none_is_not_spoken_of(tmp_path: Path) -> None:
    given = seed([person("ada.x")], {"zoom-users": ["ada.x"]}, [account("ada.x")])
    with Sandbox.start(given, {"rate_limits": False}) as box:
        found = counted(box, tmp_path)
        assert set(found["counts"].values()) == {0}
        assert set(messages(found)) == {"token", "scim", "scopes", "users", "domains", "seats"}


def test_rows_set_aside_by_the_read_phases_are_counted(box: Sandbox, tmp_path: Path) -> None:
    from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import Snapshot, save

    path = str(tmp_path / "accounts")
    save(
        path,
        Snapshot(
            "accounts",
            box.zoom.account_id,
            [],
            {"set_aside": [{"kind": "user", "id": "", "email": "", "what": "Zoom's users", "why": "no email"}]},
        ),
    )
    found = call("zoom_account_info", box, accounts_path=path)
    assert found["counts"]["rows_set_aside"] == 1 and "1 row that Zoom listed" in messages(found)["rows_set_aside"]


def test_a_snapshot_that_can_not_be_read_is_one_check_and_the_others_are_made(box: Sandbox, tmp_path: Path) -> None:
    found = call("zoom_account_info", box, accounts_path=str(tmp_path / "none"))
    assert not found["failed"] and found["sso"] is True
    assert "does not exist" in messages(found)["snapshots"]


def test_a_missing_scope_says_who_may_have_taken_it_away(box: Sandbox) -> None:
    box.zoom.set_scopes(sorted(box.zoom.scopes - {"group:write:member:admin", "group:write:admin"}))
    (told,) = call("zoom_account_info", box)["failed_checks"]
    assert "group:write:member:admin" in told
    assert "removes scopes without notice when the role" in told and "exempt them from offboarding" in told


def test_sso_that_is_off_and_rights_that_are_missing_are_distinguished(box: Sandbox) -> None:
    box.zoom.set_settings(sso=False)
    assert "SSO" in messages(call("zoom_account_info", box))["scim"]
    box.zoom.set_settings(sso=True)
    box.zoom.permissions = set()
    told = messages(call("zoom_account_info", box))["scim"]
    assert "User:Read" in told and "vanity URL" in told
    box.zoom.permissions = {"User:Read"}
    box.faults.add(path="/scim2/Users", status=400, body={"code": 2300, "message": "This API endpoint is not recognized."}, times=None)
    assert "Business or Education plan with an approved vanity URL" in messages(call("zoom_account_info", box))["scim"]


@pytest.mark.parametrize("body", [{"domains": ["example.com"]}, {"domains": [None]}, {"domains": {"a": 1}}, {"domains": 7}])
@pytest.mark.parametrize("path", ["/v2/accounts/me/managed_domains", "/v2/users/summary"])
def test_an_answer_of_an_unknown_form_is_a_check_with_its_reason(box: Sandbox, path: str, body: dict[str, Any]) -> None:
    box.faults.add(path=path, status=200, body=body, times=None)
    found = call("zoom_account_info", box)
    assert not found["failed"]
    assert all(check["message"].endswith((".", "]")) and len(check["message"]) > 20 for check in found["checks"])


def test_preflight_needs_the_connections_and_a_scope_only_and_counts(player: Player) -> None:
    box = player.start(world(), rate_limits=False, saml_unique_id="number", scim_unknown_address=404)
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="preflight")
    assert played.status == 0, played.output
    assert box.ledger.writes() == []
    for words in ("SSO is on", "has not accepted Zoom's invitation", "Employee Unique ID", "second.example"):
        assert words in played.output
    assert not list((player.folder / "state").glob("accounts.jsonl*")), "what runs remember of the accounts is left alone"


def test_preflight_gives_a_reason_whatever_fails(player: Player) -> None:
    box = player.start(world(), rate_limits=False)
    for env in ({"ZOOM_OAUTH_URL": "http://127.0.0.1:9/oauth/token"}, {"ZOOM_CLIENT_SECRET": ""}):
        once = {"zoom_connection": {"max_attempts": 1}}
        played = player.play(box, {"scope_groups": [SCOPE], **once}, playbook="preflight", env=env)
        assert played.status != 0
        assert "oauth/token" in played.failure or "client_secret" in played.failure, played.failure
        assert "could not be checked." not in played.failure


def test_preflight_says_whom_google_must_let_read(player: Player) -> None:
    box = player.start(world(), rate_limits=False)
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="preflight", env={"GOOGLE_WORKSPACE_SUBJECT": "ada.x@example.com"})
    assert played.status != 0
    assert "subject (GOOGLE_WORKSPACE_SUBJECT) ada.x@example.com must be an administrator" in played.failure, played.failure
