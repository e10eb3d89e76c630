#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence policy."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_license_default
short_description: Enforce the licence policy over all Zoom accounts in scope
version_added: 0.1.0
description:
  - Zoom has no API for the portal's default licence type. This enforces a default, and rules before it, on the accounts themselves.
  - The portal has it under Advanced, Single Sign-On, SAML Response Mapping, which is applied again at each sign-in, and in some accounts
    under Account Settings, Default License Type. Align both by hand. If licences that others gave since the last run disagree with the
    rules,
    RV(attention) says so.
  - Frees seats first, then gives them by rule order and account age, and says who is left out, with the shortfall in numbers.
  - A bundle satisfies V(licensed). It is moved to another bundle where a rule says so, taken back where a rule or the default gives that
    bundle, and else left alone. Both count as removals.
  - Once Zoom refuses a seat, no further one of that licence is asked for. The refused write is under RV(failed_items), the others are
    under RV(attention).
  - With a SCIM O(access_token) alone, licences go by C(userType) and bundle keys. Seats, roles and sign-ins are not seen then.
options:
  default:
    description:
      - Licence of everybody in scope that no rule names. Without it, those are left as they are.
      - V(basic), V(licensed), V(unassigned), V(on_prem), or a bundle, as C(zoom_one_type) or C(plan_united_type) with its number.
    type: raw
  rules:
    description: Selectors (C(groups), C(org_units), C(users), C(where)) with a C(license). The first that matches counts.
    type: list
    elements: dict
    default: []
  fallback:
    description:
      - Licence of a new account when no seat is free, and of an account that should hold a paid one, holds none, and is left out.
      - V(basic) if it is not set. Nobody loses a paid licence by it.
    type: raw
  reserve:
    description: Seats of V(licensed) to keep free.
    type: int
    default: 0
  seats:
    description:
      - Seats that were bought, by C(licensed), and by number under C(zoom_one_type) and C(plan_united_type).
      - It stands in the place of what Zoom tells.
      - Needed where Zoom lets the app read neither the plan's usage (scope C(billing:read:plan_usage:admin)) nor what was bought.
        The users' summary, the second choice, tells what is used only. Without a number, licences are given until Zoom refuses one.
    type: dict
  reclaim_after_days:
    description:
      - Accounts in scope that have not signed in for so many days are idle, before all rules. Those that never did count from their
        creation, reactivated ones from then.
      - Zoom shows sign-ins up to three days late, so three days are added. Where no account shows a sign-in, none is idle.
      - Owner, admins and O(protected) never are.
    type: int
  reclaim:
    description:
      - Whether licences of idle accounts are named under RV(attention), or taken back, up to O(max_removals).
      - They are given again by the rules once the person signs in, which Zoom allows without a licence.
    type: str
    choices: [report, take]
    default: report
  protected:
    description: Accounts whose licence is never taken, beside owner and admins. C(users) are addresses, C(roles) role ids.
    type: dict
  max_removals:
    description: >-
      A count, or a share of the active accounts, at least 3. If more licences would be taken, none is.
    type: str
    default: 10%
  allow_losses:
    description: Raises the limit, for one run.
    type: bool
    default: false
  memory_path:
    description: The accounts snapshot of the runs whose end is remembered, to tell what was changed by hand since. By default the same.
    type: path
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.people
  - workspace_zoom.provisioning.manage
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Licences that nobody used for half a year go to those who wait
  workspace_zoom.provisioning.zoom_license_default:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    default: licensed
    seats: {licensed: 60, zoom_one_type: {16: 30}}
    reserve: 2
    reclaim_after_days: 180
    reclaim: take
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"

- name: Managers are licensed, all others basic
  workspace_zoom.provisioning.zoom_license_default:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    default: basic
    rules:
      - groups: [managers@example.com]
        license: licensed
        name: managers
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
seats:
  description: Seats of each pool before and after. C(bought) is null where Zoom does not tell.
  returned: success
  type: dict
  sample: {licensed: {bought: 60, used_before: 44, used_after: 46, pending: 3, reserved: 2}}
decisions:
  description: For each rule, how many accounts it decided on, by licence.
  returned: success
  type: dict
  sample: {"rule 1 (managers)": {licensed: 12}, default: {basic: 480}}
by_hand:
  description: Which setting of the portal to align by hand.
  returned: success
  type: str
summary:
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {create: 2, update: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write, made or, in check mode, announced, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: ada@example.com, action: license, reason: "rule 1 (managers): licensed",
       changed: true, before: {license: basic}, after: {license: licensed}}
changes_total:
  description: How many changes there are in all, also when RV(changes) holds fewer.
  returned: success
  type: int
losses:
  description: How many accounts, licences and memberships the changes take away.
  returned: success
  type: int
digest:
  description: >-
    SHA-256 of all that is planned and withheld, with before and after. The same for two runs that plan the same, in check mode or not.
  returned: success
  type: str
changes_path:
  description: The file that holds all of it.
  returned: when O(changes_path) is given
  type: str
failed_items:
  description: Writes that were refused and inputs that can not be used. The module fails with RV(partial) if there are any.
  returned: success
  type: list
  elements: dict
withheld:
  description: Losses that a limit or a missing confirmation held back. The module fails with RV(partial) if there are any.
  returned: success
  type: list
  elements: dict
attention:
  description: Standing conditions, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
problems:
  description: One sentence for each failed or withheld item.
  returned: when there are any
  type: list
  elements: str
partial:
  description: True if the module did its work but for some items.
  returned: when there are failed or withheld items
  type: bool
"""

from ..module_utils._frame._arguments import accounts_arguments, people_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._license_default import license_default


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **people_arguments(),
        default={"type": "raw"},
        rules={"type": "list", "elements": "dict", "default": []},
        fallback={"type": "raw"},
        reserve={"type": "int", "default": 0},
        seats={"type": "dict"},
        reclaim_after_days={"type": "int"},
        reclaim={"type": "str", "choices": ["report", "take"], "default": "report"},
        protected={"type": "dict"},
        max_removals={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
        memory_path={"type": "path"},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, license_default, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
