# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People by the Google groups that hold them, and accounts."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from planning import facts

LIMIT = parse_limit("10%", "max_removals")


def person(name: str, *groups: str, **more: Any) -> Person:
    return Person(f"id-{name}", f"{name}@example.com", **{"in_scope": True, "groups": [f"{group}@example.com" for group in groups], **more})


def account(name: str, **more: Any) -> Account:
    return Account(f"z-{name}", f"{name}@example.com", **{"status": "active", "type": 1, "role_id": "2", "created": "2024", **more})


def groups(people: list[Person], accounts: list[Account], specs: list[Any], existing: Any = None, **more: Any) -> Plan:
    return plan_zoom_groups(*facts(people, accounts, groups=existing or {}), GroupPolicy(parse_groups(specs, "groups"), LIMIT, **more))
