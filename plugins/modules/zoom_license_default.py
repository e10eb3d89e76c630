#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence policy."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_license_default
short_description: Enforce the licence policy over all Zoom accounts in scope
version_added: 1.0.0
description:
  - Enforces licence rules and a default on the accounts themselves, as Zoom has no API for its own default licence type.
  - Set Zoom's default licence type by hand, to match O(default). The portal has it under Advanced, Single Sign-On, SAML Response Mapping,
    which is applied again at each sign-in, and in some accounts under Account Settings, Default License Type. RV(attention) reports
    licences that were changed elsewhere since the last run and do not match the rules.
  - Releases seats first, then assigns them by rule order and account age. It reports who is left out, and how many seats are missing.
  - An account with a bundle counts as V(licensed). A bundle is only changed to another one, or removed, if a rule or the default names
    that bundle. Both count as removals.
  - If Zoom refuses a licence, no more licences of that type are requested in this run. The refused write is under RV(failed_items), the
    accounts that wait are under RV(attention).
  - With a SCIM O(access_token) alone, licences are C(userType) and bundle keys, and seats, roles and sign-ins are unknown.
options:
  default:
    description:
      - Licence of everybody in scope whom no rule matches. Without it, their accounts are left as they are.
      - V(basic), V(licensed), V(unassigned), V(on_prem), or a bundle, as C(zoom_one_type) or C(plan_united_type) with its number.
    type: raw
  rules:
    description: Selectors (C(groups), C(org_units), C(users), C(where)) with a C(license). The first rule that matches decides.
    type: list
    elements: dict
    default: []
  fallback:
    description:
      - Licence for an account that should get a paid licence while no seat is free. The default is V(basic).
      - It never replaces a paid licence.
    type: raw
  reserve:
    description: Seats of V(licensed) to keep free.
    type: int
    default: 0
  seats:
    description:
      - How many seats you bought, under C(licensed), and by number of the bundle under C(zoom_one_type) and C(plan_united_type).
      - It replaces what Zoom reports.
      - Set it where Zoom does not report how many seats you own, which takes the scope C(billing:read:plan_usage:admin). Without a number,
        licences are assigned until Zoom refuses one.
    type: dict
  reclaim_after_days:
    description:
      - Accounts in scope that have not signed in for this many days are idle, whatever the rules say. The days of an account that never
        signed in count from its creation, or from its reactivation.
      - Zoom shows sign-ins up to three days late, so three days are added. If no account shows a sign-in, none is idle.
      - Owner, admins and O(protected) are never idle.
    type: int
  reclaim:
    description:
      - V(report) lists idle accounts under RV(attention). V(take) removes their licences, up to O(max_removals).
      - The rules assign the licence again once the person signs in, which Zoom allows without a licence.
    type: str
    choices: [report, take]
    default: report
  protected:
    description: Accounts whose licence is never removed, in addition to owner and admins. C(users) are addresses, C(roles) are role ids.
    type: dict
  max_removals:
    description: >-
      A number, or a percentage of the active accounts but at least 3. If more licences would be removed, none is.
    type: str
    default: 10%
  allow_losses:
    description: Ignore the limit for this run.
    type: bool
    default: false
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.part
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.standing
  - workspace_zoom.provisioning.people
  - workspace_zoom.provisioning.manage
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Move licences that were not used for half a year to people who need one
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
  description: Seats of each pool before and after. C(bought) is null where Zoom does not report it.
  returned: success
  type: dict
  sample: {licensed: {bought: 60, used_before: 44, used_after: 46, pending: 3, reserved: 2}}
decisions:
  description: How many accounts each rule matched, by licence.
  returned: success
  type: dict
  sample: {"rule 1 (managers)": {licensed: 12}, default: {basic: 480}}
by_hand:
  description: Which settings of the portal to align by hand.
  returned: success
  type: str
  sample: >-
    Zoom's default licence type has no API. In the portal, align Advanced, Single Sign-On, SAML Response Mapping with the rules, as each
    sign-in applies it again, and set Account Settings, Default License Type, where your portal has it, to basic.
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {create: 2, update: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: ada@example.com, action: license, reason: "rule 1 (managers): licensed",
       changed: true, before: {license: basic}, after: {license: licensed}}
changes_total:
  description: Total number of changes. RV(changes) may list fewer.
  returned: success
  type: int
  sample: 3
losses:
  description: How many accounts, licences and memberships the changes remove.
  returned: success
  type: int
  sample: 1
digest:
  description: >-
    SHA-256 of everything that is planned or blocked, with before and after. Two runs with the same plan have the same digest, in check
    mode or not.
  returned: success
  type: str
  sample: 6f1b0c2f5d7e9a4486f2c03f7c3f4a1e9b8d7c6a5f4e3d2c1b0a99887766554e
changes_path:
  description: The file with the complete lists.
  returned: when O(changes_path) is given
  type: str
  sample: state/changes/licenses.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      reason: license
      message: >-
        ada@example.com: the licence was not changed, because Zoom limits how often licences are moved; run again later [Zoom refused PATCH
        /v2/users/Zr4kVn2a: The limit of license assignments was reached (HTTP 400).]
withheld:
  description: Removals that a limit or a missing confirmation blocked. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: bob@example.com
      reason: limit_license
      action: license
      message: >-
        5 licences would be taken away (the default licence is basic); the limit is 3, 10% of 10 active accounts and at least 3, so none
        was: check the plan, then raise license_defaults_max_removals (max_removals of the module), or set provisioning_allow_losses: true
        (allow_losses of the module) for one run.
above_limits:
  description: Limits that would have blocked changes if they were not lifted for this run, one sentence each in C(message).
  returned: when there are any
  type: list
  elements: dict
  sample:
    - email: ""
      reason: limit_license
      message: >-
        5 licences would be taken away (the default licence is basic), more than the limit of 3, 10% of 10 active accounts and at least 3,
        which is lifted for this run: check each of them.
attention:
  description: >-
    Conditions that wait for somebody, each with the next step. They do not fail the module. C(since) is the time of the earlier run
    that first met the condition.
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      reason: seats
      since: "2026-11-26T01:00:00+00:00"
      message: >-
        ada@example.com should hold licensed by rule 1 (managers), but holds basic, because no seat is free; buy seats, or take others out
        of the rules.
left:
  description: >-
    What this run leaves for another one, because of O(leave_removals) or O(only), with C(email), C(action), C(group) and C(reason).
    RV(summary) counts it as C(left). It is bounded as RV(changes) is, and does not fail the module.
  returned: when there is any
  type: list
  elements: dict
  sample: [{email: bob@example.com, action: license, reason: "default: basic"}]
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      ada@example.com: the licence was not changed, because Zoom limits how often licences are moved; run again later [Zoom refused PATCH
      /v2/users/Zr4kVn2a: The limit of license assignments was reached (HTTP 400).]
interrupted:
  description: True if the run was asked to stop (Ctrl-C), so that the module left the rest to the next run. There is no RV(partial) then.
  returned: when the run was interrupted
  type: bool
  sample: true
partial:
  description: True if the module did everything except these items.
  returned: when there are failed or blocked items
  type: bool
  sample: true
"""

from ..module_utils._frame._arguments import (
    accounts_arguments,
    approval_arguments,
    part_arguments,
    people_arguments,
    standing_arguments,
    zoom_arguments,
)
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._license_default import license_default


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **approval_arguments(),
        **part_arguments(),
        **standing_arguments(),
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
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, license_default, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
