# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which of Google's channels to open and which to stop. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._model._channel import Channel, Wish, mark_of


@dataclass(frozen=True)
class WatchPlan:
    """`open`: events. A channel that is followed by another one is stopped after that was opened, so that nothing is missed."""

    keep: tuple[Channel, ...]
    open: tuple[str, ...]
    stop: tuple[Channel, ...]


def plan_watch(known: Sequence[Channel], wish: Wish, now: int) -> WatchPlan:
    """Channels that have run out are forgotten: Google stops them by itself."""
    alive = [channel for channel in known if channel.expires > now]
    keep = list[Channel]()
    for event in wish.events:
        good = [channel for channel in alive if channel.event == event and _is_good(channel, wish, now)]
        keep += sorted(good, key=lambda channel: channel.expires)[-1:]
    missing = tuple(event for event in wish.events if event not in {channel.event for channel in keep})
    return WatchPlan(tuple(keep), missing, tuple(channel for channel in alive if channel not in keep))


def _is_good(channel: Channel, wish: Wish, now: int) -> bool:
    """Google may grant less than was asked for. Of a short one, the second half is left for the renewal."""
    before = min(wish.renew_before, (channel.expires - channel.opened) // 2)
    same = channel.address == wish.address and channel.mark == mark_of(wish.token, channel.id)
    return same and channel.expires - now > before
