# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Policies from options, with the names that the user wrote. No I/O: policy_validate and the bulk modules share it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._model._attributes import DEFAULT_ATTRIBUTES, Mapper, parse_attributes
from .._model._matching_rules import ANCHOR, ANCHOR_PATH, Matching, parse_matching
from .._model._selector import Selector
from .._model._text import PolicyError, check_org_units, fold
from .._plan._accounts import AccountPolicy
from .._plan._license_policy import LicensePolicy, parse_policy
from .._plan._licenses import LicenseTerms
from .._plan._limits import FLOOR, GAINS, GAINS_FLOOR, Limit, parse_limit
from .._plan._mapped_groups import MappedGroup
from .._plan._protection import Protection, parse_protection
from .._plan._removals import Deprovision, parse_deprovision

DEFAULT_LIMIT, DEFAULT_GAINS_LIMIT = "10%", "25%"
ON_ACCOUNTS = {
    "max_deactivations": "deactivation",
    "max_leavers": "leaver",
    "max_renames": "rename",
    "max_updates": "update",
    "max_creations": "creation",
}
"""Options of zoom_scim_users that are limits, and what each is on."""


def mapper_of(options: Mapping[str, Any], prefix: str = "") -> Mapper:
    attributes = options.get("attributes")
    # before 2.19, Ansible makes an empty text of a none that a template gives
    return parse_attributes(DEFAULT_ATTRIBUTES if attributes in (None, "") else attributes, f"{prefix}attributes")


def deprovision_of(options: Mapping[str, Any], prefix: str = "") -> Deprovision:
    return parse_deprovision(options.get("prune"), options.get("deprovision"), f"{prefix}deprovision")


def matching_of(options: Mapping[str, Any], mapper: Mapper, prefix: str = "") -> Matching:
    """The anchor is this collection's alone: a mapping of the same attribute would fight it."""
    own = {name: options.get(name) for name in ("identity", "adopt", "remember")}
    matching = parse_matching({**own, **mapper.identifying}, prefix)
    if matching.identity and ANCHOR_PATH in mapper.expressions:
        raise PolicyError(
            f"{prefix}identity keeps the Google id in {ANCHOR}, which {prefix}attributes maps too; take it out of one of them."
        )
    return matching


def protection_of(options: Mapping[str, Any], prefix: str = "") -> Protection:
    return parse_protection(options.get("protected"), f"{prefix}protected")


def limit_of(options: Mapping[str, Any], name: str, prefix: str = "") -> Limit:
    value, on_gains = options.get(name), ON_ACCOUNTS.get(name) in GAINS
    default, floor = (DEFAULT_GAINS_LIMIT, GAINS_FLOOR) if on_gains else (DEFAULT_LIMIT, FLOOR)
    return parse_limit(default if value is None else value, f"{prefix}{name}", floor)


def allows_losses(options: Mapping[str, Any]) -> bool:
    """Whether limits on removals are lifted: by a switch, or because each is held to an approved plan."""
    return bool(options["allow_losses"] or options.get("approved_path"))


def allows_gains(options: Mapping[str, Any]) -> bool:
    """The same of limits on gains, unless these need no approval."""
    return bool(options["allow_gains"] or (options.get("approved_path") and options.get("approved_gains") != "any"))


def licenses_named(policy: LicensePolicy, prefix: str = "") -> dict[str, Selector]:
    return {f"{prefix}rules[{number}]": rule.selector for number, rule in enumerate(policy.rules, 1)}


def groups_named(groups: list[MappedGroup], prefix: str = "") -> dict[str, Selector]:
    return {f"{prefix}groups[{number}]": group.selector for number, group in enumerate(groups, 1) if group.selector}


def named_in(scope: Mapping[str, Any], selectors: Mapping[str, Selector]) -> dict[str, str]:
    """Folded address of a group -> the variable that names it. `selectors`: by their variable."""
    named = {"scope_exclude_groups": scope.get("exclude_groups"), "scope_groups": scope.get("groups")}
    found = {fold(group): variable for variable, selector in reversed(list(selectors.items())) for group in selector.groups}
    found.update({fold(group): variable for variable, groups in named.items() for group in groups or []})
    return {**found, **({fold(scope["group"]): "scope_group"} if scope.get("group") else {})}


def units_in(scope: Mapping[str, Any], selectors: Mapping[str, Selector]) -> dict[str, str]:
    """Folded path of an org unit -> the variable that names it."""
    named = {"scope_exclude_org_units": scope.get("exclude_org_units"), "scope_org_units": scope.get("org_units")}
    found = {path.lower(): variable for variable, selector in reversed(list(selectors.items())) for path in selector.org_units}
    found.update({path.lower(): variable for variable, paths in named.items() for path in check_org_units(paths or [], variable)})
    return found


def account_policy(options: Mapping[str, Any]) -> AccountPolicy:
    """Of zoom_scim_users, without what is read."""
    licenses, protection = parse_policy(options["licenses"], "licenses.") if options.get("licenses") else None, protection_of(options)
    takes = options.get("max_license_removals") is not None
    return AccountPolicy(
        mapper=mapper_of(options),
        deprovision=deprovision_of(options),
        limits={kind: limit_of(options, name) for name, kind in ON_ACCOUNTS.items()},
        protection=protection,
        licenses=licenses,
        reactivate=bool(options["reactivate"]),
        allow_losses=allows_losses(options),
        allow_gains=allows_gains(options),
        taking=LicenseTerms(licenses, limit_of(options, "max_license_removals"), protection) if licenses and takes else None,
    )
