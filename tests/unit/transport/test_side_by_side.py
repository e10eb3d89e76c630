# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls side by side: results in order, no worker that waits for the slowest call of a part, and an end at the first error."""

from __future__ import annotations

import threading

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._side_by_side import _PART, side_by_side

MANY = range(3 * _PART + 7)


def test_results_come_in_the_order_of_the_items() -> None:
    assert side_by_side(lambda item: item * 2, MANY, lambda: 4) == [item * 2 for item in MANY]
    assert side_by_side(lambda item: item, [], lambda: 4) == []


def test_while_one_call_is_slow_those_of_the_next_part_go_on() -> None:
    behind = threading.Event()

    def work(item: int) -> bool:
        if item == _PART + 1:
            behind.set()
        return behind.wait(30) if item == 0 else True

    assert all(side_by_side(work, MANY, lambda: 3))


def test_the_first_error_ends_it_and_what_has_not_begun_never_does() -> None:
    begun = list[int]()

    def work(item: int) -> None:
        begun.append(item)
        if item == 5:
            raise ValueError("five")

    with pytest.raises(ValueError, match="five"):
        side_by_side(work, MANY, lambda: 2)
    assert len(begun) < len(MANY)


def test_as_many_go_side_by_side_as_workers_are_wanted_also_where_more_are_wanted_later() -> None:
    wanted, at_once, most, lock = [2], [0], list[int](), threading.Lock()
    met = threading.Barrier(6)

    def work(item: int) -> None:
        with lock:
            at_once[0] += 1
            most.append(at_once[0])
        if len(MANY) - 7 <= item < len(MANY) - 1:
            met.wait(30)  # six of the last part
        with lock:
            at_once[0] -= 1
            wanted[0] = 6

    side_by_side(work, MANY, lambda: wanted[0])
    assert max(most[:_PART]) <= 2
    assert max(most) == 6
