#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a Zoom account is ready."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_account_info
short_description: Check that a Zoom account is ready for provisioning
version_added: 1.0.0
description:
  - Checks token, scopes, SSO, associated domains and seats. For each check that fails, it reports what to do.
  - With the snapshots of both sides, it counts what a first run may stumble over. See RV(counts).
  - The module succeeds even if a check fails. See RV(failed_checks).
options:
  accounts_path:
    description: The accounts snapshot that M(workspace_zoom.provisioning.zoom_user_info) wrote, for RV(counts).
    type: path
  people_path:
    description: The people snapshot that M(workspace_zoom.provisioning.google_scope_info) wrote, for RV(counts).
    type: path
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.info
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Check the Zoom account
  workspace_zoom.provisioning.zoom_account_info:
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
  register: zoom

- name: Fail with what to do if it is not ready
  ansible.builtin.assert:
    that: zoom.failed_checks | length == 0
    fail_msg: "{{ zoom.failed_checks | join(' ') }}"
"""

RETURN = r"""
checks:
  description: What was checked, whether it passed, and what it means.
  returned: success
  type: list
  elements: dict
  sample: [{check: token, passed: true, message: Zoom gave a token for account Aq81LrTfQ3a0000000000Q.}]
failed_checks:
  description: The messages of the checks that did not pass.
  returned: success
  type: list
  elements: str
  sample: ["No domain is associated: add yours in Zoom, or new accounts become invitations."]
account_id:
  description: The account that the token is for.
  returned: when there is a token
  type: str
  sample: Aq81LrTfQ3a0000000000Q
scopes:
  description: The token's scopes.
  returned: success
  type: list
  elements: str
  sample: ["scim2:admin", "user:read:list_users:admin"]
sso:
  description: Whether SCIM answers, which it does only while SSO is on.
  returned: success
  type: bool
  sample: true
managed_domains:
  description: Domains associated with the account, as far as Zoom reports them.
  returned: success
  type: list
  elements: str
  sample: [example.com]
seats:
  description: Seats by licence, as far as Zoom reports them.
  returned: success
  type: dict
  sample: {licensed: {bought: 60, used: 44, pending: 3}}
plans_unknown:
  description: Plans of the account that this collection does not know. Their licences are assigned until Zoom refuses one.
  returned: with an OAuth app
  type: list
  elements: dict
  sample: [{key: plan_united, type: a_new_plan_yearly, hosts: 30}]
counts:
  description: >-
    Numbers from O(accounts_path) and O(people_path): invitations not accepted, rows that could not be read, people outside Zoom's domains
    or in other domains than the groups, and accounts whose Employee Unique ID is no Google id. RV(checks) explains each that is not 0.
  returned: success
  type: dict
  sample: {pending_invitations: 2, rows_set_aside: 0, people_outside_zoom_domains: 0, people_in_second_domains: 1, unique_ids_not_ours: 5}
users:
  description: Zoom's own summary of its users.
  returned: success
  type: dict
  sample: {licensed_users_count: 44, basic_users_count: 480}
"""

from ..module_utils._frame._arguments import snapshot_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._account_info import account_info


def main() -> None:
    spec = zoom_arguments(accounts_path={"type": "path"}, people_path={"type": "path"}, **snapshot_arguments())
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), account_info)


if __name__ == "__main__":
    main()
