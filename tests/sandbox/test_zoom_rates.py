# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rates per category, daily limits, their headers, and lock keys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest
from sandbox.zoom.rules.rates import CONCURRENT, DAILY, LIMITS, PER_SECOND
from test_zoom_support import Zoom, people


def frozen(zoom: Zoom, moment: float = 1000.0) -> Callable[[float], None]:
    """Stops the rate windows' clock; the answer sets it."""
    now = [moment]
    zoom.account.rates.time = lambda: now[0]

    def to(value: float) -> None:
        now[0] = value

    return to


@pytest.mark.parametrize(
    ("plan", "path", "count"),
    [
        ("free", "/v2/users/bob@example.com", 4),
        ("pro", "/v2/users/bob@example.com", 30),
        ("business", "/v2/users/bob@example.com", 80),
        ("business", "/v2/users", 60),
        ("business", "/v2/accounts/me/plans/usage", 40),
        ("education", "/scim2/Users", 60),
    ],
)
def test_each_category_has_its_rate(plan: str, path: str, count: int) -> None:
    zoom = people()
    zoom.account.plan = plan
    to = frozen(zoom)
    answers = [zoom.get(path) for _time in range(count + 1)]
    assert [answer.status for answer in answers] == [200] * count + [429]
    assert answers[0].headers["x-ratelimit-limit"] == str(count)
    assert answers[0].headers["x-ratelimit-remaining"] == str(count - 1)
    last = answers[-1]
    assert last.json == {"code": 429, "message": PER_SECOND}
    assert (last.headers["x-ratelimit-type"], last.headers["x-ratelimit-remaining"]) == ("QPS", "0")
    assert last.headers["x-ratelimit-reset"].isdecimal()
    to(1001.0)
    assert zoom.get(path).status == 200


def test_scim_and_rest_share_the_buckets() -> None:
    zoom = people()
    frozen(zoom)
    for _time in range(30):
        assert zoom.get("/scim2/Users").status == zoom.get("/v2/users").status == 200
    assert zoom.get("/scim2/Groups").status == 429
    assert zoom.get("/v2/users/bob@example.com").headers["x-ratelimit-category"] == "Light"


def daily(form: str) -> Zoom:
    """A free account that has used up its day of Medium calls."""
    zoom = people(retry_after=form)
    zoom.account.plan = "free"
    limit = LIMITS["free"]["MEDIUM"].daily or 0
    for _time in range(limit):
        zoom.account.rates.spend("MEDIUM", limit, "MEDIUM")
    return zoom


def test_the_daily_limit_and_midnight() -> None:
    zoom = daily("iso")
    answer = zoom.get("/v2/users")
    assert (answer.status, answer.json) == (429, {"code": 429, "message": DAILY})
    assert answer.headers["x-ratelimit-type"] == "Daily-limit"
    assert answer.headers["retry-after"] == "2026-11-25T00:00:00Z"
    zoom.context.clock.advance(16 * 3600)
    zoom.token = ""
    assert zoom.get("/v2/users").status == 200


def test_other_forms_of_retry_after() -> None:
    assert daily("seconds").get("/v2/users").headers["retry-after"] == str(16 * 3600)
    date = parsedate_to_datetime(daily("http_date").get("/v2/users").headers["retry-after"])
    assert date.isoformat() == "2026-11-25T00:00:00+00:00"
    headers = daily("absent").get("/v2/users").headers
    assert not [name for name in headers if name.startswith(("x-ratelimit", "retry"))]
    assert "x-ratelimit-limit" not in people(retry_after="absent").get("/v2/users").headers


def test_heavy_calls_share_a_day_with_resource_intensive_ones() -> None:
    limits = LIMITS["business"]
    assert limits["HEAVY"].purse == limits["RESOURCE-INTENSIVE"].purse
    assert limits["HEAVY"].daily == 60000
    assert LIMITS["pro"]["HEAVY"].daily == 30000


def test_new_groups_a_day() -> None:
    zoom = people()
    for _time in range(100):
        zoom.account.rates.spend("new groups", 100, "LIGHT")
    assert zoom.call("POST", "/v2/groups", {"name": "One more"}).status == 429


def test_without_limits_the_header_says_unlimited() -> None:
    zoom = people(rate_limits=False)
    frozen(zoom)
    answers = [zoom.get("/v2/users") for _time in range(100)]
    assert {answer.status for answer in answers} == {200}
    assert answers[0].headers["x-ratelimit-limit"] == "unlimited"


