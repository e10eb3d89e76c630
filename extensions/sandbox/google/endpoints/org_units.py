# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Org units: the list, whole or beneath one."""

from __future__ import annotations

from typing import Any

from ..rules.errors import missing
from .endpoint import Call, Endpoint
from .resources import collection, org_unit_row


def list_(call: Call) -> dict[str, Any]:
    """Not paginated. `all` leaves out the named unit itself."""
    call.customer(call.path("customer"))
    kind = call.choice("type", ("children", "all", "allIncludingParent"))
    top = _unit_path(call, call.query.get("orgUnitPath", "/"))
    units = [unit for unit in call.store.org_units.values() if _beneath(unit.path, top, kind)]
    return collection("orgUnits", "organizationUnits", [org_unit_row(unit, call.store) for unit in units])


def _beneath(path: str, top: str, kind: str) -> bool:
    if path.casefold() == top.casefold():
        return kind == "allIncludingParent"
    below = path.casefold().startswith(top.casefold().rstrip("/") + "/")
    return below and (kind != "children" or path.casefold().rpartition("/")[0] == top.casefold().rstrip("/"))


def _unit_path(call: Call, key: str) -> str:
    if key.startswith("id:"):
        found = next((unit for unit in call.store.org_units.values() if unit.id == key), None)
    else:
        found = call.store.org_unit_at("/" + key.strip("/"))
    if found is None:
        raise missing("Org unit not found")
    return found.path


_UNITS = "/admin/directory/v1/customer/{customer}/orgunits"
ENDPOINTS = (Endpoint("GET", _UNITS, "directory.orgunits.list", list_, "OrgUnits", params=frozenset({"type", "orgUnitPath"})),)
