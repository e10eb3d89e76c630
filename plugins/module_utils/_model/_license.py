# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Licences by name, as the policy writes them and as both Zoom APIs say them. Pure.

Values: Zoom's Users OpenAPI (`type`, `zoom_one_type`, `plan_united_type`) and the SCIM2 extension.
Large values are exact integers: never a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._account import Account
from ._text import PolicyError, is_number

TYPES = {"basic": 1, "licensed": 2, "on_prem": 3, "unassigned": 4}
USER_TYPES = {"basic": "Basic", "licensed": "Licensed", "on_prem": "On-Prem", "unassigned": "Collaboration"}
_NAMES = {number: name for name, number in TYPES.items()}

_BUSINESS_PLUS = (16, 32, 64, 128, 33554432)
_ENTERPRISE_PREMIER = (134217728, 268435456, 536870912, 1073741824, 2147483648)
_EDU_PREMIER = (4294967296, 8589934592, 17179869184, 34359738368, 68719476736)
_SCHOOL_CAMPUS = (137438953472, 274877906944, 549755813888, 1099511627776, 2199023255552)
_WITHOUT_SCIM_KEY = (4398046511104, 18014398509481984, 72057594037927936, 144115188075855872)
_ENTERPRISE_STUDENT = 576460752303423488
ZOOM_ONE_SCIM_KEYS: dict[int, str] = {
    **dict.fromkeys(_BUSINESS_PLUS, "zoomOneBizPlus"),
    **dict.fromkeys(_ENTERPRISE_PREMIER, "zoomOneEntPremier"),
    **dict.fromkeys(_EDU_PREMIER, "zoomOneEduEntPremier"),
    **dict.fromkeys(_SCHOOL_CAMPUS, "zoomOneSchoolCampusPlus"),
    _ENTERPRISE_STUDENT: "zoomOneEdu",
}
ZOOM_ONE_TYPES = frozenset({*ZOOM_ONE_SCIM_KEYS, *_WITHOUT_SCIM_KEY})
UNITED_TYPES = frozenset(str(1 << n) for n in range(18))
_POOLS = frozenset({"basic", "licensed", "unassigned"})
_OFF = frozenset({None, "", "none", "0", 0})


@dataclass(frozen=True)
class License:
    """`family` is `type`, `zoom_one_type` or `plan_united_type`; `value` what REST takes for it."""

    family: str
    value: int | str

    @property
    def label(self) -> str:
        if self.family == "type":
            return _NAMES.get(int(self.value), f"type {self.value}")
        return "basic" if self.is_off else f"{self.family} {self.value}"

    @property
    def pool(self) -> str | None:
        """The seats it is taken from. Zoom limits basic and unassigned users too, without saying to how many (zoom-api.md 11a)."""
        if self.family == "type":
            return self.label if self.label in _POOLS else None
        return "basic" if self.is_off else f"{self.family}:{self.value}"

    @property
    def is_paid(self) -> bool:
        """Whether it is a licence that was bought, and so one that can be lost."""
        return self.is_bundle or self == License("type", TYPES["licensed"])

    @property
    def is_bundle(self) -> bool:
        return self.family != "type" and not self.is_off

    @property
    def is_off(self) -> bool:
        """Not a licence, but what takes a bundle away."""
        return self.family != "type" and self.value in _OFF

    def off(self) -> License:
        """What takes it away: a bundle is switched off by its own field (zoom-api.md 5.4), all else by type 1."""
        off: dict[str, int | str] = {"zoom_one_type": 0, "plan_united_type": "none"}
        return License(self.family, off[self.family]) if self.is_bundle else License("type", TYPES["basic"])

    def is_lost_for(self, other: License) -> bool:
        """Whether somebody who holds it loses something by getting the other one: any bundle does, and what was bought for what was not."""
        return self.is_paid and self != other and (self.is_bundle or not other.is_paid)

    def rest_body(self) -> dict[str, Any]:
        """The one licence field that PATCH /users/{id} takes in a call."""
        return {self.family: self.value}

    def scim_attributes(self) -> tuple[str, dict[str, str]]:
        """`userType` and Zoom-extension keys for POST /Users; a bundle without a SCIM key gives plain Basic."""
        if self.family == "type" or self.is_off:
            return USER_TYPES[self.label], {}
        key = "zoomUnited" if self.family == "plan_united_type" else ZOOM_ONE_SCIM_KEYS.get(int(self.value))
        return ("Licensed", {key: str(self.value)}) if key else ("Basic", {})

    def in_scim(self) -> bool:
        """Whether SCIM can give it at all."""
        return self.family != "zoom_one_type" or int(self.value) in ZOOM_ONE_SCIM_KEYS

    def settable_at_creation(self) -> bool:
        """Tenants were seen that refuse userType Collaboration in a POST (zoom-api.md 11a): it is given to the account once it is there."""
        return self.in_scim() and self != License("type", TYPES["unassigned"])

    def satisfied_by(self, account: Account) -> bool:
        """Whether an account already has it: a bundle satisfies `licensed`."""
        held = license_of(account)
        if held is None:
            return False
        if self == License("type", TYPES["licensed"]):
            return held.is_bundle or held == self
        return held == self

    def give(self, account: Account) -> dict[str, Any]:
        """The fields of an account that holds it."""
        if self.family == "type" or self.is_off:
            return {"type": TYPES[self.label], "zoom_one_type": None, "plan_united_type": None}
        other = "plan_united_type" if self.family == "zoom_one_type" else "zoom_one_type"
        return {"type": TYPES["licensed"], self.family: self.value, other: None}


