# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What preflight says of a Zoom account: scopes, seats and plans, each check a row. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .._transport._errors import ApiError, ScopeMissing
from ._refusals import advise

# What the playbooks call, and the classic scopes that cover it (zoom-api.md 2.3).
_SCOPES: dict[str, tuple[str, ...]] = {
    "scim2:admin": ("scim2",),
    "user:read:list_users:admin": ("user:read:admin", "user:write:admin"),
    "user:read:user:admin": ("user:read:admin", "user:write:admin"),
    "user:update:user:admin": ("user:write:admin",),
    "user:update:email:admin": ("user:write:admin",),
    "group:read:list_groups:admin": ("group:read:admin", "group:write:admin"),
    "group:write:group:admin": ("group:write:admin",),
    "group:write:member:admin": ("group:write:admin",),
    "group:delete:member:admin": ("group:write:admin",),
}
# zoom-api.md 11a: what removes scopes and tokens without notice
_SCOPES_GO = (
    "to the app and activate it again, then run again. Zoom removes scopes without notice when the role of whoever made the app loses "
    "rights, and the token ends with that person's account: keep that role and that account, and exempt them from offboarding."
)
_NAMED = re.compile(r"\[([\w:, ]+)\]")  # the scopes in Zoom's message
_OPTIONAL = {"billing:read:plan_usage:admin": ("account:read:admin",)}


def check(name: str, passed: bool, message: str) -> dict[str, Any]:
    return {"check": name, "passed": passed, "message": message}


def scope_checks(scopes: Iterable[str]) -> list[dict[str, Any]]:
    granted = set(scopes)
    missing = [scope for scope, classic in _SCOPES.items() if not granted & {scope, *classic}]
    optional = [scope for scope, classic in _OPTIONAL.items() if not granted & {scope, *classic}]
    if missing:
        what, them = ("scopes", "them") if len(missing) > 1 else ("scope", "it")
        return [check("scopes", False, f"The Zoom app lacks the {what} {', '.join(missing)}; add {them} {_SCOPES_GO}")]
    extra = f" Without {', '.join(optional)} seats can't be counted." if optional else ""
    return [check("scopes", True, f"The Zoom app has all scopes that are needed.{extra}")]


def not_checked(what: str, error: ApiError) -> str:
    """Of a check that an account may do without: `what` was not looked at, in the plural."""
    if isinstance(error, ScopeMissing):
        lacking = ", ".join(_NAMED.findall(error.message)) or str(error)
        return f"Optional: {what} were not checked, as the Zoom app lacks the scope {lacking}; add it, if your account can have it."
    return f"Optional: {what} were not checked. {advise(error)}"


def seats_sentence(pools: Mapping[str, Mapping[str, int]]) -> str:
    bought = {pool: {"used": 0, "pending": 0, **row} for pool, row in pools.items() if "bought" in row}
    if bought:
        free = {pool: row["bought"] - row["used"] - row["pending"] for pool, row in bought.items()}
        named = [f"{free[pool]} of {row['bought']} {'paid' if pool == 'licensed' else pool} seats are free" for pool, row in bought.items()]
        return f"{', '.join(named)}."
    used = pools.get("licensed", {}).get("used")
    if used is not None:
        return f"Zoom reports {used} licences in use, but not how many you own; set license_defaults_seats so that your rules decide."
    return (
        "Zoom does not report how many seats you own, so they are assigned until Zoom refuses one; set license_defaults_seats so that your "
        "rules decide."
    )


def plans_sentence(plans: Iterable[Mapping[str, Any]]) -> str:
    named = ", ".join(f"{row['key']} ({row['type'] or 'no type'}, {'?' if row['hosts'] is None else row['hosts']} seats)" for row in plans)
    return (
        f"This Zoom account has plans that this collection does not know: {named}; licences that can't be counted "
        "because of them are assigned until Zoom refuses one. Set license_defaults_seats to what you bought, so that your rules decide."
    )
