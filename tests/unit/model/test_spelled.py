# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of others is one line that a terminal only prints, and JSON of it says the same as before."""

from __future__ import annotations

import json
import unicodedata

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._spelled import MOST, as_json, spelled
from hypothesis import given
from hypothesis import strategies as st

ANY = st.text(st.characters())  # halves of characters too


@given(ANY)
def test_no_character_of_a_sentence_acts_or_is_unseen(text: str) -> None:
    assert {unicodedata.category(letter) for letter in spelled(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} == set()
    spelled(text).encode()


@given(ANY)
def test_what_can_be_seen_stays(text: str) -> None:
    assert spelled("".join(letter for letter in text if letter.isprintable())) == "".join(letter for letter in text if letter.isprintable())


@given(st.recursive(ANY | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=5))
def test_json_reads_as_it_was_and_shows_all(value: object) -> None:
    for layout in ({}, {"indent": 1}):
        text = as_json(value, **layout)
        assert json.loads(text) == value
        assert all(letter.isprintable() or letter == "\n" or unicodedata.category(letter) == "Zs" for letter in text)
        text.encode()


def test_names_of_people_everywhere_are_left_alone() -> None:
    for name in ("Zoë O'Neill-Müller", "Nguyễn Thị Ánh", "山田　太郎", "محمد علی", "Jean\u00a0Paul", "Ада Байрон", "👩 Ada"):
        assert spelled(name) == name


def test_an_escape_a_mark_and_a_line_are_spelled_and_a_megabyte_is_cut() -> None:
    assert spelled("a\x1b[2J\u202eb\nc\x00\x9bd\ud800\U000e0001") == "a\\u001b[2J\\u202eb\\u000ac\\u0000\\u009bd\\ud800\\U000e0001"
    assert len(spelled("x" * 2**20)) < MOST + 40
    assert spelled("x" * 2**20).endswith("... (1,048,576 characters)")
