# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planners of Google's groups are pure: the same plan twice and in any order of input, and nothing of the input is changed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import worlds
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import Entry
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS, Subject, is_of_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._google_groups import plan_google_group, plan_google_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import drift_of, plan_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._undo_google import GoogleUndoPolicy, plan_google_undo
from hypothesis import given
from hypothesis import strategies as st
from purity import in_another_order, in_some_order, said, shuffles

from examples import percent

FIELDS = st.dictionaries(st.sampled_from(["name", "description"]), st.sampled_from(["", "Team", "Crew"]))
SETTINGS = st.dictionaries(st.sampled_from(["whoCanJoin", "isArchived", "whoCanPostMessage"]), st.sampled_from(["", "A", "B"]))
ROLES = st.sampled_from(["MEMBER", "MANAGER", "OWNER"])
MEMBERS = st.dictionaries(worlds.addresses | st.just("C03az79cb"), ROLES)
GROUPS = st.builds(
    lambda email, there, fields, settings, members: GoogleGroup(
        email, {"id": "7", "email": email, **fields} if there else {}, settings, members, settings_read=True
    ),
    st.sampled_from(worlds.GOOGLE_GROUPS),
    st.sampled_from([True, True, False]),
    FIELDS,
    SETTINGS,
    MEMBERS,
)


def mixed(group: GoogleGroup, order: Random) -> GoogleGroup:
    kept = {name: in_another_order(getattr(group, name), order) for name in ("fields", "settings", "members")}
    return replace(group, **kept)


def check(planner: Callable[..., Plan], order: Random, *facts: Any) -> None:
    """`facts`: a group, groups by address, or texts by name."""
    before = deepcopy(facts)
    first = said(planner(*facts))
    assert facts == before, "planning has changed its input"
    assert said(planner(*facts)) == first, "the second plan differs"
    assert said(planner(*(_mixed(fact, order) for fact in facts))) == first, "the order of input shows in the plan"


def _mixed(fact: Any, order: Random) -> Any:
    if isinstance(fact, GoogleGroup):
        return mixed(fact, order)
    return {key: mixed(value, order) if isinstance(value, GoogleGroup) else value for key, value in in_some_order(fact.items(), order)}


@percent(200)
@given(GROUPS, FIELDS, SETTINGS, st.booleans(), shuffles)
def test_the_plan_of_a_group(group: GoogleGroup, fields: Any, settings: Any, absent: bool, order: Random) -> None:
    check(lambda *facts: plan_google_group(*facts, absent=absent), order, group, fields, settings)


@percent(200)
@given(
    GROUPS,
    st.dictionaries(worlds.addresses, st.sampled_from(["", "MEMBER", "OWNER"])),
    st.sampled_from(["present", "absent"]),
    st.booleans(),
    st.none() | st.integers(0, 3),
    st.none() | st.frozensets(worlds.addresses),
    shuffles,
)
def test_the_plan_of_its_members(
    group: GoogleGroup, wanted: Any, state: str, exclusive: bool, limit: int | None, baseline: frozenset[str] | None, order: Random
) -> None:
    def planner(group: GoogleGroup, wanted: Any) -> Plan:
        members = plan_members(group.members, wanted, state=state, exclusive=exclusive, max_removals=limit)
        drift = {row["email"]: row["reason"] for row in drift_of(baseline, members)}
        return plan_google_members(group, members, drift, state=state, new_group=not group.fields)

    check(planner, order, group, wanted)


ENTRIES = st.lists(
    st.builds(
        lambda action, group, email, was, left, role: Entry(
            "1",
            action,
            email if is_of_members(action) else group,
            before={"role": role} if action == "google_remove" else was,
            after={"role": role} if action in ("google_add", "google_change_role") else left,
            group=group,
            ok=True,
        ),
        st.sampled_from([name for name, action in ACTIONS.items() if action.subject is Subject.GOOGLE_GROUP]),
        st.sampled_from(worlds.GOOGLE_GROUPS),
        worlds.addresses,
        FIELDS,
        FIELDS,
        ROLES,
    ),
    max_size=6,
)


@percent(200)
@given(st.lists(GROUPS, max_size=2, unique_by=lambda group: group.email), ENTRIES, worlds.limits, st.booleans(), shuffles)
def test_the_plan_of_an_undo_in_google(
    there: list[GoogleGroup], entries: list[Entry], limit: str, allow_losses: bool, order: Random
) -> None:
    policy = GoogleUndoPolicy(entries, parse_limit(limit, "max_removals"), allow_losses)
    before = deepcopy(entries)
    check(lambda groups: plan_google_undo(groups, policy), order, {group.email: group for group in there})
    assert entries == before
