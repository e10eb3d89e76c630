# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Attributes that no Zoom list shows, read from the single account: SCIM for most, REST for title and location."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._account import ENTERPRISE, ZOOM_EXTENSION, Account
from .._model._attributes import Desired, Mapper
from .._model._expression import Expression
from .._model._matching_rules import ANCHOR, ANCHOR_PATH
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import PolicyError, as_shown
from .._plan._anchors import PROBES
from .._plan._matching import Matches
from .._plan._outcome import Finding
from .._transport._zoom import Zoom
from ._single_accounts import read_each, skip_accounts

Shown = Mapping[str, Mapping[str, Any]]

# Not in SCIM's answer for one user, but in REST's (zoom-api.md 4.4).
_REST = {"title": "job_title", "locale": "location"}


def read_shown(
    zoom: Zoom, people: People, tenant: Tenant, matches: Matches, mapper: Mapper, *, always: bool
) -> tuple[Shown, list[Finding]]:
    """Attributes that lists do not show, where every run is to compare them; an employee number where the list shows it."""
    if not always:
        return read_numbers(zoom, people, matches, mapper), []
    unlisted = [path for path in mapper.expressions if path not in ("userName", "emails") and Desired("", {path: ""}).unlisted()]
    return read_unlisted(zoom, tenant, unlisted)


def read_unlisted(zoom: Zoom, tenant: Tenant, paths: Iterable[str]) -> tuple[dict[str, dict[str, Any]], list[Finding]]:
    """Account key -> SCIM path -> value shown. Write-only keys are not in it. Who could not be read is skipped, with a finding each."""
    wanted, active = sorted(paths), [account for account in tenant.accounts if account.status == "active"]
    found, unread = read_each(zoom, active if wanted else [], lambda account: _shown(zoom, account, wanted))
    skip_accounts(tenant, unread)
    return {account.key: shown for account, shown in found}, unread


def read_numbers(zoom: Zoom, people: People, matches: Matches, mapper: Mapper) -> Shown:
    """Employee numbers as lists show them, where the mapping says another: they need no read of each account.

    That lists show SCIM's employeeNumber is assumed (zoom-api.md 4.4, 5.1): a few are read by SCIM, and if one of them is another
    than the list's, none is compared, as they would be written in every run.
    """
    expression = mapper.expressions.get(ANCHOR_PATH)
    if expression is None or not zoom.has_rest:
        return {}
    wanted = dict[str, Account]()
    for person in people.everyone:
        account = matches.account_of.get(person.id) if person.wanted else None
        shown = account.employee_unique_id if account and account.status == "active" else ""
        if account and shown and shown != _number(expression, person):
            wanted[account.key] = account
    probes = list(wanted.values())[:PROBES]
    found, _unread = read_each(zoom, probes, lambda account: (zoom.scim.user(account.id).get(ENTERPRISE) or {}).get(ANCHOR))
    if not found or any(number != account.employee_unique_id for account, number in found):
        return {}
    return {key: {ANCHOR_PATH: account.employee_unique_id} for key, account in wanted.items()}


def _number(expression: Expression, person: Person) -> str:
    try:
        value = expression.search(person.google())
    except PolicyError:  # reported by the mapping, which evaluates it again
        return ""
    return "" if value is None else as_shown(str(value))


def _shown(zoom: Zoom, account: Account, paths: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if zoom.has_rest and set(paths) & set(_REST):
        row = zoom.rest.user(account.id)
        shown.update({path: row.get(name) for path, name in _REST.items()})
    if set(paths) - set(_REST):
        shown.update(_scim(zoom.scim.user(account.id), paths))
    return {path: value for path, value in shown.items() if path in paths}


def _scim(row: Mapping[str, Any], paths: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    enterprise, zoom = row.get(ENTERPRISE) or {}, row.get(ZOOM_EXTENSION) or {}
    for path in paths:
        urn, _colon, key = path.rpartition(":")
        if urn == ENTERPRISE:
            shown[path] = enterprise.get(key)
        elif urn == ZOOM_EXTENSION and key in zoom:
            shown[path] = zoom[key]
        elif path == "phoneNumbers":
            numbers = row.get("phoneNumbers") or []
            shown[path] = next((number.get("value") for number in numbers if number.get("type", "work") == "work"), None)
    return shown
