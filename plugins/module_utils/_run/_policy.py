# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Policies from options, with the names that the user wrote. No I/O: policy_validate and the bulk modules share it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._model._attributes import DEFAULT_ATTRIBUTES, Mapper, parse_attributes
from .._model._expression import Expression
from .._model._matching_rules import ANCHOR, ANCHOR_PATH, Matching, parse_matching
from .._model._selector import Selector
from .._model._text import PolicyError, check_addresses
from .._plan._fuses import Limit, parse_limit
from .._plan._license_policy import LicensePolicy, parse_policy
from .._plan._losses import Deprovision, parse_deprovision
from .._plan._mapped_groups import MappedGroup, parse_groups
from .._plan._members import parse_members
from .._plan._protection import Protection, parse_protection
from ._given import read_given
from ._handover import POLICY, hand_over
from ._module import Run
from ._result import Result
from ._scope import CONFIRM_LIMIT, check_count, parse_chosen

DEFAULT_LIMIT = "10%"


def mapper_of(options: Mapping[str, Any], prefix: str = "") -> Mapper:
    attributes = options.get("attributes")
    # before 2.19, Ansible makes an empty text of a none that a template gives
    return parse_attributes(DEFAULT_ATTRIBUTES if attributes in (None, "") else attributes, f"{prefix}attributes")


def deprovision_of(options: Mapping[str, Any], prefix: str = "") -> Deprovision:
    return parse_deprovision(options.get("prune"), options.get("deprovision"), f"{prefix}deprovision")


def matching_of(options: Mapping[str, Any], mapper: Mapper, prefix: str = "") -> Matching:
    """The anchor is this collection's alone: a mapping of the same attribute would fight it."""
    matching = parse_matching({**{name: options.get(name) for name in ("identity", "adopt")}, "user_name": mapper.user_name}, prefix)
    if matching.identity and ANCHOR_PATH in mapper.expressions:
        raise PolicyError(
            f"{prefix}identity keeps the Google id in {ANCHOR}, which {prefix}attributes maps too; take it out of one of them."
        )
    return matching


def protection_of(options: Mapping[str, Any], prefix: str = "") -> Protection:
    return parse_protection(options.get("protected"), f"{prefix}protected")


def limit_of(options: Mapping[str, Any], name: str, prefix: str = "") -> Limit:
    value = options.get(name)
    return parse_limit(DEFAULT_LIMIT if value is None else value, f"{prefix}{name}")


def licenses_named(policy: LicensePolicy, prefix: str = "") -> dict[str, Selector]:
    return {f"{prefix}rules[{number}]": rule.selector for number, rule in enumerate(policy.rules, 1)}


def groups_named(groups: list[MappedGroup], prefix: str = "") -> dict[str, Selector]:
    return {f"{prefix}groups[{number}]": group.selector for number, group in enumerate(groups, 1) if group.selector}


def validate(run: Run) -> Result:
    """policy_validate: all of a tenant's variables, and what google_scope_info must resolve for them."""
    given = read_given(run.params)
    mapping, licenses, groups = given["attribute_mapping"], given["license_defaults"], given["group_mapping"]
    _check_scope(given["scope"])
    mapper = mapper_of(mapping, "attribute_mapping_")
    deprovision = deprovision_of(mapping, "attribute_mapping_")
    matching = matching_of(mapping, mapper, "attribute_mapping_")
    protection_of(mapping, "attribute_mapping_")
    for name in ("max_deactivations", "max_leavers"):
        limit_of(mapping, name, "attribute_mapping_")
    policy = parse_policy(licenses, "license_defaults_")
    limit_of(licenses, "max_removals", "license_defaults_")
    mapped = parse_groups(groups.get("groups", []), "group_mapping_groups", exclusive=groups.get("exclusive", False))
    limit_of(groups, "max_removals", "group_mapping_")
    selectors = {**licenses_named(policy, "license_defaults_"), **groups_named(mapped, "group_mapping_")}
    found = _to_resolve(mapper, selectors, deprovision, matching)
    found["confirm_members"] = any(group.exclusive for group in mapped)
    hand_over(run, "dest", POLICY, [found])
    return Result(facts=found)


def _check_scope(scope: Mapping[str, Any]) -> None:
    check_addresses([scope["group"]] if scope.get("group") else [], "scope_group")
    parse_members(scope.get("group_members", []), "scope_group_members", customers=True)
    check_count(scope.get("confirm_limit", CONFIRM_LIMIT), "scope_confirm_limit")
    check_addresses(scope.get("ignore_unreadable", []), "scope_ignore_unreadable")
    parse_chosen(scope, "scope_")
    parse_chosen({key: scope.get(f"exclude_{key}") for key in ("groups", "org_units", "users")}, "scope_exclude_")


def _to_resolve(mapper: Mapper, selectors: Mapping[str, Selector], deprovision: Deprovision, matching: Matching) -> dict[str, Any]:
    expressions: list[Expression] = [*mapper.expressions.values(), *(item.where for item in selectors.values() if item.where)]
    acting = {reason: ending.action for reason, ending in deprovision.endings.items()}
    return {
        "resolve_groups": sorted({group for selector in selectors.values() for group in selector.groups}),
        "resolve_org_units": sorted({path for selector in selectors.values() for path in selector.org_units}),
        "expressions": sorted({expression.text for expression in expressions}),
        "deprovision": acting if deprovision.prune else dict.fromkeys(acting, "ignore"),
        "matching": matching.spec(),
    }
