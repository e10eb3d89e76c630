# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether a people snapshot holds what rules and mappings name: a name it does not hold is an error, never "no match". Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._model._expression import Expression
from .._model._people import People
from .._model._person import ALWAYS
from .._model._selector import Selector
from .._model._text import PolicyError, fold
from ._change import Plan


def check_names(people: People, named: Mapping[str, Selector], expressions: Iterable[Expression] = ()) -> None:
    """`named`: where it is written -> selector. A list of people answers for itself; a snapshot must hold what is named."""
    if not people.whole:
        return
    groups, units = {fold(group) for group in people.groups}, {path.lower() for path in people.org_units}
    for where, selector in named.items():
        for group in selector.groups:
            if group not in groups:
                raise PolicyError(f"{where} names the group {group}, which the people snapshot does not hold; add it to resolve_groups.")
        for path in selector.org_units:
            if path.lower() not in units:
                raise PolicyError(
                    f"{where} names the org unit {path}, which the people snapshot does not hold; add it to resolve_org_units."
                )
    conditions = [selector.where for selector in named.values() if selector.where]
    fields = ALWAYS | people.fields
    for expression in (*expressions, *conditions):
        for field in sorted(expression.fields - fields):
            # a bare @ reads whatever there is
            if len(expression.fields) < len(fields) + 20:
                raise PolicyError(
                    f"{expression.where} reads {field}, which the people snapshot does not hold; add {expression.text!r} to expressions."
                )


def report_nobody(plan: Plan, people: People, named: Mapping[str, Selector]) -> None:
    """Users whom a selector names and who are nobody in Google, where it is known who there is."""
    listed = [(where, user) for where, selector in named.items() for user in selector.users]
    if not people.whole or not listed:
        return
    known = people.addresses()
    for where, user in listed:
        if user not in known:
            plan.report("selector_nobody", user, where=where)
