# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/scim2/Users: list, create, get, partial PUT, PATCH of `active` (sections 4.6, 4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from .endpoint import SCIM_JSON, Call, Endpoint, answer, not_json
from .entities import ADMIN, MEMBER, OWNER, User, fold, is_email
from .errors import SeatsExhausted, scim_error
from .license import BASIC, LICENSED, UNASSIGNED, License, plain
from .names import NAMES
from .odd import user_row
from .rest_license import wake_text
from .scim_fields import attributes, default_license, license_of, no_seats, resource
from .scim_lists import listing, read_filter, same

if TYPE_CHECKING:
    from .state import ZoomAccount

SCOPES = ("scim2:admin", "scim2")
WRONG_DOMAIN = (
    "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary."
)


def sso_enabled(call: Call) -> None:
    if not call.account.sso:
        raise scim_error(400, "Account has not enabled Single Sign-On.")


def list_users(call: Call) -> Response:
    chosen = read_filter(
        call,
        ("userName", "externalId"),
        lambda name: scim_error(400, f"The current filter is not supported, the filter name: {name}"),
    )
    rows = call.account.shown_members() if chosen is None else _filtered(call, *chosen)
    return listing(call, rows, lambda user: user_row(call.account, user.id, resource(call.account, user, "list")))


def _filtered(call: Call, name: str, value: str) -> list[User]:
    account = call.account
    if name == "externalId":
        user = account.shown_users().get(value)
        return [user] if user and user.status != "pending" else []
    user = account.shown_user(value)
    if (user and user.status == "pending") or fold(value) in account.former_invitees:
        raise scim_error(400, f"User {value} not exist or not belong to this account.")
    if user and same(call, user.email, value):
        return [user]
    answer = call.switches["scim_unknown_address"]
    if answer == 404:
        raise scim_error(404, "User does not exist.")
    if answer == 400:
        raise scim_error(400, f"User {value} not exist or not belong to this account.")
    return []


def get_user(call: Call) -> Response:
    user = call.account.shown_users().get(call.path("user_id"))
    if user is None or user.status == "pending":
        raise scim_error(404, "User does not exist.")
    return _user(call.account, user, "get")


def _found(call: Call) -> User:
    user = call.account.users.get(call.path("user_id"))
    if user is None or user.status == "pending":
        raise scim_error(404, "User does not exist.")
    return user


def _user(account: ZoomAccount, user: User, operation: str, status: int = 200) -> Response:
    return answer(resource(account, user, operation), status, SCIM_JSON)


# POST


def create_user(call: Call) -> Response:
    """`active`, `emails` and `externalId` are not in the schema of POST: they are ignored."""
    account, body = call.account, call.scim_body()
    email = body.get("userName")
    if not isinstance(email, str) or not is_email(email):
        raise scim_error(400, 'The "userName" of the request is invalid.')
    _require_free(call, email)
    if body.get("userType") == "Collaboration" and call.switches["collaboration_create"] == "refused":
        raise scim_error(400, 'The "userType" of the request is invalid.')
    pending = not account.is_managed(email)
    if pending and call.switches["foreign_domain_create"] == 409:
        raise scim_error(409, WRONG_DOMAIN)
    values = _with_unique_id(call, attributes(body, None, clears=False))
    now = account.now()
    user = User(account.new_id(email), email, now, now, "pending" if pending else "active", **values)
    user.display_name = user.display_name or f"{user.first_name} {user.last_name}".strip()
    account.check_names({name: getattr(user, name) for name in NAMES})
    user.license = license_of(account, body, None) or default_license(account)
    user.role_id = _role(account, body, call, MEMBER)
    names = _names(body, "groups")
    shown = _change_of_mind(call, user)
    try:
        account.insert(user)
    except SeatsExhausted as short:
        raise no_seats(account, user.license, short) from None
    _join(account, user, names or [])
    if call.switches["create_answer"] == "missing":
        account.remove(user)
    return answer({**resource(account, user, "post"), **shown}, 201, SCIM_JSON)


def _change_of_mind(call: Call, user: User) -> dict[str, Any]:
    """What Zoom makes in place of the account that was asked for, and what its answer says otherwise than it is."""
    account, how = call.account, call.switches["create_answer"]
    if how == "pending":
        user.status = "pending"
        return {"active": True}
    if how == "other_type":
        other = plain(BASIC) if user.license.is_paid else account.paid_license(LICENSED)
        free = account.free_seats(other.pool)
        user.license = other if free is None or free > 0 else user.license
    return {"id": " "} if how == "no_id" else {}


def _with_unique_id(call: Call, values: dict[str, Any]) -> dict[str, Any]:
    """That employeeNumber and REST's employee_unique_id are one is assumed."""
    if "employee_number" in values and call.switches["employee_number_in_list"] == "shown":
        values["employee_unique_id"] = values["employee_number"]
    return values


def _require_free(call: Call, email: str) -> None:
    account = call.account
    held = account.lookup(email)
    elsewhere = fold(email) in account.foreign_logins
    if held is None and not elsewhere:
        return
    over_pending = elsewhere or (held is not None and held.status == "pending")
    switch = "create_over_pending" if over_pending else "duplicate_create"
    raise scim_error(int(call.switches[switch]), f'The email "{email}" is already in use.')


# PUT: partial, and `userName` changes nothing


