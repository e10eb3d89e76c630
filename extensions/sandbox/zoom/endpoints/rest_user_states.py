# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST changes of a user's state: status, email, SSO token, delete (section 5.5)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..rules.errors import invalid, invitation_missing, no_user, rest_error
from ..rules.rest_license import CALL_QUEUE, no_seat_to_wake
from ..store.entities import User, fold, is_email
from ..store.limits import SeatsExhausted
from .endpoint import Call, Endpoint, no_content

UNDELETABLE = "Unable to delete this deactivated user. Please contact Zoom support team for more information."
SAME_TRANSFER = "The transfer-to email address cannot be the same as the unlinked or deleted user's email address."
WRONG_DOMAIN = "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account."


def _settled(call: Call) -> User:
    """A user who has accepted the invitation."""
    user = call.user()
    if user.status == "pending":
        raise invitation_missing()
    return user


def set_status(call: Call) -> Response:
    store, user, action = call.store, _settled(call), call.rest_body().get("action")
    if action not in ("activate", "deactivate", "clock_in", "clock_out"):
        raise invalid("action")
    if action in ("activate", "deactivate") and (user.room or user.is_admin):
        raise rest_error(400, 200, "Zoom Room and Admin users' status cannot be activated or deactivated.")
    if action == "deactivate" and user.upcoming_events:
        text = "You cannot deactivate this user because the user has an upcoming Zoom Events scheduled."
        raise rest_error(400, 300, text)
    if action == "deactivate":
        store.set_inactive(user)
    elif action == "activate":
        try:
            store.set_active(user)
        except SeatsExhausted as short:
            raise no_seat_to_wake(short) from None
    return Response(status_code=int(call.switches["status_put"]))


def set_email(call: Call) -> Response:
    """Within the managed domains only, to an address unused in Zoom, three times a day."""
    store, user, email = call.store, call.user(), call.rest_body().get("email")
    if user.status == "pending":
        raise no_user(call.path("user_id"))
    if not isinstance(email, str) or not is_email(email) or len(email) >= 128:
        raise invalid("email")
    if user.is_admin and user is not store.owner():
        raise rest_error(400, 1000, "Admin can not change other admins email.")
    if not store.is_managed(email) or not store.is_managed(user.email):
        raise rest_error(400, 300, WRONG_DOMAIN)
    other = store.lookup(email)
    if (other is not None and other is not user) or fold(email) in store.foreign_logins:
        raise rest_error(409, 1005, f'Email "{email}" has already been used.')
    store.change(user, email=email, email_changes=call.rates.email_turn(user.email_changes, int(call.switches["fourth_email_change"])))
    return no_content()


def revoke_token(call: Call) -> Response:
    user = _settled(call)
    user.sso_revocations += 1
    return no_content()


def delete_user(call: Call) -> Response:
    store, user, query = call.store, call.user(), call.query
    action = query.get("action") or "disassociate"
    if action not in ("disassociate", "delete"):
        raise invalid("action")
    if user.status == "pending":
        store.withdraw_invitation(user)
        return no_content()
    _refuse_delete(user)
    _check_transfer(call, user)
    if action == "delete":
        store.remove(user)
        return no_content()
    if store.is_managed(user.email):
        raise rest_error(400, 1107, "You can not disassociate a user with managed domain.")
    store.disassociate(user)
    return no_content()


def _refuse_delete(user: User) -> None:
    if user.is_admin:
        raise rest_error(400, 1117, "You can not disassociate an Admin user.")
    if user.room:
        raise rest_error(400, 200, "Cannot delete a Zoom Rooms user.")
    if user.force_inactive and user.status == "inactive":
        raise rest_error(400, 200, UNDELETABLE)
    if user.call_queue_manager:
        raise rest_error(400, 1000, CALL_QUEUE)
    if user.upcoming_events:
        text = "This user has published events on Zoom Events and cannot be deleted or unlinked."
        raise rest_error(400, 300, text)


def _check_transfer(call: Call, user: User) -> None:
    target = call.query.get("transfer_email", "")
    if target and fold(target) == fold(user.email):
        raise rest_error(400, 300, SAME_TRANSFER)
    heir = call.store.lookup(target) if target else None
    if target and (heir is None or heir.status != "active"):
        raise no_user(target)


def _write(method: str, path: str, operation: str, scope: str, handler: Any, *, holds_lock: bool = False) -> Endpoint:
    scopes = (scope, "user:write:admin")
    return Endpoint(method, path, operation, "LIGHT", scopes, handler, "User:Edit", holds_lock=holds_lock)


_ONE = "/v2/users/{user_id}"
ENDPOINTS = (
    _write("PUT", f"{_ONE}/status", "userStatus", "user:update:status:admin", set_status),
    _write("PUT", f"{_ONE}/email", "userEmailUpdate", "user:update:email:admin", set_email),
    _write("DELETE", f"{_ONE}/token", "userSSOTokenDelete", "user:delete:token:admin", revoke_token),
    _write("DELETE", _ONE, "userDelete", "user:delete:user:admin", delete_user, holds_lock=True),
)
