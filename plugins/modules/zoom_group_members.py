#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of one Zoom group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_group_members
short_description: Manage the members of one Zoom group
version_added: 1.0.0
description:
  - Makes sure that accounts are members of a Zoom group, or are not.
  - Members need an active account. Zoom silently leaves out others, such as pending ones. They are reported as failed items, and the rest
    goes on.
  - By REST, members are added thirty at a time.
  - Without the REST scopes for groups, SCIM is used. It lists no members, so each of O(members) is read one by one, and
    O(exclusive) is refused.
options:
  group:
    description: Name of the group, as text. Quote what YAML would read as a number or a boolean.
    type: raw
    required: true
  members:
    description: Addresses of the accounts.
    type: list
    elements: str
    required: true
  state:
    description: Whether these must be members.
    type: str
    choices: [present, absent]
    default: present
  exclusive:
    description: Whether all other members are removed, inactive ones included. Needs the REST scope C(group:read:list_members:admin).
    type: bool
    default: false
  max_removals:
    description: If more members would be removed, none is, and the module fails with RV(partial).
    type: int
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Add Ada to the group
  workspace_zoom.provisioning.zoom_group_members:
    group: Engineering
    members: [ada@example.com]
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {add: 2, remove: 1, failed: 0, withheld: 0, attention: 0}
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: "", group: Sales, emails: [ada@example.com], action: add, reason: listed,
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
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: new@example.com
      reason: no_account
      message: new@example.com has no active Zoom account, so it can't join a group; create the account first.
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
  sample: []
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample: ["new@example.com has no active Zoom account, so it can't join a group; create the account first."]
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

from ..module_utils._frame._arguments import zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._zoom_group_members import zoom_group_members


def main() -> None:
    spec = zoom_arguments(
        group={"type": "raw", "required": True},
        members={"type": "list", "elements": "str", "required": True},
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
        exclusive={"type": "bool", "default": False},
        max_removals={"type": "int"},
    )
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), zoom_group_members)


if __name__ == "__main__":
    main()
