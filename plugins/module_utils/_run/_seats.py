# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Seats: read once, from the plan or at least from the users' summary, or told by hand; carried with the accounts from then on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from .._model._account import Account
from .._model._license import license_of, pool_of
from .._model._snapshot import Snapshot
from .._plan._license_policy import LicensePolicy
from .._plan._seats import LICENSED, Seats
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._zoom import Zoom

Pools = dict[str, dict[str, int]]

# Plan names of the Billing API. It documents the first and the last; the others follow the first one's pattern.
_PLANS = {
    "zobp_usca": "zoom_one_type:16",
    "zobp_ukir": "zoom_one_type:32",
    "zobp_aunz": "zoom_one_type:64",
    "zobp_jp": "zoom_one_type:128",
    "zobp_global": "zoom_one_type:33554432",
    "pro_zpp": "plan_united_type:16",
}
_FORMS = re.compile(r"^(zobp_[a-z]+|pro_zpp)_")


def read_seats(zoom: Zoom) -> dict[str, Any]:
    """Header fields of the accounts snapshot: `seats`, `{licensed: {bought, used, pending}}`, and `base_plan`, a zoom_one_type or None.

    Where the plan is refused, the users' summary tells what is used, but not what was bought. Where both are, `seats` is empty.
    """
    try:
        return seats_of_plan(zoom.rest.plan_usage())
    except (ApiError, UnexpectedAnswer):
        pass
    try:
        return {"seats": {"licensed": {"used": int(zoom.rest.summary()["licensed_users_count"])}}, "base_plan": None}
    except (ApiError, UnexpectedAnswer, KeyError, TypeError, ValueError):
        return {"seats": {}, "base_plan": None}


def seats_of_plan(usage: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of plans/usage; resellers get plan_base as an array. A plan whose name is not known is left out: its pool is open."""
    pools: Pools = {}
    base = [row for row in _rows(usage.get("plan_base")) if "hosts" in row]
    for row in base:
        _add(pools, _pool(row) or "licensed", row)
    for row in (*_rows(usage.get("plan_zoom_one")), *_rows(usage.get("plan_united"))):
        if pool := _pool(row):
            _add(pools, pool, row)
    bundles = [pool for pool in pools if pool.startswith("zoom_one_type:")]
    named = next((pool for row in base if (pool := _pool(row))), None)
    # no plain seats, and one Workplace plan: that is the base plan, which `type` 2 gives (zoom-api.md 6.1)
    only = bundles[0] if len(bundles) == 1 and not pools.get("licensed", {}).get("bought") else None
    found = named or only
    if found:
        pools.pop("licensed", None)
    return {"seats": pools, "base_plan": int(found.partition(":")[2]) if found else None}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, Mapping)]


def _pool(row: Mapping[str, Any]) -> str | None:
    form = _FORMS.match(str(row.get("type") or ""))
    return _PLANS.get(form.group(1)) if form else None


def _add(pools: Pools, pool: str, row: Mapping[str, Any]) -> None:
    told = pools.setdefault(pool, {"bought": 0, "used": 0, "pending": 0})
    told["bought"] += int(row.get("hosts") or 0)
    told["used"] += int(row.get("usage", row.get("active_hosts")) or 0)
    told["pending"] += int(row.get("pending") or 0)


def open_seats(accounts: Snapshot[Account], policy: LicensePolicy | None) -> Seats:
    """The snapshot's seats; a number given by hand stands in the place of what Zoom tells was bought."""
    pools: Pools = accounts.about.setdefault("seats", {})
    base = accounts.about.get("base_plan")
    for pool, bought in (policy.seats if policy else {}).items():
        own = pool_of(LICENSED, base) or pool if pool == "licensed" else pool
        pools[own] = {**(pools.get(own) or {}), "bought": bought}
        if "pending" not in pools[own]:
            pools[own].update(_counted(accounts, own))
    return Seats(pools, policy.reserve if policy else 0, base)


def _counted(accounts: Snapshot[Account], pool: str) -> dict[str, int]:
    """Where Zoom's plan is not told: by the accounts. A bundle that lists do not show counts as `licensed`."""
    base = accounts.about.get("base_plan")
    found = Counter(account.status for account in accounts.records if pool_of(license_of(account), base) == pool)
    return {"used": found["active"], "pending": found["pending"]}


def seats_told(before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]], seats: Seats) -> dict[str, dict[str, Any]]:
    """For the result: each pool whose use is known, before and after; `bought` None where Zoom does not tell."""
    told: dict[str, dict[str, Any]] = {}
    for pool, row in sorted(after.items()):
        if "used" not in row:
            continue
        told[pool] = {
            "bought": row.get("bought"),
            "used_before": before.get(pool, row).get("used", 0),
            "used_after": row.get("used", 0),
            "pending": row.get("pending", 0),
            "reserved": seats.reserve if pool == seats.pool(LICENSED) else 0,
        }
    return told


def seats_diff(told: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """One entry of the diff, where a number moves."""
    lines: dict[str, list[str]] = {"used_before": [], "used_after": []}
    for pool, row in told.items():
        if row["used_before"] != row["used_after"]:
            for moment, text in lines.items():
                of = f" of {row['bought']}" if row["bought"] is not None else ""
                text.append(f"{pool}: {row[moment]}{of} seats used\n")
    if not lines["used_after"]:
        return []
    before, after = "".join(lines["used_before"]), "".join(lines["used_after"])
    return [{"before_header": "seats", "after_header": "seats", "before": before, "after": after}]
