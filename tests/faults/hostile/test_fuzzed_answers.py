# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of both APIs, headers and variables: whatever they hold is used, set aside or refused in one sentence, without a traceback."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import account_from_rest, account_from_scim
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import person_from_google
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, PEOPLE, Snapshot, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import ROLES, VARIABLES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run._policy_validate import validate
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_forms, _zoom_forms
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._answer import Answer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import wait_after
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._retry_after import retry_after, retry_at
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import OddRow, Shape, parse_json, usable
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_wire import zoom_error
from hypothesis import given
from hypothesis import strategies as st
from mangling import ANYTHING, EXAMPLES, TEXTS, bounded, mangled, torn

GOOGLE_USER = {
    "id": "1",
    "primaryEmail": "ada@example.com",
    "aliases": ["a@example.com"],
    "nonEditableAliases": ["a@example.com.test-google-a.com"],
    "name": {"givenName": "Ada", "familyName": "Byron", "fullName": "Ada Byron"},
    "suspended": False,
    "archived": False,
    "orgUnitPath": "/",
    "customerId": "C1",
    "creationTime": "2026-01-01T00:00:00Z",
    "organizations": [{"department": "x", "primary": True}],
}
REST_USER = {
    "id": "z1",
    "email": "ada@example.com",
    "status": "active",
    "first_name": "Ada",
    "type": 2,
    "plan_united_type": "1",
    "zoom_one_type": 16,
    "group_ids": ["g1"],
    "role_id": "2",
    "user_created_at": "2026-01-01T00:00:00Z",
    "last_login_time": "2026-01-01T00:00:00Z",
    "employee_unique_id": "1",
}
SCIM_USER = {
    "id": "z1",
    "userName": "ada@example.com",
    "active": True,
    "name": {"givenName": "Ada", "familyName": "Byron"},
    "userType": "Licensed",
    _zoom_forms.ENTERPRISE: {"department": "x", "employeeNumber": "1"},
    _zoom_forms.ZOOM_EXTENSION: {"zoomUnited": "1", "zoomOneEnterprise": "16"},
    "meta": {"created": "2026-01-01T00:00:00Z"},
    "groups": [{"value": "Staff"}],
}
ROWS: dict[str, tuple[Any, Shape, Callable[[Any], Any], str]] = {
    "Google user": (GOOGLE_USER, _google_forms.USER, lambda row: person_from_google(row, ["organizations"]), PEOPLE),
    "REST user": (REST_USER, _zoom_forms.USER_ROW, account_from_rest, ACCOUNTS),
    "REST invitation": (REST_USER, _zoom_forms.PENDING_ROW, lambda row: account_from_rest(row, "pending"), ACCOUNTS),
    "SCIM user": (SCIM_USER, _zoom_forms.SCIM_USER, account_from_scim, ACCOUNTS),
}


@pytest.fixture(autouse=True)
def counted(record_property: Callable[..., None]) -> None:
    record_property("examples of files and answers, each with something hostile in it", EXAMPLES)


@pytest.mark.parametrize("kind", ROWS)
@bounded
@given(data=st.data())
def test_a_row_with_anything_in_it_is_used_and_kept_or_set_aside(tmp_path: Any, kind: str, data: st.DataObject) -> None:
    good, shape, make, snapshot = ROWS[kind]
    rows = data.draw(st.lists(mangled(good), max_size=3))
    for content in (json.dumps(rows).encode(), data.draw(torn(json.dumps(rows).encode()))):
        try:
            read = parse_json(content)
        except ValueError:
            continue
        odd = list[OddRow]()
        made = [make(row) for row in usable(read if isinstance(read, list) else [read], shape, kind, odd)]
        save(str(tmp_path / "kept.jsonl"), Snapshot(snapshot, "t1", made))


@bounded
@given(TEXTS | st.datetimes().map(str) | st.floats().map(str) | st.integers().map(str))
def test_any_moment_to_come_back_at_is_waited_for_or_is_none(text: str) -> None:
    for header in (text, f" {text} ", f"{text}Z"):
        wait = retry_after({"Retry-After": header})
        assert wait is None or (math.isfinite(wait) and wait >= 0)
        retry_at({"Retry-After": header})
        wait_after(429, {"Retry-After": header}, 1)


@bounded
@given(data=st.data())
def test_any_refusal_makes_a_sentence(data: st.DataObject) -> None:
    body = data.draw(ANYTHING | mangled({"code": 300, "message": "x", "errors": [{"field": "a", "message": "b"}], "detail": "c"}))
    error = zoom_error(Answer(data.draw(st.integers(400, 599)), body, {}), body, "GET", "/v2/users")
    assert str(error).startswith("Zoom refused GET /v2/users: ")


@bounded
@given(data=st.data())
def test_any_value_of_any_variable_is_taken_or_refused_in_sentences_that_name_it(data: st.DataObject) -> None:
    names = [name for name, row in VARIABLES.items() if row.kind != "connection" and name != "provisioning_approved"]
    name = data.draw(st.sampled_from(names))
    value = data.draw(ANYTHING)
    role = VARIABLES[name].role
    given = {role or "shared": {name.removeprefix(f"{role}_") if role else name: value}}
    params = {**dict.fromkeys((*ROLES, "shared", "connections")), **given, "variables": [name], "extra_variables": []}
    try:
        validate(Run(params, True, lambda _secret: None))
    except PolicyError as error:
        assert name.partition("_")[0] in str(error)
