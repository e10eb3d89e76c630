# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the portal's default licence and its SAML mapping agree with the policy, as far as accounts show it (zoom-api.md 7). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .._model._account import Account
from .._model._license import license_of
from .._model._people import People
from .._model._person import Person
from .._model._text import PolicyError, moment
from ._change import Plan
from ._license_policy import LicensePolicy
from ._licenses import in_scope
from ._matching import Matches

_SHOWN = 3


# No API says or sets it (zoom-api.md 7); a SAML mapping applies it again at each sign-in.
_BY_HAND = (
    "Zoom's default licence type has no API. In the portal, align Advanced, Single Sign-On, SAML Response Mapping with the rules, as each "
    "sign-in applies it again, and set Account Settings, Default License Type, where your portal has it, to {default}."
)


@dataclass(frozen=True)
class Former:
    """What the last real run left: when, and the accounts by id."""

    time: datetime
    accounts: Mapping[str, Account]


def report_portal(plan: Plan, people: People, matches: Matches, policy: LicensePolicy, former: Former | None) -> None:
    """Two sentences at most. Before this plan is carried out."""
    if former is None:
        return
    new, changed = list[Account](), list[Account]()
    for person, account in in_scope(people, matches):
        was = former.accounts.get(account.id)
        if not _disagrees(person, account, policy):
            continue
        made = moment(account.created) if account.created else None
        if was is None and made and made > former.time:
            new.append(account)
        elif was and was.status == "active" and _plain(was) != _plain(account):
            changed.append(account)
    if new:
        default = policy.default.label if policy.default else "what your rules give to most new accounts"
        plan.report("portal_default", "", count=len(new), given=_labels(new), names=_names(new), default=default)
    if changed:
        sign_ins = [moment(account.last_login) for account in changed]
        signed_in = sum(when is not None and when >= former.time for when in sign_ins)
        plan.report("saml_mapping", "", count=len(changed), signed_in=signed_in, names=_names(changed))


def _disagrees(person: Person, account: Account, policy: LicensePolicy) -> bool:
    try:
        wanted = policy.choose(person).license
    except PolicyError:
        return False
    return wanted is not None and not wanted.satisfied_by(account)


def _plain(account: Account) -> tuple[int | None, str | None]:
    """What lists show: zoom_one_type is not among it."""
    return account.type, account.plan_united_type


def _labels(accounts: Iterable[Account]) -> str:
    held = (license_of(account) for account in accounts)
    return " or ".join(sorted({license.label for license in held if license}))


def _names(accounts: list[Account]) -> str:
    return ", ".join(sorted(account.email for account in accounts)[:_SHOWN])


def by_hand(policy: LicensePolicy) -> str:
    """What to set in the portal, where no API reaches."""
    default = policy.default.label if policy.default else "what your rules give to new accounts"
    return _BY_HAND.format(default=default)
