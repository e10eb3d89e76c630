# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is named, and is nobody."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import parse_selector
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._names_known import check_names, report_nobody
from plain_people import person


def test_a_listed_user_who_is_nobody_in_google_is_reported_where_everybody_is_known() -> None:
    named = {"group_mapping_groups[1]": parse_selector({"users": ["ada@example.com", "nobody@example.com"]}, "g")}
    plan = Plan()
    report_nobody(plan, People([person("ada")]), named)
    assert [row.email for row in plan.attention] == ["nobody@example.com"]
    assert "is listed in group_mapping_groups[1], but" in plan.attention[0].message
    report_nobody(plan, People([], whole=False), named)
    report_nobody(plan, People([]), {})
    assert len(plan.attention) == 1


def test_what_a_snapshot_does_not_hold_is_an_error_never_no_match() -> None:
    people = People([], groups=frozenset({"a@example.com"}), org_units=frozenset({"/", "/Staff"}), fields=frozenset({"organizations"}))
    check_names(people, {"rules[1]": parse_selector({"groups": ["A@example.com"], "org_units": ["/staff"], "where": "organizations"}, "r")})
    for selector, words in (
        ({"groups": ["b@example.com"]}, "resolve_groups"),
        ({"org_units": ["/Sales"]}, "resolve_org_units"),
        ({"where": "locations"}, "expressions"),
    ):
        with pytest.raises(PolicyError, match=words):
            check_names(people, {"rules[1]": parse_selector(selector, "rules[1]")})
    with pytest.raises(PolicyError, match="phones"):
        check_names(people, {}, [compile_expression("phones[0].value", "attributes.phoneNumbers")])


def test_a_list_of_people_answers_for_itself_whatever_a_rule_names() -> None:
    check_names(People([person("ada")], whole=False), {"rules[1]": parse_selector({"groups": ["b@example.com"]}, "r")})


def test_a_condition_on_the_whole_user_reads_what_there_is() -> None:
    check_names(People([person("ada")]), {"rules[1]": parse_selector({"where": "length(@) > `3`"}, "rules[1]")})
