# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_user_info and zoom_account_info: what a Zoom account holds, and whether it is ready for this collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .._model._snapshot import save
from .._model._text import PolicyError, check_addresses, fold
from .._transport._errors import ApiError, TransportError
from .._transport._zoom import Zoom
from .._transport._zoom_rest import STATUSES
from ._aside import findings
from ._explain import advise
from ._last_run import compare_with_last
from ._module import Run
from ._result import Result
from ._seats import read_seats
from ._zoom_read import read_accounts

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
_OPTIONAL = {"billing:read:plan_usage:admin": ("account:read:admin",)}


def user_info(run: Run) -> Result:
    """Accounts by address or status; with neither, all of them, which alone may be written to `dest`."""
    zoom = run.zoom()
    emails = {fold(email) for email in check_addresses(run.params.get("emails") or [], "emails")}
    statuses = run.params.get("status") or list(STATUSES)
    whole = not emails and set(statuses) == set(STATUSES)
    dest = run.params.get("dest")
    if dest and not whole:
        raise PolicyError("dest takes all accounts; leave out emails and status.")
    snapshot = read_accounts(run, zoom, statuses, whole=whole)
    accounts = [account for account in snapshot.records if not emails or fold(account.email) in emails]
    summary = dict(sorted(Counter(account.status for account in accounts).items()))
    facts: dict[str, Any] = {"summary": summary, "unavailable": snapshot.about.get("unavailable", [])}
    facts["attention"] = [found.row() for found in findings(snapshot.about)]
    if dest:
        compare_with_last(dest, snapshot, run.params.get("memory_path"))
        save(dest, snapshot)
        facts["dest"] = dest
    else:
        facts["users"] = [account.record() for account in accounts]
    return Result(facts=facts)


def account_info(run: Run) -> Result:
    """Every check, each with what to do if it fails; the module itself succeeds, so that all of them are told."""
    checks: list[dict[str, Any]] = []
    facts: dict[str, Any] = {"checks": checks, "scopes": [], "sso": None, "managed_domains": [], "seats": {}, "users": {}}
    try:
        zoom = run.zoom()
        scopes = zoom.scopes()
    except TransportError as error:
        checks.append(_check("token", False, str(error)))
        return _told(facts)
    checks.append(_check("token", True, f"Zoom gave a token for account {zoom.tenant}."))
    facts["account_id"], facts["scopes"] = zoom.tenant, sorted(scopes)
    facts["sso"] = _try(checks, "scim", lambda: _scim(zoom), "SCIM answers: SSO is on.") is not None
    if zoom.kind == "oauth":
        checks += _scope_checks(scopes)
        _rest_checks(zoom, checks, facts)
    else:
        checks.append(
            _check("rest", False, "A SCIM access_token can't read pending users, groups or seats; give account_id and its secrets.")
        )
    return _told(facts)


def _scim(zoom: Zoom) -> bool:
    zoom.scim.find_user("preflight@example.invalid")
    return True


def _rest_checks(zoom: Zoom, checks: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    facts["users"] = _try(checks, "users", zoom.rest.summary, "The token may read users.") or {}
    domains = _try(checks, "domains", zoom.rest.managed_domains, "", optional=True)
    if domains is not None:
        facts["managed_domains"] = sorted(str(row.get("domain")) for row in domains)
        named = ", ".join(facts["managed_domains"])
        text = (
            f"Associated domains: {named}." if named else "No domain is associated: add yours in Zoom, else creations end in invitations."
        )
        checks.append(_check("domains", bool(named), text))
    facts["seats"] = read_seats(zoom)["seats"]
    checks.append(_check("seats", True, _seats_sentence(facts["seats"])))


def _seats_sentence(pools: Mapping[str, Mapping[str, int]]) -> str:
    bought = {pool: row for pool, row in pools.items() if "bought" in row}
    if bought:
        free = {pool: row["bought"] - row["used"] - row["pending"] for pool, row in bought.items()}
        named = [f"{free[pool]} of {row['bought']} {'paid' if pool == 'licensed' else pool} seats are free" for pool, row in bought.items()]
        return f"{', '.join(named)}."
    if pools:
        return f"Zoom tells that {pools['licensed']['used']} licences are used, but not how many were bought; set license_defaults_seats."
    return "Zoom does not tell this account its seats; a lack of seats shows only when Zoom refuses one, so set license_defaults_seats."


def _scope_checks(scopes: Iterable[str]) -> list[dict[str, Any]]:
    granted = set(scopes)
    missing = [scope for scope, classic in _SCOPES.items() if not granted & {scope, *classic}]
    optional = [scope for scope, classic in _OPTIONAL.items() if not granted & {scope, *classic}]
    if missing:
        return [_check("scopes", False, f"The Zoom app lacks the scopes {', '.join(missing)}; add them to the app, then run again.")]
    extra = f" Without {', '.join(optional)} seats can't be counted." if optional else ""
    return [_check("scopes", True, f"The Zoom app has all scopes that are needed.{extra}")]


def _try(checks: list[dict[str, Any]], name: str, read: Callable[[], Any], good: str, *, optional: bool = False) -> Any:
    try:
        value = read()
    except ApiError as error:
        checks.append(_check(name, optional, advise(error)))
        return None
    except TransportError as error:
        checks.append(_check(name, False, str(error)))
        return None
    if good:
        checks.append(_check(name, True, good))
    return value


def _check(name: str, passed: bool, message: str) -> dict[str, Any]:
    return {"check": name, "passed": passed, "message": message}


def _told(facts: dict[str, Any]) -> Result:
    facts["failed_checks"] = [check["message"] for check in facts["checks"] if not check["passed"]]
    return Result(facts=facts)
