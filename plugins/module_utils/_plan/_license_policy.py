# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The licence policy as it is written: ordered rules, then a default; when a licence is taken back for want of use. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .._model._account import Account
from .._model._license import License, parse_license
from .._model._person import Person
from .._model._selector import Selector, parse_selector
from .._model._text import PolicyError, is_number, moment
from .._model._typed import check_text, is_blank
from .._model._unknown import meant

BASIC = License("type", 1)
LAG = timedelta(days=3)  # last_login_time trails by up to so much (zoom-api.md 5.1)
_FAMILIES = ("zoom_one_type", "plan_united_type")


@dataclass(frozen=True)
class Rule:
    selector: Selector
    license: License
    name: str = ""


@dataclass(frozen=True)
class Choice:
    """What a policy says of one person: `rank` of the rule (0 first), its licence, None for "as it is", and the rule's name."""

    rank: int
    license: License | None
    rule: str


@dataclass(frozen=True)
class Reclaim:
    """Licences of accounts without sign-in for `days`: taken back if `take`, else reported."""

    days: int
    take: bool = False

    def idle(self, accounts: Iterable[Account], now: datetime) -> dict[str, str]:
        """Account key -> the day since when it is idle. Empty where no account shows a sign-in: Zoom does not report them then."""
        accounts = list(accounts)
        if not any(account.last_login for account in accounts):
            return {}
        latest = now - timedelta(days=self.days) - LAG
        found: dict[str, str] = {}
        for account in accounts:
            moments = [moment(text) for text in (account.last_login or account.created, account.woken) if text]
            used = max((when for when in moments if when), default=None)
            if account.status == "active" and used is not None and used < latest:
                found[account.key] = used.date().isoformat()
        return found


@dataclass(frozen=True)
class LicensePolicy:
    """`default` None leaves those that no rule names as they are. `reserve`: seats of `licensed` to keep free.

    `seats`: pool -> bought, where it is set by hand.
    """

    rules: tuple[Rule, ...] = ()
    default: License | None = None
    fallback: License = BASIC
    reserve: int = 0
    seats: Mapping[str, int] = field(default_factory=dict)
    reclaim: Reclaim | None = None

    def choose(self, person: Person) -> Choice:
        """The first rule that matches, or the default; PolicyError from an expression."""
        for rank, rule in enumerate(self.rules):
            if rule.selector.matches(person):
                return Choice(rank, rule.license, f"rule {rank + 1}" + (f" ({rule.name})" if rule.name else ""))
        return Choice(len(self.rules), self.default, "default" if self.default else "no rule")

    def wanted(self, person: Person) -> tuple[int, License | None]:
        """The rank of the rule that matches first, and its licence; PolicyError from an expression."""
        choice = self.choose(person)
        return choice.rank, choice.license

    def idle(self, accounts: Iterable[Account], now: datetime) -> dict[str, str]:
        """Those whose licence is to be reclaimed, or reported."""
        return self.reclaim.idle(accounts, now) if self.reclaim else {}

    def names(self, license: License) -> bool:
        """Whether a rule, the default or the fallback gives it: what a policy gives, it may take back."""
        return license in (*(rule.license for rule in self.rules), self.default, self.fallback)


def parse_policy(options: Mapping[str, Any], prefix: str) -> LicensePolicy:
    """Options `default`, `rules`, `fallback`, `reserve`, `seats`, `reclaim_after_days`, `reclaim`; `prefix` stands before their names."""
    rules = []
    for number, spec in enumerate(options.get("rules") or [], 1):
        where = f"{prefix}rules[{number}]"
        if not isinstance(spec, Mapping) or is_blank(spec.get("license")):
            raise PolicyError(f"{where} needs a license beside groups, org_units, users or where.")
        selector = parse_selector(spec, where, ("license", "name"))
        name = "" if is_blank(spec.get("name")) else check_text(spec["name"], f"{where}.name")
        rules.append(Rule(selector, parse_license(spec["license"], f"{where}.license"), name))
    default, fallback = options.get("default"), options.get("fallback")
    return LicensePolicy(
        tuple(rules),
        None if default in (None, "") else parse_license(default, f"{prefix}default"),
        BASIC if fallback in (None, "") else parse_license(fallback, f"{prefix}fallback"),
        _count(options.get("reserve") or 0, f"{prefix}reserve", "seats"),
        _seats(options.get("seats") or {}, f"{prefix}seats"),
        _reclaim(options, prefix),
    )


def _count(value: object, where: str, unit: str) -> int:
    if isinstance(value, bool) or not is_number(str(value)):
        raise PolicyError(f"{where} is {value!r}; write a number of {unit}.")
    return int(str(value))


def _seats(spec: object, where: str) -> dict[str, int]:
    """`{licensed: 60, zoom_one_type: {16: 30}}` as pools."""
    if not isinstance(spec, Mapping):
        raise PolicyError(f"{where} is {spec!r}; write it as {{licensed: 60}}, with bundles as {{zoom_one_type: {{16: 30}}}}.")
    pools: dict[str, int] = {}
    for name, value in spec.items():
        if is_blank(value) and name in ("licensed", *_FAMILIES):
            continue
        if name == "licensed":
            pools["licensed"] = _count(value, f"{where}.licensed", "seats")
        elif name in _FAMILIES and isinstance(value, Mapping):
            for number, bought in value.items():
                license = parse_license({name: number}, f"{where}.{name}")
                pools[license.pool or ""] = _count(bought, f"{where}.{name}.{number}", "seats")
        else:
            hint = "" if name in _FAMILIES else meant(name, ("licensed", *_FAMILIES))
            known = f"known are licensed, and {' and '.join(_FAMILIES)} with numbers of seats by value."
            raise PolicyError(f"{where} has {name!r}; {hint or known}")
    return pools


def _reclaim(options: Mapping[str, Any], prefix: str) -> Reclaim | None:
    days, how = options.get("reclaim_after_days"), options.get("reclaim") or "report"
    if how not in ("report", "take"):
        raise PolicyError(f"{prefix}reclaim is {how!r}; known are report, take.")
    if days in (None, ""):
        return None
    count = _count(days, f"{prefix}reclaim_after_days", "days")
    if count < 1:
        raise PolicyError(f"{prefix}reclaim_after_days is {days!r}; write a number of days, at least 1.")
    return Reclaim(count, how == "take")
