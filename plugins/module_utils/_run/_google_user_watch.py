# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_user_watch: channels by which Google sends notifications about users."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

from .._frame._connect_google import connect_channels
from .._frame._module import Run
from .._model._channel import Channel, parse_wish
from .._plan._user_watch import plan_watch
from .._read._channels import read_channels
from .._report._result import Result
from .._write._channels import apply_watch, keeper


def google_user_watch(run: Run) -> Result:
    """One for each event is open for a while to come, and no other."""
    wish, api = parse_wish(run.params), connect_channels(run)
    known = read_channels(run, api.customer)
    plan = plan_watch(known, wish, int(time.time()))
    keep = keeper(run.params["channels_path"], api.customer)
    held = list(plan.keep) if run.check_mode else apply_watch(api, plan, wish, keep)
    stopped = [channel.event for channel in plan.stop]
    facts = {"channels": [_row(channel) for channel in held], "opened": list(plan.open), "stopped": stopped}
    if held:
        facts["valid_until"] = _shown(min(channel.expires for channel in held))
    after = [*plan.keep, *(channel for channel in held if channel not in plan.keep)]
    lines = {"before": _text(known), "after": _text(after) + "".join(f"{event}: new\n" for event in plan.open if run.check_mode)}
    changed = bool(plan.open or plan.stop)
    return Result(changed=changed, facts=facts, diff=[{"header": "notification channels", **lines}] if changed else [])


def _row(channel: Channel) -> dict[str, Any]:
    return {"event": channel.event, "id": channel.id, "expires": _shown(channel.expires)}


def _text(channels: list[Channel]) -> str:
    return "".join(f"{channel.event}: {channel.address} until {_shown(channel.expires)}\n" for channel in channels)


def _shown(moment: int) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="seconds")
