# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture of a plan shows what a run prints today, hides nothing without a mark, and is shown without the network."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from plan_picture import PICTURE, picture
from plan_picture.cutting import COLUMNS, LINES, shown
from plan_picture.running import SEAL

NEW = "+ cleo: create (a reason): Cleo"
TEXTS = "{http://www.w3.org/2000/svg}text"


def entry(name: str, kind: str) -> list[str]:
    return [f"--- before: {name}: {kind} (a reason)", f"+++ after: {name}", "@@ -1 +1 @@", "-status: active", "+status: inactive", ""]


def printed(*entries: list[str], report: int = 5) -> str:
    rows = [row for lines in entries for row in lines]
    recap = ["changed: [halden]", "", "PLAY RECAP ****", "halden : ok=1", "", ""]
    return "\n".join(["TASK [first]", *rows, *recap, *(f"line {number}" for number in range(report))])


def plain(output: str) -> list[str]:
    return [line.plain for line in shown(output)][1:]


def test_it_is_what_a_run_prints_today() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run make docs, and look at docs/_static/plan.svg"


def test_it_is_small_and_needs_nothing_from_anywhere() -> None:
    text = PICTURE.read_text(encoding="utf-8")
    assert len(text) < 60_000
    assert re.findall(r"https?://[^\"]+|@import|@font-face|<image|<script|url\((?!#)", text) == ["http://www.w3.org/2000/svg"]


def test_it_has_a_title_and_all_of_its_words_for_whoever_does_not_see_it() -> None:
    root = ElementTree.parse(PICTURE).getroot()
    title, description = root[0], root[1]
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    words = str(description.text)
    drawn = "".join("".join(text.itertext()) for text in root.iter(TEXTS))
    assert re.sub(r"\s", "", drawn) == re.sub(r"\s", "", words)
    assert len(words.splitlines()) <= LINES
    assert max(map(len, words.splitlines())) <= COLUMNS


def test_it_shows_removals_what_waits_and_how_to_make_it() -> None:
    words = re.sub(r"\s+", " ", str(ElementTree.parse(PICTURE).getroot()[1].text))
    for part in (
        "deactivate (out of scope)",
        "Removals that would be made",
        "Needs attention",
        "would make",
        "To apply exactly this plan:",
    ):
        assert part in words
    assert SEAL in words.replace(" ", "")


def test_of_each_kind_one_entry_is_shown_whole_and_a_mark_stands_for_the_others() -> None:
    found = plain(printed(entry("ada", "deactivate"), entry("bob", "deactivate"), [NEW], entry("dan", "update")))
    assert found[:7] == ["[...]", *entry("ada", "deactivate")[:5], "[...]"]
    assert found[7:] == [NEW, *entry("dan", "update")[:5], "[...]", "", *(f"line {n}" for n in range(5))]


def test_no_mark_stands_where_nothing_is_left_out() -> None:
    found = plain(printed(entry("ada", "deactivate"), entry("dan", "update")))
    assert found[:12] == ["[...]", *entry("ada", "deactivate"), *entry("dan", "update")[:5]]


def test_what_does_not_fit_is_left_out_whole() -> None:
    long = plain(printed(entry("ada", "deactivate"), [NEW], report=LINES - 6))
    assert long[:4] == ["[...]", NEW, "[...]", ""]
    assert len(long) + 1 <= LINES
    with pytest.raises(ValueError, match=r"company\.yml"):
        shown(printed(report=LINES))


def test_a_wide_line_is_folded_as_a_terminal_does() -> None:
    *_rest, first, second = plain(printed(report=0) + "\n" + "x" * (COLUMNS + 3))
    assert (len(first), second) == (COLUMNS, "xxx")
