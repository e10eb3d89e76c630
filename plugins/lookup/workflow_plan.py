# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan that a workflow's earlier job has made for a host."""

from __future__ import annotations

DOCUMENTATION = r"""
name: workflow_plan
short_description: Find the plan that an earlier job of the workflow made for a host
version_added: 1.0.0
description:
  - Reads the reports that M(workspace_zoom.provisioning.plan_document) made and C(set_stats) handed on.
  - Outside of a workflow there is none, and the path is empty. In one, a host without a plan is given the path of a plan that does not
    exist, so that its run is refused and does not go on without an approval. So is a host that the decisions before the approval were not
    about (C(awx_gate_asked)), as nobody was shown what it loses.
options:
  _terms:
    description: Hosts.
    required: true
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Show which plan this host is held to
  ansible.builtin.debug:
    msg: "{{ (query('workspace_zoom.provisioning.workflow_plan', inventory_hostname) | first).path }}"
"""

RETURN = r"""
_raw:
  description: For each host, C(path), C(seal), and C(gains) for C(provisioning_approved_gains).
  type: list
  elements: dict
"""

from collections.abc import Mapping
from typing import Any

from ansible.plugins.lookup import LookupBase

from ..plugin_utils._workflow._report import plan_of


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, str]]:
        return [plan_of(str(term), variables or {}) for term in terms]
