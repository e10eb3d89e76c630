# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_account_info: whether a Zoom account is ready for this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .._frame._module import Run
from .._model._plan_usage import Usage
from .._model._text import PolicyError
from .._read._accounts import load_tenant
from .._read._people import open_people
from .._read._seats import read_seats
from .._report._counts import count
from .._report._refusals import advise
from .._report._result import Result
from .._transport._errors import ApiError, RateLimited, ScopeMissing, TransportError, Unauthorized
from .._transport._zoom import Zoom

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
_SCIM_NEEDS = (
    "SCIM needs a Business or Education plan with an approved vanity URL (Account Profile), SSO turned on, and an app whose owner may "
    "view and edit users and groups."
)
# zoom-api.md 11a: what takes scopes and tokens away without a word
_SCOPES_GO = (
    "add them to the app, then run again. Zoom removes scopes without notice when the role of whoever made the app loses rights, and "
    "the token ends with that person's account: keep that role and that account, and exempt them from offboarding."
)
_OPTIONAL = {"billing:read:plan_usage:admin": ("account:read:admin",)}


def account_info(run: Run) -> Result:
    """Every check, each with what to do if it fails; the module itself succeeds, so that all of them are told.

    With the snapshots of both sides it also counts what decides how the first run goes.
    """
    checks: list[dict[str, Any]] = []
    facts: dict[str, Any] = {"checks": checks, "scopes": [], "sso": None, "managed_domains": [], "seats": {}, "users": {}, "counts": {}}
    try:
        zoom = run.zoom()
        scopes = zoom.scopes()
    except TransportError as error:
        checks.append(_check("token", False, advise(error) if isinstance(error, ApiError) else str(error)))
        return _told(facts)
    except OSError as error:
        checks.append(_check("token", False, f"Zoom was not reached ({error}); check oauth_url, api_url and ca_path, and any proxy."))
        return _told(facts)
    checks.append(_check("token", True, f"Zoom gave a token for account {zoom.tenant}."))
    facts["account_id"], facts["scopes"] = zoom.tenant, sorted(scopes)
    facts["sso"] = _try(checks, "scim", lambda: _scim(zoom), "SCIM answers: SSO is on.", hint=_SCIM_NEEDS) is not None
    if zoom.has_rest:
        checks += _scope_checks(scopes)
        _rest_checks(zoom, checks, facts)
    else:
        checks.append(
            _check("rest", False, "A SCIM access_token can't read pending users, groups or seats; give account_id and its secrets.")
        )
    try:
        facts["counts"] = _count(run, zoom.tenant, checks, facts["managed_domains"])
    except PolicyError as error:
        checks.append(_check("snapshots", False, str(error)))
    return _told(facts)


def _count(run: Run, tenant: str, checks: list[dict[str, Any]], managed: Iterable[str]) -> dict[str, int]:
    """The numbers by name, 0 included; a check for each that is not 0."""
    accounts = load_tenant(run, tenant) if run.params.get("accounts_path") else None
    people = open_people(run, tenant) if run.params.get("people_path") else None
    found = count(accounts, people, managed)
    checks += [_check(number.name, True, number.message) for number in found if number.number]
    return {number.name: sum(other.number for other in found if other.name == number.name) for number in found}


def _scim(zoom: Zoom) -> bool:
    zoom.scim.probe()
    return True


def _rest_checks(zoom: Zoom, checks: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    facts["users"] = _try(checks, "users", zoom.rest.summary, "The token may read users.") or {}
    domains = _try(checks, "domains", lambda: sorted(str(row.get("domain")) for row in zoom.rest.managed_domains()), "", optional=True)
    if domains is not None:
        facts["managed_domains"] = domains
        named = ", ".join(facts["managed_domains"])
        text = (
            f"Associated domains: {named}." if named else "No domain is associated: add yours in Zoom, else creations end in invitations."
        )
        checks.append(_check("domains", bool(named), text))
    usage = _try(checks, "seats", lambda: read_seats(zoom), "", optional=True) or Usage()
    facts["seats"], facts["plans_unknown"] = usage.seats, usage.plans_unknown
    checks.append(_check("seats", True, _seats_sentence(facts["seats"])))
    if facts["plans_unknown"]:
        checks.append(_check("plans", True, _plans_sentence(facts["plans_unknown"])))


def _seats_sentence(pools: Mapping[str, Mapping[str, int]]) -> str:
    bought = {pool: {"used": 0, "pending": 0, **row} for pool, row in pools.items() if "bought" in row}
    if bought:
        free = {pool: row["bought"] - row["used"] - row["pending"] for pool, row in bought.items()}
        named = [f"{free[pool]} of {row['bought']} {'paid' if pool == 'licensed' else pool} seats are free" for pool, row in bought.items()]
        return f"{', '.join(named)}."
    used = pools.get("licensed", {}).get("used")
    if used is not None:
        return f"Zoom tells that {used} licences are used, but not how many were bought; set license_defaults_seats."
    return "Zoom does not tell this account its seats; a lack of seats shows only when Zoom refuses one, so set license_defaults_seats."


def _scope_checks(scopes: Iterable[str]) -> list[dict[str, Any]]:
    granted = set(scopes)
    missing = [scope for scope, classic in _SCOPES.items() if not granted & {scope, *classic}]
    optional = [scope for scope, classic in _OPTIONAL.items() if not granted & {scope, *classic}]
    if missing:
        return [_check("scopes", False, f"The Zoom app lacks the scopes {', '.join(missing)}; {_SCOPES_GO}")]
    extra = f" Without {', '.join(optional)} seats can't be counted." if optional else ""
    return [_check("scopes", True, f"The Zoom app has all scopes that are needed.{extra}")]


def _plans_sentence(plans: Iterable[Mapping[str, Any]]) -> str:
    named = ", ".join(f"{row['key']} ({row['type'] or 'no type'}, {'?' if row['hosts'] is None else row['hosts']} seats)" for row in plans)
    return (
        f"This Zoom account has plans that this collection does not know: {named}; licences whose number is not known "
        "for that are assigned until Zoom refuses one: set license_defaults_seats to what you bought, so that your rules decide."
    )


def _try(checks: list[dict[str, Any]], name: str, read: Callable[[], Any], good: str, *, optional: bool = False, hint: str = "") -> Any:
    try:
        value = read()
    except ApiError as error:
        more = f" {hint}" if hint and not isinstance(error, ScopeMissing | Unauthorized | RateLimited) else ""
        checks.append(_check(name, optional, f"{advise(error)}{more}"))
        return None
    except TransportError as error:
        checks.append(_check(name, False, str(error)))
        return None
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        checks.append(_check(name, optional, f"Zoom answered the check of {name} in an unknown form ({error!r}); nothing was changed."))
        return None
    if good:
        checks.append(_check(name, True, good))
    return value


def _check(name: str, passed: bool, message: str) -> dict[str, Any]:
    return {"check": name, "passed": passed, "message": message}


def _told(facts: dict[str, Any]) -> Result:
    facts["failed_checks"] = [check["message"] for check in facts["checks"] if not check["passed"]]
    return Result(facts=facts)
