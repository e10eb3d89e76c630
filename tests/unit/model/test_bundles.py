# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For how long, and of whom, a bundle is believed that an earlier run saw."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._bundles import LONGEST, SPREAD, recall_bundles, see_bundle
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import is_unseen
from plain_people import account

SEEN = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
SOON = SEEN + timedelta(minutes=5)


def left(name: str = "ada", held: int | None = 16, **more: Any) -> Account:
    found = account(name, type=2, **more)
    see_bundle(found, held, SEEN)
    return found


def recalled(was: Account, time: datetime = SOON, **more: Any) -> Account:
    now = account("ada", **{"type": 2, **more})
    recall_bundles([now], [was], time)
    return now


@pytest.mark.parametrize("held", [16, 0])
def test_what_was_seen_is_believed_while_the_row_is_as_it_was_and_does_not_pass_for_seen_now(held: int) -> None:
    now = recalled(left(held=held, group_ids=["a", "b"]), group_ids=["b", "a"])
    assert (now.zoom_one_type, now.bundle_seen, now.recalled) == (held, SEEN.isoformat(), True)
    assert is_unseen(now)
    see_bundle(now, 32, SOON)
    assert (now.zoom_one_type, now.bundle_seen, now.recalled, is_unseen(now)) == (32, SOON.isoformat(), False, False)
    see_bundle(now, None, SOON)
    assert (now.zoom_one_type, now.bundle_seen) == (None, "")


@pytest.mark.parametrize(
    "changed", [{"type": 1}, {"plan_united_type": "1"}, {"status": "inactive"}, {"role_id": "1"}, {"last_login": "2026-03-01T12:01:00Z"},
                {"group_ids": ["a"]}],
)  # fmt: skip
def test_what_may_change_with_it_makes_it_void(changed: dict[str, Any]) -> None:
    assert recalled(left(), **changed).bundle_seen == ""


def test_nothing_is_made_of_what_nobody_has_seen_or_the_list_shows() -> None:
    assert recalled(left(held=None)).zoom_one_type is None
    assert recalled(account("ada", type=2, zoom_one_type=16)).zoom_one_type is None, "by a version that kept no time"
    assert recalled(left(), zoom_one_type=32).zoom_one_type == 32
    odd = left()
    odd.bundle_seen = "yesterday"
    assert recalled(odd).zoom_one_type is None
    assert recalled(left("bob")).zoom_one_type is None


def test_it_is_believed_for_a_day_at_most_and_those_read_together_are_not_all_read_again_together() -> None:
    def believed(seconds: int) -> int:
        names = [f"p{number}" for number in range(200)]
        now = [account(name, type=2) for name in names]
        recall_bundles(now, [left(name) for name in names], SEEN + timedelta(seconds=seconds))
        return sum(one.recalled for one in now)

    assert [believed(-1), believed(0), believed(LONGEST - SPREAD), believed(LONGEST)] == [0, 200, 200, 0]
    assert 60 < believed(LONGEST - SPREAD // 2) < 140
