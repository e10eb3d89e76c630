# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way from a host's connection to the modules' options."""

from __future__ import annotations

DOCUMENTATION = r"""
name: connection
short_description: Options of a host's connection, for module_defaults
version_added: 1.0.0
description:
  - Returns the options of C(zoom_connection) or C(google_connection) as modules take them. Blank and omitted ones are left out.
  - A relative path in C(service_account_file) or C(ca_path) begins where Ansible was started.
  - If the inventory has other hosts, C(credentials_from_environment) is set to false. Modules then refuse a host without credentials. They
    do not use those of the environment, which may be another tenant's.
  - C(provisioning_insecure) becomes the option C(insecure), unless the connection has its own.
  - If an option can't be evaluated, the error names it. The reason is not shown, because it may quote a secret.
options:
  _terms:
    description: C(zoom_connection), C(google_connection) or both.
    required: true
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: A task with the connection of its host
  module_defaults:
    group/workspace_zoom.provisioning.zoom: "{{ query('workspace_zoom.provisioning.connection', 'zoom_connection') | first }}"
  workspace_zoom.provisioning.zoom_user_info:
    emails: [ada.byron@example.com]
"""

RETURN = r"""
_raw:
  description: A dictionary for each term.
  type: list
  elements: dict
"""

import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._plain import kind
from ..plugin_utils._tenants._crossing import CREDENTIALS
from ..plugin_utils._tenants._evaluated import evaluated, unreadable

_PATHS = ("service_account_file", "ca_path")


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        return [self._given(str(term), variables or {}) for term in terms]

    def _given(self, name: str, known: Mapping[str, Any]) -> dict[str, Any]:
        if name not in CREDENTIALS:
            raise AnsibleError(f"{name} is no connection; known are {' and '.join(CREDENTIALS)}.")
        found = evaluated(name, known.get(name), self._templar.template)
        if found.faults:
            raise AnsibleError(unreadable(found.faults))
        if found.value not in (None, "") and not isinstance(found.value, dict):
            raise AnsibleError(f"{name} must be a dictionary of options, not {kind(found.value)}; write it in YAML.")
        given = {option: _from_here(option, value) for option, value in found.options.items() if value not in (None, "")}
        given = {**self._insecure(known), **given}
        others = set(known["groups"]["all"]) - {known["inventory_hostname"]}
        return {**given, "credentials_from_environment": False} if others else given

    def _insecure(self, known: Mapping[str, Any]) -> dict[str, bool]:
        """What is no clear yes is none; policy_validate says what is wrong with it."""
        found = evaluated("provisioning_insecure", known.get("provisioning_insecure"), self._templar.template)
        return {"insecure": True} if boolean(found.value or False, strict=False) else {}


def _from_here(option: str, value: Any) -> Any:
    """A module would begin at the playbook's folder. A ~ that nobody can expand, and what is no path, are the module's to refuse."""
    if option not in _PATHS or not isinstance(value, str):
        return value
    path = os.path.expanduser(value)
    return value if path.startswith(("~", "{")) else os.path.abspath(path)
