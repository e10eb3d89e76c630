# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two mailboxes are never taken for one: addresses are compared without the case of ASCII, and nothing else is folded."""

from __future__ import annotations

import string
import unicodedata

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import fold, looks_like_address, mailbox, name_key
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import is_address, lowered
from hypothesis import given
from hypothesis import strategies as st

UPPER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
ANY = st.text(st.characters(), max_size=12)
LOOK_ALIKE = [
    ("zo\u00e9@example.com", "zoe\u0301@example.com"),
    ("ali@example.com", "al\u0131@example.com"),
    ("ali@example.com", "AL\u0130@example.com"),
    ("kim@example.com", "\u212aim@example.com"),
    ("\u00e5sa@example.com", "\u212bsa@example.com"),
    ("strasse@example.com", "stra\u00dfe@example.com"),
    ("ada@example.com", "\uff41da@example.com"),
    ("ada@example.com", "\u0430da@example.com"),
    ("ada@example.com", "ada@example\u3002com"),
    ("ada@example.com", "ada@ex\u00adample.com"),
    ("ada@example.com", "ada\u200b@example.com"),
    ("ada@example.com", "ada@example.com\u00a0"),
    ("ada@example.com", "\u202eada@example.com"),
    ("ada@example.com", "ada\x00@example.com"),
    ("sigma\u03c3@example.com", "sigma\u03c2@example.com"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKE)
def test_what_only_looks_alike_is_another(one: str, other: str) -> None:
    for form in (fold, lowered, mailbox):
        assert form(one) != form(other)


@given(ANY, ANY)
def test_two_addresses_are_one_only_if_they_differ_in_nothing_but_the_case_of_ascii(one: str, other: str) -> None:
    one, other = f"a{one}b", f"a{other}b"  # blanks around are another matter
    same = one.translate(UPPER) == other.translate(UPPER)
    assert (fold(one) == fold(other)) == same
    assert (lowered(one) == lowered(other)) == same


@given(ANY)
def test_both_rooms_fold_alike_and_folding_again_changes_nothing(text: str) -> None:
    """The ground floors import nothing of one another."""
    assert fold(text) == lowered(text.strip(" \t\r\n"))
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_other_forms_of_a_text_stay_apart(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        other = unicodedata.normalize(form, text)
        if other.translate(UPPER) != text.translate(UPPER):
            assert fold(f"a{text}b") != fold(f"a{other}b")


def test_a_full_width_at_makes_no_address() -> None:
    for text in ("ada\uff20example.com", "ada\ufe6bexample.com"):
        assert not is_address(text)
        assert not looks_like_address(text)


def test_names_of_groups_are_compared_as_people_read_them() -> None:
    assert name_key("Z\u00dcRICH  Staff") == name_key("z\u00fcrich staff") == name_key("zu\u0308rich staff\u200b")
