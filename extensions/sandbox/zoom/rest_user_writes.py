# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST writes of users: POST /users and PATCH /users/{userId} (sections 5.3, 5.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from . import rest_license
from .endpoint import Call, Endpoint, answer, no_content
from .entities import API_LOGIN, SSO_LOGIN, WORK_EMAIL_LOGIN, User, fold, is_email
from .errors import SeatsExhausted, invalid, rest_error
from .license import License
from .rates import INVITATIONS

if TYPE_CHECKING:
    from .state import ZoomAccount

ACTIONS = {"create": WORK_EMAIL_LOGIN, "autoCreate": WORK_EMAIL_LOGIN, "custCreate": API_LOGIN, "ssoCreate": SSO_LOGIN}
NO_SSO = "SSO has not been enabled for this account. Contact the Zoom support team to enable this option."
NO_PRE_PROVISION = (
    "The ssoCreate option is only available for SSO Partners that have enabled the pre-provision option. "
    "Contact the Zoom Support team to learn more."
)
NO_PHONE = "You cannot enable the **Zoom Phone** feature because you do not have any available licenses."
# field of the body -> (field of User, longest text; None: not stated)
TEXTS: dict[str, tuple[str, int | None]] = {
    "first_name": ("first_name", 64),
    "last_name": ("last_name", 64),
    "display_name": ("display_name", 128),
    "dept": ("department", None),
    "job_title": ("job_title", 128),
    "company": ("company", 255),
    "location": ("location", 256),
    "cost_center": ("cost_center", None),
    "timezone": ("timezone", None),
    "language": ("language", None),
    "pronouns": ("pronouns", None),
    "manager": ("manager", None),
    "vanity_name": ("vanity_name", None),
}
EXTRA: dict[str, Callable[[Any], bool]] = {
    "use_pmi": lambda value: isinstance(value, bool),
    "pronouns_option": lambda value: value in (1, 2, 3) and not isinstance(value, bool),
    "host_key": lambda value: isinstance(value, str) and value.isdecimal() and 6 <= len(value) <= 10,
    "cms_user_id": lambda value: isinstance(value, str),
    "about_me": lambda value: isinstance(value, str) and len(value) <= 150 and not re.search(r"https?://|<\w", value),
    "linkedin_url": lambda value: isinstance(value, str) and "linkedin.com" in value,
    "division_ids": lambda value: isinstance(value, list),
}
ILLEGAL = {
    "about_me": "The `about_me` field is illegal and can't contain hyperlinks or HTML code.",
    "linkedin_url": "The `linkedin_url` field is illegal. The URL must contain `linkedin.com`.",
}
PHONE_LABELS = ("Mobile", "Office", "Home", "Fax")


# POST /users


def create_user(call: Call) -> Response:
    account, body = call.account, call.rest_body()
    action, info = body.get("action"), body.get("user_info")
    if action not in ACTIONS:
        raise invalid("action")
    if not isinstance(info, dict):
        raise invalid("user_info")
    email = info.get("email")
    if not isinstance(email, str) or not is_email(email):
        raise invalid("user_info.email")
    if not account.is_paid:
        raise rest_error(400, 200, "No permission.")
    values = {field: info[name] for name, field in _texts(info, "user_info.", ("first_name", "last_name", "display_name"))}
    license = _license(account, info)
    _require_action(call, action, email, info)
    _require_free(account, email)
    if action == "create":
        account.rates.spend("action=create", INVITATIONS[account.rates.plan], "LIGHT")
    return answer(_insert(account, action, email, license, values), 201)


def _license(account: ZoomAccount, info: Mapping[str, Any]) -> License:
    """`type` is required even beside a bundle."""
    if "type" not in info:
        raise invalid("user_info.type")
    license = account.paid_license(rest_license.type_number(info["type"], "user_info.type"))
    feature = info.get("feature") or {}
    if not isinstance(feature, dict) or not isinstance(feature.get("zoom_phone", False), bool):
        raise invalid("user_info.feature")
    if feature.get("zoom_phone") and account.phone_seats <= 0:
        raise rest_error(404, 1102, NO_PHONE)
    bundle, plan = feature.get("zoom_one_type"), info.get("plan_united_type")
    if bundle and plan:
        raise rest_error(400, 300, rest_license.ONE_AT_A_TIME)
    if plan:
        return rest_license.united(plan)
    return rest_license.zoom_one(bundle) if bundle else license


def _require_action(call: Call, action: str, email: str, info: Mapping[str, Any]) -> None:
    account = call.account
    if action == "ssoCreate" and not account.sso:
        raise rest_error(400, 2002, NO_SSO)
    if action == "ssoCreate" and not account.pre_provision:
        raise rest_error(400, 2032, NO_PRE_PROVISION)
    password = info.get("password")
    if action == "autoCreate" and not (isinstance(password, str) and 8 <= len(password) <= 32):
        raise rest_error(400, 300, "Invalid parameter: password")
    if action in ("autoCreate", "ssoCreate") and not account.is_managed(email):
        domains = ",".join(account.managed_domains)
        raise rest_error(400, 1116, f"Email address {email} doesn't match limited domains: {domains}")


