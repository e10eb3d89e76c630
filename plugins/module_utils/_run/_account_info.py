# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_account_info: whether a Zoom account is ready for this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._model._plan_usage import Usage
from .._model._text import PolicyError
from .._read._accounts import load_tenant
from .._read._people import open_people
from .._read._seats import read_seats
from .._report._checks import check, not_checked, plans_sentence, scope_checks, seats_sentence
from .._report._counts import count
from .._report._refusals import advise
from .._report._result import Result
from .._transport._errors import ApiError, RateLimited, ScopeMissing, TransportError, Unauthorized
from .._transport._zoom import Zoom

_SCIM_NEEDS = (
    "SCIM needs a Business or Education plan with an approved vanity URL (Account Profile), SSO turned on, and an app whose owner may "
    "view and edit users and groups."
)


def account_info(run: Run) -> Result:
    """Every check, each with what to do if it fails; the module itself succeeds, so that all of them are reported.

    With the snapshots of both sides it also counts what decides how the first run goes.
    """
    checks: list[dict[str, Any]] = []
    facts: dict[str, Any] = {"checks": checks, "scopes": [], "sso": None, "managed_domains": [], "seats": {}, "users": {}, "counts": {}}
    try:
        zoom = connect_zoom(run)
        scopes = zoom.scopes()
    except TransportError as error:
        checks.append(check("token", False, advise(error) if isinstance(error, ApiError) else str(error)))
        return _result(facts)
    except OSError as error:
        checks.append(check("token", False, f"Zoom was not reached ({error}); check oauth_url, api_url and ca_path, and any proxy."))
        return _result(facts)
    checks.append(check("token", True, f"Zoom gave a token for account {zoom.tenant}."))
    facts["account_id"], facts["scopes"] = zoom.tenant, sorted(scopes)
    facts["sso"] = _try(checks, "scim", lambda: _scim(zoom), "SCIM answers: SSO is on.", hint=_SCIM_NEEDS) is not None
    if zoom.has_rest:
        checks += scope_checks(scopes)
        _rest_checks(zoom, checks, facts)
    else:
        checks.append(
            check("rest", False, "A SCIM access_token can't read pending users, groups or seats; give account_id and its secrets.")
        )
    try:
        facts["counts"] = _count(run, zoom.tenant, checks, facts["managed_domains"])
    except PolicyError as error:
        checks.append(check("snapshots", False, str(error)))
    return _result(facts)


def _count(run: Run, tenant: str, checks: list[dict[str, Any]], managed: Iterable[str]) -> dict[str, int]:
    """The numbers by name, 0 included; a check for each that is not 0."""
    accounts = load_tenant(run, tenant) if run.params.get("accounts_path") else None
    people = open_people(run, tenant) if run.params.get("people_path") else None
    found = count(accounts, people, managed)
    checks += [check(number.name, True, number.message) for number in found if number.number]
    return {number.name: sum(other.number for other in found if other.name == number.name) for number in found}


def _scim(zoom: Zoom) -> bool:
    zoom.scim.probe()
    return True


def _domains(zoom: Zoom) -> list[str]:
    return sorted(str(row.get("domain")) for row in zoom.rest.managed_domains())


def _rest_checks(zoom: Zoom, checks: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    facts["users"] = _try(checks, "users", zoom.rest.summary, "The token may read users.") or {}
    domains = _try(checks, "domains", lambda: _domains(zoom), "", optional="associated domains")
    if domains is not None:
        facts["managed_domains"] = domains
        named = ", ".join(facts["managed_domains"])
        text = (
            f"Associated domains: {named}." if named else "No domain is associated: add yours in Zoom, or new accounts become invitations."
        )
        checks.append(check("domains", bool(named), text))
    usage = _try(checks, "seats", lambda: read_seats(zoom), "", optional="seats") or Usage()
    facts["seats"], facts["plans_unknown"] = usage.seats, usage.plans_unknown
    checks.append(check("seats", True, seats_sentence(facts["seats"])))
    if facts["plans_unknown"]:
        checks.append(check("plans", True, plans_sentence(facts["plans_unknown"])))


def _try(checks: list[dict[str, Any]], name: str, read: Callable[[], Any], good: str, *, optional: str = "", hint: str = "") -> Any:
    """`optional`: what an account may do without, in the plural."""
    try:
        value = read()
    except ApiError as error:
        more = f" {hint}" if hint and not isinstance(error, ScopeMissing | Unauthorized | RateLimited) else ""
        checks.append(check(name, bool(optional), not_checked(optional, error) if optional else f"{advise(error)}{more}"))
        return None
    except TransportError as error:
        checks.append(check(name, False, str(error)))
        return None
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        checks.append(
            check(name, bool(optional), f"Zoom answered the check of {name} in an unknown form ({error!r}); nothing was changed.")
        )
        return None
    if good:
        checks.append(check(name, True, good))
    return value


def _result(facts: dict[str, Any]) -> Result:
    facts["failed_checks"] = [check["message"] for check in facts["checks"] if not check["passed"]]
    return Result(facts=facts)
