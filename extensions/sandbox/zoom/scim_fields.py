# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM user resources: which attribute appears in which answer, and what a request's attributes mean (section 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import rest_license
from .endpoint import not_json
from .entities import SSO_LOGIN, WORK_EMAIL_LOGIN, User, stamp
from .errors import Refusal, SeatsExhausted, scim_error
from .license import (
    FAMILY_BY_KEY,
    FAMILY_OF,
    ON_PREM,
    UNITED_KEY,
    UNITED_TYPES,
    USER_TYPE_OF,
    USER_TYPES,
    License,
    plain,
    united,
    zoom_one,
)

if TYPE_CHECKING:
    from .state import ZoomAccount

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ZOOM_EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User"
ZOOM_USER = "urn:us:zoom:scim:schemas:extension:1.0:ZoomUser"

BOOLEANS = frozenset(
    [
        "zoomIQ",
        "zoomRevenueAccelerator",
        "zoomCustomerManagedKey",
        "zoomWhiteboard",
        "zoomWhiteboardPlus",
        "zoomTranslatedCaptions",
        "zoomHuddles",
        "zoomWorkforceManagement",
        "zoomQualityManagement",
        "zoomScheduler",
        "zoomClipsPlus",
        "zoomMailAndCalendar",
        "visitorManagement",
        "zoomComplianceManagement",
        "zoomDocs",
        "clinicalNotes",
        "zoomClinicians",
        "zoomCustomAICompanion",
        "zoomAICompanion",
        "eduStandardStudent",
        "zoomAdvancedDataProtection",
        "deepfakeRiskDetection",
        "wvHqAgent",
    ]
)
STRINGS = frozenset(
    [
        "transferee",
        "zoomAutoDialer",
        "zoomFrontline",
        "cxInsights",
        "zoomEnhancedMedia",
        "zoomRevenueAcceleratorRole",
        "zoomContactCenterPackage",
        "zoomContactCenterAddonsPlan",
        "zoomContactCenterRole",
        "zoomContactCenterRegion",
        "zoomContactCenterUserTemplate",
        "zoomPhoneExtNumber",
        "zoomPhoneNumber",
        "zoomPhoneSite",
        "zoomPhoneCallingPlan",
    ]
)
WRITE_ONLY = ("zoomPhone", "zoomContactCenter")  # beginnings of names that no answer shows
MISSING_FROM = {
    "zoomRevenueAcceleratorRole": {"get", "patch"},
    "zoomMailAndCalendar": {"put"},
    "visitorManagement": {"put"},
    "zoomAICompanion": {"put"},
}
# attribute of the enterprise extension -> (field of User, operations whose answers hold it)
ENTERPRISE_FIELDS = {
    "department": ("department", {"get", "post", "put", "patch", "list"}),
    "organization": ("organization", {"get", "post", "put", "patch"}),
    "costCenter": ("cost_center", {"get", "post"}),
    "employeeNumber": ("employee_number", {"get", "post"}),
    "manager": ("manager", {"get", "post"}),
}
TEXT_FIELDS = {"displayName": "display_name", "title": "job_title", "locale": "location"}
NAME_FIELDS = {"givenName": "first_name", "familyName": "last_name"}
EXTENSION_FIELDS = {"pronouns": "pronouns", "personalLinkName": "vanity_name"}
PHONE_TYPES = ("mobile", "office", "home", "fax", "work")
MOST_CUSTOM = 5


def resource(account: ZoomAccount, user: User, operation: str) -> dict[str, Any]:
    """`operation`: get, list, or whose answer it is: post, put, patch."""
    row = _core(account, user)
    enterprise = {
        name: getattr(user, field) for name, (field, shown) in ENTERPRISE_FIELDS.items() if operation in shown and getattr(user, field)
    }
    if enterprise:
        row[ENTERPRISE] = enterprise
    if operation in ("get", "list"):
        row[ZOOM_USER] = {"loginType": {"workEmail": WORK_EMAIL_LOGIN in user.login_types, "sso": SSO_LOGIN in user.login_types}}
    if operation == "list":
        return row
    if operation != "get":
        row.update({name: getattr(user, TEXT_FIELDS[name]) for name in ("title", "locale") if _has(user, name)})
    if user.phone_numbers:
        row["phoneNumbers"] = [{"type": number.get("type", "work"), "value": number.get("number", "")} for number in user.phone_numbers]
    row.update(_memberships(account, user, operation))
    if extension := _extension(user, operation):
        row[ZOOM_EXTENSION] = extension
    return row


def _has(user: User, name: str) -> bool:
    return bool(getattr(user, TEXT_FIELDS[name]))


def _core(account: ZoomAccount, user: User) -> dict[str, Any]:
    core = account.context.switches["user_schemas"] == "core"
    return {
        "id": user.id,
        "schemas": [CORE_USER if core else LIST_RESPONSE],
        "meta": {
            "resourceType": "User",
            "location": f"{account.context.base_url}/scim2/Users/{user.id}",
            "version": "1.0.0",
            "created": stamp(user.created),
            "lastModified": stamp(user.modified),
        },
        "userName": user.email,
        "name": {"givenName": user.first_name, "familyName": user.last_name},
        "displayName": user.display_name,
        "emails": [{"type": "work", "value": user.email, "primary": True}],
        "active": user.status == "active",
        "userType": USER_TYPE_OF.get(user.license.type, "Basic"),
    }


