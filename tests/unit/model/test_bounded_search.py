# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An expression over data of many people ends soon, with a value of ordinary size or with one sentence."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._bounded_search import MOST_GIVEN
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from hypothesis import given
from hypothesis import strategies as st

MEGABYTE = "x" * 2**20
ROW: list[Any] = [{"phones": [1] * 40}]
SLOW: dict[str, tuple[str, Any]] = {
    "doubled again and again": ("name | [@,@]" + "|[@,@]" * 100, {"name": "x"}),
    "doubled as dictionaries": ("name | {a:@,b:@}" + "|{a:@,b:@}" * 100, {"name": "x"}),
    "doubled and made text": ("name | [@,@]" + "|[@,@]" * 60 + "|to_string(@)", {"name": "x"}),
    "doubled text": ("notes | join('', [@,@])" + "|join('', [@,@])" * 40, {"notes": MEGABYTE}),
    "rows of rows of rows": (
        "phones[].phones[].phones[].phones[]",
        {"phones": [{"phones": [{"phones": ROW * 40}] * 40}]},
    ),
    "each with each": ("phones[*].[join(',', [value, value]), value] | [] | [*].[@,@,@] | []", {"phones": [{"value": "y"}] * 9_000}),
    "a megabyte": ("notes", {"notes": MEGABYTE}),
    "a megabyte in a list": ("phones[*].value", {"phones": [{"value": MEGABYTE}]}),
    "a megabyte split up": ("sort(phones[*].value)", {"phones": [{"value": str(number)} for number in range(100_000)]}),
    "no number": ("to_number('1e999')", {}),
    "a number of no kind": ("sum(phones)", {"phones": [1e308, 1e308]}),
}


@pytest.mark.parametrize("name", SLOW)
def test_what_has_no_end_is_ended_by_a_sentence(name: str) -> None:
    text, user = SLOW[name]
    start = time.process_time()
    with pytest.raises(PolicyError, match=r"^where: the expression .* can't be evaluated: it .*; write a simpler one\.$"):
        compile_expression(text, "where").search(user)
    assert time.process_time() - start < 3


DEEP = ("(" * 3_999, "name" + ".a" * 1_990, "[" * 900 + "name" + "]" * 900, "!" * 3_000 + "name", "phones[" + "9" * 3_900 + "]")


@pytest.mark.parametrize("text", DEEP)
def test_a_deep_expression_is_refused_when_it_is_read_or_when_it_is_used(text: str) -> None:
    """It was a traceback."""
    try:
        expression = compile_expression(text, "where")
        expression.search({"name": {"a": 1}, "phones": [1]})
    except PolicyError as error:
        assert str(error).startswith("where: ")


def test_a_long_expression_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"where is an expression of 5,000 characters; at most 4,000 are allowed\."):
        compile_expression("name" + " " * 4_996, "where")


def test_a_megabyte_that_is_only_looked_at_is_fine() -> None:
    user = {"notes": {"value": MEGABYTE}, "suspended": False}
    assert compile_expression("contains(notes.value, 'y')", "where").search(user) is False
    assert compile_expression("length(notes.value)", "where").search(user) == 2**20
    assert compile_expression("phones[0]", "where").search({"phones": ["x" * (MOST_GIVEN // 2)]}) == "x" * (MOST_GIVEN // 2)


WORDS = (
    "name phones [] [*] [0] [?value] [::-1] .value .a @ | || && ! ( ) {a:@} [@,name] `1` 'x' , == < &value sort( sort_by( max( max_by( "
    "min_by( join( keys( values( length( map( merge( sum( avg( abs( ceil( to_number( to_string( to_array( not_null( reverse( type( "
    "contains("
)
PIECES = st.sampled_from(WORDS.split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["value", "a", "name"]), inner, max_size=3),
    max_leaves=10,
)
CALLS = st.builds("{}({})".format, st.sampled_from(["sort", "max", "min", "sum", "avg"]), PIECES)
TEXTS = CALLS | st.lists(PIECES, min_size=1, max_size=8).map("".join)


@given(TEXTS, st.fixed_dictionaries({"name": VALUES, "phones": st.lists(VALUES, max_size=5)}))
def test_any_expression_over_any_data_gives_a_value_or_one_sentence(text: str, user: dict[str, Any]) -> None:
    try:
        found = compile_expression(text, "where").search(user)
    except PolicyError as error:
        assert str(error).startswith("where")
        assert "\n" not in str(error)
    else:
        assert not (isinstance(found, float) and not math.isfinite(found))
