# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look at AWX that saves a module's run where there is nothing to do."""

from __future__ import annotations

DOCUMENTATION = r"""
name: awx_differing
short_description: Find objects that AWX does not have as they are wanted
version_added: 1.0.0
description:
  - Reads objects from AWX's API and compares them with the options that a module of C(awx.awx) is to be given. Returns those that are
    missing or differ, and those that can't be compared. Changes nothing.
  - The role C(awx) runs a module only where this finds something to do. A run without changes then needs few requests and no modules.
  - Where AWX can't be reached, everything is returned, so that the module reports why.
options:
  _terms:
    description: The endpoint of AWX's API, such as V(job_templates), or V(roles), and the options of the module, as dictionaries.
    required: true
  awx_collection:
    description: The collection whose C(controller_api) reads.
    type: str
    default: awx.awx
    vars:
      - name: awx_collection
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Create or update a label
  awx.awx.label: &label
    name: zoom
    organization: Default
  when: query('workspace_zoom.provisioning.awx_differing', 'labels', wanted) | length > 0
  vars:
    wanted: *label
"""

RETURN = r"""
_raw:
  description: The options of each object that is missing or differs, as they were given.
  type: list
  elements: dict
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.loader import lookup_loader
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._awx._comparing import KINDS, Rows, differs
from ..plugin_utils._tenants._evaluated import is_omitted


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        endpoint, *objects = terms
        if endpoint not in (*KINDS, "roles"):
            raise AnsibleError(f"{endpoint} can't be compared; known are {', '.join(sorted(KINDS))} and roles.")
        given = [{name: value for name, value in options.items() if not is_omitted(value)} for options in objects]
        seen: dict[tuple[str, ...], Rows] = {}

        def read(path: str, query: Mapping[str, str]) -> Rows:
            key = (path, *query, *query.values())
            if key not in seen:
                seen[key] = self._read(path, dict(query), variables)
            return seen[key]

        try:
            return [options for options in given if differs(endpoint, options, read)]
        except AnsibleError:  # the module says it better
            return given

    def _read(self, path: str, query: dict[str, str], variables: Mapping[str, Any] | None) -> Rows:
        reader = lookup_loader.get(f"{self.get_option('awx_collection')}.controller_api", loader=self._loader, templar=self._templar)
        if reader is None:
            raise AnsibleError(f"{self.get_option('awx_collection')} is not installed; install it, or set awx_collection to another name.")
        return list(reader.run([path], variables, query_params=query, return_all=True))
