#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Zoom group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_group
short_description: Manage one Zoom group
version_added: 1.0.0
description:
  - Makes sure that a group exists under its name, or does not exist.
  - Uses Zoom's REST API if the token has the scopes for it, else SCIM. A SCIM O(access_token) is enough for that.
  - Zoom allows 100 new groups a day and 5,000 in all. It never deletes the account's default group.
options:
  name:
    description:
      - Name of the group, of 127 characters at most. Upper and lower case are the same.
      - It must be text. Quote what YAML would read as a number or a boolean.
    type: raw
    required: true
  previous_names:
    description:
      - Former names of the group. If no group is called O(name), the one with a former name is renamed. It keeps members and settings.
      - If both exist, RV(attention) reports it.
    type: list
    elements: raw
    default: []
  state:
    description: Whether the group must exist. V(absent) deletes it with its settings. Its members keep their accounts.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.manage
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Create a group for engineering
  workspace_zoom.provisioning.zoom_group:
    name: Engineering
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"

- name: Rename Sales to Revenue
  workspace_zoom.provisioning.zoom_group:
    name: Revenue
    previous_names: [Sales]
    access_token: "{{ vault_zoom_scim_token }}"
"""

RETURN = r"""
group:
  description: The group. It has no id if check mode would create it, and is empty if it is absent.
  returned: success
  type: dict
  sample: {name: Engineering, id: Gd7sLq0YTn-2bWvEhXk9Rw}
attention:
  description: Groups of former names that exist beside the group, each with the next step.
  returned: success
  type: list
  elements: dict
  sample:
    - email: ""
      reason: former_group
      message: >-
        The Zoom groups Revenue and Sales, its former name, both exist, so Sales was left unchanged; move what is still needed, then take it
        out of previous_names and map it with state: absent.
changes:
  description: One entry for each write that was made or, in check mode, would be made, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: "", group: Engineering, emails: [], ids: [], action: create_group, reason: mapped,
       changed: true, before: {}, after: {}}
digest:
  description: SHA-256 of what is planned, with before and after.
  returned: success
  type: str
  sample: 6f1b0c2f5d7e9a4486f2c03f7c3f4a1e9b8d7c6a5f4e3d2c1b0a99887766554e
"""

from ..module_utils._frame._arguments import zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._zoom_group import zoom_group


def main() -> None:
    spec = zoom_arguments(
        name={"type": "raw", "required": True},
        previous_names={"type": "list", "elements": "raw", "default": []},
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
    )
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), zoom_group)


if __name__ == "__main__":
    main()