def _require_free(account: ZoomAccount, email: str) -> None:
    if account.lookup(email):
        raise rest_error(409, 1005, f'Email "{email}" has already been used.')
    if fold(email) in account.foreign_logins:
        raise rest_error(400, 1009, f"The user {email} already holds an active account.")


def _insert(account: ZoomAccount, action: str, email: str, license: License, values: Mapping[str, Any]) -> dict[str, Any]:
    now, status = account.now(), "pending" if action == "create" else "active"
    user = User(account.new_id(email), email, now, now, status, license=license, **values)
    user.display_name = user.display_name or f"{user.first_name} {user.last_name}".strip()
    user.login_types = [ACTIONS[action]]
    try:
        account.insert(user)
    except SeatsExhausted as short:
        raise rest_license.no_seats(account, "create", license, short) from None
    return {
        "id": user.id,
        "email": email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "type": user.license.type,
    }


# PATCH /users/{userId}


def update_user(call: Call) -> Response:
    """`email` and `status` change nothing here; pending and inactive people are left as they are, in silence."""
    account, user, body = call.account, call.user(), call.rest_body()
    values = {field: body[name] for name, field in _texts(body, "", tuple(TEXTS))}
    values.update(_lists(body, user))
    license = rest_license.asked(account, body, user.license)
    _check_manager(account, values)
    if account.lookup_vanity(values.get("vanity_name", ""), user):
        text = 'User is already taken by another user from your account. Choose another "Personal Link Name".'
        raise rest_error(400, 4100, text)
    if user.status == "pending":
        _remember_group(account, user, body)
        return no_content()
    if user.status == "inactive":
        return no_content()
    account.check_names(values)
    if license is not None:
        rest_license.give(account, user, license)
    if values.get("display_name") == "":
        first, last = values.get("first_name", user.first_name), values.get("last_name", user.last_name)
        values["display_name"] = f"{first} {last}".strip()
    account.change(user, **values)
    return no_content()


def _texts(body: Mapping[str, Any], prefix: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    found = []
    for name in names:
        if body.get(name) is None:
            continue
        field, longest = TEXTS[name]
        if not isinstance(body[name], str) or (longest is not None and len(body[name]) > longest):
            raise invalid(prefix + name)
        found.append((name, field))
    return found


def _lists(body: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Everything that is not a plain text."""
    values: dict[str, Any] = {}
    if body.get("phone_numbers") is not None:
        values["phone_numbers"] = _phones(body["phone_numbers"])
    if body.get("custom_attributes") is not None:
        values["custom_attributes"] = {**user.custom_attributes, **_custom(body["custom_attributes"])}
    extra = {name: body[name] for name in EXTRA if body.get(name) is not None}
    for name, value in extra.items():
        if not EXTRA[name](value):
            raise rest_error(400, 300, ILLEGAL[name]) if name in ILLEGAL else invalid(name)
    if extra:
        values["extra"] = {**user.extra, **extra}
    if body.get("pmi") is not None:
        if not str(body["pmi"]).isdecimal() or len(str(body["pmi"])) != 10:
            raise invalid("pmi")
        values["pmi"] = int(body["pmi"])
    feature = body.get("feature")
    if feature is not None and (not isinstance(feature, dict) or not isinstance(feature.get("zoom_phone", False), bool)):
        raise invalid("feature")
    return values


def _phones(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or len(given) > 3 or not all(isinstance(row, dict) for row in given):
        raise invalid("phone_numbers")
    phones = []
    for row in given:
        label = row.get("label") or "Office"
        if label not in PHONE_LABELS or not isinstance(row.get("number"), str):
            raise invalid("phone_numbers")
        kept = {name: str(row[name]) for name in ("country", "code", "number") if row.get(name)}
        phones.append({**kept, "type": label.lower()})
    return phones


def _custom(given: Any) -> dict[str, str]:
    if not isinstance(given, list) or len(given) > 5 or not all(isinstance(row, dict) for row in given):
        raise invalid("custom_attributes")
    if not all(isinstance(row.get("name"), str) and isinstance(row.get("value"), str) for row in given):
        raise invalid("custom_attributes")
    return {row["name"]: row["value"] for row in given}


def _check_manager(account: ZoomAccount, values: Mapping[str, Any]) -> None:
    """An address or a display name within the account."""
    manager = values.get("manager")
    if not manager or account.lookup(manager):
        return
    if not any(user.display_name == manager for user in account.users.values()):
        raise invalid("manager")


def _remember_group(account: ZoomAccount, user: User, body: Mapping[str, Any]) -> None:
    """`group_id` is for pending users only: it counts once the invitation is accepted."""
    group_id = body.get("group_id")
    if group_id is None:
        return
    if group_id not in account.groups:
        raise rest_error(404, 4130, f"Group does not exist: {group_id}.")
    user.extra["pending_group_id"] = group_id


_CREATE = ("user:write:user:admin", "user:write:admin")
_UPDATE = ("user:update:user:admin", "user:write:admin")
ENDPOINTS = (
    Endpoint("POST", "/v2/users", "userCreate", "LIGHT", _CREATE, create_user, "User:Edit", holds_lock=True),
    Endpoint("PATCH", "/v2/users/{user_id}", "userUpdate", "LIGHT", _UPDATE, update_user, "User:Edit"),
)
