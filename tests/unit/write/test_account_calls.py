# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a write takes from Zoom's answer, and what it does not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._account_calls import update
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt

SHORT = {"id": "1", "userName": "ada@x.com", "active": True, "name": {"givenName": "Ada"}}


def test_an_attribute_that_the_answer_leaves_out_is_not_taken_for_empty() -> None:
    scim = SimpleNamespace(update_user=lambda _key, _body: SHORT)
    zoom: Any = SimpleNamespace(scim=scim, has_rest=True)
    account = Account("1", "ada@x.com", "active", first_name="A", department="Sales")
    change = Change("update", "ada@x.com", "changed", account, {"first_name": "Ada"}, Attributes({"name.givenName": "Ada"}))
    assert update(zoom, Attempt(change, change)) == {"first_name": "Ada", "status": "active"}
