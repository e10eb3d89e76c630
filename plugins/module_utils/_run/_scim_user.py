# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_scim_user: ONE account from its options, over the planner of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._model._attributes import Desired, canonical
from .._model._license import parse_license
from .._model._people import People, some
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import check_addresses, fold, is_address, no_address
from .._plan._accounts import AccountPolicy, plan_accounts
from .._plan._license_policy import LicensePolicy
from .._plan._licenses import LicenseTerms, bundles_to_read, plan_licenses
from .._plan._limits import parse_limit
from .._plan._matching import Matches, match, with_created
from .._plan._removals import Deprovision, plan_end
from .._read._bundles import skip_unread
from .._read._single_accounts import find_account, report_unread_accounts
from .._read._single_attributes import read_unlisted
from .._report._result import Result, merge
from .._transport._zoom import Zoom
from .._write._finish import finish
from .._write._journal import Journal
from .._write._scim_check import check_scim


@dataclass(frozen=True)
class _OneAccount:
    """What the options say, in the place of a mapping."""

    wish: Desired

    def desired(self, _person: Person) -> Desired:
        return self.wish


def scim_user(run: Run) -> Result:
    """By its address or a former one."""
    wish, licenses, state = _wish(run.params), _license(run.params), run.params["state"]
    former = check_addresses(run.params["previous_user_names"] or [], "previous_user_names")
    zoom = connect_zoom(run)
    found = [account for account in (find_account(zoom, address) for address in (wish.user_name, *former)) if account]
    tenant = Tenant(zoom.tenant, list({account.key: account for account in found}.values()), rest=zoom.has_rest)
    people = some([Person(fold(wish.user_name), wish.user_name, former, in_scope=state == "present")])
    shown, unread = read_unlisted(zoom, tenant, wish.unlisted() if state == "present" else ())
    policy = AccountPolicy(_OneAccount(wish), Deprovision(True), {}, licenses=licenses, shown=shown)
    matches = match(people.everyone, tenant.accounts)
    plan = plan_end(tenant, policy.protection) if state == "absent" else plan_accounts(people, tenant, matches, policy)
    report_unread_accounts(plan, unread)
    check_scim(zoom, plan)
    results = [finish(run, zoom, plan, tenant, Journal(None, None))[0]]
    if state == "present" and licenses:
        results.append(_give(run, zoom, people, tenant, with_created(matches, tenant.accounts), licenses))
    result = merge(results)
    result.facts["user"] = tenant.accounts[0].record() if tenant.accounts else {}
    return result


def _give(run: Run, zoom: Zoom, people: People, tenant: Tenant, matches: Matches, licenses: LicensePolicy) -> Result:
    """The licence, once the account is there."""
    unread = skip_unread(zoom, tenant, bundles_to_read(people, matches, licenses))
    plan = plan_licenses(people, tenant, matches, LicenseTerms(licenses, parse_limit(1, "license"), named=True))
    report_unread_accounts(plan, unread)
    return finish(run, zoom, plan, tenant, Journal(None, None))[0]


def _wish(params: Mapping[str, Any]) -> Desired:
    user_name = params["user_name"]
    if not is_address(user_name):
        raise no_address(user_name, "user_name")
    named = {"given_name": "name.givenName", "family_name": "name.familyName", "display_name": "displayName", "department": "department"}
    values = {path: params[name] for name, path in named.items() if params.get(name)}
    values.update(params["attributes"] or {})
    return Desired(user_name, {canonical(path, "attributes"): value for path, value in values.items()})


def _license(params: Mapping[str, Any]) -> LicensePolicy | None:
    license = params.get("license")
    return LicensePolicy(default=parse_license(license, "license")) if license else None
