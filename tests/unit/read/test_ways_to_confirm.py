# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many are looked up one by one, whatever the lists show."""

from __future__ import annotations

from typing import Any, cast

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._confirmation import Confirmation
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._second_read import Nobody
from hypothesis import given
from hypothesis import strategies as st

SETTLED, OPEN, MISSED = [True, False, Nobody.ABSENT], [None, Nobody.UNREAD], [True, Nobody.ABSENT]


@given(st.lists(st.sampled_from([*SETTLED, *OPEN])), st.integers(0, 5))
def test_lists_come_before_the_limit_and_whom_they_leave_open_or_miss_is_asked_for_within_it(by_list: list[Any], limit: int) -> None:
    asked = dict(enumerate(by_list))
    alone, lists = list[int](), list[int]()

    def question(way: Any, places: Any) -> list[Any]:
        (alone if way == "singles" else lists).extend(places)
        return [True if way == "singles" else asked[place] for place in places]

    left = [place for place, answer in asked.items() if answer in OPEN]
    rest = [place for place, answer in asked.items() if answer in OPEN or answer in MISSED]
    left = rest if len(rest) <= limit else left
    confirmation = Confirmation(cast(Any, "singles"), cast(Any, "lists"), cast(Any, None), limit)
    answers = confirmation.ask(list(asked), question, many=len(asked) > limit)
    assert len(alone) <= limit
    if len(asked) <= limit:
        assert (alone, lists, answers.found) == (list(asked), [], [True] * len(asked)), "few are asked for one by one, whatever it takes"
    else:
        assert lists == list(asked)
        assert (alone, answers.unasked) == ((left, frozenset()) if len(left) <= limit else ([], frozenset(left)))
        assert all(answers.found[place] == answer for place, answer in asked.items() if place not in left)
