# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""POST /scim2/Users (section 4.7): an account, an invitation, or what a switch makes of it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..rules.errors import scim_error, wrong_domain
from ..store.entities import MEMBER, User, fold, is_email
from ..store.license import BASIC, LICENSED, plain
from ..store.limits import SeatsExhausted
from ..store.names import NAMES
from .endpoint import SCIM_JSON, Call, answer
from .scim_answers import resource
from .scim_requests import attributes, default_license, license_of, names_in, no_seats, role_of, with_unique_id


def create_user(call: Call) -> Response:
    """`active`, `emails` and `externalId` are not in the schema of POST: they are ignored."""
    store, body = call.store, call.scim_body()
    email = body.get("userName")
    if not isinstance(email, str) or not is_email(email):
        raise scim_error(400, 'The "userName" of the request is invalid.')
    _require_free(call, email)
    if body.get("userType") == "Collaboration" and call.switches["collaboration_create"] == "refused":
        raise scim_error(400, 'The "userType" of the request is invalid.')
    pending = not store.is_managed(email)
    if pending and call.switches["foreign_domain_create"] == 409:
        raise wrong_domain()
    values = with_unique_id(call.switches, attributes(body, None, clears=False))
    now = store.now()
    user = User(store.new_id(email), email, now, now, "pending" if pending else "active", **values)
    user.display_name = user.display_name or f"{user.first_name} {user.last_name}".strip()
    store.check_names({name: getattr(user, name) for name in NAMES})
    user.license = license_of(store, body, None) or default_license(store)
    user.role_id = role_of(store, body, MEMBER)
    names = names_in(body, "groups")
    shown = _change_of_mind(call, user)
    try:
        store.insert(user)
    except SeatsExhausted as short:
        raise no_seats(store, user.license, short) from None
    store.join_named(user, names or [])
    if call.switches["create_answer"] == "missing":
        store.remove(user)
    return answer({**resource(store, user, "post"), **shown}, 201, SCIM_JSON)


def _change_of_mind(call: Call, user: User) -> dict[str, Any]:
    """What Zoom makes in place of the account that was asked for, and what its answer says otherwise than it is."""
    store, how = call.store, call.switches["create_answer"]
    if how == "pending":
        user.status = "pending"
        return {"active": True}
    if how == "other_type":
        other = plain(BASIC) if user.license.is_paid else store.paid_license(LICENSED)
        free = store.free_seats(other.pool)
        user.license = other if free is None or free > 0 else user.license
    return {"id": " "} if how == "no_id" else {}


def _require_free(call: Call, email: str) -> None:
    store = call.store
    held = store.lookup(email)
    elsewhere = fold(email) in store.foreign_logins
    if held is None and not elsewhere:
        return
    over_pending = elsewhere or (held is not None and held.status == "pending")
    switch = "create_over_pending" if over_pending else "duplicate_create"
    raise scim_error(int(call.switches[switch]), f'The email "{email}" is already in use.')
