#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Zoom accounts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_scim_users
short_description: Provision all Zoom accounts from people
version_added: 1.0.0
description:
  - Creates, renames, updates and reactivates the accounts of everybody in scope.
  - With O(prune), also deactivates the accounts of people who are not in scope. Read about O(max_deactivations) first.
  - If one account fails, the others go on. The module then fails with RV(partial).
options:
  attributes:
    description:
      - A dictionary of Zoom SCIM attributes. Each value is a JMESPath expression over the Google user.
      - Without it, C(userName), the names and the department are mapped.
      - An expression that gives nothing leaves the attribute as it is.
    type: dict
  licenses:
    description: >-
      The licence policy for new accounts, with C(default), C(rules), C(fallback), C(reserve), C(seats), C(reclaim_after_days),
      C(reclaim). Without it, they get the basic licence.
    type: dict
  identity:
    description:
      - V(employeeNumber) writes the immutable Google id into that attribute, so that a renamed person and a reused address can be
        distinguished. REST lists show it as C(employee_unique_id). Without this option, unclear matches are under RV(attention).
      - A value that is no Google id of the directory, such as one that a SAML mapping sets, is ignored and left as it is.
    type: raw
  adopt:
    description:
      - Your decision on unclear matches, as a dictionary. The key is a person's address, the value is the address of their account, or an
        empty text if the person is to get a new account.
      - V(all) accepts accounts that are older than the Google user of the same address.
    type: raw
  remember:
    description:
      - Whether an account belongs to whom it belonged in the last run, as O(memory_path) has it, wherever its address or theirs is now.
      - O(adopt) and O(identity) count more. Without a memory, or with V(false), addresses alone decide.
    type: bool
    default: true
  prune:
    description:
      - Whether O(deprovision) is applied to accounts of people who are not in scope.
      - While it is unset, no account ends, and the run only lists who would be affected. Start here.
    type: bool
  deprovision:
    description:
      - The offboarding action for each reason, V(suspended), V(archived), V(deleted), V(out_of_scope), V(unknown) and V(excluded).
      - Actions are V(deactivate), V(downgrade) (to the basic licence), V(disassociate), V(delete), V(report), V(ignore).
      - >-
        V(delete) and V(disassociate) can transfer data, for example
        C({action: delete, transfer_to: boss@example.com, transfer: [meeting, recording]}). Without C(transfer), everything is transferred
        that Zoom can transfer.
      - The default is V(deactivate), but V(report) for V(unknown) and V(ignore) for V(excluded).
    type: dict
  protected:
    description: >-
      Accounts that are never deactivated or renamed, in addition to owner and admins. C(users) are addresses, C(roles) are role ids.
    type: dict
  reactivate:
    description: Whether an inactive account of somebody in scope is reactivated.
    type: bool
    default: true
  verify_unlisted:
    description:
      - Some attributes are shown by no list (title, cost center, manager and others). V(on_create) sets them at creation only.
      - V(always) compares them for every account, which takes one or two requests each.
      - A mapped employeeNumber is always compared where the lists show it, as C(employee_unique_id).
    type: str
    choices: [on_create, always]
    default: on_create
  max_deactivations:
    description: >-
      A number, or a percentage of the active accounts but at least 3. If more would be deactivated, none is.
    type: str
    default: 10%
  max_leavers:
    description: The same limit for people who are suspended or deleted in Google.
    type: str
    default: 10%
  max_renames:
    description: The same limit for accounts that would get another sign-in address. Who is renamed loses the former one.
    type: str
    default: 10%
  max_updates:
    description:
      - A number, or a percentage of the active accounts but at least 20. If more would be updated, none is.
      - It holds from the second run on, once the memory (O(memory_path)) shows that a run was completed.
      - An update that only writes the Google id (O(identity)) does not count.
    type: str
    default: 25%
  max_creations:
    description: The same limit for accounts that would be created or reactivated.
    type: str
    default: 25%
  max_license_removals:
    description:
      - The C(max_removals) of M(workspace_zoom.provisioning.zoom_license_default) in the same run, a number or a percentage.
      - If new accounts need seats that O(licenses) takes from others, these licences are removed before the accounts are created, as few as
        are needed. If O(licenses) would remove more licences than this limit, none is removed here.
      - Without it, this module removes no licence for a new account, which is then created with C(fallback).
    type: str
  allow_losses:
    description: Ignore the limits on removals, which are O(max_deactivations), O(max_leavers) and O(max_renames), for this run.
    type: bool
    default: false
  allow_gains:
    description: Ignore the limits on gains, which are O(max_updates) and O(max_creations), for this run.
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
- name: Provision everybody in scope and deactivate others
  workspace_zoom.provisioning.zoom_scim_users:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    prune: true
    attributes:
      userName: primaryEmail
      name.givenName: name.givenName
      name.familyName: name.familyName || name.givenName
      department: organizations[?primary].department | [0]
      title: organizations[?primary].title | [0]
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
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
    - {email: ada@example.com, action: update, reason: "changed: department",
       changed: true, before: {department: Sales}, after: {department: Design}}
