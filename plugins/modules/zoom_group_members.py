#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of one Zoom group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_group_members
short_description: Manage the members of one Zoom group
version_added: 0.1.0
description:
  - Makes sure that accounts are members of a Zoom group, or are not.
  - Members need an active account. Others, such as pending ones, whom Zoom would leave out without a word, are told as failed items
    and do not stop the rest.
  - By REST, members are added thirty at a time, and those that Zoom leaves out are told.
  - Without the REST scopes for groups, SCIM is used. It lists no members, so each of O(members) is looked at by itself, and
    O(exclusive) is refused.
options:
  group:
    description: Name of the group, as text. What YAML would read as a number or a boolean is to be quoted.
    type: raw
    required: true
  members:
    description: Addresses of the accounts.
    type: list
    elements: str
    required: true
  state:
    description: Whether these are to be members.
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
- name: Ada is in the group
  workspace_zoom.provisioning.zoom_group_members:
    group: Engineering
    members: [ada@example.com]
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {add: 2, remove: 1, failed: 0, withheld: 0, attention: 0}
changes:
  description: One entry for each write, made or, in check mode, announced, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: "", group: Sales, emails: [ada@example.com], action: add, reason: listed,
       changed: true, before: {}, after: {}}
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
