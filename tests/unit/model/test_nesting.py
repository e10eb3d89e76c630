# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is in a group through other groups, and what is about to change."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import (
    PendingChange,
    beneath,
    chains,
    close,
    parse_pending,
    unread,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from hypothesis import given
from hypothesis import strategies as st

EDGES = {
    "top@x.com": [
        {"email": "mid@x.com", "type": "GROUP"},
        {"email": "low@x.com", "type": "GROUP"},
        {"id": "9", "type": "USER", "email": "z@x.com"},
    ],
    "mid@x.com": [{"email": "low@x.com", "type": "GROUP"}, {"id": "C1", "type": "CUSTOMER"}],
    "low@x.com": [{"email": "top@x.com", "type": "GROUP"}, {"id": "1", "type": "USER", "email": "A@x.com"}],
}


def test_nested_groups_a_diamond_and_a_cycle_are_followed_by_the_shortest_chain() -> None:
    closure = close("top@x.com", EDGES)
    assert closure.via("1", []) == "top@x.com > low@x.com"
    assert closure.via("", ["a@x.com"]) == "top@x.com > low@x.com"
    assert closure.everyone == "top@x.com > mid@x.com"
    assert closure.via("7", ["n@x.com"]) == ""


def test_of_equally_short_chains_the_first_by_name_is_told_in_any_order() -> None:
    rows = [{"email": f"{name}@x.com", "type": "GROUP"} for name in ("mid", "low")]
    ada = [{"id": "1", "type": "USER", "email": "ada@x.com"}]
    for top in (rows, rows[::-1]):
        assert close("top@x.com", {"top@x.com": top, "mid@x.com": ada, "low@x.com": ada}).via("1", []) == "top@x.com > low@x.com"


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd12"), max_size=4)))
def test_any_graph_of_groups_ends_and_holds_what_can_be_reached(graph: dict[str, list[str]]) -> None:
    edges = {group: [{"email": name, "type": "GROUP"} if name in "abcd" else {"id": name, "type": "USER"} for name in graph.get(group, [])]
             for group in "abcd"}  # fmt: skip
    reached, todo = set[str](), ["a"]
    while todo:
        group = todo.pop()
        if group not in reached:
            reached.add(group)
            todo += [name for name in graph.get(group, []) if name in "abcd"]
    members = {name for group in reached for name in graph.get(group, []) if name not in "abcd"}
    assert set(close("a", edges).users) == members


def test_pending_changes_beat_what_was_read() -> None:
    changes = parse_pending(
        [{"group": "G@x.com", "created": False, "added": ["n@x.com", {"email": "a@x.com"}], "removed": ["b@x.com"]},
         {"group": "new@x.com", "created": True, "added": ["n@x.com"]}, {"group": "k@x.com", "members": [{"email": "m@x.com"}]}],
        "pending_changes",
    )  # fmt: skip
    rows = changes["g@x.com"].apply([{"email": "A@x.com", "id": "1"}, {"email": "b@x.com", "id": "2"}])
    assert [row["email"] for row in rows] == ["A@x.com", "n@x.com"]
    assert changes["new@x.com"].rows == []
    assert changes["k@x.com"].rows == [{"email": "m@x.com"}]
    with pytest.raises(PolicyError, match="needs group"):
        parse_pending([{"added": []}], "pending_changes")


def test_what_stopped_one_of_the_tasks_of_a_group_is_not_forgotten_by_the_next() -> None:
    rows: list[dict[str, Any]] = [{"group": "g@x.com", "stopped": "20 failed"}, {"group": "G@x.com"}, {"group": "k@x.com", "stopped": None}]
    changes = parse_pending(rows, "pending_changes")
    assert (changes["g@x.com"].stopped, changes["k@x.com"].stopped) == ("20 failed", "")


def test_a_pending_member_is_an_address_or_a_customer() -> None:
    pending = parse_pending([{"group": "g@x.com", "added": ["C03az79cb"]}], "pending_changes")
    assert pending["g@x.com"].apply([]) == [{"id": "C03az79cb", "type": "CUSTOMER"}]
    with pytest.raises(PolicyError, match=r"pending_changes.removed holds 'ada', which is neither"):
        parse_pending([{"group": "g@x.com", "removed": ["ada"]}], "pending_changes")


def test_beneath_a_group_are_itself_and_all_nested_ones_once_though_they_go_in_circles() -> None:
    assert sorted(beneath(EDGES, "top@x.com")) == ["low@x.com", "mid@x.com", "top@x.com"]
    assert beneath(EDGES, "mid@x.com") == ["mid@x.com", "low@x.com", "top@x.com"]
    assert beneath(EDGES, "nowhere@x.com") == ["nowhere@x.com"], "a group whose members were not read holds none"


def test_for_a_confirmation_groups_are_read_again_and_pending_changes_stay() -> None:
    read = {"g@x.com": PendingChange(added=["n@x.com"], rows=[{"email": "m@x.com"}])}
    assert unread(read) == {"g@x.com": PendingChange(added=["n@x.com"], rows=None)}
    assert read["g@x.com"].rows, "what was read stays as it is"


def test_a_nested_group_is_named_with_the_shortest_chain_that_holds_it() -> None:
    assert chains(EDGES, ["top@x.com"]) == {"low@x.com": "top@x.com", "mid@x.com": "top@x.com"}
    assert chains(EDGES, ["mid@x.com"]) == {"low@x.com": "mid@x.com", "top@x.com": "mid@x.com > low@x.com"}
    assert chains(EDGES, ["top@x.com", "mid@x.com", "low@x.com"]) == {}
    assert chains({"a@x.com": [{"id": "7", "type": "GROUP"}]}, ["a@x.com"]) == {"7": "a@x.com"}, "a group without an address, by its id"
