# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""policy_validate: all of a tenant's variables, checked without a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._frame._given import read_given
from .._frame._handover import POLICY, hand_over
from .._frame._module import Run
from .._frame._policy import (
    ON_ACCOUNTS,
    deprovision_of,
    groups_named,
    licenses_named,
    limit_of,
    mapper_of,
    matching_of,
    named_in,
    protection_of,
    units_in,
)
from .._model._attributes import Mapper
from .._model._expression import Expression
from .._model._group_settings import parse_settings
from .._model._matching_rules import Matching
from .._model._selector import Selector
from .._model._text import check_addresses
from .._plan._license_policy import parse_policy
from .._plan._mapped_groups import parse_groups
from .._plan._members import parse_members
from .._plan._named import parse_only
from .._plan._removals import Deprovision
from .._plan._scope import CONFIRM_LIMIT, check_count, parse_chosen
from .._read._approval import check_approved
from .._report._result import Result


def validate(run: Run) -> Result:
    """policy_validate: all of a tenant's variables, and what google_scope_info must resolve for them."""
    run.before_all()
    given = read_given(run.params)
    mapping, licenses, groups = given["attribute_mapping"], given["license_defaults"], given["group_mapping"]
    _check_scope(given["scope"])
    mapper = mapper_of(mapping, "attribute_mapping_")
    deprovision = deprovision_of(mapping, "attribute_mapping_")
    matching = matching_of(mapping, mapper, "attribute_mapping_")
    protection_of(mapping, "attribute_mapping_")
    for name in ON_ACCOUNTS:
        limit_of(mapping, name, "attribute_mapping_")
    policy = parse_policy(licenses, "license_defaults_")
    limit_of(licenses, "max_removals", "license_defaults_")
    mapped = parse_groups(groups.get("groups", []), "group_mapping_groups", exclusive=groups.get("exclusive", False))
    limit_of(groups, "max_removals", "group_mapping_")
    selectors = {**licenses_named(policy, "license_defaults_"), **groups_named(mapped, "group_mapping_")}
    found = _to_resolve(mapper, selectors, deprovision, matching)
    found["confirm_members"] = any(group.exclusive for group in mapped)
    found["named_in"], found["units_in"] = named_in(given["scope"], selectors), units_in(given["scope"], selectors)
    parse_only(given[""].get("provisioning_only"), "provisioning_only")
    check_approved(given[""], str(run.params.get("run_host") or ""))
    hand_over(run, "dest", POLICY, [found])
    return Result(facts=found)


def _check_scope(scope: Mapping[str, Any]) -> None:
    check_addresses([scope["group"]] if scope.get("group") else [], "scope_group")
    parse_settings(scope.get("group_settings"), "scope_group_settings")
    parse_members(scope.get("group_members", []), "scope_group_members", customers=True)
    check_count(scope.get("confirm_limit", CONFIRM_LIMIT), "scope_confirm_limit")
    check_addresses(scope.get("ignore_unreadable", []), "scope_ignore_unreadable")
    parse_chosen(scope, "scope_")
    parse_chosen({key: scope.get(f"exclude_{key}") for key in ("groups", "org_units", "users")}, "scope_exclude_")


def _to_resolve(mapper: Mapper, selectors: Mapping[str, Selector], deprovision: Deprovision, matching: Matching) -> dict[str, Any]:
    expressions: list[Expression] = [*mapper.expressions.values(), *(item.where for item in selectors.values() if item.where)]
    acting = {reason: chosen.action for reason, chosen in deprovision.actions.items()}
    return {
        "resolve_groups": sorted({group for selector in selectors.values() for group in selector.groups}),
        "resolve_org_units": sorted({path for selector in selectors.values() for path in selector.org_units}),
        "expressions": sorted({expression.text for expression in expressions}),
        "deprovision": acting if deprovision.prune else dict.fromkeys(acting, "ignore"),
        "matching": matching.spec(),
    }
