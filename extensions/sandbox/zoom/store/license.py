# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom's licences: their values, the names refusals use, and the pool of seats each one is taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BASIC, LICENSED, ON_PREM, UNASSIGNED = 1, 2, 3, 4
NAMES = {"basic": BASIC, "licensed": LICENSED, "unassigned": UNASSIGNED}
TYPE_LABELS = {BASIC: "Basic", LICENSED: "Licensed", ON_PREM: "On-prem", UNASSIGNED: "No-Meeting License"}
# SCIM userType; Collaboration matches "unassigned without Meetings Basic"
USER_TYPES = {"Basic": BASIC, "Licensed": LICENSED, "On-Prem": ON_PREM, "Collaboration": UNASSIGNED}
USER_TYPE_OF = {number: name for name, number in USER_TYPES.items()}

UNITED_TYPES = frozenset(str(1 << power) for power in range(18))
UNITED_KEY = "zoomUnited"


@dataclass(frozen=True)
class Family:
    """One kind of Workplace bundle: the SCIM key that sets it (if any), its name in "Cannot create more users with"."""

    name: str
    values: tuple[int, ...]
    scim_key: str | None = None


FAMILIES = (
    Family("Zoom Workplace Business Plus", (16, 32, 64, 128, 33554432), "zoomOneBizPlus"),
    Family(
        "Zoom Workplace Enterprise Premier",
        (134217728, 268435456, 536870912, 1073741824, 2147483648),
        "zoomOneEntPremier",
    ),
    Family(
        "Zoom Workplace for Education School and Campus Plus",
        (137438953472, 274877906944, 549755813888, 1099511627776, 2199023255552),
        "zoomOneSchoolCampusPlus",
    ),
    Family(
        "Zoom Workplace for Education Enterprise Premier",
        (4294967296, 8589934592, 17179869184, 34359738368, 68719476736),
        "zoomOneEduEntPremier",
    ),
    Family("Zoom Workplace for Education Enterprise Student", (576460752303423488,), "zoomOneEdu"),
    Family("Zoom Workplace Pro Plus", (4398046511104,)),
    Family("Zoom Workplace for Education", (18014398509481984, 72057594037927936, 144115188075855872)),
)
FAMILY_OF = {value: family for family in FAMILIES for value in family.values}
FAMILY_BY_KEY = {family.scim_key: family for family in FAMILIES if family.scim_key}
SCIM_ONLY = frozenset({2147483648})  # Enterprise Premier, Global Select: in the SCIM enumeration, not in REST's
ZOOM_ONE_TYPES = frozenset(FAMILY_OF) - SCIM_ONLY


@dataclass(frozen=True)
class License:
    """What one user holds: a plain `type`, or one bundle (which shows as type 2)."""

    type: int = BASIC
    zoom_one_type: int = 0
    plan_united_type: str = ""

    @property
    def is_bundle(self) -> bool:
        return bool(self.zoom_one_type or self.plan_united_type)

    @property
    def is_paid(self) -> bool:
        return self.type == LICENSED

    @property
    def pool(self) -> str:
        """The seats it is taken from."""
        if self.zoom_one_type:
            return f"zoom_one_type:{self.zoom_one_type}"
        if self.plan_united_type:
            return f"plan_united_type:{self.plan_united_type}"
        return {LICENSED: "licensed", ON_PREM: "on_prem", UNASSIGNED: "unassigned"}.get(self.type, "basic")

    @property
    def label(self) -> str:
        if self.zoom_one_type:
            return FAMILY_OF[self.zoom_one_type].name
        return "Zoom United Plan" if self.plan_united_type else TYPE_LABELS[self.type]


def plain(number: int) -> License:
    return License(type=number)


def zoom_one(value: int) -> License:
    return License(type=LICENSED, zoom_one_type=value)


def united(value: str) -> License:
    return License(type=LICENSED, plan_united_type=value)


def parse(value: Any) -> License:
    """A licence as seeds and tests write it: a name, or a mapping of one bundle."""
    if isinstance(value, License):
        return value
    if isinstance(value, str) and value in NAMES:
        return plain(NAMES[value])
    if isinstance(value, Mapping) and len(value) == 1:
        ((family, number),) = value.items()
        if family == "zoom_one_type" and str(number).isdigit() and int(number) in FAMILY_OF:
            return zoom_one(int(number))
        if family == "plan_united_type" and str(number) in UNITED_TYPES:
            return united(str(number))
    raise ValueError(f"license: {value!r} is none of basic, licensed, unassigned, {{zoom_one_type: N}}, {{plan_united_type: N}}")
