# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What google_scope_info is asked, from its options. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._model._attributes import DEFAULT_ATTRIBUTES
from .._model._expression import compile_expression
from .._model._matching_rules import parse_matching
from .._model._nesting import parse_pending
from .._model._text import PolicyError, check_addresses, fold
from .._plan._removals import DEFAULTS, parse_deprovision
from .._plan._scope import ScopeAsk, check_count, parse_chosen


def parse_ask(params: Mapping[str, Any]) -> ScopeAsk:
    # the default mapping can always be evaluated
    texts = [*(params.get("expressions") or []), *DEFAULT_ATTRIBUTES.values()]
    expressions = [compile_expression(text, f"expressions[{number}]") for number, text in enumerate(texts, 1)]
    named = {"groups": params.get("resolve_groups"), "org_units": params.get("resolve_org_units")}
    by_reason = {reason: "deactivate" if reason in params["confirm_reasons"] else "ignore" for reason in DEFAULTS}
    actions = by_reason if params.get("deprovision") is None else params["deprovision"]
    ask = ScopeAsk(
        parse_chosen(params),
        parse_chosen(params.get("exclude") or {}, "exclude."),
        parse_chosen(named, "resolve_"),
        frozenset[str]().union(*(expression.fields for expression in expressions)),
        parse_pending(params.get("pending_changes"), "pending_changes"),
        parse_matching(params.get("matching"), "matching."),
        parse_deprovision(True, actions, "deprovision"),
        bool(params["confirm_members"]),
        check_count(params["confirm_limit"], "confirm_limit"),
        frozenset(fold(group) for group in check_addresses(params.get("ignore_unreadable") or [], "ignore_unreadable")),
        params.get("named_in") or {},
        params.get("units_in") or {},
    )
    if ask.scope.empty:
        by_role = params.get("named_in") is not None
        give = "set scope_group, scope_groups, scope_org_units or scope_users" if by_role else "give groups, org_units or users"
        raise PolicyError(f"The scope is empty: {give}; nothing was changed.")
    return ask
