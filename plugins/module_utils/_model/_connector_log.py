# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the audit log of Google's Admin console shows of Google's own provisioning into other services (autoprovisioning). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._spelled import spelled
from ._text import moment

# One name was seen, UPDATE_AUTO_PROVISIONED_USER; Google does not document it nor its siblings.
_FAMILY = re.compile(r"AUTO_?PROVISION", re.IGNORECASE)
_OF_A_USER = re.compile(r"AUTO_?PROVISION\w*USER", re.IGNORECASE)
_APPLICATION = re.compile(r"(APP|APPLICATION|SERVICE|SERVICE_PROVIDER|PROVIDER)(_NAME)?", re.IGNORECASE)
_ZOOM = re.compile(r"zoom(?!\s*info)", re.IGNORECASE)  # ZoomInfo is somebody else's
_LONGEST = 100  # characters of a name, which stands in a sentence


@dataclass(frozen=True)
class ConnectorEvent:
    """`writes`: whether it is of a user, so not of a setting. `applications`: into which services, as far as the log shows it."""

    name: str
    time: datetime
    writes: bool
    applications: tuple[str, ...] = ()

    @property
    def into_zoom(self) -> bool:
        return any(_ZOOM.search(name) for name in self.applications)


@dataclass
class ConnectorLog:
    """What was read. `oldest`: the oldest entry; `whole`: whether there are no older ones since then; `unread`: entries of unknown form."""

    since: datetime
    entries: int = 0
    oldest: datetime | None = None
    whole: bool = True
    unread: int = 0
    events: list[ConnectorEvent] = field(default_factory=list)

    def take(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Entries of the log, each of which may be of several events."""
        for row in rows:
            when = moment(row["id"].get("time") or "")
            if when is None:
                self.unread += 1
                continue
            self.entries += 1
            self.oldest = min(self.oldest or when, when)
            self.events += _connectors(row, when)


def _connectors(row: Mapping[str, Any], when: datetime) -> Iterator[ConnectorEvent]:
    for event in row["events"]:
        name = spelled(event.get("name") or "", _LONGEST)
        if _FAMILY.search(name):
            named = (one for one in event.get("parameters") or [] if _APPLICATION.fullmatch(one.get("name") or ""))
            applications = tuple(spelled(one["value"], _LONGEST) for one in named if one.get("value"))
            yield ConnectorEvent(name, when, bool(_OF_A_USER.search(name)), applications)
