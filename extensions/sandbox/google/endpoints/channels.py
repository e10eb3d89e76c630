# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notification channels about users: watch and stop. Groups and their members have none."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from ..rules import notify
from ..rules.errors import bad_request, invalid, missing, refuse, required
from ..store.channels import Channel
from .endpoint import NOTHING, Call, Endpoint

_EVENTS = ("add", "delete", "makeAdmin", "undelete", "update")
_ID = re.compile(r"[A-Za-z0-9_+/=-]{1,64}")
_DEFAULT, _LONGEST = 2 * 3600, 2 * 24 * 3600  # seconds


def watch(call: Call) -> dict[str, Any]:
    customer, domain = call.query.get("customer"), call.query.get("domain", "")
    if not customer and not domain:
        raise bad_request()
    if customer:
        call.customer(customer)
    event = call.query.get("event", "")
    if event and event not in _EVENTS:
        raise invalid(f"Invalid value for event: {event}")
    body = call.body
    for name in ("id", "type", "address"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise required(name)
    _check(call, body["id"], body["type"], body["address"])
    token = body.get("token", "")
    if not isinstance(token, str) or len(token) > 256:
        raise invalid("Invalid value for token: it must be a text of at most 256 characters")
    expires = call.store.now() + timedelta(seconds=_lifetime(call))
    channel = Channel(body["id"], secrets.token_urlsafe(20), event, domain, body["address"], token, expires, call.request.state.actor)
    call.store.channels.add(channel)
    notify.send(call.store, channel, "sync")
    shown = {"kind": "api#channel", "id": channel.id, "resourceId": channel.resource_id, "resourceUri": str(call.request.url)}
    return {**shown, "token": token, "expiration": str(int(expires.timestamp() * 1000))}


def _check(call: Call, id: str, kind: str, address: str) -> None:
    if not _ID.fullmatch(id):
        raise invalid(f"Invalid channel id: {id}")
    if kind != "web_hook":
        raise refuse(400, "push.channelTypeNotSupported", f"Channel type not supported: {kind}")
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        raise refuse(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {address}")
    if call.store.channels.is_taken(id):
        raise refuse(400, "channelIdNotUnique", f"Channel id {id} not unique")


def _lifetime(call: Call) -> float:
    """What is asked for, as ttl or as a moment, and never more than two days."""
    params, until = call.body.get("params") or {}, call.body.get("expiration")
    if not isinstance(params, dict) or not all(isinstance(value, str) for value in params.values()):
        raise invalid("Invalid value for params: its values must be texts")
    seconds = float(_LONGEST)
    if "ttl" in params:
        if not params["ttl"].isdecimal() or not int(params["ttl"]):
            raise invalid(f"Invalid value for ttl: {params['ttl']}")
        seconds = float(params["ttl"])
    elif until is None:
        seconds = float(_DEFAULT)
    if until is not None:
        moment = datetime.fromtimestamp(int(until) / 1000, timezone.utc) if str(until).isdecimal() else None
        if moment is None or moment <= call.store.now():
            raise invalid(f"Invalid value for expiration: {until}")
        seconds = min(seconds, (moment - call.store.now()).total_seconds())
    return min(seconds, float(call.switches["google_channel_lifetime"]), _LONGEST)


def stop(call: Call) -> object:
    id, resource = call.body.get("id"), call.body.get("resourceId")
    for name in ("id", "resourceId"):
        if not call.body.get(name):
            raise required(name)
    for channel in call.store.channels.open(call.store.now()):
        if (channel.id, channel.resource_id, channel.actor) == (id, resource, call.request.state.actor):
            call.store.channels.drop(channel)
            return NOTHING
    raise missing(f"Channel '{id}' not found for project '424242'")


_PARAMS = frozenset(
    {
        "customer", "domain", "event", "maxResults", "pageToken", "orderBy", "sortOrder", "query", "showDeleted", "projection",
        "customFieldMask", "viewType",
    }
)  # fmt: skip
ENDPOINTS = (
    Endpoint("POST", "/admin/directory/v1/users/watch", "directory.users.watch", watch, "Channel", "Channel", _PARAMS),
    Endpoint("POST", "/admin/directory_v1/channels/stop", "admin.channels.stop", stop, takes="Channel"),
)
