# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""When an API says that it may be asked again."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

LONGEST_WAIT = 60.0  # seconds; a longer Retry-After is a daily limit
_LONGEST_SAID = 366 * 86400.0  # seconds; what names a later moment is none, such as a time since 1970


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, None where none are given that can be waited for; Zoom sends an ISO date-time, others seconds or an HTTP date."""
    wait = _seconds((headers.get("Retry-After") or "").strip(), headers)
    return wait if wait is None or wait <= _LONGEST_SAID else None


def is_short(headers: Mapping[str, str]) -> bool:
    """Whether a moment is named that a run waits for."""
    wait = retry_after(headers)
    return wait is not None and wait <= LONGEST_WAIT


def _seconds(text: str, headers: Mapping[str, str]) -> float | None:
    """A moment is counted from the answer's own Date: by a clock that is wrong here, a limit of a second would be one of days, or none."""
    if text.isdecimal():
        return float(text)
    when, now = _moment(text), _moment((headers.get("Date") or "").strip()) or datetime.now(timezone.utc)
    return None if when is None else max(0.0, (when - now).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        try:
            when = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return None
    return when if when.tzinfo else when.replace(tzinfo=timezone.utc)


def retry_at(headers: Mapping[str, str]) -> str:
    """The moment that Retry-After names, in UTC and to the minute; nothing where there is none."""
    wait = retry_after(headers)
    return "" if wait is None else f"{datetime.now(timezone.utc) + timedelta(seconds=wait):%Y-%m-%d %H:%M} UTC"
