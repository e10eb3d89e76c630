#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of one host, as a document. Its work is the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: plan_document
short_description: Write the plan of one host as a document that can be approved
version_added: 0.2.0
description:
  - Writes C(plan.json) and C(plan.md) from the results of the modules of this collection, in check mode only. The playbooks do so at the
    end of a run.
  - A later run that is given C(plan.json) as O(workspace_zoom.provisioning.zoom_scim_users#module:approved_path) makes only what it lists.
  - The callback P(workspace_zoom.provisioning.provisioning_plan#callback) writes the same for all hosts of a run together.
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
attributes:
  check_mode:
    description: Writes the plan of check mode. In a real run it does nothing, as its changes are made.
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
  description: Path of the document.
  returned: in check mode
  type: str
  sample: plan/plan.json
seal:
  description: SHA-256 of the whole document. Whoever approves it can hand the seal on by a way of its own.
  returned: in check mode
  type: str
digest:
  description: The same for two runs that plan the same.
  returned: in check mode
  type: str
outcome:
  description: V(no_change), V(changes) or V(problems).
  returned: in check mode
  type: str
summary:
  description: Number of changes, removals, failed and blocked items and of what needs attention.
  returned: in check mode
  type: dict
"""
