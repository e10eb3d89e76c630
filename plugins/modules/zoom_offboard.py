#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named people lose access."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_offboard
short_description: Revoke sign-in and deactivate specific people immediately
version_added: 1.0.0
description:
  - Revokes the sign-in of each person and deactivates or removes the account. An open invitation is withdrawn.
  - Owner, admins and protected accounts are refused, each with what has to be done first.
options:
  users:
    description: Addresses, in Zoom or in Google.
    type: list
    elements: str
    required: true
  action:
    description: The offboarding action.
    type: str
    choices: [deactivate, disassociate, delete]
    default: deactivate
  transfer_to:
    description: Address of the Zoom account that inherits the data. With V(deactivate), it is set as transferee by SCIM.
    type: str
  transfer:
    description: Which data is transferred with V(disassociate) and V(delete). Without it, everything that Zoom can transfer.
    type: list
    elements: str
    choices: [meeting, webinar, recording, whiteboard, clipfiles, notes, visitors, docs]
  hold_group:
    description:
      - A Google group that the scope excludes. The playbook adds people to it who are still in scope.
      - Without it, such people are refused and nothing is written, because the next run would bring their accounts back.
    type: str
  hold_path:
    description:
      - File for the addresses of RV(hold), for O(workspace_zoom.provisioning.google_group_members#module:members_path).
      - It needs O(run_id).
    type: path
  people_path:
    description: The people snapshot. It shows who is still in scope and who has a former address in Zoom.
    type: path
  known_people_path:
    description:
      - The last people snapshot, of any run. It shows which account belongs to somebody whom O(protected) names by another address.
      - A missing or unusable file counts as none. If O(protected) then names an address that no account has and that is otherwise unknown,
        the module ends before anything is written, unless O(people_path) is given.
    type: path
  protected:
    description: Accounts that are never offboarded, in addition to owner and admins. C(users) are addresses, C(roles) are role ids.
    type: dict
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.manage
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Offboard Ada now
  workspace_zoom.provisioning.zoom_offboard:
    users: [ada@example.com]
    transfer_to: boss@example.com
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {revoke: 1, deactivate: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write that was made or, in check mode, would be made.
  returned: success
  type: list
  elements: dict
  sample: [{email: ada@example.com, action: deactivate, reason: offboarded, changed: true}]
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
  sample: state/changes/offboard.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: admin@example.com
      reason: offboard_protected
      message: >-
        admin@example.com is the owner, an admin, a Zoom Room or listed in attribute_mapping_protected and keeps access; take the role
        away in Zoom first (User Management, Roles), or take it off that list.
withheld:
  description: Removals that a limit or a missing confirmation blocked. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample: []
attention:
  description: Conditions that wait for somebody, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
  sample:
    - email: carl@example.com
      reason: offboard_nobody
      message: carl@example.com has no Zoom account here, so there is nothing to offboard; check the address if there should be one.
hold:
  description: Addresses of people who are still in scope, so that they must be added to O(hold_group).
  returned: success
  type: list
  elements: str
  sample: [ada@example.com]
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      admin@example.com is the owner, an admin, a Zoom Room or listed in attribute_mapping_protected and keeps access; take the role
      away in Zoom first (User Management, Roles), or take it off that list.
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

from ..module_utils._frame._arguments import accounts_arguments, approval_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._offboard import offboard

TRANSFERS = ["meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "visitors", "docs"]


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **approval_arguments(),
        users={"type": "list", "elements": "str", "required": True},
        action={"type": "str", "choices": ["deactivate", "disassociate", "delete"], "default": "deactivate"},
        transfer_to={"type": "str"},
        transfer={"type": "list", "elements": "str", "choices": TRANSFERS},
        hold_group={"type": "str"},
        hold_path={"type": "path"},
        people_path={"type": "path"},
        known_people_path={"type": "path"},
        protected={"type": "dict"},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, offboard, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
