# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's Reports API: the audit log of the Admin console. Names and limits: discovery document, revision 20260929."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._google_credentials import GoogleConnection, google_authorizer
from ._google_forms import ACTIVITIES, ACTIVITY
from ._google_wire import GoogleWire, is_rate_limit
from ._http import Http, HttpOptions
from ._pacing import steady
from ._shapes import Aside, OddRow, settle, usable

AUDIT_SCOPE = "admin.reports.audit.readonly"
_BASE = "/admin/reports/v1"
ADMIN_PATH = f"{_BASE}/activity/users/all/applications/admin"
_PAGE = 1000  # the API's maximum; more is refused
_PER_SECOND = 38.0  # below 2,400 queries a minute, user and project
_FIELDS = "kind,nextPageToken,items(id/time,events(name,parameters(name,value)))"


class Reports:
    """What administrators, and Google in their place, did to one customer."""

    def __init__(self, http: Http, customer: str, subject: str | None = None) -> None:
        self._wire, self._customer = GoogleWire(http, steady(_PER_SECOND), _BASE, subject), customer

    def admin_activities(self, since: str, aside: Aside | None = None, token: str = "") -> tuple[list[dict[str, Any]], str]:
        """One page, the newest first, and the token of the next one, '' where there is none. `since`: RFC 3339.

        Not asked for by the name of an event: one that Google does not know fails the whole request, and not all of them are known to us.
        """
        query = {"startTime": since, "maxResults": _PAGE, "customerId": self._customer, "fields": _FIELDS}
        data = self._wire.checked("GET", ADMIN_PATH, ACTIVITIES, query={**query, "pageToken": token} if token else query)
        odd = list[OddRow]()
        found = list(usable(data.get("items") or [], ACTIVITY, "Google's admin events", odd))
        settle("Google", ADMIN_PATH, odd, aside, len(found))
        return found, data.get("nextPageToken") or ""


def open_reports(connection: GoogleConnection, options: HttpOptions, on_secret: Callable[[str], None]) -> Reports:
    """A client with a token of its own: one scope that is not granted fails a whole token request, and this scope is optional."""
    authorize = google_authorizer(connection, options, [AUDIT_SCOPE], on_secret)
    return Reports(Http("Google", connection.api_url, options, authorize, is_rate_limit), connection.customer, connection.subject)
