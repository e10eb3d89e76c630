# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person, an account, and the plan of accounts for them."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._policy import ON_ACCOUNTS, limit_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import parse_deprovision
from planning import facts


def person(name: str, **more: Any) -> Person:
    fields = {"name": {"givenName": name.title(), "familyName": "Byron"}}
    given_fields = {**fields, **more.pop("fields", {})}
    return Person(f"id-{name}", f"{name}@example.com", **{"in_scope": True, "confirmed": True, "fields": given_fields, **more})


def account(name: str, **more: Any) -> Account:
    named = {"first_name": name.title(), "last_name": "Byron", "display_name": f"{name.title()} Byron"}
    return Account(f"z-{name}", **{"email": f"{name}@example.com", "status": "active", "type": 1, "role_id": "2", **named, **more})


def policy(**more: Any) -> AccountPolicy:
    limits = {kind: limit_of({name: more.pop(kind, None)}, name) for name, kind in ON_ACCOUNTS.items()}
    deprovision = parse_deprovision(more.pop("prune", True), more.pop("actions", {}), "deprovision")
    return AccountPolicy(mapper=parse_attributes(more.pop("attributes", DEFAULT_ATTRIBUTES), "attributes"), deprovision=deprovision,
                         **{"limits": limits, **more})  # fmt: skip


def plan(
    people: list[Person],
    accounts: list[Account],
    seats: Any = None,
    whole: bool = True,
    absent: Any = (),
    rest: bool = True,
    domains: frozenset[str] | None = None,
    completed: str = "",
    **more: Any,
) -> Plan:
    """`completed`: when the last run ended."""
    given = facts(people, accounts, whole=whole, absent=absent, seats=seats or {}, rest=rest, domains=domains, completed=completed)
    return plan_accounts(*given, policy(**more))