changes_total:
  description: Total number of changes. RV(changes) may list fewer.
  returned: success
  type: int
  sample: 3
losses:
  description: How many accounts, sign-in addresses, licences and memberships the changes remove.
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
  sample: state/changes/accounts.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: new@example.com
      reason: create
      message: >-
        new@example.com: the account was not created, because no seat is left; buy seats or give fewer licences [Zoom refused POST
        /scim2/Users: Cannot add paid users (HTTP 409, code 2033, tracking id v=2.0;clid=aw1).]
withheld:
  description: Changes that a limit or a missing confirmation blocked. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: bob@example.com
      reason: limit_deactivation
      action: deactivate
      message: >-
        5 accounts would be deactivated (out of scope); the limit is 3, 10% of 10 active accounts and at least 3, so none was: check the
        plan, then raise attribute_mapping_max_deactivations (max_deactivations of the module), or set provisioning_allow_losses: true
        (allow_losses of the module) for one run.
above_limits:
  description: Limits that would have blocked changes if they were not lifted for this run, one sentence each in C(message).
  returned: when there are any
  type: list
  elements: dict
  sample:
    - email: ""
      reason: limit_deactivation
      message: >-
        5 accounts would be deactivated (out of scope), more than the limit of 3, 10% of 10 active accounts and at least 3, which is
        lifted for this run: check each before you approve this plan or let it be made.
attention:
  description: >-
    Conditions that wait for somebody, each with the next step. They do not fail the module. C(since) is the time of the earlier run
    that first met the condition.
  returned: success
  type: list
  elements: dict
  sample:
    - email: carl@example.com
      reason: pending
      message: >-
        carl@example.com has not accepted Zoom's invitation, so nothing can be set yet; ask them to accept it, or send it again in Zoom.
left:
  description: >-
    What this run leaves for another one, because of O(leave_removals) or O(only), with C(email), C(action), C(group) and C(reason).
    RV(summary) counts it as C(left). It is bounded as RV(changes) is, and does not fail the module.
  returned: when there is any
  type: list
  elements: dict
  sample: [{email: bob@example.com, action: deactivate, reason: out_of_scope}]
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      new@example.com: the account was not created, because no seat is left; buy seats or give fewer licences [Zoom refused POST
      /scim2/Users: Cannot add paid users (HTTP 409, code 2033, tracking id v=2.0;clid=aw1).]
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
from ..module_utils._run._scim_users import scim_users


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **approval_arguments(),
        **part_arguments(),
        **standing_arguments(),
        **people_arguments(),
        attributes={"type": "dict"},
        licenses={"type": "dict"},
        identity={"type": "raw"},
        adopt={"type": "raw"},
        remember={"type": "bool", "default": True},
        prune={"type": "bool"},
        deprovision={"type": "dict"},
        protected={"type": "dict"},
        reactivate={"type": "bool", "default": True},
        verify_unlisted={"type": "str", "choices": ["on_create", "always"], "default": "on_create"},
        max_deactivations={"type": "str", "default": "10%"},
        max_leavers={"type": "str", "default": "10%"},
        max_renames={"type": "str", "default": "10%"},
        max_updates={"type": "str", "default": "25%"},
        max_creations={"type": "str", "default": "25%"},
        max_license_removals={"type": "str"},
        allow_losses={"type": "bool", "default": False},
        allow_gains={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, scim_users, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
