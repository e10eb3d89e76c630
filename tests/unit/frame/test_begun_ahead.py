# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that was begun ahead waits for its task, and looks all the while whether one can still come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _ahead
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._hold import Orphaned
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run


def over() -> None:
    raise Orphaned("over")


@pytest.fixture
def answers() -> Iterator[list[bool]]:
    """What it hears at each look; the module is ahead until then."""
    given: list[bool] = []
    _ahead.begun_ahead(lambda _seconds: given.pop(0))
    yield given
    _ahead._events.clear()


def test_a_module_that_its_task_began_waits_for_nothing_and_looks_at_no_lock_before_each_read() -> None:
    assert not _ahead.is_ahead()
    _ahead.wait_for_task(over)
    Run({}, True, lambda _secret: None, check_hold=over).before_read()


def test_one_that_was_begun_ahead_looks_until_its_task_is_there_and_is_then_as_any_other(answers: list[bool]) -> None:
    looks: list[int] = []
    answers += [False, False, True]
    assert _ahead.is_ahead()
    _ahead.wait_for_task(lambda: looks.append(1))
    assert (len(looks), answers, _ahead.is_ahead()) == (3, [], False)


def test_one_that_nobody_will_ask_for_ends_at_its_next_read_or_look(answers: list[bool]) -> None:
    answers += [False]
    run = Run({}, True, lambda _secret: None, check_hold=over)
    with pytest.raises(Orphaned):
        run.before_read()
    with pytest.raises(Orphaned):
        _ahead.wait_for_task(run.before_read)
    assert answers == [False], "it did not wait"
