# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the tenant's lists show the identity anchor, before anything is built on it."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import ENTERPRISE, Account
from .._model._matching_rules import ANCHOR, Matching
from .._model._person import Person
from .._model._text import PolicyError
from .._plan._matching import match
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._zoom import Zoom
from ._single_reads import read_each

_PROBES = 3


def unseen_anchor(zoom: Zoom, people: Iterable[Person], accounts: list[Account], rules: Matching) -> Finding | None:
    """None if anchors may be written. Else what to tell: an account carries its id, and the list did not show it.

    That employeeNumber and employee_unique_id are one is assumed: a few of the accounts without an anchor are asked by SCIM.
    """
    if not rules.identity:
        return None
    if zoom.kind != "oauth":
        raise PolicyError("identity needs REST, whose lists alone show employeeNumber; give account_id, client_id and client_secret.")
    matches = match(people, accounts, rules)
    bare = [(key, account) for key, account in matches.account_of.items() if not account.employee_unique_id and account.status == "active"]
    expected = {account.key: key for key, account in [pair for pair in bare if pair[1].exists][:_PROBES]}
    asked = [account for account in accounts if account.key in expected]
    found, _unread = read_each(zoom, asked, lambda account: (zoom.scim.user(account.id).get(ENTERPRISE) or {}).get(ANCHOR))
    unlisted = (account for account, shown in found if shown == expected[account.key])
    return next((finding("identity_not_shown", account.email) for account in unlisted), None)
