# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says where a run is: rate, time left, several tenants, and what fits into a terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._progress._lines import (
    WINDOW,
    Pace,
    columns,
    cut,
    duration,
    line,
    plain,
)
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._progress._paths import State
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._progress._watch import (
    FIRST,
    SHOWN,
    Screen,
    Watch,
    is_terminal,
    width_of,
)
from hypothesis import given
from hypothesis import strategies as st


def pace(*seen: tuple[float, int], phase: str = "creating accounts", of: int | None = 10_000) -> Pace:
    found = Pace()
    for now, done in seen:
        found.note(now, State(phase, done, of))
    return found


def test_it_says_phase_how_much_of_it_how_fast_and_how_long() -> None:
    found = pace((0, 3340), (10, 4120))
    assert line({"company": found}) == "company: creating accounts, 4,120 of 10,000, 78 a second, 1 min 15 s left"


def test_without_a_total_it_says_how_many_so_far() -> None:
    assert line({"t1": pace((0, 0), (4, 4800), phase="reading Google", of=None)}) == "t1: reading Google, 4,800 so far, 1,200 a second"


def test_what_is_not_known_is_left_out() -> None:
    assert line({"t1": pace((0, 0), phase="waiting for another run", of=None)}) == "t1: waiting for another run"
    assert line({"t1": pace((0, 10), (1, 60))}) == "t1: creating accounts, 60 of 10,000", "too early for a rate"
    assert line({"t1": Pace()}) == line({}) == ""


def test_a_slow_rate_is_said_for_a_minute_and_none_not_at_all() -> None:
    assert line({"t1": pace((0, 0), (10, 4), of=8)}) == "t1: creating accounts, 4 of 8, 24 a minute, 10 s left"
    assert line({"t1": pace((0, 4), (10, 4), of=8)}) == "t1: creating accounts, 4 of 8"
    assert line({"t1": pace((0, 0), (10, 8), of=8)}) == "t1: creating accounts, 8 of 8, 48 a minute"


def test_the_rate_is_that_of_the_last_seconds() -> None:
    found = pace(*((float(second), 100 * second) for second in range(30)))
    for second in range(30, 50):
        found.note(second, State("creating accounts", 3000 + (second - 30), 10_000))
    assert found.rate == pytest.approx(1, abs=0.1)
    assert found.seen[-1][0] - found.seen[0][0] <= WINDOW + 1


def test_another_phase_begins_anew() -> None:
    found = pace((0, 0), (10, 1000))
    found.note(11, State("setting licences", 5, 10))
    found.note(12, None)
    assert line({"t1": found}) == "t1: setting licences, 5 of 10"


def test_several_tenants_share_a_line_the_most_common_phase_first() -> None:
    paces = {f"t{n}": pace((0, 0), (10, 100 * (n + 1)), of=1000) for n in range(3)}
    paces["t8"], paces["t9"] = pace((0, 0), (10, 50), phase="reading Zoom", of=None), Pace()
    assert line(paces) == (
        "5 tenants: 3 creating accounts, 600 of 3,000, 60 a second, 1 min 30 s left; 1 reading Zoom, 50 so far, 5 a second"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.4, "59 s"), (61, "1 min 1 s"), (128, "2 min 10 s"), (3599, "1 h"), (7500, "2 h 5 min"), (300, "5 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@given(st.text(), st.integers(1, 120))
def test_a_line_fits_into_its_terminal(text: str, width: int) -> None:
    assert columns(cut(text, width)) < width or columns(text) == 0
    assert text.startswith(cut(text, width))


def test_the_name_of_a_host_moves_no_cursor() -> None:
    assert plain("t1\r\x1b[2J") == "t1??[2J"


def terminal(screen: Screen, width: int = 80) -> str:
    """The last line as a terminal shows it."""
    cells: list[str] = [" "] * width
    at = 0
    for sign in screen.stream.getvalue():
        if sign in "\r\b":
            at = 0 if sign == "\r" else at - 1
            continue
        cells[at] = sign
        at += 1
    return "".join(cells).rstrip()


def test_a_shorter_line_leaves_nothing_of_the_longer_one() -> None:
    screen = Screen(io.StringIO())
    for text in ("company: creating accounts, 1,000 of 10,000", "company: reading Zoom", ""):
        screen.show(text, 80)
        assert terminal(screen) == text
    screen.show("x" * 200, 40)
    assert terminal(screen) == "x" * 39
    screen.clear()
    screen.clear()
    assert terminal(screen) == ""
    assert "\n" not in screen.stream.getvalue()


def test_a_terminal_that_is_gone_is_nobodys_trouble() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    stream.close()
    screen.show("t1", 80)
    screen.clear()
    assert width_of(stream) == 80


class Stream(io.StringIO):
    def __init__(self, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.mark.parametrize(
    ("tty", "term", "callback", "expected"),
    [
        (True, "xterm-256color", "default", True),
        (False, "xterm-256color", "default", False),
        (True, "dumb", "default", False),
        (True, "", "default", False),
        (True, "xterm", "awx_display", False),
    ],
)
def test_a_line_is_renewed_only_where_a_person_looks_at_a_terminal(tty: bool, term: str, callback: str, expected: bool) -> None:
    assert is_terminal(Stream(tty), {"TERM": term}, callback) is expected
    assert not is_terminal(None, {"TERM": "xterm"}, "default")


def played(watch: Watch, seconds: int, hosts: dict[str, int]) -> list[tuple[int, str]]:
    """`hosts`: name -> second in which its task ends."""
    for host in hosts:
        watch.begin(host, 0)
    lines: list[tuple[int, str]] = []
    for second in range(seconds):
        for host, ends in hosts.items():
            if second == ends:
                watch.end(host)
        watch.look(second, lambda _host, second=second: State("creating accounts", second * 10, 10_000))  # type: ignore[misc]
        lines += [(second, text) for text in watch.due(second)]
    return lines


def test_plain_lines_come_each_interval_for_each_host_and_none_for_short_tasks() -> None:
    lines = played(Watch(30), 100, {"t1": 1000, "t2": 45, "short": int(FIRST) - 1})
    assert [(second, text.partition(":")[0]) for second, text in lines] == [(10, "t1"), (10, "t2"), (40, "t1"), (40, "t2"), (70, "t1")]
    assert lines[0][1] == "t1: creating accounts, 100 of 10,000, 10 a second, 16 min 30 s left"


def test_a_host_has_no_second_line_within_the_interval_in_its_next_task_either() -> None:
    watch = Watch(30)
    first = played(watch, 15, {"t1": 12})
    watch.begin("t1", 15)
    later: list[Any] = []
    for second in range(15, 60):
        watch.look(second, lambda _host: State("setting licences", 1, 2))
        later += [second for _text in watch.due(second)]
    assert ([second for second, _text in first], later) == ([10], [40])


def test_the_renewed_line_waits_a_moment_so_that_short_tasks_do_not_flicker() -> None:
    watch = Watch(30)
    watch.begin("t1", 0)
    watch.look(0.5, lambda _host: State("reading Zoom", 5))
    assert watch.renewed(SHOWN / 2) == ""
    assert watch.renewed(SHOWN) == "t1: reading Zoom, 5 so far"
