# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Server-to-server tokens, scopes and rights."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import pytest
from test_zoom_support import people


def test_a_token_says_what_it_may() -> None:
    zoom = people()
    body = zoom.mint().json
    assert set(body) == {"access_token", "token_type", "expires_in", "scope", "api_url"}
    assert (body["token_type"], body["expires_in"], body["api_url"]) == ("bearer", 3599, zoom.context.base_url)
    assert "scim2:admin" in body["scope"].split()


def test_the_parameters_may_come_as_a_form() -> None:
    zoom = people()
    client = base64.b64encode(f"{zoom.account.client_id}:{zoom.account.client_secret}".encode()).decode()
    form = urlencode({"grant_type": "account_credentials", "account_id": zoom.account.account_id})
    assert zoom.send("POST", "/oauth/token", form, {"Authorization": f"Basic {client}"}).status == 200


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({"client_secret": "no"}, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}),
        ({"account_id": "no"}, {"reason": "Account does not exist", "error": "invalid_request"}),
        ({"grant_type": "password"}, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}),
    ],
)
def test_token_refusals(changes: dict[str, str], body: dict[str, str]) -> None:
    answer = people().mint(**changes)
    assert (answer.status, answer.json) == (400, body)


def test_an_account_without_server_to_server_apps() -> None:
    zoom = people()
    zoom.account.server_to_server = False
    assert zoom.mint().json["reason"] == "Account does not enabled the OAuth app type"


def test_a_token_dies_after_its_hour() -> None:
    zoom = people()
    assert zoom.get("/v2/users").status == 200
    zoom.context.clock.advance(3601)
    answer = zoom.get("/v2/users")
    assert (answer.status, answer.json) == (401, {"code": 124, "message": "Access token is expired."})
    zoom.token = ""
    assert zoom.get("/v2/users").status == 200
    zoom.account.expire_tokens()
    assert zoom.get("/v2/users").json["message"] == "Access token is expired."
    zoom.account.revoke_tokens()
    assert zoom.get("/v2/users").json["message"] == "Invalid access token."


def test_a_new_token_may_void_the_former() -> None:
    for switch, status in (("others_valid", 200), ("voids_former", 401)):
        zoom = people(new_token=switch)
        assert zoom.get("/v2/users").status == 200
        zoom.mint()
        assert zoom.get("/v2/users").status == status


def test_the_401_body_under_scim() -> None:
    zoom = people()
    zoom.token = "nobody"
    assert zoom.get("/scim2/Users").json == {"code": 124, "message": "Invalid access token."}
    zoom.switches["unauthorized_body"] = "scim"
    assert zoom.get("/scim2/Users").detail == (401, "Invalid access token.")
    assert zoom.get("/v2/users").json == {"code": 124, "message": "Invalid access token."}
    assert zoom.send("GET", "/v2/users").status == 401


def test_the_scim_token_opens_scim_only() -> None:
    zoom = people()
    zoom.token = zoom.account.scim_token
    assert zoom.get("/scim2/Users").status == 200
    assert zoom.get("/v2/users").code == (401, 124)


@pytest.mark.parametrize(
    ("switch", "code", "message"),
    [
        ("400/4711", (400, 4711), "Invalid access token, does not contain scopes:[user:read:list_users:admin]."),
        ("400/4700", (400, 4700), "Invalid access token, does not contain user:read:list_users:admin scope."),
        ("401/4700", (401, 4700), "Invalid access token, does not contain user:read:list_users:admin scope."),
    ],
)
def test_a_missing_scope(switch: str, code: tuple[int, int], message: str) -> None:
    zoom = people(scope_error=switch)
    zoom.account.scopes.remove("user:read:list_users:admin")
    answer = zoom.get("/v2/users")
    assert (answer.code, answer.json["message"]) == (code, message)
    assert zoom.get("/v2/users/bob@example.com").status == 200


def test_scopes_added_to_the_app_need_a_new_token() -> None:
    zoom = people()
    scopes = sorted(zoom.account.scopes)
    zoom.account.set_scopes([])
    assert zoom.get("/scim2/Users").code == (400, 4711)
    zoom.account.set_scopes(scopes)
    assert zoom.get("/scim2/Users").code == (400, 4711)
    zoom.token = ""
    assert zoom.get("/scim2/Users").status == 200


def test_classic_scopes_serve_too() -> None:
    zoom = people()
    zoom.account.set_scopes(["user:read:admin", "scim2", "account:read:admin"])
    assert zoom.get("/v2/users").status == 200
    assert zoom.get("/scim2/Groups").status == 200
    assert zoom.get("/v2/accounts/me/managed_domains").status == 200
    assert zoom.call("PATCH", "/v2/users/bob@example.com", {}).code == (400, 4711)


def test_rights_of_the_tokens_user() -> None:
    zoom = people()
    zoom.account.permissions.clear()
    bob, group = zoom.id("bob@example.com"), zoom.account.group("Engineering").id
    denied = "The request was denied due to insufficient permissions:"
    assert zoom.get("/scim2/Users").detail == (403, 'The current login user does not have the "User:Read" permission.')
    assert zoom.get(f"/scim2/Users/{bob}").detail == (403, f'{denied} "User:Read".')
    assert zoom.call("PUT", f"/scim2/Users/{bob}", {"title": "x"}).detail == (403, f'{denied} "User:Edit".')
    assert zoom.get("/scim2/Groups").detail == (403, f'{denied} "Group:Read".')
    assert zoom.call("DELETE", f"/scim2/Groups/{group}").detail == (403, f'{denied} "Group:Edit".')
    assert zoom.call("DELETE", f"/v2/users/{bob}").json == {
        "code": 200,
        "message": "Invalid access token. Does not contain permissions [User:Edit].",
    }
