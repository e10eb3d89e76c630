# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether this module was begun before its task is there: it reads what it can, and then waits.

Until then nobody has asked for it, so it writes nothing, and what other tasks of the run leave for it is not there yet.
"""

from __future__ import annotations

from collections.abc import Callable

_LOOK_EVERY = 0.2  # seconds; how long what nobody will ask for outlives its run

_events: list[Callable[[float], bool]] = []


def begun_ahead(is_asked: Callable[[float], bool]) -> None:
    """From now on, in this process. `is_asked`: waits for so many seconds at most, and tells whether the task is there."""
    _events[:] = [is_asked]


def is_ahead() -> bool:
    return bool(_events)


def wait_for_task(look: Callable[[], None]) -> None:
    """`look` raises where the run is over or interrupted."""
    while _events:
        look()
        if _events[0](_LOOK_EVERY):
            _events.clear()
