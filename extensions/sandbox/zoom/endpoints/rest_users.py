# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST reads of users: the three lists, one user, the summary (sections 5.1, 5.2, 5.5)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..rules.errors import invalid, invitation_missing, no_user
from ..rules.odd import user_row
from ..store.entities import SSO_LOGIN, User, fold, stamp
from ..store.license import BASIC, LICENSED, ON_PREM, UNASSIGNED
from ..store.store import Store
from .endpoint import Call, Endpoint, answer

STATUSES = ("active", "inactive", "pending")
LOGIN_TYPES = frozenset({"0", "1", "11", "21", "23", "24", "27", "97", "98", "99", "100", "101"})
MOST, SERVED = 2000, 300  # page_size: the maximum of the specification, and that of the paging guide
LICENSE_FILTERS = {"zoom_workforce_management": "zoomWorkforceManagement", "zoom_compliance_management": "zoomComplianceManagement"}
CLASSIC_READ = ("user:read:admin", "user:write:admin")


def custom_attributes(user: User) -> list[dict[str, str]]:
    return [{"key": f"cbf_{name.lower()}", "name": name, "value": value} for name, value in user.custom_attributes.items()]


def list_row(user: User, include: str = "", no_united: str = "absent") -> dict[str, Any]:
    """No `zoom_one_type` here, and no id for the pending: both only in the answer about one user."""
    if user.status == "pending":
        return {"email": user.email, "type": user.license.type, "status": "pending", "verified": 0}
    row: dict[str, Any] = {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "display_name": user.display_name,
        "type": user.license.type,
        "status": user.status,
        "role_id": user.role_id,
        "dept": user.department,
        "group_ids": list(user.group_ids),
        "im_group_ids": [],
        "division_ids": [],
        "pmi": user.pmi,
        "timezone": user.timezone,
        "verified": 1,
        "user_created_at": stamp(user.created),
        "created_at": stamp(user.created),
    }
    if user.last_login:
        row.update(last_login_time=stamp(user.last_login), last_client_version="6.5.0.1234(mac)")
    if user.license.plan_united_type or no_united != "absent":
        row["plan_united_type"] = user.license.plan_united_type or no_united
    if user.employee_unique_id and SSO_LOGIN in user.login_types:  # shown for those who sign in by SAML only
        row["employee_unique_id"] = user.employee_unique_id
    if include == "custom_attributes" and user.custom_attributes:
        row["custom_attributes"] = custom_attributes(user)
    if include == "host_key":
        row["host_key"] = user.extra.get("host_key", f"{user.pmi % 1_000_000:06d}")
    return row


def listed(call: Call, user: User, include: str) -> dict[str, Any]:
    """As the list has it: by a switch, without the address of a Zoom Room."""
    row = list_row(user, include, call.switches["no_united"])
    unseen = user.room and call.switches["rooms_without_address"]
    return {name: value for name, value in row.items() if not (unseen and name == "email")}


def list_users(call: Call) -> Response:
    store, query = call.store, call.query
    status, include = query.get("status") or "active", query.get("include_fields", "")
    if status not in STATUSES:
        raise invalid("status")
    if include not in ("", "custom_attributes", "host_key"):
        raise invalid("include_fields")
    role_id, license = query.get("role_id", ""), query.get("license", "")
    if license not in ("", *LICENSE_FILTERS):
        raise invalid("license")
    shown = store.shown_users()
    ids: list[str] = []
    if not query.get("next_page_token"):
        rows = (user for user in shown.values() if user.status == status)
        if role_id or license:
            rows = (user for user in rows if (not role_id or user.role_id == role_id) and _holds(user, license))
        ids = [user.id for user in rows]
    listing = f"users {status} {role_id} {license}"
    page = call.pages.page(listing, ids, query, **_largest(call.switches["most_users"]))
    users = [shown[user_id] for user_id in page.ids if user_id in shown]
    body = {
        "page_count": page.count,
        "page_number": page.number,
        "page_size": page.size,
        "total_records": page.total + store.context.switches["total_records_extra"],
        "next_page_token": page.next_page_token,
        "users": [user_row(store, user.id, listed(call, user, include)) for user in users if user.status == status],
    }
    return answer(body)


