#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal, taken back."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_undo
short_description: Put Zoom accounts back as they were before a run
version_added: 0.1.0
description:
  - Reads the journal of a run and restores states, addresses, names, licences and group memberships that it changed.
  - What has changed since is left as it is and named, as is what can't be brought back, such as a deleted account.
options:
  journal:
    description: Path of the journal, O(journal_dir) and the run's id with C(.jsonl).
    type: path
    required: true
  creations:
    description: Whether accounts that the run created are deactivated. They stay otherwise, and are told.
    type: bool
    default: false
  known_people_path:
    description:
      - The last people snapshot, of any run. It tells which account O(protected) means by another address of its holder.
      - A file that does not exist or is of no use counts as none. An address under O(protected) that no account has, and of which nothing
        is known, then blocks all removals.
    type: path
  protected:
    description: Accounts that are left as they are, beside owner and admins. C(users) are addresses, C(roles) role ids.
    type: dict
  max_deactivations:
    description: >-
      A count, or a share of the active accounts, at least 3. If more would be deactivated, none is.
    type: str
    default: 10%
  max_license_removals:
    description: The same for licences that would be taken.
    type: str
    default: 10%
  max_group_removals:
    description: The same for members that would leave Zoom groups.
    type: str
    default: 10%
  allow_losses:
    description: Raises every limit, for one run.
    type: bool
    default: false
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Take last night's run back
  workspace_zoom.provisioning.zoom_undo:
    journal: state/journal/20261124T020000-1234567890.jsonl
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {reactivate: 2, license: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write, made or, in check mode, announced.
  returned: success
  type: list
  elements: dict
  sample: [{email: ada@example.com, action: reactivate, reason: undo, changed: true}]
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

from ..module_utils._frame._arguments import accounts_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._undo import undo


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        journal={"type": "path", "required": True},
        creations={"type": "bool", "default": False},
        known_people_path={"type": "path"},
        protected={"type": "dict"},
        max_deactivations={"type": "str", "default": "10%"},
        max_license_removals={"type": "str", "default": "10%"},
        max_group_removals={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, undo)


if __name__ == "__main__":
    main()
