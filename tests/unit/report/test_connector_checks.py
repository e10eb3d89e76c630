# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What preflight says of Google's own provisioning: fails on a fresh write into Zoom, and speaks of the rest."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._connector_log import ConnectorEvent, ConnectorLog
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._connector_checks import connector_checks, facts_of

NOW = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
NAME = "UPDATE_AUTO_PROVISIONED_USER"


def write(hours: float, *applications: str, name: str = NAME, writes: bool = True) -> ConnectorEvent:
    return ConnectorEvent(name, NOW - timedelta(hours=hours), writes, applications)


def told(*events: ConnectorEvent, **more: Any) -> dict[str, Any]:
    log = ConnectorLog(NOW - timedelta(days=7), entries=12, oldest=NOW - timedelta(days=2), events=list(events), **more)
    (row,) = connector_checks(log, NOW)
    assert row["check"] == "connector"
    return row


def test_a_write_into_zoom_of_the_last_day_fails() -> None:
    row = told(write(2, "Zoom"), write(30, "Zoom"), write(1, "Slack"))
    assert not row["passed"]
    assert "wrote to Zoom 2 times among the 12 admin events since 2026-11-20 12:00 UTC, last at 2026-11-27 10:00 UTC" in row["message"]
    assert "Turn it off" in row["message"] and "again after 2026-11-28 10:00 UTC" in row["message"]


@pytest.mark.parametrize("hours", [24, 90])
def test_an_older_one_may_be_from_before_it_was_turned_off(hours: float) -> None:
    row = told(write(hours, "Zoom Meetings"))
    assert row["passed"] and "wrote to Zoom 1 time among" in row["message"] and "check that it is off" in row["message"]


def test_where_the_log_does_not_show_the_service_people_look_it_up() -> None:
    row = told(write(1), write(2, "Slack"))
    assert row["passed"] and "does not show into which service" in row["message"] and "check that it is off for Zoom" in row["message"]


def test_other_services_are_none_of_ours() -> None:
    row = told(write(1, "Slack"))
    assert row["passed"] and "no write of Google's own provisioning (autoprovisioning) into Zoom (but into Slack)" in row["message"]


def test_none_seen_is_not_the_same_as_off() -> None:
    row = told()
    assert row["passed"] and "Among the 12 admin events since 2026-11-20 12:00 UTC" in row["message"] and "check once" in row["message"]


@pytest.mark.parametrize(
    ("oldest", "words"), [(NOW, "go back to 2026-11-27 12:00 UTC; older ones were not read"), (None, "that were read;")]
)
def test_how_far_back_was_read_is_said_where_it_was_not_all(oldest: datetime | None, words: str) -> None:
    (row,) = connector_checks(ConnectorLog(NOW - timedelta(days=7), entries=5000, oldest=oldest, whole=False), NOW)
    assert words in row["message"] and "max_events" in row["message"]


def test_settings_and_entries_that_could_not_be_read_are_named() -> None:
    row = told(write(1, "Zoom", name="CHANGE_AUTO_PROVISIONING", writes=False), unread=3)
    assert row["passed"] and "(CHANGE_AUTO_PROVISIONING)" in row["message"] and "3 entries of the log" in row["message"]


def test_the_same_for_programs() -> None:
    log = ConnectorLog(NOW, entries=3, events=[write(1, "Zoom"), write(2, "Slack")])
    assert facts_of(log) == {
        "writes": 2, "writes_to_zoom": 1, "last": "2026-11-27T11:00:00+00:00", "applications": ["Slack", "Zoom"], "events_read": 3,
        "complete": True,
    }  # fmt: skip
    assert facts_of(ConnectorLog(NOW))["last"] == ""
