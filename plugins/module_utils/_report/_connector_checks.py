# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What preflight says of Google's own provisioning into Zoom: a row, as of Zoom's checks. Pure.

Both would undo each other's work, so a write into Zoom of the last day fails the check. An older one may be from before it was turned off,
and where the log does not show the service, it may be into another one: that is for people to look up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from .._model._connector_log import ConnectorEvent, ConnectorLog
from .._model._text import shortened
from .._transport._errors import ApiError, CredentialError, Forbidden, ScopeMissing, TransportError
from .._transport._google_credentials import SCOPE_PREFIX, UNGRANTED
from .._transport._google_reports import AUDIT_SCOPE
from ._checks import check
from ._refusals import advise, subject_of

NAME = "connector"
RECENT = timedelta(days=1)
_WHERE = "Admin console, Apps, Web and mobile apps, Zoom, Autoprovisioning"
_WHO = "Google's own provisioning (autoprovisioning)"
_SCOPE = f"{SCOPE_PREFIX}{AUDIT_SCOPE}"


def connector_checks(log: ConnectorLog, now: datetime) -> list[dict[str, Any]]:
    writes = [event for event in log.events if event.writes]
    into_zoom = [event for event in writes if event.into_zoom]
    unclear = [event for event in writes if not event.applications]
    if into_zoom:
        found = check(NAME, _last(into_zoom) <= now - RECENT, _into_zoom(into_zoom, log, now))
    elif unclear:
        found = check(NAME, True, _unclear(unclear, log))
    else:
        found = check(NAME, True, _none(writes, log))
    settings = sorted({event.name for event in log.events if not event.writes})
    if settings:
        found["message"] += f" Settings of it were changed, too ({shortened(settings, counted=True)})."
    if log.unread:
        found["message"] += f" {log.unread} entries of the log could not be understood and were left out."
    return [found]


def _into_zoom(writes: Sequence[ConnectorEvent], log: ConnectorLog, now: datetime) -> str:
    last = _last(writes)
    seen = f"{_WHO} wrote to Zoom {_times(writes, log)}, last at {shown(last)} ({writes[0].name})"
    if last > now - RECENT:
        return (
            f"{seen}: it and this collection would undo each other's work. Turn it off ({_WHERE}). If you have done so since then, run "
            f"preflight again after {shown(last + RECENT)}."
        )
    return f"{seen}. Since then nothing was seen of it; check that it is off ({_WHERE})."


def _unclear(writes: Sequence[ConnectorEvent], log: ConnectorLog) -> str:
    return (
        f"{_WHO} wrote {_times(writes, log)}, last at {shown(_last(writes))} ({writes[0].name}), but Google's log does not show into which "
        f"service: check that it is off for Zoom ({_WHERE}), because it and this collection would undo each other's work."
    )


def _none(others: Sequence[ConnectorEvent], log: ConnectorLog) -> str:
    names = sorted({name for event in others for name in event.applications})
    elsewhere = f" (but into {shortened(names, counted=True)})" if names else ""
    return (
        f"Among the {log.entries} admin events {_period(log)} is no write of {_WHO} into Zoom{elsewhere}. It writes only when somebody "
        f"changes, so check once that it is off ({_WHERE})."
    )


def _times(writes: Sequence[ConnectorEvent], log: ConnectorLog) -> str:
    return f"{len(writes)} time{'s' if len(writes) > 1 else ''} among the {log.entries} admin events {_period(log)}"


def _period(log: ConnectorLog) -> str:
    if log.whole:
        return f"since {shown(log.since)}"
    back = f", which go back to {shown(log.oldest)}" if log.oldest else ""
    return f"that were read{back}; older ones were not read (max_events)"


def _last(events: Sequence[ConnectorEvent]) -> datetime:
    return max(event.time for event in events)


def shown(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M UTC")


def facts_of(log: ConnectorLog) -> dict[str, Any]:
    """The same for programs."""
    writes = [event for event in log.events if event.writes]
    return {
        "writes": len(writes),
        "writes_to_zoom": len([event for event in writes if event.into_zoom]),
        "last": _last(writes).isoformat() if writes else "",
        "applications": sorted({name for event in writes for name in event.applications}),
        "events_read": log.entries,
        "complete": log.whole,
    }


def not_checked(error: TransportError | OSError) -> dict[str, Any]:
    """Never a failure: the scope is optional."""
    text = f"Optional: whether {_WHO} still writes to Zoom was not checked. {_why(error)} Until then, look yourself ({_WHERE})."
    return check(NAME, True, text)


def _why(error: TransportError | OSError) -> str:
    if isinstance(error, CredentialError) and UNGRANTED in str(error):
        return f"To have it checked, grant the scope {_SCOPE} too (Admin console, Domain-wide delegation)."
    if isinstance(error, ScopeMissing):
        return f"Google's token lacks the scope {_SCOPE}; add it to the domain-wide delegation [{error}]"
    if isinstance(error, Forbidden) and error.code == "forbidden":
        return f"Google denies this; {subject_of(error)} must be an administrator with the privilege Reports [{error}]"
    if isinstance(error, OSError):
        return f"Google was not reached ({error}); check api_url and ca_path, and any proxy."
    return advise(error) if isinstance(error, ApiError) else str(error)
