# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Zoom account to ask in-process, without a server; and tests of seeds, ids and unknown paths."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sandbox.zoom.account import ZoomAccount
from sandbox.zoom.routes import routes
from sandbox.zoom.seed import SeedError
from sandbox.zoom.switches import SWITCHES
from starlette.applications import Starlette

SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
START = datetime(2026, 11, 24, 8, 0, tzinfo=timezone.utc)


@dataclass
class FixedClock:
    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class SmallContext:
    switches: dict[str, Any] = field(default_factory=lambda: {name: switch.default for name, switch in SWITCHES.items()})
    clock: FixedClock = field(default_factory=FixedClock)
    base_url: str = "http://127.0.0.1:8080"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def detail(self) -> tuple[int, str]:
        """Status and text of a SCIM error, whose form is checked by the way."""
        assert set(self.json) == {"schemas", "detail", "status"}
        assert self.json["schemas"] == [SCIM_ERROR]
        assert self.json["status"] == self.status
        return self.status, self.json["detail"]

    @property
    def code(self) -> tuple[int, int]:
        return self.status, self.json["code"]


class Zoom:
    """An account, its app, and one token (fetched at the first call)."""

    def __init__(self, seed: dict[str, Any], **switches: Any) -> None:
        self.context = SmallContext()
        self.context.switches.update(switches)
        self.account = ZoomAccount.from_seed(seed, self.context)
        self.app = Starlette(routes=routes(self.account))
        self.token = ""

    @property
    def switches(self) -> dict[str, Any]:
        return self.context.switches

    def id(self, email: str) -> str:
        return self.account.user(email).id

    def mint(self, **changes: str) -> Answer:
        """A token request; `changes` replaces account_id, grant_type, client_id or client_secret."""
        account = self.account
        given = {"grant_type": "account_credentials", "account_id": account.account_id, **changes}
        client = f"{given.pop('client_id', account.client_id)}:{given.pop('client_secret', account.client_secret)}"
        basic = base64.b64encode(client.encode()).decode()
        return self.send("POST", "/oauth/token?" + urlencode(given), headers={"Authorization": f"Basic {basic}"})

    def call(self, method: str, path: str, body: Any = None, *, raw: str | None = None, **query: Any) -> Answer:
        if not self.token:
            self.token = self.mint().json["access_token"]
        target = path + ("?" + urlencode(query) if query else "")
        text = raw if raw is not None else "" if body is None else json.dumps(body)
        return self.send(method, target, text, {"Authorization": f"Bearer {self.token}"})

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, **query)

    def send(self, method: str, target: str, text: str = "", headers: dict[str, str] | None = None) -> Answer:
        return asyncio.run(self.ask(method, target, text, headers or {}))

    async def ask(self, method: str, target: str, text: str, headers: dict[str, str]) -> Answer:
        path, _mark, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": quote(path).encode(),
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", 8080),
            "scheme": "http",
            "root_path": "",
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": text.encode(), "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], named, body.decode())


PEOPLE: dict[str, Any] = {
    "managed_domains": ["example.com", "example.org"],
    "seats": {"licensed": 4, "basic": 6, "zoom_one_type": {16: 2}, "plan_united_type": {"1": 1}},
    "groups": [{"name": "Engineering"}, {"name": "Everybody", "default": True}],
    "roles": [{"name": "Help desk"}],
    "users": [
        {"email": "owner@example.com", "first_name": "Olga", "last_name": "Ra", "license": "licensed", "role": "owner"},
        {"email": "admin@example.com", "first_name": "Adam", "last_name": "Bly", "role": "admin"},
        {
            "email": "ada.byron@example.com", "first_name": "Ada", "last_name": "Byron", "department": "Research",
            "license": "licensed", "groups": ["Engineering"], "last_login": "2026-11-20T07:00:00Z",
        },
        {"email": "bob@example.com", "first_name": "Bob", "last_name": "Carr"},
        {"email": "plus@example.com", "first_name": "Pia", "last_name": "Lus", "license": {"zoom_one_type": 16}},
        {"email": "gone@example.com", "first_name": "Gus", "last_name": "One", "status": "inactive"},
        {"email": "new.person@example.com", "status": "pending"},
        {"email": "room@example.com", "first_name": "Board", "last_name": "Room", "room": True, "license": "licensed"},
    ],
}  # fmt: skip


def people(**switches: Any) -> Zoom:
    return Zoom(PEOPLE, **switches)


def test_the_seed_fits_the_example() -> None:
    zoom = people()
    assert zoom.account.free_seats("licensed") == 2
    assert zoom.account.free_seats("zoom_one_type:16") == 1
    assert zoom.account.free_seats("basic") == 3  # admin, bob and the pending person; the inactive one holds none
    assert zoom.account.members_of("Engineering") == ["ada.byron@example.com"]


def test_ids_are_the_same_each_time_and_need_escaping() -> None:
    first, second = people().account, people().account
    assert list(first.users) == list(second.users)
    assert all(len(user_id) == 22 for user_id in first.users)
    many = Zoom({"users": [{"email": f"p{n}@example.com"} for n in range(200)]}).account
    assert any("&" in user_id for user_id in many.users)


def test_an_address_that_comes_back_gets_another_id() -> None:
    zoom = people()
    former = zoom.id("bob@example.com")
    zoom.account.delete_user("bob@example.com")
    assert zoom.account.add_user("bob@example.com").id != former


@pytest.mark.parametrize(
    ("seed", "text"),
    [
        ({"colour": 1}, "colour"),
        ({"users": [{"email": "a@example.com", "nick": "A"}]}, "nick"),
        ({"users": [{"email": "a@example.com", "status": "asleep"}]}, "asleep"),
        ({"users": [{"email": "a@example.com", "role": "boss"}]}, "boss"),
        ({"users": [{"email": "a@example.com", "groups": ["Nowhere"]}]}, "Nowhere"),
        ({"users": [{"email": "a@example.com"}, {"email": "A@example.com"}]}, "A@example.com"),
        ({"seats": {"licensed": 0}, "users": [{"email": "a@example.com", "license": "licensed"}]}, "licensed"),
        ({"seats": {"gold": 1}}, "gold"),
        ({"plan": "gold"}, "gold"),
    ],
)
def test_a_seed_that_is_not_understood_is_named(seed: dict[str, Any], text: str) -> None:
    with pytest.raises(SeedError, match=text):
        Zoom(seed)


def test_paths_that_zoom_does_not_have() -> None:
    zoom = people()
    for path in ("ServiceProviderConfig", "Schemas", "ResourceTypes", "Bulk", "Me"):
        assert zoom.get(f"/scim2/{path}").status == 404
    assert zoom.call("PUT", f"/scim2/Groups/{zoom.account.group('Engineering').id}", {}).status == 404
    assert zoom.get("/v2/accounts/me/default_license").code == (400, 2300)
    assert zoom.call("POST", "/oauth/tokens").status == 404


def test_state_is_json_without_credentials() -> None:
    zoom = people()
    text = json.dumps(zoom.account.state())
    assert "ada.byron@example.com" in text
    assert zoom.account.client_secret not in text