def _largest(most_users: int | str) -> dict[str, int]:
    """Beyond `most` a page is refused; of more than `cap` rows it is cut."""
    return {"most": SERVED, "cap": SERVED} if most_users == "refused" else {"most": MOST, "cap": int(most_users)}


def _holds(user: User, license: str) -> bool:
    return not license or bool(user.extension.get(LICENSE_FILTERS[license]))


def get_user(call: Call) -> Response:
    user = _shown(call)
    if call.query.get("login_type", "0") not in LOGIN_TYPES:
        raise invalid("login_type")
    return answer(one_user(call.store, user))


def _shown(call: Call) -> User:
    """As reads show it: by id, address, `me`, or the employee's unique id when asked."""
    store, key = call.store, call.path("user_id")
    if key == "me":
        return call.user()
    if call.query.get("search_by_unique_id") == "true":
        user = next((user for user in store.shown_users().values() if user.employee_unique_id == key), None)
    else:
        user = store.shown_user(key)
    if user is None and fold(key) in store.former_invitees:
        raise invitation_missing()
    if user is None:
        raise no_user(key)
    return user


def one_user(store: Store, user: User) -> dict[str, Any]:
    no_united = store.context.switches["no_united"]
    row = list_row(user, no_united=no_united)
    if user.status == "pending":
        row.update(id=user.id, role_id=user.role_id)
    pending = user.status == "pending"
    # a pending user's created_at is the time of the call
    row["created_at"] = stamp(store.now() if pending else user.created)
    row.update(
        first_name=user.first_name,
        last_name=user.last_name,
        display_name=user.display_name,
        dept=user.department,
        role_name=store.roles[user.role_id].name,
        job_title=user.job_title,
        cost_center=user.cost_center,
        company=user.company,
        location=user.location,
        manager=user.manager,
        language=user.language,
        phone_numbers=[_phone(number) for number in user.phone_numbers],
        login_types=[] if pending else list(user.login_types),
        account_id=store.account_id,
        account_number=100000001,
        pronouns=user.pronouns,
        pronouns_option=user.extra.get("pronouns_option", 1),
        use_pmi=bool(user.extra.get("use_pmi", False)),
        personal_meeting_url=f"https://example.zoom.us/j/{user.pmi}",
        vanity_url=f"https://example.zoom.us/my/{user.vanity_name}" if user.vanity_name else "",
        jid=f"{user.id.lower()}@xmpp.example.zoom.us",
        cluster="us01",
        cms_user_id=user.extra.get("cms_user_id", ""),
    )
    if user.license.zoom_one_type or no_united != "absent":
        row["zoom_one_type"] = user.license.zoom_one_type
    if user.custom_attributes:
        row["custom_attributes"] = custom_attributes(user)
    return row


def _phone(number: dict[str, str]) -> dict[str, Any]:
    kind = number.get("type", "office")
    return {
        "country": number.get("country", "US"),
        "code": number.get("code", "+1"),
        "number": number.get("number", ""),
        "label": "Office" if kind == "work" else kind.capitalize(),
        "verified": False,
    }


def summary(call: Call) -> Response:
    """Active people; pending ones are outside the total, the deactivated are not counted [assumed]."""
    rows = list(call.store.shown_users().values())
    active = [user for user in rows if user.status == "active"]
    people = [user for user in active if not user.room]
    counts = {
        "licensed_users_count": sum(user.license.type == LICENSED for user in people),
        "basic_users_count": sum(user.license.type == BASIC for user in people),
        "on_prem_users_count": sum(user.license.type == ON_PREM for user in people),
        "join_only_users_count": sum(user.license.type == UNASSIGNED for user in people),
        "room_users_count": len(active) - len(people),
    }
    total = sum(counts.values())
    counts["pending_users_count"] = sum(user.status == "pending" for user in rows)
    return answer({**counts, "total_users_count": total})


def _read(path: str, operation: str, category: str, scope: str, handler: Any) -> Endpoint:
    return Endpoint("GET", path, operation, category, (scope, *CLASSIC_READ), handler, "User:Read")


ENDPOINTS = (
    _read("/v2/users", "users", "MEDIUM", "user:read:list_users:admin", list_users),
    _read("/v2/users/summary", "userSummary", "MEDIUM", "user:read:summary:admin", summary),
    _read("/v2/users/{user_id}", "user", "LIGHT", "user:read:user:admin", get_user),
)
