# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading the audit log of Google's Admin console, as far back as asked for and no further than a limit."""

from __future__ import annotations

from datetime import datetime, timezone

from .._model._connector_log import ConnectorLog
from .._transport._google_reports import ADMIN_PATH, Reports
from .._transport._shapes import Aside, PageCount


def read_connector_log(reports: Reports, since: datetime, most: int) -> ConnectorLog:
    """`most`: entries after which no further page is asked for; where the log goes on, it is not whole."""
    log, aside, token, count = ConnectorLog(since), Aside(), "", PageCount("Google", ADMIN_PATH)
    text = since.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    while True:
        rows, token = reports.admin_activities(text, aside, token)
        log.take(rows)
        if not token or log.entries >= most:
            break
        count.check(log.entries)
    log.whole = not token
    log.unread += len(aside.rows)
    return log
