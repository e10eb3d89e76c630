# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that was forked by a run's host has another parent than whoever waits for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _hold
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run


@pytest.fixture
def waits() -> Iterator[list[bool]]:
    before, found = list(_hold._signs), [True]
    _hold.watch(lambda: not found[0])
    yield found
    _hold._signs[:] = before


def test_a_module_that_nobody_waits_for_any_more_may_not_write(waits: list[bool]) -> None:
    hold = _hold.Hold(None, None)
    hold.check()
    waits[0] = False
    with pytest.raises(_hold.Orphaned, match="has ended while this task was working, so it wrote nothing more"):
        hold.check()


def test_a_module_that_nobody_waits_for_any_more_reads_no_further_but_proves_what_it_has_sent(waits: list[bool]) -> None:
    """It may have been told to take no signal, as the one of a terminal reaches it too."""
    hold = _hold.Hold(None, None)
    run = Run({}, False, lambda _secret: None, check_starter=hold.check_starter)
    run.before_read()
    waits[0] = False
    with pytest.raises(_hold.Orphaned):
        run.before_read()
    run.begun.add("writing")
    run.before_read()
