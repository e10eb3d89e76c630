#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Effective members of Google groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_group_members_info
short_description: Read the effective members of Google groups
version_added: 1.0.0
description:
  - Follows nested groups from direct members, each group once, and reports the chain of groups through which each member belongs.
  - A group that can't be read is an error, even if it is nested.
options:
  groups:
    description: Addresses of the groups.
    type: list
    elements: str
    required: true
  pending_changes:
    description: Changes of this run, as M(workspace_zoom.provisioning.google_group_members) returns them. They override what is read.
    type: list
    elements: dict
extends_documentation_fragment:
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.info
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Read who is in sales, and through which group
  workspace_zoom.provisioning.google_group_members_info:
    groups: [sales@example.com]
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
groups:
  description: One entry for each group.
  returned: success
  type: list
  elements: dict
  sample:
    - group: sales@example.com
      members: [{email: ada@example.com, via: sales@example.com > emea-sales@example.com}]
      nested: [emea-sales@example.com]
      everyone: false
attention:
  description: Members in an unknown form, who are missing from RV(groups), each with the next step.
  returned: success
  type: list
  elements: dict
  sample:
    - email: sales@example.com
      reason: unread_member
      message: >-
        Google lists a member of sales@example.com in an unknown form, so that member is missing here; look at the members of that group in
        Google's Admin console.
summary:
  description: How many groups and how many direct members were read.
  returned: success
  type: dict
  sample: {groups: 2, rows: 14, everyone: false}
"""

from ..module_utils._frame._arguments import google_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_members_info import members_info


def main() -> None:
    spec = google_arguments(
        groups={"type": "list", "elements": "str", "required": True},
        pending_changes={"type": "list", "elements": "dict"},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, members_info, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
