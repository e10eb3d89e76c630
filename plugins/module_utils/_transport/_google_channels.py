# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's notification channels about users. Names: discovery document of the Directory API, revision 20261104."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._google_credentials import GoogleConnection, google_authorizer
from ._google_directory import USERS_READ
from ._google_forms import CHANNEL
from ._google_wire import GoogleWire, is_rate_limit
from ._http import Http, HttpOptions
from ._pacing import steady

_PER_SECOND = 5.0  # a handful in all


class ChannelApi:
    """Opens and stops channels of one customer."""

    def __init__(self, http: Http, customer: str, subject: str | None = None) -> None:
        self._wire, self.customer = GoogleWire(http, steady(_PER_SECOND), subject=subject), customer

    def watch(self, event: str, id: str, address: str, token: str, ttl: int) -> dict[str, Any]:
        """id, resourceId and expiration (milliseconds, as text) of the new channel."""
        body = {"id": id, "type": "web_hook", "address": address, "token": token, "payload": True, "params": {"ttl": str(ttl)}}
        query = {"customer": self.customer, "event": event}
        return self._wire.checked("POST", "/admin/directory/v1/users/watch", CHANNEL, query=query, body=body)

    def stop(self, id: str, resource_id: str) -> None:
        """NotFound where it has ended by itself."""
        self._wire.checked("POST", "/admin/directory_v1/channels/stop", None, body={"id": id, "resourceId": resource_id})


def open_channels(connection: GoogleConnection, options: HttpOptions, on_secret: Callable[[str], None]) -> ChannelApi:
    authorize = google_authorizer(connection, options, [USERS_READ], on_secret)
    return ChannelApi(Http("Google", connection.api_url, options, authorize, is_rate_limit), connection.customer, connection.subject)
