# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notification channels: what Google refuses, and what it sends to whom."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from sandbox import Sandbox

SEED: dict[str, Any] = {"google": {"domains": ["example.com", "example.org"], "users": [{"email": "bob@example.com"}]}}
GOOD: dict[str, Any] = {
    "id": "01234567-89ab-cdef-0123-456789abcdef",
    "type": "web_hook",
    "address": "https://events.example.com/google",
    "token": "secret",
}
Ask = Callable[..., requests.Response]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(SEED) as started:
        yield started


@pytest.fixture
def ask(box: Sandbox) -> Ask:
    def send(path: str, body: Any, scopes: list[str] | None = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {box.google.mint(scopes=scopes)}"}
        return requests.post(f"{box.url}/admin/{path}", params=query, json=body, headers=headers, timeout=10)

    return send


def watch(ask: Ask, scopes: list[str] | None = None, event: str = "update", **body: Any) -> requests.Response:
    return ask("directory/v1/users/watch", {**GOOD, **body}, scopes, customer="my_customer", event=event)


def reason(response: requests.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["errors"][0]["reason"]


def test_a_channel_is_open_as_long_as_is_asked_for_and_two_hours_or_two_days_at_most(box: Sandbox, ask: Ask) -> None:
    now = box.clock.now().timestamp()
    lifetimes = []
    for number, params in enumerate(
        [{}, {"params": {"ttl": "3600"}}, {"params": {"ttl": "999999"}}, {"expiration": str(int(now + 60) * 1000)}]
    ):
        answer = watch(ask, id=f"id{number}", **params).json()
        assert (answer["kind"], answer["id"]) == ("api#channel", f"id{number}")
        lifetimes.append(round(int(answer["expiration"]) / 1000 - now, -1))
    assert lifetimes == [7200, 3600, 172800, 60]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"id": ""}, "required"),
        ({"address": None}, "required"),
        ({"id": "a b"}, "invalid"),
        ({"id": "x" * 65}, "invalid"),
        ({"type": "mail"}, "push.channelTypeNotSupported"),
        ({"address": "http://events.example.com/"}, "push.webhookUrlNotHttps"),
        ({"address": "http://127.0.0.1:5001/"}, "push.webhookUrlNotHttps"),
        ({"token": "x" * 257}, "invalid"),
        ({"params": {"ttl": 60}}, "invalid"),
        ({"params": {"ttl": "soon"}}, "invalid"),
        ({"expiration": "1000"}, "invalid"),
        ({"ttl": "60"}, "invalid"),
    ],
)
def test_what_google_refuses_of_a_channel(ask: Ask, body: dict[str, Any], why: str) -> None:
    assert reason(watch(ask, **body)) == (400, why)


def test_an_id_is_taken_once_for_all_and_an_event_must_be_known(ask: Ask) -> None:
    made = watch(ask).json()
    assert reason(watch(ask)) == (400, "channelIdNotUnique")
    assert ask("directory_v1/channels/stop", {"id": made["id"], "resourceId": made["resourceId"]}).status_code == 204
    assert reason(watch(ask)) == (400, "channelIdNotUnique")
    assert reason(watch(ask, event="explode")) == (400, "invalid")
    assert ask("directory/v1/users/watch", GOOD).status_code == 400


def test_only_what_is_open_can_be_stopped_and_only_with_both_ids(box: Sandbox, ask: Ask) -> None:
    made = watch(ask, params={"ttl": "60"}).json()
    assert reason(ask("directory_v1/channels/stop", {"id": made["id"]})) == (400, "required")
    assert reason(ask("directory_v1/channels/stop", {"id": made["id"], "resourceId": "other"})) == (404, "notFound")
    box.clock.advance(61)
    assert reason(ask("directory_v1/channels/stop", {"id": made["id"], "resourceId": made["resourceId"]})) == (404, "notFound")


def test_a_channel_needs_a_scope_for_users(ask: Ask) -> None:
    assert watch(ask, ["admin.directory.user.readonly"]).status_code == 200
    assert reason(watch(ask, ["admin.directory.group.readonly"], id="other")) == (403, "insufficientPermissions")
    assert reason(ask("directory_v1/channels/stop", {"id": "x", "resourceId": "y"}, ["admin.directory.group"])) == (
        403,
        "insufficientPermissions",
    )


class Receiver(http.server.BaseHTTPRequestHandler):
    got: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    kind = type("Here", (Receiver,), {"got": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/google", kind.got
        server.shutdown()


def test_notifications_are_sent_where_a_switch_says_and_name_the_user(box: Sandbox, ask: Ask, receiver: Any) -> None:
    url, got = receiver
    watch(ask, id="before")
    box.google.update("bob@example.com", name={"givenName": "Robert"})
    assert got == []
    box.switches["google_push_to"] = url
    for event in ("add", "delete", "makeAdmin", "undelete"):
        watch(ask, id=f"id-{event}", event=event)
    box.google.rename("bob@example.com", "rob@example.com")
    box.google.set_admin("rob@example.com")
    user = box.google.add_user("eve@example.org")
    box.google.delete("eve@example.org")
    box.google.undelete(user.id)
    states = [(headers["x-goog-resource-state"], json.loads(body)["primaryEmail"] if body else "") for headers, body in got]
    assert states == [
        *[("sync", "")] * 4,
        ("update", "rob@example.com"),
        ("makeAdmin", "rob@example.com"),
        *((event, "eve@example.org") for event in ("add", "delete", "undelete")),
    ]
    assert {headers["x-goog-channel-token"] for headers, _body in got} == {"secret"}


def test_notifications_leave_the_machine_on_no_account(box: Sandbox, ask: Ask) -> None:
    watch(ask)
    for url in ("https://127.0.0.1:1/", "http://events.example.com:80/", "http://127.0.0.1/"):
        box.switches["google_push_to"] = url
        with pytest.raises(ValueError, match="loopback"):
            box.google.update("bob@example.com", name={"givenName": "Robert"})
    box.switches["google_push_to"] = "http://127.0.0.1:1/nobody"
    box.google.update("bob@example.com", name={"givenName": "Robert"})
