# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rate limits per account and category, daily caps and lock keys (section 3.2), with Zoom's headers (3.3)."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from ...frame.context import Context
from ...frame.refusal import Refusal
from ..store.entities import stamp
from .windows import WINDOWS, Window

PER_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
DAILY = (
    "You have reached the maximum daily rate limit for this API. "
    "Refer to the response header for details on when you can make another request."
)
CONCURRENT = "Too many concurrent requests. A request to disassociate this user has already been made."
# documented as a limit only: the words are made up
FOURTH_EMAIL = "The email address of a user can be changed 3 times within 24 hours. Please try again later."
LABELS = {"LIGHT": "Light", "MEDIUM": "Medium", "HEAVY": "Heavy", "RESOURCE-INTENSIVE": "Resource-intensive"}


@dataclass(frozen=True)
class Limit:
    """`count` requests each `window` seconds; `daily` requests a day, counted together with others of `purse`."""

    count: int
    window: int = 1
    daily: int | None = None
    purse: str = ""


def _paid(light: int, medium: int, heavy: int, intensive: int, daily: int) -> dict[str, Limit]:
    return {
        "LIGHT": Limit(light),
        "MEDIUM": Limit(medium),
        "HEAVY": Limit(heavy, 1, daily, "HEAVY and RESOURCE-INTENSIVE"),
        "RESOURCE-INTENSIVE": Limit(intensive, 60, daily, "HEAVY and RESOURCE-INTENSIVE"),
    }


LIMITS = {
    "free": {
        "LIGHT": Limit(4, 1, 6000, "LIGHT"),
        "MEDIUM": Limit(2, 1, 2000, "MEDIUM"),
        "HEAVY": Limit(1, 1, 1000, "HEAVY"),
        "RESOURCE-INTENSIVE": Limit(10, 60, 30000, "RESOURCE-INTENSIVE"),
    },
    "pro": _paid(30, 20, 10, 10, 30000),
    "business": _paid(80, 60, 40, 20, 60000),
}
NEW_GROUPS = 100  # a day
MOST_GROUPS = 5000
EMAIL_CHANGES = 3  # of one user in 24 hours


def rate_plan(plan: str) -> str:
    """The column of the published limits that a plan has."""
    return plan if plan in LIMITS else "business"


class Rates:
    """`time` is a monotonic clock, so that a test may put its own there; days are those of the sandbox's clock."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.time = time.monotonic
        self._windows: dict[tuple[str, str], Window] = {}
        self._day = ""
        self._spent: Counter[str] = Counter()
        self._locks: set[str] = set()

    @property
    def enforced(self) -> bool:
        return bool(self._context.switches["rate_limits"])

    def admit(self, plan: str, category: str, *, scim: bool = False) -> dict[str, str]:
        """Counts a request; the rate headers of its answer, or a 429."""
        limit, name = LIMITS[rate_plan(plan)][category], category
        own = self._context.switches["scim_limit"] if scim else None
        headers = {"X-RateLimit-Category": LABELS[category], "X-RateLimit-Type": "QPS"}
        if not self.enforced:
            return self._shown({**headers, "X-RateLimit-Limit": "unlimited"})
        if limit.daily is not None:
            self.spend(limit.purse, limit.daily, category)
        if own is not None:
            limit, name = Limit(own), "SCIM"
        window, others = self._window(name), self._context.switches["rate_others"] * limit.window
        now = self.time()
        used = window.use(now, limit.count, limit.window, min(others, limit.count))
        headers["X-RateLimit-Limit"] = f"{limit.count:g}"
        headers["X-RateLimit-Remaining"] = str(max(int(limit.count - used), 0))
        if used <= limit.count:
            return self._shown(headers)
        reset = time.time() + window.full_for(now, limit.count, limit.window)
        headers["X-RateLimit-Reset"] = str(int(reset) + 1)
        raise Refusal(429, {"code": 429, "message": PER_SECOND}, self._shown(headers))

    def _window(self, name: str) -> Window:
        kind = self._context.switches["rate_window"]
        return self._windows.setdefault((name, kind), WINDOWS[kind]())

    def spend(self, purse: str, daily: int, category: str) -> None:
        """One out of a daily purse, which is full again at midnight UTC."""
        if not self.enforced:
            return
        day = self._context.clock.now().astimezone(UTC).date().isoformat()
        if day != self._day:
            self._day = day
            self._spent.clear()
        if self._spent[purse] >= daily:
            raise self.daily_refusal(category, daily, self._midnight())
        self._spent[purse] += 1

    def daily_refusal(self, category: str, limit: int, until: datetime) -> Refusal:
        headers = {
            "X-RateLimit-Category": LABELS[category],
            "X-RateLimit-Type": "Daily-limit",
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": "0",
            "Retry-After": self._retry_after(until),
        }
        return Refusal(429, {"code": 429, "message": DAILY}, self._shown(headers))

    def email_turn(self, changes: list[datetime], status: int) -> list[datetime]:
        """The changes of the last 24 hours with this one. It counts where no rate does: it is about a person, not about speed."""
        now = self._context.clock.now()
        recent = [when for when in changes if now - when < timedelta(hours=24)]
        if len(recent) >= EMAIL_CHANGES and status == 400:
            raise Refusal(400, {"code": 300, "message": FOURTH_EMAIL})
        if len(recent) >= EMAIL_CHANGES:
            raise self.daily_refusal("LIGHT", EMAIL_CHANGES, recent[0] + timedelta(hours=24))
        return [*recent, now]

    def lock(self, keys: frozenset[str], *, keep: bool) -> None:
        """Refuses while another request holds one of the keys; takes them with `keep`."""
        if self.enforced and keys & self._locks:
            raise Refusal(429, {"code": 429, "message": CONCURRENT})
        if keep:
            self._locks |= keys

    def unlock(self, keys: frozenset[str]) -> None:
        self._locks -= keys

    def reset(self) -> None:
        """Forgets what was counted, for a test that wants a fresh day."""
        self._windows.clear()
        self._spent.clear()

    def _midnight(self) -> datetime:
        now = self._context.clock.now().astimezone(UTC)
        return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)

    def _retry_after(self, until: datetime) -> str:
        form = self._context.switches["retry_after"]
        if form == "seconds":
            return str(max(int((until - self._context.clock.now()).total_seconds()), 1))
        return format_datetime(until.astimezone(UTC), usegmt=True) if form == "http_date" else stamp(until)

    def _shown(self, headers: dict[str, str]) -> dict[str, str]:
        return {} if self._context.switches["retry_after"] == "absent" else headers
