# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person and the account that is theirs, and a plan for them."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import parse_deprovision
from planning import facts

LONG_AGO, BEFORE, LATER = "2015-01-01T00:00:00.000Z", "2020-05-05T08:00:00Z", "2026-01-01T00:00:00.500Z"
ANCHORED = Matching(identity=True)


def person(name: str, **more: Any) -> Person:
    fields = {"name": {"givenName": name.title(), "familyName": "Byron"}}
    given = {"email": f"{name}@x.com", "in_scope": True, "confirmed": True, "created": LONG_AGO, "fields": fields}
    return Person(f"id-{name}", **{**given, **more})


def account(name: str, **more: Any) -> Account:
    given = {"email": f"{name}@x.com", "status": "active", "type": 1, "role_id": "2", "created": BEFORE}
    names = {"first_name": name.title(), "last_name": "Byron", "display_name": f"{name.title()} Byron"}
    return Account(f"z-{name}", **{**given, **names, **more})


def planned(
    people: list[Person], accounts: list[Account], matching: Matching | None = None, domains: frozenset[str] | None = None, **more: Any
) -> Plan:
    policy = AccountPolicy(
        parse_attributes(DEFAULT_ATTRIBUTES, "attributes"), parse_deprovision(True, more.pop("actions", {}), "d"), {}, **more
    )
    return plan_accounts(*facts(people, accounts, matching, domains=domains), policy)
