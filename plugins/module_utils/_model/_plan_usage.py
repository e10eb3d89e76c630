# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What Zoom's plans/usage says of seats (zoom-api.md 5.11). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ._tenant import Pools
from ._text import is_number

# Zoom's own documentation shows some plans of the Billing API by example; their names end in the region and how it is paid for.
_REGIONS = ("usca", "ukir", "aunz", "jp", "global")
_PLANS = {
    **dict(zip((f"zobp_{region}" for region in _REGIONS), (16, 32, 64, 128, 33554432), strict=True)),
    **dict(zip((f"zoe_prem_{region}" for region in _REGIONS), (134217728, 536870912, 1073741824, 268435456, 2147483648), strict=True)),
    **dict(
        zip(
            (f"zo_edu_sch_cmp_plus_{region}" for region in _REGIONS),
            (137438953472, 549755813888, 1099511627776, 274877906944, 2199023255552),
            strict=True,
        )
    ),
    "zo_edu_ent_hied_stu": 576460752303423488,
}
_UNITED = {"pro_zpp": "16"}
_FORMS = re.compile(r"(?P<name>.+?)(_(monthly|yearly|quarterly|annual|biennial))?(_unlimited)?")
# Keys that hold no licence of a user's own but add-ons, rooms and the like. Zoom adds some every few months: whatever else there is
# may be a licence.
_ADD_ONS = frozenset(
    f"plan_{name}"
    for name in (
        "webinar", "large_meeting", "recording", "zoom_events", "zoom_rooms", "room_connector", "audio", "phone", "whiteboard",
        "whiteboard_plus", "zoom_iq", "ztransl", "zwr", "zva", "zsched", "znode_base", "zphybrid", "zmhybrid", "mchybrid", "rchybrid",
        "cmrhybrid", "tchybrid", "workforce_management", "quality_management", "visitor_management", "partner_premier_support",
        "zoom_clips_plus", "archiving", "concurrent_meeting",
    )
)  # fmt: skip


_LICENSES = ("plan_zoom_one", "plan_united")


@dataclass
class Usage:
    """`seats`: pool -> `{bought, used, pending}` as far as known; `base_plan`: a zoom_one_type or None.

    `plans_unknown`: plans that this collection does not know, `{key, type, hosts}` each. `rooms`: Zoom Rooms in use, None while not known.
    """

    seats: Pools = field(default_factory=dict)
    base_plan: int | None = None
    plans_unknown: list[dict[str, Any]] = field(default_factory=list)
    rooms: int | None = None


@dataclass
class _Read:
    """What plans/usage says. `open`: pools of which a number is missing; `unknown`: plans that may be any licence."""

    pools: Pools = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    unknown_used: int = 0


def seats_of_plan(usage: Mapping[str, Any]) -> Usage:
    """The answer of plans/usage: every key that may hold licences, each an object or an array of them.

    A plan that is not understood leaves open which licence it is: it goes to `plans_unknown`, and no pool that it may stand for is given
    a number.
    """
    read, base = _Read(), list[Mapping[str, Any]]()
    for key in sorted(str(key) for key in usage):
        if not key.startswith("plan_") or key in _ADD_ONS:
            continue
        for row in _rows(usage[key]):
            if key == "plan_base":
                base.append(row)
            elif pool := _pool(row):
                _add(read, pool, row)
            else:
                _not_understood(read, key, row)
    found = _base_plan(read, base)
    if found:
        read.pools.pop("licensed", None)
    rooms = [_number(row.get("usage")) for row in _rows(usage.get("plan_zoom_rooms"))]
    used = sum(number or 0 for number in rooms) if rooms and None not in rooms else None
    return Usage(read.pools, int(found.partition(":")[2]) if found else None, read.unknown, used)


def _base_plan(read: _Read, base: Iterable[Mapping[str, Any]]) -> str | None:
    """Adds the base plan's own seats; the pool of the Workplace plan that `type` 2 gives, where it is known to be one (zoom-api.md 6.1)."""
    for row in base:
        if "hosts" in row:
            _add(read, _pool(row) or "licensed", row)
    named = next((pool for row in base if (pool := _pool(row)) and pool.startswith("zoom_one_type:")), None)
    plain = read.pools.get("licensed", {})
    if named or "licensed" in read.open:
        return named
    if read.unknown:  # what `type` 2 gives may be of that plan as well
        read.pools["licensed"] = {"used": plain.get("used", 0) + read.unknown_used}
        return None
    if plain.get("bought"):
        return None
    # A base plan of 0 seats is usual beside Workplace plans, one of which is what `type` 2 gives.
    bundles = [pool for pool, row in read.pools.items() if pool.startswith("zoom_one_type:") and row.get("bought") != 0]
    if len(bundles) == 1:
        return bundles[0]
    if bundles:
        read.pools["licensed"] = {"used": plain.get("used", 0)}
    return None


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, Mapping)]


def _pool(row: Mapping[str, Any]) -> str | None:
    form = _FORMS.fullmatch(str(row.get("type") or ""))
    name = form["name"] if form else ""
    if name in _UNITED:
        return f"plan_united_type:{_UNITED[name]}"
    return f"zoom_one_type:{_PLANS[name]}" if name in _PLANS else None


def _add(read: _Read, pool: str, row: Mapping[str, Any]) -> None:
    """The seats of one row; where a number is missing or is none, the pool's number is not known, and it is given until Zoom refuses."""
    hosts = _number(row.get("hosts"))
    used = _number(row.get("usage", row.get("active_hosts", 0 if hosts == 0 else None)))
    numbers = hosts, used, _number(row.get("pending", 0))
    known = read.pools.setdefault(pool, {"bought": 0, "used": 0, "pending": 0})
    for name, number in zip(("bought", "used", "pending"), numbers, strict=True):
        if number is None:
            read.open.add(pool)
            known.pop(name, None)
        elif name in known:
            known[name] += number
    if pool in read.open:
        known.pop("bought", None)
        known.pop("pending", None)


def _not_understood(read: _Read, key: str, row: Mapping[str, Any]) -> None:
    hosts = _number(row.get("hosts"))
    if hosts == 0 or ("hosts" not in row and not key.startswith(_LICENSES)):
        return
    read.unknown.append({"key": key, "type": str(row.get("type") or ""), "hosts": hosts})
    read.unknown_used += _number(row.get("usage")) or 0


def _number(value: Any) -> int | None:
    """A number of seats, which may come as text; None where it is none."""
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text) if text.isascii() and is_number(text) else None
