#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Zoom group."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_group
short_description: Manage one Zoom group
version_added: 0.1.0
description:
  - Makes sure that a group exists, or does not.
options:
  name:
    description: Name of the group. Letter case does not matter in finding it.
    type: str
    required: true
  state:
    description: Whether the group is to exist.
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
- name: There is a group for engineering
  workspace_zoom.provisioning.zoom_group:
    name: Engineering
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
group:
  description: The group, without id if check mode would create it. Empty when it is absent.
  returned: success
  type: dict
  sample: {name: Engineering, id: Gd7sLq0YTn-2bWvEhXk9Rw}
changes:
  description: One entry for each write, made or, in check mode, announced, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
digest:
  description: SHA-256 of what is planned, with before and after.
  returned: success
  type: str
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._run._arguments import zoom_arguments
from ..module_utils._run._module import run_module
from ..module_utils._run._zoom_groups import zoom_group


def main() -> None:
    spec = zoom_arguments(
        name={"type": "str", "required": True},
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
    )
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), zoom_group)


if __name__ == "__main__":
    main()
