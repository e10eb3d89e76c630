# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Opening and stopping Google's channels, each remembered before the next request."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence

from .._model._channel import Channel, Wish, mark_of
from .._model._snapshot import Snapshot, save
from .._plan._user_watch import WatchPlan
from .._read._channels import CHANNELS
from .._transport._errors import NotFound, UnexpectedAnswer
from .._transport._google_channels import ChannelApi

Keep = Callable[[Sequence[Channel]], None]


def keeper(path: str, customer: str) -> Keep:
    return lambda channels: save(path, Snapshot(CHANNELS, customer, list(channels)))


def apply_watch(api: ChannelApi, plan: WatchPlan, wish: Wish, keep: Keep) -> list[Channel]:
    """What is open in the end."""
    held = [*plan.keep, *plan.stop]
    for event in plan.open:
        held.append(_open(api, event, wish))
        keep(held)
    for channel in plan.stop:
        try:
            api.stop(channel.id, channel.resource_id)
        except NotFound:  # it has ended by itself
            pass
        held.remove(channel)
        keep(held)
    return held


def _open(api: ChannelApi, event: str, wish: Wish) -> Channel:
    id, now = str(uuid.uuid4()), int(time.time())
    answer = api.watch(event, id, wish.address, wish.token, wish.ttl)
    if answer["id"] != id:
        raise UnexpectedAnswer("Google answered the request for a notification channel with another one.")
    return Channel(id, answer["resourceId"], event, wish.address, mark_of(wish.token, id), now, int(answer["expiration"]) // 1000)
