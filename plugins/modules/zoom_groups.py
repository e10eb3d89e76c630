#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All mapped Zoom groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_groups
short_description: Manage all mapped Zoom groups and their members
version_added: 0.1.0
description:
  - Makes sure that each group exists and holds the active accounts of those whom its selector chooses.
  - All memberships are taken from the accounts snapshot, so that nothing more is read where there is nothing to do.
    By REST, members are added thirty at a time; those that Zoom leaves out without a word are told as failed items.
  - An inactive account keeps its groups. Accounts of people in RV(failed_items) or RV(withheld) are left as they are.
  - Uses Zoom's REST API where the token has the scopes for groups, else SCIM. With a SCIM O(access_token) alone, no list shows who is in
    which group, so each account that a selector chooses costs one read, or each active account if a group is exclusive or absent.
options:
  groups:
    description:
      - Selectors (C(groups), C(org_units), C(users), C(where)) with the C(name) of a Zoom group, of 127 characters at most.
      - With C(exclusive) true, other members leave the group.
      - C(previous_names) is a list of former names. If there is no group called C(name), one that is called so is renamed.
      - With C(state) V(absent), the group is deleted, and needs no selector. Its members count under O(max_removals).
    type: list
    elements: dict
    required: true
  exclusive:
    description: What holds for groups that do not say C(exclusive) themselves.
    type: bool
    default: false
  max_removals:
    description: >-
      A count, or a share of the active accounts, at least 3. If more members would leave, by removal or with their group, none does.
    type: str
    default: 10%
  allow_losses:
    description: Raises the limit, for one run.
    type: bool
    default: false
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
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {create_group: 1, add: 2, remove: 1, failed: 0, withheld: 0, attention: 0}
changes:
  description: One entry for each write, made or, in check mode, announced, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: "", group: Sales, emails: [ada@example.com], action: add, reason: matches,
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
from ..module_utils._run._zoom_groups import zoom_groups


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
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
