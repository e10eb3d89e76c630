# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards tenants against each other."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tenant_problems
short_description: Whether a host could be planned on another host's Zoom account
version_added: 0.1.0
description:
  - Compares the connections of a host with those of all other hosts in the inventory, also of those that C(--limit) leaves out.
  - With more than one host in the inventory, each needs its own C(zoom_connection) and C(google_connection) with credentials, and no two of
    them may be of one Zoom account. With one host, the environment may give them.
  - The roles of this collection ask it first. Variables of other hosts that can not be read are passed over.
options:
  _terms:
    description: Hosts to check.
    required: true
  zoom_connection:
    description: The same of the only host given, as the play has it. It must not differ from the host's own variable.
    type: raw
  google_connection:
    description: The same of Google.
    type: raw
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Tenants are not mixed up
  ansible.builtin.assert:
    that: problems | length == 0
    fail_msg: "{{ problems | join(' ') }}"
  vars:
    problems: "{{ query('workspace_zoom.provisioning.tenant_problems', inventory_hostname) }}"
"""

RETURN = r"""
_raw:
  description: One sentence for each problem, with what to do. Empty if there is none.
  type: list
  elements: str
"""

from collections.abc import Mapping
from typing import Any

from ansible.plugins.lookup import LookupBase

from ..plugin_utils._tenants._crossing import CREDENTIALS, GOOGLE, ZOOM, Tenant, crossings


class LookupModule(LookupBase):  # type: ignore[misc, unused-ignore]
    def run(self, terms: list[str], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[str]:
        known = variables or {}
        inventory = {host: _tenant_of(known["hostvars"], host) for host in known["groups"]["all"]}
        effective = Tenant({side: _options(side, kwargs[side]) for side in CREDENTIALS}) if {ZOOM, GOOGLE} <= set(kwargs) else None
        return list(dict.fromkeys(sentence for host in terms for sentence in crossings(host, inventory, effective)))


def _tenant_of(hostvars: Mapping[str, Any], host: str) -> Tenant:
    return Tenant({side: _options(side, _read(lambda side=side: hostvars[host][side])) for side in CREDENTIALS})


def _options(side: str, connection: object) -> dict[str, str]:
    """Texts of the options that count; before ansible-core 2.19 an undefined variable leaves its template."""
    found = {}
    for name in (*CREDENTIALS[side], "auth_kind"):
        value = _read(lambda name=name: str(connection[name] or "").strip()) if isinstance(connection, Mapping) else ""
        if value and "{{" not in value:
            found[name] = value
    return found


def _read(get: Any) -> Any:
    """None where variables are undefined or of a vault without its password: another host's must not stop this one."""
    try:
        return get()
    except Exception:  # whatever a template may raise
        return None
