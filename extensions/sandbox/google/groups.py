# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups, their settings, and org units."""

from __future__ import annotations

from typing import Any

from .endpoint import NOTHING, Call, Endpoint
from .entities import Group, fold, is_email
from .errors import exists, invalid_input, missing, not_authorized, not_found, refuse, required
from .rows import collection, group_row, org_unit_row
from .settings import change_settings, check_settings, settings_row
from .store import Taken

LONGEST_DESCRIPTION = 4096


def find(call: Call) -> Group:
    """By address, alias or id; another customer's can't be read."""
    group = call.store.group_by(call.path("key"))
    if group is None:
        raise not_found("groupKey")
    if group.foreign:
        raise not_authorized() if call.switches["google_foreign_group"] == 403 else not_found("groupKey")
    return group


def get(call: Call) -> dict[str, Any]:
    return group_row(find(call), call.store)


def insert(call: Call) -> dict[str, Any]:
    email = call.body.get("email")
    if not email:
        raise required("email")
    if not is_email(email) or not call.store.is_ours(str(email)):
        raise invalid_input("email")
    _check(call)
    try:
        group = call.store.put_group(str(email), str(call.body.get("name") or ""), str(call.body.get("description") or ""))
    except Taken:
        raise exists() from None
    group.created = call.store.now()
    return group_row(group, call.store)


def update(call: Call) -> dict[str, Any]:
    group = find(call)
    _check(call)
    email = call.body.get("email")
    if email and fold(email) != fold(group.email):
        if not is_email(email) or not call.store.is_ours(email):
            raise invalid_input("email")
        try:
            call.store.rename_group(group, email)
        except Taken:
            raise exists() from None
    group.name = str(call.body.get("name") or group.name)
    group.description = str(call.body.get("description", group.description) or "")
    return group_row(group, call.store)


def _check(call: Call) -> None:
    if len(str(call.body.get("description") or "")) > LONGEST_DESCRIPTION:
        raise invalid_input("description")


def delete(call: Call) -> Any:
    call.store.drop_group(find(call))
    return NOTHING


def settings(call: Call) -> dict[str, str]:
    """The default form is Atom, which nobody wants: it must be asked for as JSON."""
    if call.query.get("alt") != "json":
        raise refuse(400, "badRequest", "alt=atom is not served by the sandbox; send alt=json")
    return settings_row(find(call))


def change(call: Call) -> dict[str, str]:
    settings(call)  # refuses other forms than JSON before anything is written
    group = find(call)
    try:
        check_settings(call.body)
    except ValueError as error:
        raise invalid_input(str(error)) from None
    change_settings(group, call.body)
    return settings(call)


def org_units(call: Call) -> dict[str, Any]:
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


_BASE = "/admin/directory/v1/groups"
_UNITS = "/admin/directory/v1/customer/{customer}/orgunits"
ENDPOINTS = (
    Endpoint("POST", _BASE, "directory.groups.insert", insert, "Group", "Group"),
    Endpoint("GET", _BASE + "/{key}", "directory.groups.get", get, "Group"),
    Endpoint("PATCH", _BASE + "/{key}", "directory.groups.patch", update, "Group", "Group"),
    Endpoint("DELETE", _BASE + "/{key}", "directory.groups.delete", delete),
    Endpoint("GET", "/groups/v1/groups/{key}", "groupsSettings.groups.get", settings),
    Endpoint("PUT", "/groups/v1/groups/{key}", "groupsSettings.groups.update", change, "", "Settings"),
    Endpoint("PATCH", "/groups/v1/groups/{key}", "groupsSettings.groups.patch", change, "", "Settings"),
    Endpoint("GET", _UNITS, "directory.orgunits.list", org_units, "OrgUnits", params=frozenset({"type", "orgUnitPath"})),
)
