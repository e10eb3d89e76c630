# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A decision of a controller's workflow."""

from __future__ import annotations

DOCUMENTATION = r"""
name: workflow_gate
short_description: Decide whether a workflow goes on, by what its jobs reported
version_added: 1.0.0
description:
  - Adds up the reports that M(workspace_zoom.provisioning.plan_document) made and C(set_stats) handed on, over all tenants of a workflow.
  - No gate is passed unless the plan and the gains of every tenant have reported, or if two tenants are one Zoom account.
options:
  _terms:
    description: Hosts of the inventory that the workflow is for, all of them.
    required: true
  gate:
    description:
      - V(losses) is passed if nobody has to approve anything and nothing failed.
      - V(fuses) is passed if a limit is exceeded and there is something to approve.
      - V(removals) is passed if there is something to approve.
      - V(verdict) is passed if nothing failed. It ends a workflow whose plan was denied, or was approved and made.
    type: str
    choices: [losses, fuses, removals, verdict]
    default: losses
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Fail if somebody must approve the plan first
  ansible.builtin.assert:
    that: gate.passed
    fail_msg: "{{ gate.message }}"
  vars:
    gate: "{{ query('workspace_zoom.provisioning.workflow_gate', *hosts, gate='losses') | first }}"
    hosts: "{{ query('ansible.builtin.inventory_hostnames', 'all') }}"
"""

RETURN = r"""
_raw:
  description: >-
    One dictionary with C(passed), the sentence C(message), C(request), which is the text for those who are to approve, and C(asked), the
    hosts that it is about.
  type: list
  elements: dict
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ansible.plugins.lookup import LookupBase

from ..plugin_utils._workflow._gate import decide


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        found = decide(str(self.get_option("gate")), [str(term) for term in terms], variables or {})
        return [{**asdict(found), "asked": list(found.asked)}]