def test_lock_keys() -> None:
    """While a user is deleted, other writes on that user are refused, by id or address; those on others are not."""
    zoom = people()
    zoom.get("/v2/users")
    headers = {"Authorization": f"Bearer {zoom.token}"}
    bob = zoom.id("bob@example.com")

    async def together() -> list[tuple[int, str]]:
        answers = await asyncio.gather(
            zoom.ask("DELETE", f"/v2/users/{bob}?action=delete", "", headers),
            zoom.ask("DELETE", "/v2/users/bob@example.com?action=delete", "", headers),
            zoom.ask("PATCH", "/v2/users/bob@example.com", json.dumps({"dept": "x"}), headers),
            zoom.ask("PATCH", "/v2/users/ada.byron@example.com", json.dumps({"dept": "x"}), headers),
        )
        return [(answer.status, answer.text) for answer in answers]

    answers = asyncio.run(together())
    assert [status for status, _text in answers] == [204, 429, 429, 204]
    assert json.loads(answers[1][1]) == {"code": 429, "message": CONCURRENT}
    assert zoom.call("PATCH", "/v2/users/bob@example.com", {"dept": "x"}).code == (404, 1001)


def test_a_group_may_be_locked_while_it_or_its_members_change() -> None:
    zoom = people(group_lock_ms=20)
    zoom.get("/v2/users")
    group, bob = f"/v2/groups/{zoom.account.group('Engineering').id}", zoom.id("bob@example.com")
    headers, member = {"Authorization": f"Bearer {zoom.token}"}, json.dumps({"members": [{"id": bob}]})

    async def together() -> list[int]:
        answers = await asyncio.gather(
            zoom.ask("POST", f"{group}/members", member, headers),
            zoom.ask("DELETE", f"{group}/members/{zoom.id('ada.byron@example.com')}", "", headers),
            zoom.ask("PATCH", group, json.dumps({"name": "Others"}), headers),
            zoom.ask("GET", f"{group}/members", "", headers),
            zoom.ask("PATCH", f"/v2/users/{bob}", json.dumps({"dept": "x"}), headers),
        )
        return [answer.status for answer in answers]

    assert asyncio.run(together()) == [201, 429, 429, 200, 204]
    assert zoom.call("PATCH", group, {"name": "Others"}).status == 204


def test_scim_may_have_a_lower_limit_of_its_own_for_all_its_categories() -> None:
    zoom = people(scim_limit=5)
    to = frozen(zoom)
    paths = ["/scim2/Users", f"/scim2/Users/{zoom.id('bob@example.com')}"]
    to(1001.0)
    answers = [zoom.get(paths[number % 2]) for number in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert {answer.headers["x-ratelimit-limit"] for answer in answers} == {"5"}
    assert [zoom.get("/v2/users").status for _time in range(60)] == [200] * 60
    to(1002.0)
    assert zoom.get(paths[0]).status == 200


@pytest.mark.parametrize("window", ["fixed", "sliding", "bucket"])
def test_others_use_a_part_of_each_limit(window: str) -> None:
    """At 60 a second, of which others use 40, there are 20 left."""
    zoom = people(rate_others=40, rate_window=window)
    to, begin, refused = frozen(zoom), 1000.0, []
    for rate in (19.5, 35):
        moments = [begin + number / rate for number in range(int(10 * rate))]
        answers = [to(moment) or zoom.get("/scim2/Users") for moment in moments]
        refused.append(sum(answer.status == 429 for answer in answers))
        begin = moments[-1] + 1
    assert refused[0] == 0 < refused[1]
    to(int(begin) + 1.9)
    assert int(zoom.get("/scim2/Users").headers["x-ratelimit-remaining"]) <= (59 if window == "bucket" else 24)


def test_a_sliding_window_lets_no_second_hold_more_and_a_bucket_lets_them_come_back_evenly() -> None:
    """A second's worth at the end of one full second and the next at the beginning of another one: only fixed windows take both."""
    taken = {}
    for window in ("fixed", "sliding", "bucket"):
        zoom = people(rate_window=window)
        to = frozen(zoom, 1000.9)
        first = [zoom.get("/v2/users").status for _time in range(60)]
        to(1001.0)
        assert set(first) == {200}
        answers = [zoom.get("/v2/users") for _time in range(60)]
        taken[window] = [answer.status for answer in answers].count(200)
        assert window == "fixed" or answers[-1].headers["x-ratelimit-reset"].isdecimal()
    assert taken == {"fixed": 60, "sliding": 0, "bucket": pytest.approx(6, abs=1)}
