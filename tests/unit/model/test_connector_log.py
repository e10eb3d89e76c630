# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which entries of the Admin console's log are of Google's own provisioning, into what, and when."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._connector_log import ConnectorLog

SINCE = datetime(2026, 11, 1, tzinfo=timezone.utc)


def entry(name: str | None, time: str | None = "2026-11-02T10:00:00.000Z", **parameters: str) -> dict[str, Any]:
    return {"id": {"time": time}, "events": [{"name": name, "parameters": [{"name": key, "value": parameters[key]} for key in parameters]}]}


def taken(*rows: dict[str, Any]) -> ConnectorLog:
    log = ConnectorLog(SINCE)
    log.take(rows)
    return log


@pytest.mark.parametrize("name", ["UPDATE_AUTO_PROVISIONED_USER", "CREATE_AUTO_PROVISIONED_USER", "AUTOPROVISIONED_USER_SUSPENDED"])
def test_a_write_is_known_by_its_pattern_as_google_does_not_list_the_names(name: str) -> None:
    (event,) = taken(entry(name, APPLICATION_NAME="Zoom")).events
    assert (event.writes, event.into_zoom) == (True, True)


def test_turning_it_off_is_no_write() -> None:
    (event,) = taken(entry("CHANGE_AUTO_PROVISIONING_STATE", APPLICATION_NAME="Zoom")).events
    assert (event.writes, event.into_zoom) == (False, True)


@pytest.mark.parametrize("name", ["CREATE_USER", "ENABLE_DIRECTORY_SYNC", "", None])
def test_what_else_administrators_do_is_counted_and_left_out(name: str | None) -> None:
    log = taken(entry(name))
    assert (log.entries, log.events) == (1, [])


def test_an_address_is_no_application() -> None:
    (event,) = taken(entry("UPDATE_AUTO_PROVISIONED_USER", USER_EMAIL="zoom@example.com", APP_NAME="Slack", SERVICE_NAME="")).events
    assert (event.applications, event.into_zoom) == (("Slack",), False)


def test_an_entry_of_several_events_and_one_without_parameters() -> None:
    row = entry("CREATE_USER")
    row["events"].append({"name": "UPDATE_AUTO_PROVISIONED_USER"})
    row["events"].append({"name": "UPDATE_AUTO_PROVISIONED_USER", "parameters": [{"value": "Zoom"}]})
    log = taken(row)
    assert (log.entries, [event.applications for event in log.events]) == (1, [(), ()])


@pytest.mark.parametrize("time", [None, "", "yesterday"])
def test_an_entry_without_a_time_is_set_aside(time: str | None) -> None:
    log = taken(entry("UPDATE_AUTO_PROVISIONED_USER", time))
    assert (log.entries, log.unread, log.events, log.oldest) == (0, 1, [], None)


def test_the_oldest_is_known_whatever_the_order() -> None:
    log = taken(entry("A", "2026-11-03T00:00:00Z"), entry("A", "2026-11-02T00:00:00Z"), entry("A", "2026-11-04T00:00:00Z"))
    assert log.oldest == datetime(2026, 11, 2, tzinfo=timezone.utc)


def test_a_name_of_any_length_or_kind_is_one_short_line() -> None:
    """Administrators name applications, and a pattern that looks twice at each letter never ends with a long name."""
    long, odd = taken(
        entry("AUTOPROVISION" * 20_000, APPLICATION_NAME="A" * 100_000),
        entry("AUTO_PROVISIONED_USER\n\x1b", APP="\u202ea\nb"),
    ).events
    assert len(long.name) < 150
    assert len(long.applications[0]) < 150
    assert (odd.name + odd.applications[0]).isprintable()


def test_another_service_whose_name_begins_alike_is_not_zoom() -> None:
    events = taken(*(entry("UPDATE_AUTO_PROVISIONED_USER", APPLICATION_NAME=name) for name in ("ZoomInfo", "Zoom", "My zoom (new)"))).events
    assert [event.into_zoom for event in events] == [False, True, True]
