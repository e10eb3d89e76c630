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
  - Frees seats first, then gives them by rule order and account age, and says who is left out.
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
    description: Licence of a new account when no seat is free.
    type: raw
  reserve:
    description: Paid seats to keep free.
    type: int
    default: 0
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
- name: Managers are licensed, all others basic
  workspace_zoom.provisioning.zoom_license_default:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    default: basic
    rules:
      - groups: [managers@example.com]
        license: licensed
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
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
    - {email: ada@example.com, action: license, reason: policy says licensed,
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

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._run._arguments import accounts_arguments, people_arguments, zoom_arguments
from ..module_utils._run._license_default import license_default
from ..module_utils._run._module import run_module


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **people_arguments(),
        default={"type": "raw"},
        rules={"type": "list", "elements": "dict", "default": []},
        fallback={"type": "raw"},
        reserve={"type": "int", "default": 0},
        protected={"type": "dict"},
        max_removals={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, license_default, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
