# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: activities.list of the Admin console. Logs of other applications are not served."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from ..rules.errors import invalid, not_authorized, refuse
from ..store.admin_events import AdminEvent
from ..store.entities import etag, moment, stamp
from .endpoint import Call, Endpoint

KEPT = timedelta(days=180)
LARGEST = 1000
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)")


def list_(call: Call) -> dict[str, Any]:
    """The newest first. Unlike in the Directory API, a page that is too large is refused, as the description of the API has a maximum."""
    if call.path("application") != "admin":
        raise refuse(400, "badRequest", f"The sandbox serves applicationName admin only, not {call.path('application')}")
    if call.path("user") != "all" and not call.store.user_by(call.path("user")):
        raise not_authorized()
    call.customer(call.query.get("customerId", "my_customer"))
    size = call.query.get("maxResults", str(LARGEST))
    if not size.isdecimal() or not 1 <= int(size) <= LARGEST:
        raise invalid(f"Invalid value '{size}'. Values must be within the range: [1, {LARGEST}]")
    name = call.query.get("eventName", "")
    if name and not call.store.admin_log.knows(name):
        raise invalid(f"Invalid value '{name}' for eventName")
    since, until = _period(call)
    listing = ("activities", name, call.query.get("startTime"), call.query.get("endTime"))
    log, token = call.store.admin_log, call.query.get("pageToken", "")
    found, token = call.pages.page(listing, lambda: log.newest_first(since, until, name), token, int(size))
    rows = [_row(call, number, event) for number, event in found]
    answer: dict[str, Any] = {"kind": "admin#reports#activities", "etag": etag("activities", len(rows))}
    return {**answer, **({"items": rows} if rows else {}), **({"nextPageToken": token} if token else {})}


def _period(call: Call) -> tuple[datetime, datetime]:
    now = call.store.now()
    since, until = _time(call, "startTime", now - KEPT), _time(call, "endTime", now)
    if since >= min(until, now):
        raise invalid("Start time must be before the end time and the current time")
    return max(since, now - KEPT), until


def _time(call: Call, name: str, default: datetime) -> datetime:
    text = call.query.get(name)
    if text is None:
        return default
    if not _RFC3339.fullmatch(text):
        raise invalid(f"Invalid value '{text}' for {name}")
    try:
        return moment(text.replace("Z", "+00:00"), call.store.now())
    except ValueError:
        raise invalid(f"Invalid value '{text}' for {name}") from None


def _row(call: Call, number: int, event: AdminEvent) -> dict[str, Any]:
    parameters = [{"name": name, "value": value} for name, value in event.parameters.items()]
    return {
        "kind": "admin#reports#activity",
        "id": {
            "time": stamp(event.time),
            "uniqueQualifier": str(number),
            "applicationName": "admin",
            "customerId": call.store.customer,
        },
        "etag": etag("activity", number),
        "actor": {"callerType": "USER", "email": "admin@example.com", "profileId": "105250506097979753968"},
        "events": [{"type": "USER_SETTINGS", "name": event.name, **({"parameters": parameters} if parameters else {})}],
    }


_PARAMETERS = frozenset({"customerId", "endTime", "eventName", "maxResults", "pageToken", "startTime"})
_PATH = "/admin/reports/v1/activity/users/{user}/applications/{application}"
ENDPOINTS = (Endpoint("GET", _PATH, "reports.activities.list", list_, "Activities", params=_PARAMETERS),)
