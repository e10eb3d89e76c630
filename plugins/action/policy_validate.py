# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""policy_validate on the controller: collects the host's variables, with their types, for the module of the same name.

A template would not do: before ansible-core 2.19 it makes a list of a text that looks like one, and a text of every number; and no version
carries a date to a module.
"""

from __future__ import annotations

import os
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.vars import load_extra_vars

from ..module_utils._model._variables import VARIABLES
from ..plugin_utils._in_place import InPlace
from ..plugin_utils._plain import Odd, plain, shape
from ..plugin_utils._tenants._evaluated import evaluated, unreadable

_PLAN = "provisioning_approved"


def _found_from_here(path: Any) -> Any:
    """The plan is named from where Ansible was started; a module's own folder is the playbook's."""
    full = os.path.abspath(os.path.expanduser(path)) if isinstance(path, str) and path else ""
    return full if full and os.path.exists(full) else path


class ActionModule(InPlace):
    def _options(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        options = super()._options(task_vars)
        if boolean(options.get("all_variables") or False, strict=False):
            return {**self._collect(task_vars), **options}
        return options

    def _collect(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        names = {"variables": [str(name) for name in task_vars], "extra_variables": [str(name) for name in load_extra_vars(self._loader)]}
        found: dict[str, Any] = {**names, "connections": {}, "shared": {}}
        odd: Odd = {}
        for name in VARIABLES.keys() & task_vars.keys():
            if VARIABLES[name].kind == "connection":
                found["connections"][name] = self._shape(name, task_vars[name])
                continue
            value, role = self._value(name, task_vars[name]), VARIABLES[name].role
            if value != task_vars.get("omit"):
                key = name.removeprefix(f"{role}_") if role else name
                found.setdefault(role or "shared", {})[key] = plain(_found_from_here(value) if name == _PLAN else value, name, odd)
        return {**found, "odd": odd}

    def _shape(self, name: str, value: Any) -> Any:
        """Of what may hold secrets: neither a value nor an error, which may quote one, leaves."""
        found = evaluated(name, value, self._templar.template)
        if found.faults:
            raise AnsibleError(unreadable(found.faults))
        return shape(found.value)

    def _value(self, name: str, value: Any) -> Any:
        try:
            return self._templar.template(value)
        except AnsibleError as error:
            if type(error).__name__ == "AnsibleValueOmittedError":  # since 2.19: the variable is omit
                return None
            raise AnsibleError(f"{name} can't be evaluated: {error}") from error
