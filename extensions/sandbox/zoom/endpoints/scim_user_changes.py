# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PUT and PATCH of /scim2/Users/{id} (section 4.8). PUT is partial, and its `userName` changes nothing; PATCH knows `active` alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ..rules.errors import not_json, scim_error, wrong_domain
from ..rules.rest_license import wake_text
from ..store.entities import ADMIN, MEMBER, OWNER, User, fold, is_email
from ..store.license import BASIC, UNASSIGNED, License
from ..store.limits import SeatsExhausted
from ..store.store import Store
from .endpoint import Call
from .scim_answers import user_answer
from .scim_requests import attributes, license_of, names_in, no_seats, role_of, with_unique_id


def _found(call: Call) -> User:
    user = call.store.users.get(call.path("user_id"))
    if user is None or user.status == "pending":
        raise scim_error(404, "User does not exist.")
    return user


def update_user(call: Call) -> Response:
    store, user = call.store, _found(call)
    body = call.scim_body()
    active = _active(body)
    wakes = user.status == "inactive" and active is True and call.switches["put_active_on_inactive"] == "honoured"
    if user.status == "inactive" and not wakes:
        raise scim_error(400, "User is inactive or locked.")
    values = with_unique_id(call.switches, attributes(body, user, clears=call.switches["empty_string_in_put"] == "clears"))
    if call.switches["put_display_name"] == "ignored":
        values.pop("display_name", None)
    store.check_names(values)
    email = _new_email(call, user, body)
    license = license_of(store, body, user.license)
    _refuse_for_room(user, license)
    if active is False:
        _refuse_state_change(call, user, active=active)
    names, role_id = names_in(body, "groups"), role_of(store, body, user.role_id)
    if wakes:
        _wake(store, user)
    _put_license(store, user, license)
    store.change(user, email=email, role_id=role_id, **values)
    if names is not None:
        _put_groups(call, user, names)
    if active is False:
        store.set_inactive(user)
    return user_answer(store, user, "put")


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
    if not call.store.is_managed(email):
        raise wrong_domain()
    if call.store.lookup(email) or fold(email) in call.store.foreign_logins:
        raise scim_error(409, f"Email ''{email}'' has already been used.")
    return email


def _refuse_for_room(user: User, license: License | None) -> None:
    if user.room and license is not None and license.type in (BASIC, UNASSIGNED):
        raise scim_error(400, "Cannot update Zoom Room user to free")


def _put_license(store: Store, user: User, license: License | None) -> None:
    if license is None:
        return
    try:
        store.give_license(user, license)
    except SeatsExhausted as short:
        raise no_seats(store, license, short, user.license.label) from None


def _put_groups(call: Call, user: User, names: list[str]) -> None:
    store = call.store
    if call.switches["put_groups"] == "replace":
        wanted = {name.lower() for name in names}
        for group_id in list(user.group_ids):
            if store.groups[group_id].name.lower() not in wanted:
                store.leave(user, store.groups[group_id])
    store.join_named(user, names)


def _refuse_state_change(call: Call, user: User, *, active: bool) -> None:
    spared = user.role_id not in (OWNER, ADMIN, MEMBER) and not active and call.switches["custom_role_deactivation"] == "refused"
    if user.room or user.role_id in (OWNER, ADMIN) or spared:
        raise scim_error(400, "Cannot activate or deactivate Zoom Room and Admin users.")


def patch_user(call: Call) -> Response:
    """Only `replace` of `{"active": bool}` without a path, under the key `Operations`."""
    store, user = call.store, _found(call)
    active = _patched_active(call.scim_body())
    _refuse_state_change(call, user, active=active)
    if active:
        _wake(store, user)
    else:
        store.set_inactive(user)
    return user_answer(store, user, "patch")


def _patched_active(body: Mapping[str, Any]) -> bool:
    operations = body.get("Operations")
    for operation in operations if isinstance(operations, list) else ():
        if not isinstance(operation, dict) or operation.get("op") != "replace" or "path" in operation:
            continue
        value = operation.get("value")
        if isinstance(value, dict) and isinstance(value.get("active"), bool):
            return bool(value["active"])
    raise scim_error(400, "The request json did not contains valid active field.")


def _wake(store: Store, user: User) -> None:
    if user.force_inactive and user.status == "inactive":
        raise scim_error(400, "User is force inactive.")
    try:
        store.set_active(user)
    except SeatsExhausted as short:
        raise scim_error(400, wake_text(short)) from None
