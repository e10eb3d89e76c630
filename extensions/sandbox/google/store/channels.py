# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notification channels: who is to be told of which event, until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Channel:
    """`domain` is empty for the whole customer; `actor`: who opened it, and alone may stop it."""

    id: str
    resource_id: str
    event: str
    domain: str
    address: str
    token: str
    expires: datetime
    actor: str
    sent: int = 0


class Channels:
    """An id is taken once for all, also after its channel has ended."""

    def __init__(self) -> None:
        self._open: dict[str, Channel] = {}
        self._taken: set[str] = set()

    def is_taken(self, id: str) -> bool:
        return id in self._taken

    def add(self, channel: Channel) -> None:
        self._taken.add(channel.id)
        self._open[channel.id] = channel

    def open(self, now: datetime) -> Iterator[Channel]:
        return (channel for channel in list(self._open.values()) if channel.expires > now)

    def drop(self, channel: Channel) -> None:
        del self._open[channel.id]
