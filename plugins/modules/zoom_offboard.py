#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named people lose access."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_offboard
short_description: Take access from named people at once
version_added: 0.1.0
description:
  - Revokes the single sign-on login of each and deactivates the account, or removes it. An open invitation is withdrawn.
  - Owner, admins and protected accounts are refused, each with what is to be done first.
options:
  users:
    description: Addresses, in Zoom or in Google.
    type: list
    elements: str
    required: true
  action:
    description: What becomes of the accounts.
    type: str
    choices: [deactivate, disassociate, delete]
    default: deactivate
  transfer_to:
    description: Address in the Zoom account that inherits. With V(deactivate) it is named as transferee by SCIM.
    type: str
  transfer:
    description: What is handed over with a removal. Without it, all that Zoom hands over.
    type: list
    elements: str
    choices: [meeting, webinar, recording, whiteboard, clipfiles, notes, visitors, docs]
  hold_group:
    description:
      - A Google group that the scope excludes, which the playbook puts people into who are still in scope.
      - Without it such people are refused, and nothing is written, as the next run would bring them back.
    type: str
  hold_path:
    description:
      - File that gets those whom RV(hold) names, for O(workspace_zoom.provisioning.google_group_members#module:members_path).
      - It needs O(run_id).
    type: path
  people_path:
    description: The people snapshot, which tells who is still in scope and who has a former address in Zoom.
    type: path
  known_people_path:
    description:
      - The last people snapshot, of any run. It tells which account O(protected) means by another address of its holder.
      - A file that does not exist or is of no use counts as none. An address under O(protected) that no account has, and of which nothing
        is known, then ends the module before anything is written, unless O(people_path) is given.
    type: path
  protected:
    description: Accounts that are never ended, beside owner and admins. C(users) are addresses, C(roles) role ids.
    type: dict
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Ada loses access now
  workspace_zoom.provisioning.zoom_offboard:
    users: [ada@example.com]
    transfer_to: boss@example.com
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {revoke: 1, deactivate: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write, made or, in check mode, announced.
  returned: success
  type: list
  elements: dict
  sample: [{email: ada@example.com, action: deactivate, reason: offboarded, changed: true}]
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
hold:
  description: Addresses of those who are still in scope and so belong into O(hold_group).
  returned: success
  type: list
  elements: str
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

from ..module_utils._frame._arguments import accounts_arguments, handover_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._offboard import offboard

TRANSFERS = ["meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "visitors", "docs"]


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **handover_arguments(),
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
