# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a write takes from Zoom's answer, and what it does not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import ANCHOR_PATH
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    DailyLimit,
    NotFound,
    RateLimited,
    Unauthorized,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._account_calls import update
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt

SHORT = {"id": "1", "userName": "ada@x.com", "active": True, "name": {"givenName": "Ada"}}


def test_an_attribute_that_the_answer_leaves_out_is_not_taken_for_empty() -> None:
    scim = SimpleNamespace(update_user=lambda _key, _body: SHORT)
    zoom: Any = SimpleNamespace(scim=scim, has_rest=True)
    account = Account("1", "ada@x.com", "active", first_name="A", department="Sales")
    change = Change("update", "ada@x.com", "changed", account, {"first_name": "Ada"}, Attributes({"name.givenName": "Ada"}))
    assert update(zoom, Attempt(change, change)) == {"first_name": "Ada", "status": "active"}


def refuse(kind: type[ApiError]) -> ApiError:
    return kind("Zoom", "PUT", "/scim2/Users/1", 429 if issubclass(kind, RateLimited) else 400, "", "no")


@pytest.mark.parametrize("kind", [ApiError, DailyLimit])
def test_of_an_update_whose_names_are_refused_the_display_name_and_nothing_else_was_made(kind: type[ApiError]) -> None:
    sent = list[str]()

    def put(_key: str, _body: Any) -> Any:
        sent.append("names")
        raise refuse(kind)

    rest = SimpleNamespace(update_user=lambda _key, body: sent.extend(body))
    zoom: Any = SimpleNamespace(scim=SimpleNamespace(update_user=put), rest=rest, has_rest=True)
    after = {"first_name": "Ada", "display_name": "Ada B", "employee_unique_id": "7"}
    values = {"name.givenName": "Ada", "displayName": "Ada B", ANCHOR_PATH: "7"}
    change = Change("update", "ada@x.com", "changed", Account("1", "ada@x.com", "active"), after, Attributes(values))
    attempt = Attempt(change, change)
    assert update(zoom, attempt) == attempt.change.after == {"display_name": "Ada B"}
    assert (sent, attempt.left) == (["display_name", "names"], {"name.givenName", ANCHOR_PATH})
    assert isinstance(attempt.partly, kind)
    assert (attempt.spent is attempt.partly) == (kind is DailyLimit)


@pytest.mark.parametrize("kind", [NotFound, DailyLimit, Unauthorized])
def test_a_display_name_that_is_refused_for_what_scim_would_refuse_too_is_not_tried_there(kind: type[ApiError]) -> None:
    def patch(_key: str, _body: Any) -> None:
        raise refuse(kind)

    zoom: Any = SimpleNamespace(scim=SimpleNamespace(), rest=SimpleNamespace(update_user=patch), has_rest=True)
    values, after = {"name.givenName": "Ada", "displayName": "Ada B"}, {"first_name": "Ada", "display_name": "Ada B"}
    change = Change("update", "ada@x.com", "changed", Account("1", "ada@x.com", "active"), after, Attributes(values))
    with pytest.raises(kind):
        update(zoom, Attempt(change, change))
