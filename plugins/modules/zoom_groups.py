#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All mapped Zoom groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_groups
short_description: Manage all mapped Zoom groups and their members
version_added: 1.0.0
description:
  - Makes sure that each group exists and contains the active accounts of the people whom its selector chooses.
  - Memberships are taken from the accounts snapshot, so nothing else is read if there is nothing to do. By REST, members are added thirty
    at a time. If Zoom silently leaves one out, it is reported as a failed item.
  - An inactive account keeps its groups. Accounts of people in RV(failed_items) or RV(withheld) are skipped.
  - Uses Zoom's REST API where the token has the scopes for groups, else SCIM. With a SCIM O(access_token) alone, no list shows who is in
    which group, so each account that a selector chooses takes one read. If a group is exclusive or absent, each active account takes one.
options:
  groups:
    description:
      - Selectors (C(groups), C(org_units), C(users), C(where)) with the C(name) of a Zoom group, of 127 characters at most.
      - With C(exclusive) true, all other members are removed from the group.
      - C(previous_names) is a list of former names. If no group is called C(name), the one with a former name is renamed.
      - With C(state) V(absent), the group is deleted and needs no selector. Its members count towards O(max_removals).
    type: list
    elements: dict
    required: true
  exclusive:
    description: The value for groups that do not set C(exclusive) themselves.
    type: bool
    default: false
  max_removals:
    description: >-
      A number, or a percentage of the active accounts but at least 3. If more members would be
      removed, one by one or with their group, none is.
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
- name: Zoom groups follow departments
  workspace_zoom.provisioning.zoom_groups:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    groups:
      - name: Engineering
        org_units: [/Staff/Engineering]
        exclusive: true
      - name: Revenue
        previous_names: [Sales]
        groups: [sales@example.com]
      - name: Project Falcon
        state: absent
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {create_group: 1, add: 2, remove: 1, failed: 0, withheld: 0, attention: 0}
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: "", group: Sales, emails: [ada@example.com], action: add, reason: matches,
       changed: true, before: {}, after: {}}
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
  sample: state/changes/groups.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      reason: add
      message: >-
        ada@example.com did not join the Zoom group Sales: Zoom accepted the request, but left the account out, as it does with pending and
        inactive ones; look at the account in Zoom, then run again.
withheld:
  description: Removals that a limit or a missing confirmation blocked. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: bob@example.com
      reason: unconfirmed_member
      action: remove
      group: Sales
      message: >-
        bob@example.com was listed as no longer belonging to the Zoom group Sales, but a second lookup did not confirm it, so it stays a
        member; run again, and check this person in Google if the message stays.
above_limits:
  description: Limits that would have blocked changes if they were not lifted for this run, one sentence each in C(message).
  returned: when there are any
  type: list
  elements: dict
  sample:
    - email: ""
      reason: limit_group
      message: >-
        5 members would leave Zoom groups (does not match the group's rules), more than the limit of 3, 10% of 10 active accounts and
        at least 3, which is lifted for this run: check each before you approve this plan or let it be made.
attention:
  description: >-
    Conditions that wait for somebody, each with the next step. They do not fail the module. C(since) is the time of the earlier run
    that first met the condition.
  returned: success
  type: list
  elements: dict
  sample:
    - email: ""
      reason: former_group
      message: >-
        The Zoom groups Revenue and Sales, its former name, both exist, so Sales was left unchanged; move what is still needed, then take it
        out of previous_names and map it with state: absent.
left:
  description: >-
    What this run leaves for another one, because of O(leave_removals) or O(only), with C(email), C(action), C(group) and C(reason).
    RV(summary) counts it as C(left). It is bounded as RV(changes) is, and does not fail the module.
  returned: when there is any
  type: list
  elements: dict
  sample: [{email: bob@example.com, action: remove, group: Sales, reason: does not match}]
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      bob@example.com was listed as no longer belonging to the Zoom group Sales, but a second lookup did not confirm it, so it stays a
      member; run again, and check this person in Google if the message stays.
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
from ..module_utils._run._zoom_groups import zoom_groups


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **approval_arguments(),
        **part_arguments(),
        **standing_arguments(),
        **people_arguments(),
        groups={"type": "list", "elements": "dict", "required": True},
        exclusive={"type": "bool", "default": False},
        max_removals={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, zoom_groups, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
