# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of Google's notification channels are kept, opened and stopped."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._channel import Channel, Wish, mark_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._user_watch import plan_watch

HOUR = 3600
NOW = 1_000_000
TOKEN = "a token of one tenant"
WISH = Wish(("add", "update"), "https://events.example.com/google", TOKEN, 48 * HOUR, 12 * HOUR)


def channel(event: str, hours: float, id: str = "", **other: str) -> Channel:
    id = id or f"id-of-{event}"
    made = Channel(id, f"r-{id}", event, WISH.address, mark_of(TOKEN, id), NOW - 24 * HOUR, NOW + int(hours * HOUR))
    return replace(made, **other)


def test_the_first_time_one_is_opened_for_each_event() -> None:
    plan = plan_watch([], WISH, NOW)
    assert (plan.keep, plan.open, plan.stop) == ((), ("add", "update"), ())


def test_what_is_open_for_long_enough_stays() -> None:
    known = [channel("update", 13), channel("add", 24)]
    plan = plan_watch(known, WISH, NOW)
    assert (plan.keep, plan.open, plan.stop) == ((known[1], known[0]), (), ())


def test_what_ends_soon_is_followed_by_another_one_and_then_stopped() -> None:
    known = [channel("add", 24), channel("update", 12)]
    plan = plan_watch(known, WISH, NOW)
    assert (plan.open, plan.stop) == (("update",), (known[1],))


def test_another_address_or_token_opens_others_and_stops_the_former_ones() -> None:
    known = [channel("add", 24, address="https://old.example.com/"), channel("update", 24, mark=mark_of("former token", "id-of-update"))]
    plan = plan_watch(known, WISH, NOW)
    assert (plan.keep, plan.open, plan.stop) == ((), ("add", "update"), tuple(known))


def test_an_event_that_is_no_longer_wanted_and_a_second_channel_are_stopped() -> None:
    known = [channel("add", 20, "a1"), channel("add", 24, "a2"), channel("update", 24), channel("delete", 24)]
    plan = plan_watch(known, WISH, NOW)
    assert (plan.keep, plan.open, plan.stop) == ((known[1], known[2]), (), (known[0], known[3]))


def test_what_has_run_out_is_forgotten_and_not_stopped() -> None:
    plan = plan_watch([channel("add", 0), channel("update", -5), channel("delete", -1)], WISH, NOW)
    assert (plan.keep, plan.open, plan.stop) == ((), ("add", "update"), ())


def test_a_channel_shorter_than_asked_for_is_renewed_in_its_second_half_and_not_in_every_run() -> None:
    short = replace(channel("add", 4), opened=NOW - 1 * HOUR)
    assert plan_watch([short], replace(WISH, events=("add",)), NOW).open == ()
    assert plan_watch([short], replace(WISH, events=("add",)), NOW + 2 * HOUR).open == ("add",)


def test_with_no_wish_all_that_is_open_is_stopped() -> None:
    known = (channel("add", 24), channel("update", 1))
    assert plan_watch(known, Wish((), "", "", 0, 0), NOW).stop == known
