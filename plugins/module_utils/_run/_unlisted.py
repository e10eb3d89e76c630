# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Attributes that no Zoom list shows, read from the single account: SCIM for most, REST for title and location."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._account import ENTERPRISE, ZOOM_EXTENSION, Account
from .._transport._zoom import Zoom

# Not in SCIM's answer for one user, but in REST's (zoom-api.md 4.4).
_REST = {"title": "job_title", "locale": "location"}


def read_unlisted(zoom: Zoom, accounts: Iterable[Account], paths: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Account key -> SCIM path -> value shown. Write-only keys are not in it."""
    wanted, active = sorted(paths), [account for account in accounts if account.status == "active"]
    found = zoom.each(lambda account: _shown(zoom, account, wanted), active) if wanted else []
    return {account.key: shown for account, shown in zip(active, found, strict=False)}


def _shown(zoom: Zoom, account: Account, paths: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if zoom.kind == "oauth" and set(paths) & set(_REST):
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