def _memberships(account: ZoomAccount, user: User, operation: str) -> dict[str, Any]:
    role = account.roles[user.role_id]
    roles: list[dict[str, Any]] = [{"display": role.name, "value": role.name, "primary": True}]
    groups: list[dict[str, Any]] = []
    for number, group_id in enumerate(user.group_ids):
        name = account.groups[group_id].name if group_id in account.groups else ""
        row: dict[str, Any] = {"display": name, "type": "direct", "value": name}
        groups.append(row if operation == "get" else {**row, "primary": number == 0})
    if operation == "get" and account.context.switches["get_roles_shape"] == "object":
        return {"roles": roles[0], **({"groups": groups[0]} if groups else {})}
    return {"roles": roles, **({"groups": groups} if groups else {})}


def _extension(user: User, operation: str) -> dict[str, Any]:
    shown = {
        name: value
        for name, value in user.extension.items()
        if not name.startswith(WRITE_ONLY) and operation not in MISSING_FROM.get(name, ())
    }
    if operation != "get":
        shown.update(user.custom_attributes)
    shown.update({name: getattr(user, field) for name, field in EXTENSION_FIELDS.items() if getattr(user, field)})
    if user.license.plan_united_type:
        shown[UNITED_KEY] = user.license.plan_united_type
    key = FAMILY_OF[user.license.zoom_one_type].scim_key if user.license.zoom_one_type else None
    if key:
        shown[key] = str(user.license.zoom_one_type)
    return shown


# Requests


def attributes(body: Mapping[str, Any], user: User | None, *, clears: bool) -> dict[str, Any]:
    """Fields of User that a POST (no user yet) or a PUT sets. `clears`: an empty string empties; else it is ignored."""
    found: dict[str, Any] = {}
    for part, fields in ((body, TEXT_FIELDS), (_object(body, "name"), NAME_FIELDS)):
        found.update({field: part[name] for name, field in fields.items() if _text(part, name, clears)})
    enterprise = _object(body, ENTERPRISE)
    for name, (field, _shown) in ENTERPRISE_FIELDS.items():
        if _text(enterprise, name, clears):
            found[field] = enterprise[name]
    if body.get("phoneNumbers") is not None:
        found["phone_numbers"] = _phones(body["phoneNumbers"])
    found.update(_read_extension(_object(body, ZOOM_EXTENSION), user, clears))
    return found


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise not_json()
    return part


def _text(part: Mapping[str, Any], name: str, clears: bool) -> bool:
    value = part.get(name)
    if value is not None and not isinstance(value, str):
        raise not_json()
    return value is not None and (clears or value != "")


def _phones(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise not_json()
    phones = []
    for row in given:
        kind, value = row.get("type") or "work", row.get("value")
        if kind not in PHONE_TYPES or not isinstance(value, str):
            raise not_json()
        phones.append({"type": kind, "number": value})
    return phones


def _read_extension(given: Mapping[str, Any], user: User | None, clears: bool) -> dict[str, Any]:
    """Names are open: what is neither a licence nor an add-on is a custom attribute; a sixth one is dropped."""
    extension, custom = (dict(user.extension), dict(user.custom_attributes)) if user else ({}, {})
    found: dict[str, Any] = {"extension": extension, "custom_attributes": custom}
    for name, value in given.items():
        if name == UNITED_KEY or name in FAMILY_BY_KEY or value is None:
            continue
        if name in BOOLEANS:
            if not isinstance(value, bool):
                raise not_json()
            extension[name] = value
        elif _text(given, name, clears):
            if name in EXTENSION_FIELDS:
                found[EXTENSION_FIELDS[name]] = value
            elif name in STRINGS or name.endswith("Subscription"):
                extension[name] = value
            elif name in custom or len(custom) < MOST_CUSTOM:
                custom[name] = value
    if extension.get("zoomWhiteboard") and extension.get("zoomWhiteboardPlus"):
        raise scim_error(400, "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.")
    return found


def license_of(account: ZoomAccount, body: Mapping[str, Any], current: License | None) -> License | None:
    """The licence a request asks for; None if it names none. `Licensed` is what a bundle's holder shows: no change."""
    bundle = _bundle(_object(body, ZOOM_EXTENSION))
    if bundle is not None:
        return bundle
    if not _text(body, "userType", clears=False):
        return None
    number = USER_TYPES.get(body["userType"])
    if number is None:
        raise scim_error(400, 'The "userType" of the request is invalid.')
    if number == ON_PREM:
        raise scim_error(400, "Your account can't set user type as On-prem.")
    if current is not None and current.type == number:
        return current
    return account.paid_license(number)


def _bundle(extension: Mapping[str, Any]) -> License | None:
    named = {name: value for name, value in extension.items() if (name == UNITED_KEY or name in FAMILY_BY_KEY) and value not in (None, "")}
    if not all(isinstance(value, str) for value in named.values()):
        raise not_json()
    if UNITED_KEY in named and (named[UNITED_KEY] not in UNITED_TYPES or len(named) > 1):
        raise scim_error(409, "The Zoom United Plan is invalid.")
    for name, value in named.items():
        if name == UNITED_KEY:
            return united(value)
        if not value.isdecimal() or int(value) not in FAMILY_BY_KEY[name].values:
            raise scim_error(409, f"Cannot create more users with {FAMILY_BY_KEY[name].name}.")
        return zoom_one(int(value))
    return None


def default_license(account: ZoomAccount) -> License:
    by_default = account.context.switches["missing_user_type"] == "default"
    return account.paid_license(account.default_type) if by_default else plain(1)


def no_seats(account: ZoomAccount, license: License, short: SeatsExhausted, was: str | None = None) -> Refusal:
    """`was`: the licence held until now, None at creation."""
    if license.is_bundle:
        return scim_error(409, f"Cannot create more users with {license.label}.")
    if license.is_paid:
        return scim_error(409, "Cannot add paid users.")
    # the SCIM document has no text for Basic or unassigned users at their limit: those of REST
    call = "create" if was is None else "update"
    return scim_error(400, rest_license.no_seats(account, call, license, short, was or "").body["message"])
