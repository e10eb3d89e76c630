#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Google groups are, and who may join them."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_group_info
short_description: Read Google groups and who may join them
version_added: 1.0.0
description:
  - Reads the name and the access settings of groups, and reports those that anybody can join without approval. Whoever joins such a group
    gets the accounts and licences that your rules give to its members.
  - It needs the scope C(https://www.googleapis.com/auth/apps.groups.settings), because there is no read-only one.
options:
  groups:
    description: Addresses of the groups.
    type: list
    elements: str
  policy_path:
    description:
      - File that O(workspace_zoom.provisioning.policy_validate#module:dest) names. The groups of that policy are read too, and
        RV(attention) mentions the variable that names each. It needs O(run_id).
    type: path
  people_path:
    description:
      - People snapshot of this run. Groups that are nested in O(groups) or in those of O(policy_path) are read too, because whoever joins
        one of them is in the others. It needs O(run_id).
    type: path
  run_id:
    description: Identifier of this run.
    type: str
  where:
    description: A dictionary of group addresses. Each value is the variable that names the group. RV(attention) mentions it.
    type: dict
extends_documentation_fragment:
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.info
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Check who may join the groups that give accounts
  workspace_zoom.provisioning.google_group_info:
    groups: [zoom-users@example.com]
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
groups:
  description:
    - One entry for each group.
    - C(settings) of an entry has those that O(workspace_zoom.provisioning.google_group#module:settings) knows.
  returned: success
  type: list
  elements: dict
  sample: [{email: zoom-users@example.com, exists: true, name: Zoom users, settings: {whoCanJoin: INVITED_CAN_JOIN}}]
attention:
  description: Groups that anybody can join, each with the next step.
  returned: success
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: open_group
      message: >-
        zoom-users@example.com decides who gets an account or a licence (scope_groups), and everybody of this Google customer can join it
        without approval; set whoCanJoin to INVITED_CAN_JOIN (in Google Groups under Group settings, or for scope_group by
        scope_group_settings), unless you want that.
"""

from ..module_utils._frame._arguments import google_arguments, handover_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_group_info import google_group_info


def main() -> None:
    spec = google_arguments(
        groups={"type": "list", "elements": "str"},
        policy_path={"type": "path"},
        people_path={"type": "path"},
        run_id={"type": "str"},
        where={"type": "dict"},
        **handover_arguments(),
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_group_info, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
