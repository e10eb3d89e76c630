# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the tenant's lists show the identity anchor, before anything is built on it."""

from __future__ import annotations

from .._model._account import ENTERPRISE
from .._model._matching_rules import ANCHOR, Matching
from .._model._people import People
from .._model._tenant import Tenant
from .._model._text import PolicyError
from .._plan._anchors import AnchorState, anchor_state, anchors_to_probe, take_census
from .._plan._matching import Matches
from .._transport._zoom import Zoom
from ._single_accounts import read_each


def open_anchor(zoom: Zoom, people: People, tenant: Tenant, matches: Matches, rules: Matching) -> AnchorState:
    """That employeeNumber and employee_unique_id are one is assumed: a few of the accounts without an anchor are read by SCIM."""
    if not rules.identity:
        return AnchorState()
    census = take_census(people.everyone, tenant.accounts, rules)
    if not zoom.has_rest and not census.set_by_others:
        raise PolicyError("identity needs REST, whose lists alone show employeeNumber; give account_id, client_id and client_secret.")
    probes = anchors_to_probe(census, tenant.accounts, matches.account_of)
    shown, _unread = read_each(zoom, probes, lambda account: (zoom.scim.user(account.id).get(ENTERPRISE) or {}).get(ANCHOR))
    return anchor_state(census, matches.account_of, shown)
