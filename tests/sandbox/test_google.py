# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Google side refuses what Google would refuse, and shows what Google would show, over real connections."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import google.auth.crypt
import google.auth.jwt
import pytest
import requests
from sandbox import Sandbox
from sandbox.google.rules.schema import FIELDS
from sandbox.google.rules.scopes import PREFIX, SCOPES

DISCOVERY = json.loads((Path(__file__).parents[1] / "fixtures" / "admin.directory_v1.json").read_text())
SEED: dict[str, Any] = {
    "google": {
        "domains": ["example.com", "example.org"],
        "org_units": ["/Staff/Research"],
        "users": [
            {"email": "ada@example.com", "given": "Ada", "family": "Byron", "org_unit": "/Staff/Research", "custom": {"Job": {"band": 3}}},
            {"email": "bob@example.org", "suspended": True},
            {"email": "gus@example.com", "guest": True},
            {"email": "old@example.com", "deleted": "3 days ago"},
            {"email": "older@example.com", "deleted": "30 days ago"},
        ],
        "groups": [
            {"email": "top@example.com", "members": ["mid@example.com", "ada@example.com", "x@partner.example.net"], "everyone": True},
            {"email": "mid@example.com", "members": ["bob@example.org"]},
            {"email": "empty@example.com"},
        ],
    }
}
Ask = Callable[..., requests.Response]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(SEED) as started:
        yield started