def update_user(call: Call) -> Response:
    account, user = call.account, _found(call)
    body = call.scim_body()
    active = _active(body)
    wakes = user.status == "inactive" and active is True and call.switches["put_active_on_inactive"] == "honoured"
    if user.status == "inactive" and not wakes:
        raise scim_error(400, "User is inactive or locked.")
    values = _with_unique_id(call, attributes(body, user, clears=call.switches["empty_string_in_put"] == "clears"))
    if call.switches["put_display_name"] == "ignored":
        values.pop("display_name", None)
    account.check_names(values)
    email = _new_email(call, user, body)
    license = license_of(account, body, user.license)
    _refuse_for_room(user, license)
    if active is False:
        _refuse_state_change(user)
    names, role_id = _names(body, "groups"), _role(account, body, call, user.role_id)
    if wakes:
        _wake(account, user)
    _put_license(account, user, license)
    account.change(user, email=email, role_id=role_id, **values)
    if names is not None:
        _put_groups(call, user, names)
    if active is False:
        account.set_inactive(user)
    return _user(account, user, "put")


def _active(body: Mapping[str, Any]) -> bool | None:
    value = body.get("active")
    if value is not None and not isinstance(value, bool):
        raise not_json()
    return value


def _new_email(call: Call, user: User, body: Mapping[str, Any]) -> str:
    """The address after a PUT of `emails`, the documented rename."""
    given = body.get("emails")
    if given is None or call.switches["put_emails"] == "ignored":
        return user.email
    if not isinstance(given, list) or len(given) > 1 or not all(isinstance(row, dict) for row in given):
        raise not_json()
    value = given[0].get("value") if given else None
    if value in (None, ""):
        return user.email
    if not is_email(value):
        raise not_json()
    email = str(value)
    if fold(email) == fold(user.email):
        return email
    if user.is_admin:
        raise scim_error(400, "Cannot change the email of Admin user.")
    if not call.account.is_managed(email):
        raise scim_error(409, WRONG_DOMAIN)
    if call.account.lookup(email) or fold(email) in call.account.foreign_logins:
        raise scim_error(409, f"Email ''{email}'' has already been used.")
    return email


def _refuse_for_room(user: User, license: License | None) -> None:
    if user.room and license is not None and license.type in (BASIC, UNASSIGNED):
        raise scim_error(400, "Cannot update Zoom Room user to free")


def _put_license(account: ZoomAccount, user: User, license: License | None) -> None:
    if license is None:
        return
    try:
        account.give_license(user, license)
    except SeatsExhausted as short:
        raise no_seats(account, license, short, user.license.label) from None


def _put_groups(call: Call, user: User, names: list[str]) -> None:
    account = call.account
    if call.switches["put_groups"] == "replace":
        wanted = {name.lower() for name in names}
        for group_id in list(user.group_ids):
            if account.groups[group_id].name.lower() not in wanted:
                account.leave(user, account.groups[group_id])
    _join(account, user, names)


def _join(account: ZoomAccount, user: User, names: list[str]) -> None:
    """A name that no group has is passed over."""
    for name in names:
        group = account.group_named(name)
        if group is not None:
            account.join(user, group)


def _names(body: Mapping[str, Any], attribute: str) -> list[str] | None:
    """The values of `groups` or `roles`: names, not ids. None if the request has no such attribute."""
    given = body.get(attribute)
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise not_json()
    values = [row.get("value") for row in given]
    if not all(isinstance(value, str) for value in values):
        raise not_json()
    return [value for value in values if isinstance(value, str) and value]


def _role(account: ZoomAccount, body: Mapping[str, Any], call: Call, current: str) -> str:
    """A user has one role; ownership is neither given nor taken here."""
    names = _names(body, "roles")
    if names is None or current == OWNER:
        return current
    roles = [role.id for role in map(account.role_named, names) if role is not None and role.id != OWNER]
    if not names:
        return MEMBER if call.switches["put_groups"] == "replace" else current
    return roles[0] if roles else current


# PATCH


def _refuse_state_change(user: User) -> None:
    if user.room or user.role_id in (OWNER, ADMIN):
        raise scim_error(400, "Cannot activate or deactivate Zoom Room and Admin users.")


def patch_user(call: Call) -> Response:
    """Only `replace` of `{"active": bool}` without a path, under the key `Operations`."""
    account, user = call.account, _found(call)
    active = _patched_active(call.scim_body())
    _refuse_state_change(user)
    if active:
        _wake(account, user)
    else:
        account.set_inactive(user)
    return _user(account, user, "patch")


def _patched_active(body: Mapping[str, Any]) -> bool:
    operations = body.get("Operations")
    for operation in operations if isinstance(operations, list) else ():
        if not isinstance(operation, dict) or operation.get("op") != "replace" or "path" in operation:
            continue
        value = operation.get("value")
        if isinstance(value, dict) and isinstance(value.get("active"), bool):
            return bool(value["active"])
    raise scim_error(400, "The request json did not contains valid active field.")


def _wake(account: ZoomAccount, user: User) -> None:
    if user.force_inactive and user.status == "inactive":
        raise scim_error(400, "User is force inactive.")
    try:
        account.set_active(user)
    except SeatsExhausted as short:
        raise scim_error(400, wake_text(short)) from None


_COMMON: dict[str, Any] = {"scopes": SCOPES, "guard": sso_enabled}
_ONE = "/scim2/Users/{user_id}"
ENDPOINTS = (
    Endpoint("GET", "/scim2/Users", "userSCIM2List", "MEDIUM", handler=list_users, right="User:Read", **_COMMON),
    Endpoint("POST", "/scim2/Users", "userScim2Create", "LIGHT", handler=create_user, right="User:Edit", **_COMMON),
    Endpoint("GET", _ONE, "userSCIM2Get", "LIGHT", handler=get_user, right="User:Read", **_COMMON),
    Endpoint("PUT", _ONE, "userSCIM2Update", "LIGHT", handler=update_user, right="User:Edit", **_COMMON),
    Endpoint("PATCH", _ONE, "userADSCIM2Deactivate", "LIGHT", handler=patch_user, right="User:Edit", **_COMMON),
)
