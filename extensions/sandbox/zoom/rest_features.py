# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""POST /users/features: licences in bulk, thirty people a call, partial success inside a 201 (section 5.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from .endpoint import Call, Endpoint, answer
from .entities import User
from .errors import SeatsExhausted, invalid, rest_error
from .license import (
    BASIC,
    UNITED_TYPES,
    ZOOM_ONE_TYPES,
    License,
    plain,
    united,
    zoom_one,
)

if TYPE_CHECKING:
    from .state import ZoomAccount

_SWITCH = frozenset({"true", "false"})
VALUES: dict[str, frozenset[str]] = {
    "user_type": frozenset({"1", "2"}),
    "concurrent_meeting": frozenset({"Basic", "Plus", "None"}),
    "large_meeting": frozenset(["1", "32", "64", "128", "256", "1024", "2048", "0"]),
    "webinar": frozenset(["16", "1", "64", "128", "256", "512", "1024", "2048", "4096", "8192", "16384", "32768", "0"]),
    "zoom_events": frozenset(["500", "1000", "3000", "5000", "10000", "20000", "30000", "50000", "0"]),
    "zoom_whiteboard": _SWITCH,
    "zoom_revenue_accelerator": _SWITCH,
    "zoom_iq_for_sales": _SWITCH,
    "zoom_clips_plus": _SWITCH,
    "plan_united_type": UNITED_TYPES | {"0"},
    "zoom_one_type": frozenset(map(str, ZOOM_ONE_TYPES)) | {"0"},
}
MOST = 30
LICENSES = ("user_type", "plan_united_type", "zoom_one_type")


def bulk_update(call: Call) -> Response:
    account, body = call.account, call.rest_body()
    kind, value, rows = body.get("feature_type"), body.get("feature_value"), body.get("users")
    if kind == "user_type" and value == "3":
        raise rest_error(400, 300, "Your account can't set user type as On-prem.")
    if not isinstance(kind, str) or kind not in VALUES:
        raise invalid("feature_type")
    if not isinstance(value, str) or value not in VALUES[kind]:
        raise invalid("feature_value")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST or not all(isinstance(row, dict) for row in rows):
        raise invalid("users")
    if body.get("subscription_id"):
        text = f'The subscription "{body["subscription_id"]}" you entered does not exist. '
        raise rest_error(400, 300, text + "Please choose a different subscription and try again.")
    if not account.is_paid:
        raise rest_error(400, 200, "Current account must be a paid account.")
    account.rates.features_turn()
    done: list[str] = []
    failed: dict[str, list[str]] = {}
    for row in rows:
        key = str(row.get("id") or row.get("email") or "")
        user = account.lookup(key)
        reason = _apply(account, user, kind, value)
        if reason is None and user is not None:
            done.append(user.id)
        else:
            failed.setdefault(str(reason), []).append(user.id if user and user.status != "pending" else key)
    details = [{"user_ids": ids, "reason": reason} for reason, ids in failed.items()]
    return answer({"success_user_ids": done, "fail_details": details}, 201)


def _apply(account: ZoomAccount, user: User | None, kind: str, value: str) -> str | None:
    """The reason of a failure; None once done."""
    if user is None or user.status != "active":
        return "Users not found"
    if user.room:
        return "Can't update for Zoom Room users"
    if kind not in LICENSES:
        return _add_on(account, user, kind, value)
    wanted = _wanted(account, user.license, kind, value)
    return wanted if isinstance(wanted, str) else _give(account, user, wanted)


def _give(account: ZoomAccount, user: User, wanted: License) -> str | None:
    if wanted == user.license:
        return "No need to update"
    if user.upcoming_events and wanted.type == BASIC:
        return "Have upcoming events"
    try:
        account.give_license(user, wanted)
    except SeatsExhausted:
        return "Not allowed to add basic users" if wanted.type == BASIC else "Not enough seats"
    return None


def _wanted(account: ZoomAccount, current: License, kind: str, value: str) -> License | str:
    if kind == "user_type":
        if current.is_bundle:
            return f"Can't update for {'Zoom One' if current.zoom_one_type else 'Zoom United'} users"
        return account.paid_license(int(value))
    if kind == "plan_united_type":
        if current.zoom_one_type:
            return "Can't update for Zoom One users"
        return (plain(BASIC) if current.is_bundle else current) if value == "0" else united(value)
    if current.plan_united_type:
        return "Can't update for Zoom United users"
    return (plain(BASIC) if current.is_bundle else current) if value == "0" else zoom_one(int(value))


def _add_on(account: ZoomAccount, user: User, kind: str, value: str) -> str | None:
    if not user.license.is_paid:
        return "Can't update for free users"
    if user.features.get(kind) == value:
        return "No need to update"
    account.change(user, features={**user.features, kind: value})
    return None


_SCOPES = ("user:write:feature:admin", "user:write:admin")
ENDPOINTS = (Endpoint("POST", "/v2/users/features", "bulkUpdateFeature", "MEDIUM", _SCOPES, bulk_update, "User:Edit"),)