@pytest.fixture
def ask(box: Sandbox) -> Ask:
    """A request as the administrator, with all scopes unless a token is given."""
    token = box.google.mint()

    def send(method: str, path: str, body: Any = None, bearer: str | None = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {bearer or token}"}
        return requests.request(method, f"{box.url}/admin/directory/v1/{path}", params=query, json=body, headers=headers, timeout=10)

    return send


def reason(answer: requests.Response) -> tuple[int, str, str]:
    error = answer.json()["error"]
    return answer.status_code, error["errors"][0]["reason"], error["message"]


def assertion(box: Sandbox, **claims: Any) -> str:
    info, now = box.google.service_account_info(), int(time.time())
    signer = google.auth.crypt.RSASigner.from_service_account_info(info)  # type: ignore[no-untyped-call]
    scope = PREFIX + "admin.directory.user.readonly"
    payload = {"iss": info["client_email"], "aud": "https://oauth2.googleapis.com/token", "iat": now, "exp": now + 3600, "scope": scope,
               "sub": box.google.admin, **claims}  # fmt: skip
    return google.auth.jwt.encode(signer, payload).decode()  # type: ignore[no-untyped-call, no-any-return]


def exchange(box: Sandbox, text: str, grant: str = "urn:ietf:params:oauth:grant-type:jwt-bearer") -> tuple[int, dict[str, Any]]:
    answer = requests.post(f"{box.url}/token", data={"grant_type": grant, "assertion": text}, timeout=10)
    return answer.status_code, answer.json()


def test_a_good_assertion_gives_a_token(box: Sandbox) -> None:
    status, body = exchange(box, assertion(box))
    assert (status, body["token_type"], body["expires_in"]) == (200, "Bearer", 3599)


@pytest.mark.parametrize(
    ("claims", "status", "error"),
    [({"scope": f"{PREFIX}admin.directory.user.readonly {PREFIX}drive"}, 401, "unauthorized_client"),
     ({"sub": "nobody@example.com"}, 400, "invalid_grant"),
     ({"sub": "bob@example.org"}, 400, "invalid_grant"), ({"aud": "https://elsewhere.example"}, 400, "invalid_grant"),
     ({"iss": "other@project.iam.gserviceaccount.com"}, 400, "invalid_grant"), ({"exp": 1}, 400, "invalid_grant"),
     ({"scope": ""}, 400, "invalid_scope")],
)  # fmt: skip
def test_a_wrong_assertion_gives_none(box: Sandbox, claims: dict[str, Any], status: int, error: str) -> None:
    found, body = exchange(box, assertion(box, **claims))
    assert (found, body["error"]) == (status, error)


def test_a_foreign_key_and_a_foreign_grant_are_refused(box: Sandbox) -> None:
    with Sandbox.start(SEED) as other:
        assert exchange(box, assertion(other))[1]["error"] == "invalid_grant"
    assert exchange(box, assertion(box), "client_credentials")[1]["error"] == "unsupported_grant_type"


def test_each_method_needs_its_scope_and_an_administrator(box: Sandbox, ask: Ask) -> None:
    members_only = box.google.mint(scopes=["admin.directory.group.member.readonly"])
    assert reason(ask("GET", "users", bearer=members_only, customer="my_customer"))[:2] == (403, "insufficientPermissions")
    assert ask("GET", "groups/top@example.com/members", bearer=members_only).status_code == 200
    assert reason(ask("GET", "users", bearer=box.google.mint("ada@example.com"), customer="my_customer"))[:2] == (403, "forbidden")
    assert reason(ask("GET", "users", bearer="ya29.unknown", customer="my_customer"))[0] == 401
    box.google.expire_tokens()
    assert reason(ask("GET", "users", customer="my_customer"))[:2] == (401, "authError")


def test_a_service_account_of_its_own_must_name_the_customer(box: Sandbox, ask: Ask) -> None:
    own = box.google.mint("")
    assert reason(ask("GET", "users", bearer=own, customer="C03az79cb"))[0] == 403
    box.google.service_account_role = True
    assert ask("GET", "users", bearer=own, customer="C03az79cb").status_code == 200
    assert ask("GET", "users", bearer=own, customer="my_customer").status_code == 400


def test_lists_come_in_pages_and_a_mask_without_the_token_loses_the_rest(box: Sandbox, ask: Ask) -> None:
    whole = ask("GET", "users", customer="my_customer").json()["users"]
    first = ask("GET", "users", customer="my_customer", maxResults=2).json()
    second = ask("GET", "users", customer="my_customer", maxResults=2, pageToken=first["nextPageToken"]).json()
    assert [*first["users"], *second["users"]] == whole
    assert "nextPageToken" not in ask("GET", "users", customer="my_customer", maxResults=1, fields="users(id)").json()
    assert ask("GET", "users", customer="my_customer", fields="users(nonsense)").status_code == 400
    assert ask("GET", "users", customer="my_customer", pageToken="made-up").status_code == 400
    assert ask("GET", "users", customer="my_customer", nonsense=1).status_code == 400
    assert ask("GET", "users").status_code == 400


def test_guests_are_listed_the_deleted_are_not_and_custom_schemas_on_demand(ask: Ask) -> None:
    rows = {row["primaryEmail"]: row for row in ask("GET", "users", customer="my_customer").json()["users"]}
    assert rows["gus@example.com"]["isGuestUser"] is True
    assert "old@example.com" not in rows
    assert "customSchemas" not in rows["ada@example.com"]
    assert ask("GET", "users/ada@example.com", projection="full").json()["customSchemas"] == {"Job": {"band": 3}}
    deleted = ask("GET", "users", customer="my_customer", showDeleted="true").json()["users"]
    assert [(row["primaryEmail"], "deletionTime" in row) for row in deleted] == [("old@example.com", True)]


def test_a_user_is_found_by_alias_and_id_and_a_group_is_no_user(box: Sandbox, ask: Ask) -> None:
    box.google.rename("ada@example.com", "lovelace@example.com")
    row = ask("GET", "users/ada@example.com").json()
    assert (row["primaryEmail"], row["aliases"]) == ("lovelace@example.com", ["ada@example.com"])
    assert ask("GET", f"users/{row['id']}").json() == row
    assert reason(ask("GET", "users/top@example.com")) == (400, "badRequest", "Type not supported: userKey")
    assert reason(ask("GET", "users/none@example.com"))[:2] == (404, "notFound")


def test_an_org_unit_query_takes_the_subtree_and_an_unknown_one_is_refused(ask: Ask) -> None:
    found = ask("GET", "users", customer="my_customer", query="orgUnitPath=/Staff").json()["users"]
    assert [row["primaryEmail"] for row in found] == ["ada@example.com"]
    assert "INVALID_OU_ID" in reason(ask("GET", "users", customer="my_customer", query="orgUnitPath=/Nowhere"))[2]
    assert ask("GET", "users", customer="my_customer", query="isSuspended=yes").status_code == 400


def test_member_rows_are_as_google_shows_them(ask: Ask) -> None:
    rows = ask("GET", "groups/top@example.com/members").json()["members"]
    shown = [(row.get("email"), row["type"], row.get("status")) for row in rows]
    assert shown == [("ada@example.com", "USER", "ACTIVE"), ("mid@example.com", "GROUP", "ACTIVE"), ("x@partner.example.net", "USER", None),
                     (None, "CUSTOMER", None)]  # fmt: skip
    assert "members" not in ask("GET", "groups/empty@example.com/members").json()
    assert ask("GET", "groups/top@example.com/members", maxResults=0).status_code == 400


def test_has_member_follows_nesting_within_a_domain_only(ask: Ask) -> None:
    assert ask("GET", "groups/top@example.com/hasMember/ada@example.com").json() == {"isMember": True}
    assert ask("GET", "groups/empty@example.com/hasMember/ada@example.com").json() == {"isMember": False}
    assert reason(ask("GET", "groups/top@example.com/hasMember/bob@example.org"))[0] == 400
    assert reason(ask("GET", "groups/top@example.com/hasMember/mid@example.com"))[0] == 400


def test_members_are_added_once_by_their_rules(box: Sandbox, ask: Ask) -> None:
    path = "groups/empty@example.com/members"
    assert ask("POST", path, {"email": "ada@example.com", "role": "OWNER"}).json()["role"] == "OWNER"
    assert reason(ask("POST", path, {"email": "ada@example.com"})) == (409, "duplicate", "Member already exists.")
    assert reason(ask("POST", path, {"email": "none@example.com"}))[:2] == (404, "notFound")
    assert reason(ask("POST", path, {"email": "mid@example.com", "role": "MANAGER"}))[0] == 400
    assert ask("POST", path, {"email": "y@partner.example.net"}).status_code == 200
    assert reason(ask("POST", path, {}))[:2] == (400, "required")
    assert reason(ask("POST", "groups/mid@example.com/members", {"email": "top@example.com"}))[:2] == (412, "conditionNotMet")
    box.switches["google_cycle_error"] = "allowed"
    assert ask("POST", "groups/mid@example.com/members", {"email": "top@example.com"}).status_code == 200
    assert ask("DELETE", f"{path}/ada@example.com").status_code == 204
    assert reason(ask("DELETE", f"{path}/ada@example.com"))[0] == 404


def test_groups_are_made_changed_and_dropped(ask: Ask) -> None:
    assert ask("POST", "groups", {"email": "new@example.com", "name": "New"}).json()["directMembersCount"] == "0"
    assert reason(ask("POST", "groups", {"email": "new@example.com"}))[:2] == (409, "duplicate")
    assert ask("PATCH", "groups/new@example.com", {"description": "x"}).json()["name"] == "New"
    assert ask("DELETE", "groups/new@example.com").status_code == 204
    assert reason(ask("GET", "groups/new@example.com"))[0] == 404


def test_org_units_are_listed_with_the_root_only_when_asked_to(ask: Ask) -> None:
    path = "customer/my_customer/orgunits"
    every = ask("GET", path, type="all").json()["organizationUnits"]
    assert [row["orgUnitPath"] for row in every] == ["/Staff", "/Staff/Research"]
    assert len(ask("GET", path, type="allIncludingParent").json()["organizationUnits"]) == 3
    assert reason(ask("GET", path, orgUnitPath="/Nowhere"))[2] == "Org unit not found"


def test_a_minute_has_so_many_queries(box: Sandbox, ask: Ask) -> None:
    box.switches["google_quota"] = 2
    statuses = [ask("GET", "users/ada@example.com").status_code for _time in range(3)]
    assert statuses == [200, 200, 403]
    box.clock.advance(61)
    assert ask("GET", "users/ada@example.com").status_code == 200


def test_scopes_and_fields_are_those_of_googles_own_description() -> None:
    methods = {method["id"]: method for resource in DISCOVERY["resources"].values() for method in resource.get("methods", {}).values()}
    for name, scopes in SCOPES.items():
        if name in methods:
            assert set(scopes) <= set(methods[name]["scopes"]), name
    for name, fields in FIELDS.items():
        if name in DISCOVERY["schemas"]:
            assert set(fields) <= set(DISCOVERY["schemas"][name]["properties"]), name
