# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that quote the code say what the code says."""

from __future__ import annotations

import re

import pages
import pytest
from pages.sentences import NotSaid, says
from sandbox.frame.faults import Fault
from sandbox.settings import TABLE


@pytest.mark.parametrize("name", pages.TEMPLATES)
def test_a_page_is_as_its_template_and_the_code_make_it(name: str) -> None:
    assert (pages.ROOT / "docs" / name).read_text(encoding="utf-8") == pages.page(name), "run make docs"


def test_a_sentence_that_nothing_prints_is_not_quoted() -> None:
    with pytest.raises(NotSaid):
        says("Everything will be fine, whatever you do")


@pytest.mark.parametrize("quoted", ["*name* is *path*, but this user has no home folder", "{name} must be a list of addresses"])
def test_a_sentence_is_quoted_in_words_for_people(quoted: str) -> None:
    """A placeholder that is a name of Python's, or a call, is given a word by the page."""
    with pytest.raises(NotSaid):
        says(quoted)


def test_no_page_quotes_a_placeholder_that_is_code() -> None:
    for name in pages.TEMPLATES:
        assert re.findall(r"\*[a-z]*[_(][a-z_()]*\*", pages.page(name)) == [], name


def test_a_placeholder_gets_its_word_from_the_page() -> None:
    assert "uid *number* has no entry" in says("*name* is *path*, but this user has no home folder | getuid()=number")
    with pytest.raises(NotSaid):
        says("*name* is *path*, but this user has no home folder | getuid()=number | nothing=such")


def test_the_page_of_the_sandbox_lists_every_switch_fault_and_control_path() -> None:
    text = pages.page("sandbox.md")
    faults = {name for name in Fault.__dataclass_fields__ if name != "hits"}
    assert [name for name in (*TABLE, *sorted(faults)) if f"`{name}`" not in text] == []
    assert [path for path in ("ledger", "state", "clock", "faults", "switches") if f"GET /_sandbox/{path}`" not in text] == []


def test_every_value_of_a_switch_is_on_the_page() -> None:
    text = pages.page("sandbox.md")
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    for name, switch in TABLE.items():
        values = (switch.default, *(switch.allowed or ()))
        shown = ["null" if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in values]
        assert [value for value in shown if f"`{value}`" not in rows[name]] == [], name
