#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom accounts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_user_info
short_description: Read Zoom accounts
version_added: 1.0.0
description:
  - Reads accounts of all three states, groups and seats. With O(dest), it writes them to the accounts snapshot for later modules.
options:
  emails:
    description: Only these addresses.
    type: list
    elements: str
  status:
    description: Only these states. Without it, all three.
    type: list
    elements: str
    choices: [active, inactive, pending]
  dest:
    description: Path of the accounts snapshot to write. Without it RV(users) is returned.
    type: path
  memory_path:
    description: >-
      The memory that the last real run left. With O(dest), it shows whose each account was, and what was changed in Zoom by hand since.
    type: path
  known_accounts_paths:
    description: >-
      Accounts snapshots of earlier runs, beside the one at O(dest). If O(memory_path) is lost, they show that there was a memory, so that
      this is not taken for the first run.
    type: list
    elements: path
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.info
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Read all accounts for the modules that follow
  workspace_zoom.provisioning.zoom_user_info:
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
    dest: state/accounts.jsonl
"""

RETURN = r"""
summary:
  description: Counts by state.
  returned: success
  type: dict
  sample: {active: 25, inactive: 2, pending: 1}
users:
  description: The accounts themselves.
  returned: when O(dest) is not given
  type: list
  elements: dict
  sample: [{id: Zr4kVn2aT-m9QeXwL1hY_g, email: ada@example.com, status: active, first_name: Ada, type: 2}]
dest:
  description: Path of the snapshot.
  returned: when O(dest) is given
  type: str
  sample: state/accounts.jsonl
attention:
  description: Rows of an unknown form, which were skipped, and lists with fewer rows than Zoom promised, each with the next step.
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      reason: set_aside
      message: >-
        Zoom's active users hold a row of an unknown form (type is a list; it is ada@example.com), so that account was skipped; look at it
        in Zoom (User Management), and report it to Zoom's support if it looks right there.
unavailable:
  description: What could not be read with this credential, such as V(seats), or V(memberships) of Zoom groups with a SCIM token.
  returned: success
  type: list
  elements: str
  sample: [memberships]
"""

from ..module_utils._frame._arguments import approval_arguments, lock_arguments, snapshot_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._user_info import user_info


def main() -> None:
    spec = zoom_arguments(
        **snapshot_arguments(),
        **approval_arguments(),
        emails={"type": "list", "elements": "str"},
        status={"type": "list", "elements": "str", "choices": ["active", "inactive", "pending"]},
        dest={"type": "path"},
        memory_path={"type": "path"},
        known_accounts_paths={"type": "list", "elements": "path"},
        **lock_arguments(),
    )
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), user_info)


if __name__ == "__main__":
    main()
