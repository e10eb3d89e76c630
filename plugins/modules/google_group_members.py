#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of one Google group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_group_members
short_description: Manage the members of one Google group
version_added: 1.0.0
description:
  - Makes sure that users and nested groups are members of a group, or are not.
  - If one member is refused, the others go on. Additions come first. If one of them is refused, nobody is removed, because the refused
    address may be a typing error for somebody who would be removed.
options:
  group:
    description: Address of the group.
    type: str
    required: true
  members:
    description:
      - Addresses, or dictionaries of C(email) and C(role).
      - The id of the Google customer, such as V(C03az79cb), stands for everybody in it.
      - Addresses at gmail.com and googlemail.com are compared without dots, as Gmail delivers them.
      - The role is V(MEMBER), V(MANAGER) or V(OWNER). Without one, a new member becomes V(MEMBER) and an existing one keeps its role.
      - Give either O(members) or O(members_path).
    type: list
    elements: raw
  members_path:
    description:
      - File of this run with the members, as O(workspace_zoom.provisioning.zoom_offboard#module:hold_path) writes it.
      - It needs O(run_id).
    type: path
  state:
    description: Whether these must be members.
    type: str
    choices: [present, absent]
    default: present
  exclusive:
    description: Whether all other members are removed, including the entry that stands for everybody of the customer.
    type: bool
    default: false
  verify_members:
    description:
      - Whether an address that is not a member yet is looked up before anything is written. If it is at a domain of the customer and
        belongs to no user and no group, the task ends. If the user was deleted, the address is left out and reported.
      - It needs the scopes C(admin.directory.user.readonly) and C(admin.directory.group.readonly) too.
    type: bool
    default: false
  max_removals:
    description: If more members would be removed, none is, and the module fails with RV(partial).
    type: int
  allow_losses:
    description: Ignore O(max_removals) in this run. RV(above_limits) then reports that it was exceeded.
    type: bool
    default: false
  max_removals_name:
    description: How messages call O(max_removals), for example by the variable of your playbook that sets it.
    type: str
    default: max_removals
  baseline_path:
    description:
      - File that keeps who was in the group after the last run, so that RV(drift) can report what was changed in Google by hand.
    type: path
  pending_changes:
    description: What M(workspace_zoom.provisioning.google_group) returned. With it, a group that check mode would create counts as empty.
    type: list
    elements: dict
  people_path:
    description:
      - People snapshot of this run. If O(customer) is not given, the journal names the customer by the id that the snapshot has, so that
        M(workspace_zoom.provisioning.google_undo) refuses the journal of another customer.
      - A file that is missing or of another run is ignored.
    type: path
  pending_path:
    description:
      - File of this run for RV(pending_changes). It also has what M(workspace_zoom.provisioning.google_group) would create, and is read by
        O(workspace_zoom.provisioning.google_scope_info#module:pending_path). It needs O(run_id).
      - What other tasks of this run have written stays in it. A file of another run is overwritten.
    type: path
  changes_path:
    description: File for the complete lists of changes, failed and blocked items, as JSON Lines.
    type: path
  changes_limit:
    description: The most entries that each of RV(changes), RV(failed_items) and RV(withheld) has. Together they have no more than 240 kB.
    type: int
    default: 1000
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.part
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.journal
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Two teams and one person get a Zoom account
  workspace_zoom.provisioning.google_group_members:
    group: zoom-users@example.com
    members:
      - engineering@example.com
      - sales@example.com
      - email: ada@example.com
        role: MANAGER
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
group:
  description: Address of the group.
  returned: success
  type: str
  sample: zoom-users@example.com
added:
  description: Addresses that were added, or would be.
  returned: success
  type: list
  elements: str
  sample: [ada@example.com]
removed:
  description: Addresses that were removed, or would be. The entry for everybody of the customer has the customer's id.
  returned: success
  type: list
  elements: str
  sample: [bob@example.com]
drift:
  description: The additions and removals that correct what was changed by hand since the last run, each with its reason.
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.com
      action: add
      reason: "drift: ada@example.com was taken out of the group in Google since the last run"
pending_changes:
  description:
    - The same, with the members as they were, for O(workspace_zoom.provisioning.google_scope_info#module:pending_changes).
    - C(refused) has the addresses that Google did not take in. Until it does, whoever would be in scope only by them is skipped.
  returned: success
  type: list
  elements: dict
  sample:
    - group: zoom-users@example.com
      created: false
      added: [ada@example.com]
      removed: [bob@example.com]
      members: [{id: "112233445566778899001", email: bob@example.com, type: USER, role: MEMBER}]
refused:
  description: How many members Google did not take in.
  returned: success
  type: int
  sample: 0
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: ada@example.com, group: zoom-users@example.com, action: add, reason: listed,
       changed: true, before: {}, after: {role: MEMBER}}
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
summary:
  description: Counts by action, and of failed and blocked items and of what needs attention.
  returned: success
  type: dict
  sample: {add: 2, remove: 1, failed: 0, withheld: 0, attention: 0}
changes_path:
  description: The file with the complete lists.
  returned: when O(changes_path) is given
  type: str
  sample: state/changes/scope.jsonl
failed_items:
  description: Members that Google refused. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: ada@example.net
      reason: add
      message: >-
        ada@example.net in zoom-users@example.com: not added. Google does not know the group or the member; check both addresses, and run
        again. [Google refused POST /admin/directory/v1/groups/zoom-users@example.com/members: Resource Not Found (HTTP 404, code
        notFound).]
withheld:
  description: Removals that O(max_removals) or a refused addition blocked, one entry for all of them, with their addresses in C(emails).
  returned: success
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: max_removals
      action: remove
      group: zoom-users@example.com
      emails: [bob@example.com, carl@example.com]
      message: >-
        zoom-users@example.com: 2 members would be removed (bob@example.com, carl@example.com); the limit is 1, so none was: check the list,
        then raise max_removals.
above_limits:
  description: Limits that would have blocked changes if they were not lifted for this run, one sentence each in C(message).
  returned: when there are any
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: limit_google
      message: >-
        zoom-users@example.com: 2 members would be removed (bob@example.com, carl@example.com), more than the limit of 1, which is lifted
        for this run: check each before you approve this plan or let it be made.
attention:
  description: >-
    Conditions that wait for somebody, such as a member who was deleted in Google, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
  sample:
    - email: carl@example.com
      reason: listed_deleted
      message: >-
        carl@example.com is listed in members, but was deleted in Google; take it out soon: Google forgets a deleted user after 20 days, and
        then the unknown address ends the run.
unrecorded:
  description: >-
    True if a real run of this module has to bring its files up to date although it would change nothing in Google.
    Check mode does not write them. It is about the journal of an interrupted run (O(journal_dir)), and the members that drift is
    found by (O(baseline_path)).
  returned: success
  type: bool
  sample: false
left:
  description: >-
    What this run leaves for another one, because of O(leave_removals) or O(only), with C(email), C(action), C(group) and C(reason).
    RV(summary) counts it as C(left). It is bounded as RV(changes) is, and does not fail the module.
  returned: when there is any
  type: list
  elements: dict
  sample: [{email: bob@example.com, action: remove, group: zoom-users@example.com, reason: not listed}]
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample:
    - >-
      zoom-users@example.com: 2 members would be removed (bob@example.com, carl@example.com); the limit is 1, so none was: check the list,
      then raise max_removals.
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

from ..module_utils._frame._arguments import approval_arguments, changes_arguments, google_arguments, journal_arguments, part_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_group_members import google_group_members


def main() -> None:
    spec = google_arguments(
        **changes_arguments(),
        group={"type": "str", "required": True},
        members={"type": "list", "elements": "raw"},
        members_path={"type": "path"},
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
        exclusive={"type": "bool", "default": False},
        verify_members={"type": "bool", "default": False},
        max_removals={"type": "int"},
        allow_losses={"type": "bool", "default": False},
        max_removals_name={"type": "str", "default": "max_removals"},
        baseline_path={"type": "path"},
        pending_changes={"type": "list", "elements": "dict"},
        people_path={"type": "path"},
        pending_path={"type": "path"},
        **approval_arguments(),
        **part_arguments(),
        **journal_arguments(),
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_group_members, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
