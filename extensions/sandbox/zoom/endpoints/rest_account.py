# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST account: managed domains and bought seats (sections 5.10, 5.11)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..rules.errors import rest_error
from ..store.store import Store
from .endpoint import Call, Endpoint, answer

UNITED_PLANS = {16: "pro_zpp_monthly"}  # Pro with Zoom Phone Pro
# as the billing section names them; the others follow the same pattern
ZOOM_ONE_PLANS = {
    16: "zobp_usca_monthly_unlimited",
    32: "zobp_ukir_monthly_unlimited",
    64: "zobp_aunz_monthly_unlimited",
    128: "zobp_jp_monthly_unlimited",
    33554432: "zobp_global_monthly",
    134217728: "zoep_usca_monthly_unlimited",
    4398046511104: "zopp_usca_monthly_unlimited",
}

# switch plan_names: key and type under which the licences of `type` 2 are reported, beside a base plan of 0 seats
PLAN_NAMES: dict[str, tuple[str, str]] = {
    "documented": ("", ""),
    "premier": ("plan_zoom_one_premier", "zoe_prem_usca_yearly"),
    "education": ("plan_zoom_one_edu_premier", "plan_zoom_one_edu_premier"),
    "unknown": ("plan_united", "united_of_another_kind_yearly"),
}


def own_account(call: Call) -> None:
    account_id = call.path("account_id")
    if account_id not in ("me", call.store.account_id):
        raise rest_error(404, 2001, f"Account does not exist: {account_id}")


def managed_domains(call: Call) -> Response:
    domains = [{"domain": domain, "status": "verified"} for domain in call.store.managed_domains]
    return answer({"domains": domains, "total_records": len(domains)})


def plans_usage(call: Call) -> Response:
    """Shape `array`: as resellers see it, each plan in a list."""
    shape = call.switches["plans_usage"]
    if shape == "forbidden":
        raise rest_error(400, 200, "No permission.")
    body = {**_licensed(call, in_lists=shape == "array"), **_others(call.store)}
    united = [*_listed(body.get("plan_united", [])), *_united(call.store)]
    if united:
        body["plan_united"] = united[0] if len(united) == 1 and shape != "array" else united
    return answer(body)


def _licensed(call: Call, *, in_lists: bool) -> dict[str, Any]:
    """The base plan, and the plan of another name that has its licences by the switch `plan_names`."""
    plain, (key, name) = _seats(call.store, "licensed"), PLAN_NAMES[call.switches["plan_names"]]
    base: dict[str, Any] = {"type": "yearly", **(dict.fromkeys(plain, 0) if key else plain)}
    named = {key: {"type": name, **plain}} if key else {}
    if not in_lists:
        return {"plan_base": base, **named}
    return {"plan_base": [{**base, "active_hosts": base["usage"]}], **{key: [row] for key, row in named.items()}}


def _others(store: Store) -> dict[str, Any]:
    recording = {"type": "cmr_monthly_commitment_40", "free_storage": "2 GB", "plan_storage": "10 GB", "plan_storage_usage": "1 GB"}
    return {
        "plan_zoom_one": [
            {"type": ZOOM_ONE_PLANS.get(number, f"zoom_one_{number}_monthly"), **_seats(store, f"zoom_one_type:{number}")}
            for number in _bought(store, "zoom_one_type")
        ],
        "plan_webinar": [],
        "plan_large_meeting": [],
        "plan_zoom_events": [],
        "plan_recording": recording,
        "plan_zoom_rooms": _rooms(store),
    }


def _united(store: Store) -> list[dict[str, Any]]:
    return [
        {
            "type": UNITED_PLANS.get(number, f"plan_united_{number}_monthly"),
            "name": f"Zoom United {number}",
            **_seats(store, f"plan_united_type:{number}"),
        }
        for number in _bought(store, "plan_united_type")
    ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _bought(store: Store, family: str) -> list[int]:
    return [int(pool.partition(":")[2]) for pool in store.seats if pool.startswith(f"{family}:")]


def _seats(store: Store, pool: str) -> dict[str, int]:
    return {
        "hosts": store.seats_of(pool) or 0,
        "usage": store.seat_usage(pool),
        "pending": store.seat_usage(pool, "pending"),
    }


def _rooms(store: Store) -> dict[str, Any]:
    rooms = sum(user.room for user in store.users.values())
    return {"type": "zroom_monthly", "hosts": rooms, "usage": rooms}


_PATH = "/v2/accounts/{account_id}"


def _endpoint(method: str, path: str, operation: str, category: str, scopes: tuple[str, ...], handler: Any) -> Endpoint:
    return Endpoint(method, f"{_PATH}{path}", operation, category, scopes, handler, guard=own_account)


_USAGE = ("billing:read:plan_usage:admin", "account:read:admin")
_MANAGED = ("account:read:managed_domains:master", "account:read:admin")
ENDPOINTS = (
    _endpoint("GET", "/managed_domains", "accountManagedDomain", "LIGHT", _MANAGED, managed_domains),
    _endpoint("GET", "/plans/usage", "GetPlanUsage", "HEAVY", _USAGE, plans_usage),
)
