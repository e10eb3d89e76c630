#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal, taken back."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_undo
short_description: Restore Zoom accounts as they were before a run
version_added: 1.0.0
description:
  - Reads the journal of a run and restores states, addresses, names, licences and group memberships that it changed.
  - What was changed since is left as it is and reported, as is what can't be restored, such as a deleted account.
options:
  journal:
    description: Path of the journal, O(journal_dir) and the run's id with C(.jsonl).
    type: path
    required: true
  creations:
    description: Whether accounts that the run created are deactivated. Without it, they stay and are reported.
    type: bool
    default: false
  known_people_path:
    description:
      - The last people snapshot, of any run. It shows which account belongs to somebody whom O(protected) names by another address.
      - A missing or unusable file counts as none. If O(protected) then names an address that no account has and that is otherwise unknown,
        all removals are blocked.
    type: path
  protected:
    description: Accounts that are left as they are, in addition to owner and admins. C(users) are addresses, C(roles) are role ids.
    type: dict
  max_deactivations:
    description: >-
      A number, or a percentage of the active accounts but at least 3. If more would be deactivated, none is.
    type: str
    default: 10%
  max_renames:
    description: The same limit for accounts that would get their former sign-in address back.
    type: str
    default: 10%
  max_updates:
    description:
      - A number, or a percentage of the active accounts but at least 20. If more would be updated, none is.
      - It holds once the memory (O(memory_path)) shows that a run was completed.
    type: str
    default: 25%
  max_creations:
    description: The same limit as O(max_updates) for accounts that would be reactivated.
    type: str
    default: 25%
  max_license_removals:
    description: The limit O(max_deactivations) for licences that would be removed.
    type: str
    default: 10%
  max_group_removals:
    description: The limit O(max_deactivations) for members who would be removed from Zoom groups.
    type: str
    default: 10%
  allow_losses:
    description: Ignore all limits on removals for this run.
    type: bool
    default: false
  allow_gains:
    description: Ignore the limits on gains, which are O(max_updates) and O(max_creations), for this run.
    type: bool
    default: false
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Undo last night's run
  workspace_zoom.provisioning.zoom_undo:
    journal: state/journal/20261124T020000-1234567890.jsonl
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {reactivate: 2, license: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write that was made or, in check mode, would be made.
  returned: success
  type: list
  elements: dict
  sample: [{email: ada@example.com, action: reactivate, reason: undo, changed: true}]
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
  sample: state/changes/undo.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      reason: undo_changed
      message: >-
        ada@example.com: department was Sales after that run and is Design now, so it was changed since and was left as it is; set it by
        hand if it should be Research.
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
  description: Conditions that wait for somebody, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
  sample:
    - email: carl@example.com
      reason: undo_created
      message: >-
        carl@example.com was created by that run and stays; set undo_creations: true to deactivate it, or offboard it with
        playbooks/offboard.yml.
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      ada@example.com: department was Sales after that run and is Design now, so it was changed since and was left as it is; set it by hand
      if it should be Research.
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
from ..module_utils._run._undo import undo


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **approval_arguments(),
        journal={"type": "path", "required": True},
        creations={"type": "bool", "default": False},
        known_people_path={"type": "path"},
        protected={"type": "dict"},
        max_deactivations={"type": "str", "default": "10%"},
        max_renames={"type": "str", "default": "10%"},
        max_updates={"type": "str", "default": "25%"},
        max_creations={"type": "str", "default": "25%"},
        max_license_removals={"type": "str", "default": "10%"},
        max_group_removals={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
        allow_gains={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, undo)


if __name__ == "__main__":
    main()