def license_of(account: Account) -> License | None:
    """What an account holds; None when Zoom did not report it (a pending row may lack its type)."""
    if account.plan_united_type not in _OFF:
        return License("plan_united_type", str(account.plan_united_type))
    if account.zoom_one_type not in _OFF:
        return License("zoom_one_type", int(account.zoom_one_type or 0))
    return None if account.type is None else License("type", account.type)


def may_hold_bundle(account: Account) -> bool:
    """Whether it is licensed, and may hold a bundle that lists do not show (zoom_one_type). 0: it was read, and holds none."""
    return account.type == 2 and account.zoom_one_type is None and account.plan_united_type is None


def is_unseen(account: Account) -> bool:
    """Whether this run has not seen for itself what bundle it holds: nothing is taken, or exchanged, on what an earlier run saw."""
    return account.recalled or may_hold_bundle(account)


def pool_of(license: License | None, base_plan: int | None = None) -> str | None:
    """The seats it is taken from; on a Workplace base plan, `licensed` is that plan (zoom-api.md 6.1)."""
    pool = license.pool if license else None
    return f"zoom_one_type:{base_plan}" if pool == "licensed" and base_plan else pool


def parse_license(spec: object, where: str) -> License:
    """`basic`, `licensed`, `unassigned`, `on_prem`, or one of {zoom_one_type: 16}, {plan_united_type: "1"}."""
    if isinstance(spec, str) and spec in TYPES:
        return License("type", TYPES[spec])
    if isinstance(spec, Mapping) and len(spec) == 1:
        family, value = next(iter(spec.items()))
        if family == "zoom_one_type":
            return License(family, _zoom_one(value, where))
        if family == "plan_united_type" and _exact(value) in UNITED_TYPES:
            return License(family, str(value))
    known = ", ".join(TYPES)
    raise PolicyError(f'{where} is {spec!r}, which is no licence; use {known}, {{zoom_one_type: 16}} or {{plan_united_type: "1"}}.')


def _zoom_one(value: object, where: str) -> int:
    text = _exact(value)
    if is_number(text) and int(text) in ZOOM_ONE_TYPES:
        return int(text)
    raise PolicyError(f"{where} has zoom_one_type {value!r}, which is none of Zoom's values; write it as a whole number.")


def _exact(value: object) -> str:
    """Numbers of this size are damaged by a float, and a boolean is no number."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
