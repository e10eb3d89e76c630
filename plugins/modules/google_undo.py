#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal, taken back in Google."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_undo
short_description: Restore Google groups as they were before a run
version_added: 1.0.0
description:
  - Reads the journal of a run and restores names, descriptions, access settings and members of Google groups that it changed.
  - What was changed since is left as it is and reported, as is a group that the run created.
  - A journal of another Google customer is refused. If it names its customer, and O(customer) is not given, Google is asked whose these
    credentials are, which needs the scope C(https://www.googleapis.com/auth/admin.directory.user.readonly).
  - If the journal has no write to Google, no request is sent to Google, and no credential is needed.
options:
  journal:
    description: Path of the journal, O(journal_dir) and the run's id with C(.jsonl).
    type: path
    required: true
  max_removals:
    description: >-
      A number, or a percentage of the groups' members but at least 3. If more members would be removed from Google groups, none is.
    type: str
    default: 10%
  stopped:
    description: Whether the part of the undo in Zoom was stopped, because so much was refused. Then nobody is removed from a Google group.
    type: bool
    default: false
  allow_losses:
    description: Ignore the limit for this run.
    type: bool
    default: false
  changes_path:
    description:
      - File for the complete lists of changes, failed and blocked items and what needs attention, as JSON Lines.
    type: path
  changes_limit:
    description: The most entries that each of RV(changes), RV(failed_items), RV(withheld) and RV(attention) has.
    type: int
    default: 1000
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.approval
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.journal
  - workspace_zoom.provisioning.manage
seealso:
  - module: workspace_zoom.provisioning.zoom_undo
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Undo last night's changes of Google groups
  workspace_zoom.provisioning.google_undo:
    journal: state/journal/20261124T020000-1234567890.jsonl
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
summary:
  description: Number of changes by action, and of RV(failed_items), RV(withheld) and RV(attention).
  returned: success
  type: dict
  sample: {add: 2, remove: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write that was made or, in check mode, would be made.
  returned: success
  type: list
  elements: dict
  sample: [{email: ada@example.com, group: zoom-users@example.com, action: add, reason: undo, changed: true}]
changes_total:
  description: Total number of changes. RV(changes) may list fewer.
  returned: success
  type: int
  sample: 3
losses:
  description: How many memberships the changes remove.
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
  sample: state/changes/google_undo.jsonl
failed_items:
  description: Writes that were refused and inputs that can't be used. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: undo_google_gone
      message: >-
        zoom-users@example.com, a Google group, no longer exists, so nothing of it can be restored; create it again by hand.
withheld:
  description: Removals that a limit or a missing confirmation blocked. If there are any, the module fails with RV(partial).
  returned: success
  type: list
  elements: dict
  sample:
    - email: bob@example.com
      reason: limit_google
      action: remove
      group: zoom-users@example.com
      message: >-
        5 members would leave Google groups (undo); the limit is 3, 10% of 10 members of these groups and at least 3, so none was: check
        the plan, then raise scope_max_removals (max_removals of the module), or set provisioning_allow_losses: true (allow_losses of the
        module) for one run.
above_limits:
  description: Limits that would have blocked changes if they were not lifted for this run, one sentence each in C(message).
  returned: when there are any
  type: list
  elements: dict
  sample:
    - email: ""
      reason: limit_google
      message: >-
        5 members would leave Google groups (undo), more than the limit of 3, 10% of 10 members of these groups and at least 3, which is
        lifted for this run: check each before you approve this plan or let it be made.
attention:
  description: Conditions that wait for somebody, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
  sample:
    - email: zoom-users@example.com
      reason: undo_google_created
      message: >-
        zoom-users@example.com, a Google group, was created by that run and stays; delete it in Google's Admin console if nobody needs it.
problems:
  description: One sentence for each failed or blocked item.
  returned: when there are any
  type: list
  elements: str
  sample: ["zoom-users@example.com, a Google group, no longer exists, so nothing of it can be restored; create it again by hand."]
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

from ..module_utils._frame._arguments import approval_arguments, changes_arguments, google_arguments, journal_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_undo import google_undo


def main() -> None:
    spec = google_arguments(
        **journal_arguments(),
        **approval_arguments(),
        **changes_arguments(),
        journal={"type": "path", "required": True},
        max_removals={"type": "str", "default": "10%"},
        stopped={"type": "bool", "default": False},
        allow_losses={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_undo, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
