#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of one host, as a document. Its work is the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: plan_document
short_description: Write the plan of one host as a document that can be approved
version_added: 1.0.0
description:
  - In check mode, writes C(plan.json) and C(plan.md) from the results of the modules of this collection. The playbooks do so at the end of
    a run.
  - A later run that is given C(plan.json) as O(workspace_zoom.provisioning.zoom_scim_users#module:approved_path) makes only what it lists.
  - Returns the removals one by one, and a report for the jobs that run next in a controller's workflow, in check mode or not.
  - The callback P(workspace_zoom.provisioning.provisioning_plan#callback) writes the same document for all hosts of a run together.
options:
  dir:
    description: Folder of the files. If it does not exist, it is created with access for its owner only.
    type: path
    required: true
  results:
    description: What each module returned, in the order of the run, as C(module) and C(result).
    type: list
    elements: dict
    default: []
  write:
    description: Whether check mode writes the files. A run that is held to an approved plan must not write over it.
    type: bool
    default: true
  stage:
    description:
      - What a real run is in a workflow. In check mode it is always a plan. A report of one stage is never taken for that of another.
    type: str
    choices: [gains, apply]
    default: apply
attributes:
  check_mode:
    description: Writes the plan of check mode. A real run writes no file, as its changes are made.
    support: full
  diff_mode:
    description: Has no diff.
    support: none
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Write the plan
  workspace_zoom.provisioning.plan_document:
    dir: plan
    results:
      - module: zoom_scim_users
        result: "{{ attribute_mapping_result }}"
"""

RETURN = r"""
path:
  description: Path of the document, C(plan.json).
  returned: when it was written
  type: str
  sample: plan/plan.json
document:
  description: Path of the same for people, C(plan.md).
  returned: when it was written
  type: str
  sample: plan/plan.md
seal:
  description: SHA-256 of the whole document. Whoever approves it can hand the seal on by a way of its own.
  returned: success
  type: str
  sample: 1c7e5a3f9b2d4c6e8f0a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f2a4b6c8d0e
digest:
  description: The same for two runs that plan the same.
  returned: success
  type: str
  sample: 6f1b0c2f5d7e9a4486f2c03f7c3f4a1e9b8d7c6a5f4e3d2c1b0a99887766554e
outcome:
  description: V(no_change), V(changes) or V(problems).
  returned: success
  type: str
  sample: changes
summary:
  description: Number of changes, removals, failed and blocked items and of what needs attention.
  returned: success
  type: dict
  sample: {tenants: 1, changes: 12, losses: 2, failed: 0, withheld: 0, attention: 3, left_out: 0}
removals:
  description: The first 500 removals, each with C(who), C(action), C(why), C(group) where there is one, and a sentence, C(message).
  returned: success
  type: list
  elements: dict
  sample:
    - who: bob@example.com
      action: deactivate
      why: out_of_scope
      message: "bob@example.com: deactivate account, out of scope"
removals_total:
  description: Number of removals that are known by name.
  returned: success
  type: int
  sample: 2
above_limits:
  description: Limits that were exceeded because they are lifted for this run, one sentence each in C(message).
  returned: success
  type: list
  elements: dict
  sample:
    - reason: limit_deactivation
      message: >-
        5 accounts would be deactivated (out of scope), more than the limit of 3, 10% of 10 active accounts and at least 3, which is
        lifted for this run: check each before you approve this plan or let it be made.
report_name:
  description: Name of the variable under which the report is handed on. No other host has it, and no other stage of this host.
  returned: success
  type: str
  sample: provisioning_tenant_company_plan
report:
  description:
    - What P(workspace_zoom.provisioning.workflow_gate#lookup) and P(workspace_zoom.provisioning.workflow_plan#lookup) read.
    - C(tenant), C(stage), C(account) (a hash), C(counts), C(above_limits), C(plan) with C(path), C(seal), C(document) and C(gains), and the
      first C(removals), with the number of others as C(left_out).
  returned: success
  type: dict
  sample:
    tenant: company
    stage: plan
    account: 5f0c7e1a2b3d4c6e
    counts: {losses: 1, failed: 0, withheld: 0, left: 0, limited: 0, unconfirmed: 0, above_limits: 0, above_gains: 0}
    above_limits: []
    removals: [{who: bob@example.com, action: deactivate, why: out_of_scope}]
    left_out: 0
    plan:
      path: /state/changes/plan.json
      seal: 1c7e5a3f9b2d4c6e8f0a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f2a4b6c8d0e
      document: /state/changes/plan.md
      gains: any
"""
