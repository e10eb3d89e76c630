#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Zoom accounts."""

from __future__ import annotations

DOCUMENTATION = r"""
module: zoom_scim_users
short_description: Provision all Zoom accounts from people
version_added: 0.1.0
description:
  - Creates, renames, updates and reactivates the accounts of everybody in scope.
  - With O(prune), also deactivates the accounts of those who are not. Read O(max_deactivations) before.
  - One account's failure does not stop the others. The module then fails with RV(partial).
options:
  attributes:
    description:
      - Zoom SCIM attribute to JMESPath expression over the Google user.
      - Without it, C(userName), the names and the department are mapped.
      - An expression that gives nothing leaves the attribute as it is.
    type: dict
  licenses:
    description: >-
      The licence policy for new accounts, with C(default), C(rules), C(fallback), C(reserve), C(seats). Without it they are Basic.
    type: dict
  identity:
    description:
      - V(employeeNumber) keeps the immutable Google id in that attribute, so that renames and reused addresses are told apart.
      - REST lists show it as C(employee_unique_id). Without it, doubtful cases go to RV(attention).
      - A value that is no Google id of the directory, such as a SAML mapping sets, neither matches nor forbids, and is left as it is.
    type: raw
  adopt:
    description:
      - What settles such cases, a dictionary of a person's address to the address of their account, or to nothing for a new account.
      - V(all) says that an account older than the Google user is theirs all the same.
    type: raw
  prune:
    description:
      - Whether accounts that nobody in scope holds lose access, by O(deprovision).
      - If it is not set, they are only reported.
    type: bool
  deprovision:
    description:
      - What to do, by reason V(suspended), V(archived), V(deleted), V(out_of_scope), V(unknown), V(excluded).
      - Actions are V(deactivate), V(downgrade) (to the basic licence), V(disassociate), V(delete), V(report), V(ignore).
      - >-
        A removal can hand data over, for example C({action: delete, transfer_to: boss@example.com, transfer: [meeting, recording]}).
        Without C(transfer), all is handed over that Zoom hands over.
      - Default is to deactivate, but to report V(unknown) and to ignore V(excluded).
    type: dict
  protected:
    description: Accounts that are never deactivated or renamed, beside owner and admins. C(users) are addresses, C(roles) role ids.
    type: dict
  reactivate:
    description: Whether an inactive account of somebody in scope is reactivated.
    type: bool
    default: true
  verify_unlisted:
    description:
      - Attributes that no list shows (title, cost center, manager and others) are set at creation.
      - V(always) compares them for every account, which takes one or two requests each.
      - A mapped employeeNumber is compared in any case where the lists show it, as C(employee_unique_id).
    type: str
    choices: [on_create, always]
    default: on_create
  max_deactivations:
    description: >-
      A count, or a share of the active accounts, at least 3. If more would be deactivated, none is.
    type: str
    default: 10%
  max_leavers:
    description: The same for people that Google says are suspended or deleted.
    type: str
    default: 10%
  allow_losses:
    description: Raises every limit, for one run.
    type: bool
    default: false
extends_documentation_fragment:
  - workspace_zoom.provisioning.zoom
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.accounts
  - workspace_zoom.provisioning.people
  - workspace_zoom.provisioning.manage
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Accounts for everybody in scope, none for others
  workspace_zoom.provisioning.zoom_scim_users:
    people_path: state/people.jsonl
    accounts_path: state/accounts.jsonl
    prune: true
    attributes:
      userName: primaryEmail
      name.givenName: name.givenName
      name.familyName: name.familyName || name.givenName
      department: organizations[?primary].department | [0]
      title: organizations[?primary].title | [0]
    account_id: "{{ vault_zoom_account_id }}"
    client_id: "{{ vault_zoom_client_id }}"
    client_secret: "{{ vault_zoom_client_secret }}"
"""

RETURN = r"""
summary:
  description: Counts by action, and of failed, withheld and attention items.
  returned: success
  type: dict
  sample: {create: 2, update: 1, failed: 0, withheld: 0, attention: 1}
changes:
  description: One entry for each write, made or, in check mode, announced, with the fields it changes before and after.
  returned: success
  type: list
  elements: dict
  sample:
    - {email: ada@example.com, action: update, reason: "changed: department",
       changed: true, before: {department: Sales}, after: {department: Design}}
changes_total:
  description: How many changes there are in all, also when RV(changes) holds fewer.
  returned: success
  type: int
losses:
  description: How many accounts, licences and memberships the changes take away.
  returned: success
  type: int
digest:
  description: >-
    SHA-256 of all that is planned and withheld, with before and after. The same for two runs that plan the same, in check mode or not.
  returned: success
  type: str
changes_path:
  description: The file that holds all of it.
  returned: when O(changes_path) is given
  type: str
failed_items:
  description: Writes that were refused and inputs that can not be used. The module fails with RV(partial) if there are any.
  returned: success
  type: list
  elements: dict
withheld:
  description: Losses that a limit or a missing confirmation held back. The module fails with RV(partial) if there are any.
  returned: success
  type: list
  elements: dict
attention:
  description: Standing conditions, each with the next step. They do not fail the module.
  returned: success
  type: list
  elements: dict
problems:
  description: One sentence for each failed or withheld item.
  returned: when there are any
  type: list
  elements: str
partial:
  description: True if the module did its work but for some items.
  returned: when there are failed or withheld items
  type: bool
"""

from ..module_utils._frame._arguments import accounts_arguments, people_arguments, zoom_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._scim_users import scim_users


def main() -> None:
    spec = zoom_arguments(
        **accounts_arguments(),
        **people_arguments(),
        attributes={"type": "dict"},
        licenses={"type": "dict"},
        identity={"type": "raw"},
        adopt={"type": "raw"},
        prune={"type": "bool"},
        deprovision={"type": "dict"},
        protected={"type": "dict"},
        reactivate={"type": "bool", "default": True},
        verify_unlisted={"type": "str", "choices": ["on_create", "always"], "default": "on_create"},
        max_deactivations={"type": "str", "default": "10%"},
        max_leavers={"type": "str", "default": "10%"},
        allow_losses={"type": "bool", "default": False},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, scim_users, libraries=("requests", "jmespath"))


if __name__ == "__main__":
    main()
