# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards tenants against each other."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_problems
short_description: Find hosts that could use another host's Zoom account
version_added: 1.0.0
description:
  - Compares the connections of a host with those of all other hosts in the inventory, including those that C(--limit) leaves out.
  - If the inventory has more than one host, each needs its own C(zoom_connection) and C(google_connection) with credentials. No two hosts
    may use the same Zoom account, and no two that run side by side the same state folder. With one host, the environment may provide the
    credentials.
  - The roles of this collection use it first. Variables of other hosts that can't be read are ignored.
options:
  _terms:
    description: Hosts to check.
    required: true
  of_this_play:
    description:
      - Whether the only host given is the one that runs. Its connections are then also read as the play sees them, and must not differ from
        the host's own variables.
      - They are read option by option, so that no error quotes a secret.
    type: bool
    default: false
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Fail if tenants would be mixed up
  ansible.builtin.assert:
    that: problems | length == 0
    fail_msg: "{{ problems | join(' ') }}"
  vars:
    problems: "{{ query('workspace_zoom.provisioning.tenant_problems', inventory_hostname, of_this_play=true) }}"
"""

RETURN = r"""
_raw:
  description: One sentence for each problem, with what to do. Empty if there is none.
  type: list
  elements: str
"""

import os
from collections.abc import Mapping
from functools import partial
from typing import Any

from ansible.plugins.lookup import LookupBase

from ..plugin_utils._tenants._crossing import CREDENTIALS, FOLDERS, IDENTITY, Tenant, crossings
from ..plugin_utils._tenants._evaluated import Evaluated, evaluated, evaluated_by, is_omitted

_READ = (*CREDENTIALS, *FOLDERS)


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        known = variables or {}
        inventory = {host: _tenant_of(known["hostvars"], host) for host in known["groups"]["all"]}
        running = known.get("ansible_play_hosts_all")
        effective = self._effective(known) if self.get_option("of_this_play") else None
        return list(dict.fromkeys(sentence for host in terms for sentence in crossings(host, inventory, effective, running)))

    def _effective(self, known: Mapping[str, Any]) -> Tenant:
        return _tenant({side: evaluated(side, known.get(side), self._templar.template) for side in CREDENTIALS})


def _tenant_of(hostvars: Mapping[str, Any], host: str) -> Tenant:
    """What can't be read of another host must not stop this one: a file of a vault without its password leaves nothing of it."""
    try:
        own = hostvars[host]
    except Exception:  # whatever a vault or a template may raise
        return Tenant()
    found = {name: evaluated_by(name, partial(own.get, name)) for name in _READ}
    folders = {name: _text(found[name].value) for name in FOLDERS}
    return _tenant(
        {side: found[side] for side in CREDENTIALS},
        folders={name: os.path.normpath(os.path.expanduser(path)) for name, path in folders.items() if path},
    )


def _tenant(connections: Mapping[str, Evaluated], **more: Any) -> Tenant:
    options = {side: {name: _text(found.options.get(name)) for name in (*IDENTITY[side], "api_url")} for side, found in connections.items()}
    given = {side: {name: text for name, text in found.items() if text} for side, found in options.items()}
    return Tenant(given, faults=tuple(fault for found in connections.values() for fault in found.faults), **more)


def _text(value: object) -> str:
    """Before ansible-core 2.19 an undefined variable leaves its template in another host's variables: that is none."""
    text = "" if value is None or is_omitted(value) else str(value).strip()
    return "" if "{{" in text else text
