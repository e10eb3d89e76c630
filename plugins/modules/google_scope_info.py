#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who should have a Zoom account."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_scope_info
short_description: Read who should have a Zoom account
version_added: 1.0.0
description:
  - Reads every user of the directory and finds out who is in scope, through which chain of groups or org unit, and who is excluded.
  - Also reads the groups, org units and fields that later rules and mappings name. With O(dest), writes all of it to a people snapshot.
  - A user missing from a listing is looked up again, by another kind of request, before anybody's account can be removed.
  - A listed user who is unknown in the directory is an error, and so is a group that does not exist.
options:
  groups:
    description: Groups whose members, nested ones included, are in scope.
    type: list
    elements: str
  org_units:
    description: Paths of org units whose users are in scope, including all org units below.
    type: list
    elements: str
  users:
    description: Addresses of users in scope.
    type: list
    elements: str
  exclude:
    description: Who gets no account although in scope. Accounts that these people already have are left as they are.
    type: dict
    default: {}
    suboptions:
      groups:
        description: Groups whose members are excluded.
        type: list
        elements: str
      org_units:
        description: Paths of org units whose users are excluded, including all org units below.
        type: list
        elements: str
      users:
        description: Addresses of excluded users.
        type: list
        elements: str
  resolve_groups:
    description: Groups that later rules name.
    type: list
    elements: str
  resolve_org_units:
    description: Org units that later rules name.
    type: list
    elements: str
  expressions:
    description:
      - JMESPath expressions of later rules and mappings.
      - The fields that they read are kept, in addition to those of the default mapping.
    type: list
    elements: str
  pending_changes:
    description:
      - What M(workspace_zoom.provisioning.google_group) and M(workspace_zoom.provisioning.google_group_members) did or would do.
      - It overrides what is read, because Google's lists lag behind.
    type: list
    elements: dict
  pending_path:
    description: The same, as a file that these modules wrote in this run. It needs O(run_id).
    type: path
  policy_path:
    description:
      - File of this run that O(workspace_zoom.provisioning.policy_validate#module:dest) wrote. It needs O(run_id).
      - It replaces O(resolve_groups), O(resolve_org_units), O(expressions), O(deprovision), O(matching) and O(confirm_members).
    type: path
  accounts_path:
    description: The accounts snapshot. People who have an active account in it and would lose it are confirmed by a second lookup.
    type: path
  deprovision:
    description:
      - The offboarding action for each reason, as in M(workspace_zoom.provisioning.zoom_scim_users). Only removals are confirmed.
      - It replaces O(confirm_reasons).
    type: dict
  matching:
    description:
      - How accounts are matched with people, as C(identity), C(adopt), C(remember), C(user_name), C(first_name) and C(last_name).
      - M(workspace_zoom.provisioning.policy_validate) returns it.
    type: dict
  confirm_members:
    description: Whether members of Zoom groups who are not in scope are confirmed too, because exclusive groups would remove them.
    type: bool
    default: false
  confirm_reasons:
    description: For which reasons a removal is confirmed.
    type: list
    elements: str
    choices: [suspended, archived, deleted, out_of_scope, unknown, excluded]
    default: [suspended, archived, deleted, out_of_scope]
  confirm_limit:
    description:
      - The most people who would lose their account and are looked up again one by one.
      - If there are more, all lists are read again, with another page size, so that no row is missed at the end of the same page. Only
        people whom these lists leave open are then looked up one by one, and if these are still more, none of them is confirmed.
        Whoever both lists miss is looked up too, if they are not more than that.
    type: int
    default: 200
  ignore_unreadable:
    description:
      - Groups nested in O(groups) that may be unreadable, such as those of another company. The run then goes on without them.
      - Whoever may be in such a group keeps the account. If an excluded group, or one of O(resolve_groups), contains such a group, that is
        an error.
    type: list
    elements: str
    default: []
  known_people_path:
    description:
      - The people snapshot of the last run that wrote to Zoom. Whoever seems to have left an excluded group, or one of O(resolve_groups),
        since then is looked up again.
      - The default is O(dest). Set it where O(dest) is another file, as in check mode, so that a preview finds what the run will find.
    type: path
  memory_path:
    description: The memory of the last run, which shows what addresses Zoom accounts had. It is read for O(only) alone.
    type: path
  only:
    description:
      - Addresses of the only people that this run is about, as a list, or as text with lines, commas or blanks between them. It changes
        nothing of what is read. The people snapshot says who they are, for the modules that write, which get the same names.
      - If O(accounts_path) is given, a name that is no address of a Google user or a Zoom account ends the module. An empty value does so
        in any case.
    type: raw
  dest:
    description: Path of the people snapshot to write. Without it RV(people) is returned.
    type: path
extends_documentation_fragment:
  - workspace_zoom.provisioning.lock
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.snapshots
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.info
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Read who should have a Zoom account
  workspace_zoom.provisioning.google_scope_info:
    groups: [zoom-users@example.com]
    exclude:
      groups: [no-zoom@example.com]
    resolve_groups: [managers@example.com]
    expressions: ["organizations[?primary].department | [0]"]
    accounts_path: state/accounts.jsonl
    dest: state/people.jsonl
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
summary:
  description: How many people there are, how many are in scope, and how many of these should have an active account.
  returned: success
  type: dict
  sample: {people: 40, in_scope: 31, wanted: 28}
customer:
  description: The Google customer id.
  returned: success
  type: str
  sample: C03az79cb
dest:
  description: Path of the snapshot.
  returned: when O(dest) is given
  type: str
  sample: state/people.jsonl
people:
  description: The people themselves.
  returned: when O(dest) is not given
  type: list
  elements: dict
  sample: [{id: "112233445566778899001", email: ada@example.com, state: active, in_scope: true, via: zoom-users@example.com}]
attention:
  description: Conditions that wait for somebody, each with the next step.
  returned: success
  type: list
  elements: dict
  sample:
    - email: guest@example.net
      reason: external
      message: >-
        guest@example.net is a member of zoom-users@example.com, but no user of this Google customer, and external people get no account;
        take them out of the group, or give them a Google account.
"""

from ..module_utils._frame._arguments import SELECTOR, google_arguments, handover_arguments, lock_arguments, snapshot_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._scope_info import scope_info

REASONS = ["suspended", "archived", "deleted", "out_of_scope", "unknown", "excluded"]


def main() -> None:
    spec = google_arguments(
        **SELECTOR,
        **snapshot_arguments(),
        **handover_arguments(),
        **lock_arguments(),
        exclude={"type": "dict", "default": {}, "options": SELECTOR},
        resolve_groups={"type": "list", "elements": "str"},
        resolve_org_units={"type": "list", "elements": "str"},
        expressions={"type": "list", "elements": "str"},
        pending_changes={"type": "list", "elements": "dict"},
        pending_path={"type": "path"},
        policy_path={"type": "path"},
        accounts_path={"type": "path"},
        confirm_reasons={"type": "list", "elements": "str", "choices": REASONS, "default": REASONS[:4]},
        deprovision={"type": "dict"},
        matching={"type": "dict"},
        confirm_members={"type": "bool", "default": False},
        confirm_limit={"type": "int", "default": 200},
        ignore_unreadable={"type": "list", "elements": "str", "default": []},
        known_people_path={"type": "path"},
        memory_path={"type": "path"},
        only={"type": "raw"},
        dest={"type": "path"},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, scope_info, libraries=("requests", "google-auth", "jmespath"))


if __name__ == "__main__":
    main()
