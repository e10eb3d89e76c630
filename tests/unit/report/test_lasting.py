# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which refusals last until somebody acts: each that is known is decided, and each that lasts says what ends it."""

from __future__ import annotations

import re

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import VARIABLES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcomes import OUTCOMES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._lasting import CODES, ENDS, NEVER, lasting_code
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._refusals import REFUSALS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    Conflict,
    Forbidden,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ScopeMissing,
    Unauthorized,
)

CREATE, GROUP = Change("create", "ada@example.com", ""), Change("create_group", "", "", group="Sales")


def error(message: str, status: int = 400, code: str = "300", kind: type[ApiError] = ApiError) -> ApiError:
    return kind("Zoom", "POST", "/x", status, code, message)


def test_every_refusal_that_is_explained_is_decided_and_nothing_else() -> None:
    assert CODES.keys() == REFUSALS.keys()
    assert set(CODES.values()) - {NEVER} | {"not_joined", "refused"} == ENDS.keys()


@pytest.mark.parametrize("text", [*ENDS.values(), *(found.ends for found in OUTCOMES.values() if found.ends)])
def test_what_ends_it_names_a_variable_or_a_place(text: str) -> None:
    variables = set(re.findall(r"\b(?:scope|attribute_mapping|license_defaults|group_mapping)_\w+", text))
    assert variables <= VARIABLES.keys()
    assert variables or re.search("Zoom|Google|zoom_connection|variable|condition", text)


@pytest.mark.parametrize("text", [text for text, code in CODES.items() if code])
def test_a_lasting_text_has_its_code(text: str) -> None:
    assert lasting_code(CREATE, error(f"Something {text} something.")) in ENDS


@pytest.mark.parametrize(
    "passing",
    [
        error("The request failed.", 500),
        error("The request failed.", 302),
        error("Reached the maximum daily rate limit.", 429, "429", RateLimited),
        error("Invalid access token.", 401, "124", Unauthorized),
        error("Invalid access token, does not contain scopes.", 400, "4711", ScopeMissing),
        error("Something about rights.", 403, "", Forbidden),
        error("No permission.", 400, "200"),
        error("User does not exist: 5.", 404, "1001", NotFound),
        error("Nobody knows it.", 404, "", NotFound),
        error("Nobody knows it.", 400, "2300"),
        error("Nobody knows it.", 400, "104"),
        error("You've already reached the maximum basic user limit allowed in your account.", 400, "2033"),
        error("Cannot create more users with Zoom United Plan.", 409, "", Conflict),
        error("The request body must be in JSON format."),
        OutcomeUnknown("The connection was lost."),
        None,
    ],
)
def test_what_passes_or_concerns_everybody_is_never_remembered(passing: Exception | None) -> None:
    assert lasting_code(CREATE, passing) == NEVER


def test_the_fourth_address_of_a_day_passes_and_a_group_in_conflict_does_not() -> None:
    rename = Change("rename", "ada@example.com", "", removal="rename")
    assert lasting_code(rename, error("Can be changed 3 times within 24 hours.")) == NEVER
    assert lasting_code(GROUP, error("Anything.", 409, "", Conflict)) == "group_name"


def test_several_subscriptions_are_no_shortage_of_seats_though_zoom_gives_them_the_same_code() -> None:
    text = "the subscription doesn't have enough licenses available. Please choose a different subscription and try again."
    assert lasting_code(Change("license", "ada@example.com", ""), error(text, 400, "2038")) == "subscriptions"


def test_a_text_that_nobody_knows_lasts_by_its_status_and_code() -> None:
    assert lasting_code(CREATE, error("The stars are not right.", 400, "77")) == "refused_400_77"
    assert lasting_code(CREATE, error("The stars are not right.", 400, "")) == "refused_400"
