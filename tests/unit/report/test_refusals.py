# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every refusal that Zoom documents for a call of ours is explained: its cause, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._not_done import NOT_DONE
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._refusals import advise, explain, is_room
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._answer import Answer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    Forbidden,
    NotFound,
    RateLimited,
    Unauthorized,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_wire import zoom_error

# Texts of Zoom's SCIM2 and Users OpenAPI (zoom-api.md 9): actions of ours that may meet it, HTTP status, REST's code, text.
# Left out are those about fields that are never sent: PMI, host key, vanity name, password and the like.
# ruff: noqa: E501
DOCUMENTED = json.loads((Path(__file__).parents[2] / "fixtures" / "zoom_refusals.json").read_text(encoding="utf-8"))
# Seen on tenants or likely, without a place in the documents.
SEEN: list[tuple[list[str], int, str, str]] = [
    (["license"], 400, "104", "Invalid access token, does not contain permissions."),
    (["license"], 400, "200", "You have exceeded the limit of license assignments for your account."),
    (["rename"], 429, "429", "You have reached the maximum daily rate limit for this API."),
    (["rename"], 400, "300", "The email address of a user can be changed 3 times within 24 hours. Please try again later."),
    (
        ["rename"],
        400,
        "300",
        "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.",
    ),
    (["create_group"], 429, "429", "You have reached the maximum daily rate limit for this API."),
    (["update"], 400, "", "The display name cannot contain more than 10 Chinese characters."),
    (["create"], 400, "", 'The "userType" of the request is invalid.'),
    (["deactivate"], 403, "", "Something about rights that nobody has seen yet."),
]
CASES = [(action, *rest) for actions, *rest in [*DOCUMENTED, *SEEN] for action in actions]


def refusal(action: str, status: int, code: str, text: str) -> ApiError:
    """As the transport reads it from either API."""
    body = {"code": int(code), "message": text} if code else {"detail": text, "status": status, "schemas": ["urn:x:Error"]}
    return zoom_error(Answer(status, body, {}), body, "PATCH", "/somewhere")


@pytest.mark.parametrize(("action", "status", "code", "text"), CASES)
def test_a_documented_refusal_has_a_cause_and_a_next_step(action: str, status: int, code: str, text: str) -> None:
    group = "Sales" if action in ("create_group", "rename_group", "delete_group", "add", "remove") else ""
    change = Change(action, "" if group else "ada@example.com", "", group=group)
    told = explain(change, refusal(action, status, code, text))
    why = told.partition(", because ")[2].partition(" [")[0]
    assert "Zoom did not accept it" not in why
    assert "; " in why or ", " in why, "what to do follows the cause"
    assert text.rstrip(".")[:40] in told, "Zoom's own words stand behind it"


def test_most_that_is_documented_is_a_case() -> None:
    assert len(CASES) > 100, len(CASES)


def test_a_name_is_not_taken_for_a_seat_and_a_subscription_not_for_a_lack_of_seats() -> None:
    change = Change("license", "ada@example.com", "")
    word = "Your request could not be completed because the name contains an invalid word: Ada"
    assert "its name holds a word" in explain(change, refusal("license", 400, "300", word))
    several = (
        'the subscription "x" doesn\u2019t have enough licenses available to assign. Please choose a different subscription and try again.'
    )
    assert "Multiple Subscription Quoting" in explain(change, refusal("license", 400, "2038", several))
    missing = 'The subscription "x" you entered does not exist. Please choose a different subscription and try again.'
    assert "Multiple Subscription Quoting" in explain(change, refusal("license", 400, "300", missing))


def test_only_a_text_about_rooms_alone_or_the_role_member_makes_an_account_a_zoom_room() -> None:
    both = "Cannot activate or deactivate Zoom Room and Admin users."
    accounts = {role: Account("1", "ada@example.com", "active", role_id=role) for role in (None, "1", "2", "Rcustom")}
    assert [role for role, account in accounts.items() if is_room(account, both)] == ["2"]
    assert all(is_room(account, "A Zoom Room user cannot be changed to a free user type: 1") for account in accounts.values())


SETTINGS, MEMBERS = "/groups/v1/groups/team@x.com", "/admin/directory/v1/groups/team@x.com/members"


@pytest.mark.parametrize(("path", "api"), [(SETTINGS, "Groups Settings API"), (MEMBERS, "Admin SDK API")])
def test_an_api_of_google_that_is_not_enabled_is_named(path: str, api: str) -> None:
    error = Forbidden("Google", "PATCH", path, 403, "accessNotConfigured", "It has not been used before.")
    assert advise(error).startswith(f"The {api} is not enabled in the Google Cloud project")
    change = Change("google_settings", "team@x.com", "changed: whoCanJoin", group="team@x.com")
    assert f"Google group team@x.com: its access settings were not changed. The {api} is not enabled" in explain(change, error)


@pytest.mark.parametrize(("path", "may", "url"), [(SETTINGS, "change groups", "groups_settings_url"), (MEMBERS, "read users", " api_url")])
def test_a_refusal_of_google_names_what_that_api_needs(path: str, may: str, url: str) -> None:
    assert may in advise(Forbidden("Google", "GET", path, 403, "forbidden", "Not Authorized."))
    assert url in advise(ApiError("Google", "GET", path, 400, "badRequest", "Bad."))
    change = Change("google_update", "team@x.com", "changed: name", group="team@x.com")
    assert explain(change, ApiError("Google", "PATCH", path, 400, "invalid", "Bad.")).startswith(
        "Google group team@x.com: it was not changed. Correct what Google names here, and run again. [Google refused PATCH"
    )


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (Forbidden("Google", "POST", "/groups/a/members", 403, "forbidden", "No."), "administrator who may change this group"),
        (Unauthorized("Google", "POST", "/groups/a/members", 401, "authError", "No."), "give a fresh one"),
        (RateLimited("Google", "POST", "/groups/a/members", 403, "dailyLimitExceeded", "No."), "run again later"),
        (NotFound("Google", "POST", "/groups/a/members", 404, "notFound", "No."), "check both addresses"),
    ],
)
def test_a_write_that_google_refuses_says_what_to_do(error: ApiError, advice: str) -> None:
    change = Change("google_update", "team@x.com", "changed: name", group="team@x.com")
    assert advice in explain(change, error)


@pytest.mark.parametrize("service", ["Google", "Zoom"])
def test_a_server_that_fails_is_no_wrong_address(service: str) -> None:
    text = advise(ApiError(service, "GET", "/v2/groups", 502, "", ""))
    assert "run again later" in text
    assert "api_url" not in text


def test_each_action_says_what_was_not_done() -> None:
    assert NOT_DONE.keys() == ACTIONS.keys()
