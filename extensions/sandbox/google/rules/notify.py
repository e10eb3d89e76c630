# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications as Google sends them, but to a loopback address that a switch names: a channel's own is https, and elsewhere."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from datetime import timezone
from email.utils import format_datetime
from urllib.parse import urlsplit

from ..store.channels import Channel
from ..store.entities import User, domain_of
from ..store.store import Store

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PATIENCE = 5


def tell(store: Store, event: str, user: User) -> None:
    """One message for each open channel of this event."""
    body = {"kind": "admin#directory#user", "id": user.id, "etag": f'"{user.version}"', "primaryEmail": user.email}
    for channel in store.channels.open(store.now()):
        if channel.event in ("", event) and channel.domain in ("", domain_of(user.email)):
            send(store, channel, event, json.dumps(body).encode())


def send(store: Store, channel: Channel, state: str, body: bytes = b"") -> None:
    """Nothing where the switch is off; what the receiver answers does not matter."""
    target = store.context.switches["google_push_to"]
    if target == "off":
        return
    parts = urlsplit(target)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK or not parts.port:
        raise ValueError(f"google_push_to is {target}; notifications go to http and a loopback address with a port only")
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_PATIENCE)
    try:
        connection.request("POST", parts.path or "/", body, dict(_headers(channel, state)))
        connection.getresponse().read()
    except OSError:
        pass
    finally:
        connection.close()


def _headers(channel: Channel, state: str) -> Mapping[str, str]:
    channel.sent += 1
    return {
        "Content-Type": "application/json; charset=UTF-8",
        "X-Goog-Channel-ID": channel.id,
        "X-Goog-Channel-Token": channel.token,
        "X-Goog-Channel-Expiration": format_datetime(channel.expires.astimezone(timezone.utc), usegmt=True),
        "X-Goog-Message-Number": str(channel.sent),
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-State": state,
    }
