#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Zoom account."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_scim_user
short_description: Manage one Zoom account
version_added: 1.0.0
description:
  - Makes sure that one account exists with its attributes and licence, is inactive, or does not exist.
options:
  user_name:
    description: Address of the account.
    type: str
    required: true
  previous_user_names:
    description: Former addresses. An account with one of them is renamed, and no new one is created.
    type: list
    elements: str
    default: []
  given_name:
    description: Given name.
    type: str
  family_name:
    description: Family name.
    type: str
  display_name:
    description: Display name. Without it, a display name that is made of the names changes with them.
    type: str
  department:
    description: Department.
    type: str
  attributes:
    description: Further SCIM attributes and their values, such as C(title), C(costCenter), C(manager) or keys of Zoom's extension.
    type: dict
    default: {}
  license:
    description:
      - V(basic), V(licensed), V(unassigned), V(on_prem), or a bundle, as C(zoom_one_type) or C(plan_united_type) with its number.
      - Without it, a new account gets the basic licence and an existing one keeps its licence.
    type: raw
  state:
    description:
      - V(inactive) deactivates the account, which removes the licence and keeps the data.
      - V(absent) deletes the account and its data.
    type: str
    choices: [present, inactive, absent]
    default: present
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.manage
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Create or update Ada's account
  workspace_zoom.provisioning.zoom_scim_user:
    user_name: ada.lovelace@example.com
    previous_user_names: [ada.byron@example.com]
    given_name: Ada
    family_name: Lovelace
    license: licensed
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
user:
  description: The account as it is or, in check mode, would be.
  returned: success
  type: dict
  sample: {id: Zr4kVn2aT-m9QeXwL1hY_g, email: ada.lovelace@example.com, status: active, type: 2}
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
      reason: pending
      message: >-
        carl@example.com has not accepted Zoom's invitation, so nothing can be set yet; ask them to accept it, or send it again in Zoom.
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

from ..module_utils._frame._arguments import zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._scim_user import scim_user


def main() -> None:
    spec = zoom_arguments(
        user_name={"type": "str", "required": True},
        previous_user_names={"type": "list", "elements": "str", "default": []},
        given_name={"type": "str"},
        family_name={"type": "str"},
        display_name={"type": "str"},
        department={"type": "str"},
        attributes={"type": "dict", "default": {}},
        license={"type": "raw"},
        state={"type": "str", "choices": ["present", "inactive", "absent"], "default": "present"},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, scim_user, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
