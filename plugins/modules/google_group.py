#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Google group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_group
short_description: Manage one Google group
version_added: 1.0.0
description:
  - Makes sure that a group exists with its name, description and access settings, or does not exist.
options:
  email:
    description: Address of the group.
    type: str
    required: true
    aliases: [group]
  name:
    description:
      - Name of the group. A new group without one gets the part of its address before the at sign.
      - It must be text. Quote what YAML would read as a number or a boolean.
    type: raw
  description:
    description: Description of the group.
    type: str
  settings:
    description:
      - Access settings of the group, with the names of the Groups Settings API. Settings that are not listed stay as they are.
      - If a group decides who gets an account, set C(whoCanJoin) to V(INVITED_CAN_JOIN) and C(allowExternalMembers) to V(false), so that
        nobody joins without approval.
      - Known settings are C(whoCanJoin), C(whoCanViewMembership), C(whoCanViewGroup), C(whoCanPostMessage), C(whoCanLeaveGroup),
        C(whoCanContactOwner), C(whoCanDiscoverGroup), C(whoCanModerateMembers), C(whoCanModerateContent), C(whoCanAssistContent),
        C(allowExternalMembers), C(allowWebPosting), C(includeInGlobalAddressList), C(isArchived), C(archiveOnly),
        C(membersCanPostAsTheGroup), C(messageModerationLevel) and C(spamModerationLevel).
      - It needs the scope C(https://www.googleapis.com/auth/apps.groups.settings).
    type: dict
  state:
    description: Whether the group must exist.
    type: str
    choices: [present, absent]
    default: present
  people_path:
    description:
      - People snapshot of this run. If O(customer) is not given, the journal names the customer by the id that the snapshot has, so that
        M(workspace_zoom.provisioning.google_undo) refuses the journal of another customer.
      - A file that is missing or of another run is ignored.
    type: path
  pending_path:
    description:
      - File of this run for RV(pending_changes), read by
        O(workspace_zoom.provisioning.google_scope_info#module:pending_path). It needs O(run_id).
      - What other tasks of this run have written stays in it. A file of another run is overwritten.
    type: path
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.part
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.journal
  - workspace_zoom.provisioning.manage
seealso:
  - module: workspace_zoom.provisioning.google_group_members
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Create the group whose members get a Zoom account
  workspace_zoom.provisioning.google_group:
    email: zoom-users@example.com
    name: Zoom users
    description: Members get a Zoom account
    settings:
      whoCanJoin: INVITED_CAN_JOIN
      allowExternalMembers: false
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
group:
  description: The group as it is or, in check mode, would be.
  returned: success
  type: dict
  sample: {email: zoom-users@example.com, name: Zoom users, description: Members get a Zoom account, id: 01ksv4uv1abcdef}
settings:
  description: The settings that O(settings) lists, as they are now.
  returned: success
  type: dict
  sample: {whoCanJoin: INVITED_CAN_JOIN, allowExternalMembers: "false"}
pending_changes:
  description: What changed in the group, for O(workspace_zoom.provisioning.google_scope_info#module:pending_changes).
  returned: success
  type: list
  elements: dict
  sample: [{group: zoom-users@example.com, created: true, added: [], removed: []}]
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: zoom-users@example.com, action: create, reason: does not exist, changed: true, before: {},
       after: {email: zoom-users@example.com, name: Zoom users, description: Members get a Zoom account}}
summary:
  description: Counts by action, and of the lists below.
  returned: success
  type: dict
  sample: {create: 1, settings: 1, failed: 0, withheld: 0, attention: 0}
changes_total:
  description: Total number of changes.
  returned: success
  type: int
  sample: 3
losses:
  description: How many accounts, licences and memberships the changes remove. A group that is deleted counts as one.
  returned: success
  type: int
  sample: 1
digest:
  description: SHA-256 of what is planned, with before and after.
  returned: success
  type: str
  sample: 6f1b0c2f5d7e9a4486f2c03f7c3f4a1e9b8d7c6a5f4e3d2c1b0a99887766554e
failed_items:
  description:
    - Writes that Google refused after another one was made, such as the access settings of a group that was created. If there are any, the
      module fails with RV(partial).
    - If Google refuses the first write, the module fails without a result.
  returned: success
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: settings
      message: >-
        Google group zoom-users@example.com: its access settings were not changed. The Groups Settings API is not enabled in the Google
        Cloud project of the service account; enable it. [Google refused PATCH /groups/v1/groups/zoom-users@example.com: Access Not
        Configured (HTTP 403, code accessNotConfigured).]
withheld:
  description: Always empty; all modules that write have it.
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
unrecorded:
  description: >-
    True if a real run of this module has to bring its files up to date although it would change nothing in Google.
    Check mode does not write them. It is about the journal of an interrupted run (O(journal_dir)).
  returned: success
  type: bool
  sample: false
left:
  description: >-
    What this run leaves for another one, because of O(leave_removals) or O(only), with C(email), C(action), C(group) and C(reason).
    RV(summary) counts it as C(left). It does not fail the module.
  returned: when there is any
  type: list
  elements: dict
  sample: [{email: zoom-users@example.com, action: update, group: zoom-users@example.com, reason: "changed: name"}]
problems:
  description: One sentence for each failed item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      Google group zoom-users@example.com: its access settings were not changed. The Groups Settings API is not enabled in the Google
      Cloud project of the service account; enable it. [Google refused PATCH /groups/v1/groups/zoom-users@example.com: Access Not
      Configured (HTTP 403, code accessNotConfigured).]
interrupted:
  description: True if the run was asked to stop (Ctrl-C), so that the module left the rest to the next run. There is no RV(partial) then.
  returned: when the run was interrupted
  type: bool
  sample: true
partial:
  description: True if the module did everything except these items.
  returned: when there are failed items
  type: bool
  sample: true
"""

from ..module_utils._frame._arguments import approval_arguments, google_arguments, journal_arguments, part_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_group import google_group


def main() -> None:
    spec = google_arguments(
        email={"type": "str", "required": True, "aliases": ["group"]},
        name={"type": "raw"},
        description={"type": "str"},
        settings={"type": "dict"},
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
        people_path={"type": "path"},
        pending_path={"type": "path"},
        **approval_arguments(),
        **part_arguments(),
        **journal_arguments(),
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_group, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
