#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All variables of a tenant."""

from __future__ import annotations

DOCUMENTATION = r"""
module: policy_validate
short_description: Check all variables of a tenant without connecting to anything
version_added: 1.0.0
description:
  - Checks every expression, attribute, licence, selector, limit and address of all roles, and names the variable that is wrong.
  - A variable that is null or an empty text counts as unset. Names and types are checked first, and every mistake in them is reported.
  - Returns what M(workspace_zoom.provisioning.google_scope_info) has to read for them. Nothing is read from Google or Zoom.
options:
  all_variables:
    description:
      - Whether all variables of this host are checked. They are collected on the controller, where values still have the type that YAML
        gave them, and are used for the options below that are not given. Of connections, only names and types of options are checked.
    type: bool
    default: false
  scope:
    description: Variables of the role C(scope), without their prefix.
    type: dict
    default: {}
  attribute_mapping:
    description: Variables of the role C(attribute_mapping), without their prefix.
    type: dict
    default: {}
  license_defaults:
    description: Variables of the role C(license_defaults), without their prefix.
    type: dict
    default: {}
  group_mapping:
    description: Variables of the role C(group_mapping), without their prefix.
    type: dict
    default: {}
  dest:
    description:
      - File for the returned values, for O(workspace_zoom.provisioning.google_scope_info#module:policy_path).
      - In a result, Ansible masks whatever is part of a secret. The file has every address unmasked. It needs O(run_id).
    type: path
  run_id:
    description: Identifier of this run, written to O(dest).
    type: str
  shared:
    description: Variables that belong to no role, by their full name.
    type: dict
    default: {}
  connections:
    description: The options of C(zoom_connection) and C(google_connection), each with the name of its value's type. No values.
    type: dict
    default: {}
  variables:
    description: Names of all variables of the host. A name that resembles one of this collection is refused.
    type: list
    elements: str
    default: []
  extra_variables:
    description: Names of the extra variables (C(-e)). Those that would replace a result of this collection are refused.
    type: list
    elements: str
    default: []
  odd:
    description:
      - Places in variables whose value JSON can't express, such as a date, each with a list of its type and its text. They are refused.
    type: dict
    default: {}
extends_documentation_fragment:
  - workspace_zoom.provisioning.handover
  - workspace_zoom.provisioning.info
requirements:
  - jmespath
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Check all variables of this host
  workspace_zoom.provisioning.policy_validate:
    all_variables: true

- name: Check the licence rules
  workspace_zoom.provisioning.policy_validate:
    license_defaults:
      default: basic
      rules:
        - where: isAdmin
          license: licensed
"""

RETURN = r"""
resolve_groups:
  description: Groups that rules name.
  returned: success
  type: list
  elements: str
  sample: [managers@example.com]
named_in:
  description: The variable that names each group of the policy, by the group's address.
  returned: success
  type: dict
  sample: {zoom-users@example.com: scope_groups, managers@example.com: "license_defaults_rules[1]"}
units_in:
  description: The variable that names each org unit of the policy, by the unit's path in small letters.
  returned: success
  type: dict
  sample: {/staff: scope_org_units}
resolve_org_units:
  description: Org units that rules name.
  returned: success
  type: list
  elements: str
  sample: [/Staff/Engineering]
expressions:
  description: All expressions.
  returned: success
  type: list
  elements: str
  sample: [name.familyName, name.givenName, primaryEmail]
deprovision:
  description: The offboarding action for each reason.
  returned: success
  type: dict
  sample: {suspended: deactivate, archived: downgrade, deleted: deactivate, out_of_scope: deactivate, unknown: report, excluded: ignore}
confirm_members:
  description: Whether a Zoom group is exclusive, so that removals of its members must be confirmed.
  returned: success
  type: bool
  sample: true
matching:
  description: How accounts are matched with people.
  returned: success
  type: dict
  sample: {identity: null, user_name: primaryEmail, adopt: {}, remember: true, first_name: name.givenName, last_name: name.familyName}
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._frame._arguments import Spec, handover_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._run._policy_validate import validate

DICTIONARIES = ("scope", "attribute_mapping", "license_defaults", "group_mapping", "shared", "connections", "odd")


def main() -> None:
    spec: Spec = {name: {"type": "dict", "default": {}} for name in DICTIONARIES}
    spec["all_variables"] = {"type": "bool", "default": False}
    spec["variables"] = {"type": "list", "elements": "str", "default": []}
    spec["extra_variables"] = {"type": "list", "elements": "str", "default": []}
    spec.update(dest={"type": "path"}, run_id={"type": "str"}, **handover_arguments())
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, validate, libraries=("jmespath",))


if __name__ == "__main__":
    main()
