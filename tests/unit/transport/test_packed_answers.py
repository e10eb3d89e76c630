# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed answers, against the sandbox: asked for as Google wants it, and unreadable ones of any kind are read again, then an error."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _body, _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import OutcomeUnknown, UnexpectedAnswer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_credentials import GoogleConnection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import USERS_READ, open_directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._known_secrets import HIDDEN
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import Zoom, open_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_credentials import ZoomConnection
from sandbox import Sandbox

USERS = "/admin/directory/v1/users"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    with Sandbox.start(None, {"rate_limits": False}) as started:
        yield started


def directory(box: Sandbox) -> Any:
    given = box.connections()["google_connection"]
    connection = GoogleConnection(
        "serviceaccount", box.url, box.url, given["customer"], service_account_file=given["service_account_file"], subject=given["subject"]
    )
    return open_directory(connection, HttpOptions(), [USERS_READ], lambda secret: None)


def zoom(box: Sandbox) -> Zoom:
    given = box.connections()["zoom_connection"]
    connection = ZoomConnection(box.url, given["oauth_url"], given["account_id"], given["client_id"], given["client_secret"])
    return open_zoom(connection, HttpOptions(), lambda secret: None)


def addresses(box: Sandbox) -> list[str]:
    found: list[str] = directory(box).users({"id", "primaryEmail"}, lambda row: row["primaryEmail"])
    return found


def test_the_agent_names_the_version_of_the_collection() -> None:
    galaxy = yaml.safe_load((Path(__file__).parents[3] / "galaxy.yml").read_text())
    assert (galaxy["version"], _body.AGENT) == (_body.VERSION, f"{galaxy['namespace']}.{galaxy['name']}/{galaxy['version']}")


def test_google_is_asked_so_that_it_packs_its_answers(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    codings = list[str]()

    def noted(response: requests.Response) -> bytes:
        codings.append(response.headers.get("Content-Encoding", ""))
        return _body.read_body(response)

    monkeypatch.setattr(_http, "read_body", noted)
    assert len(addresses(box)) == len(box.google.state()["users"])
    assert codings == ["gzip"]


def test_answers_of_zoom_that_are_packed_are_read(box: Sandbox) -> None:
    plain = zoom(box).rest.users("active", lambda row: row["email"])
    box.switches["gzip"] = True
    assert zoom(box).rest.users("active", lambda row: row["email"]) == plain != []


@pytest.mark.parametrize("edit", ["packed_cut", "packed_broken", "packed_bomb"])
def test_a_packed_page_that_can_not_be_read_is_read_again(box: Sandbox, edit: str) -> None:
    whole = addresses(box)
    box.ledger.clear()
    box.faults.add(path=USERS, edit=edit, times=1)
    assert addresses(box) == whole
    assert len(box.ledger.reads("google")) == 2


@pytest.mark.parametrize(
    ("edit", "why"), [("packed_cut", "ends too early"), ("packed_broken", "is broken"), ("packed_bomb", "is larger than 64 MB")]
)
def test_a_packed_page_that_stays_unreadable_is_one_sentence(box: Sandbox, edit: str, why: str) -> None:
    client = directory(box)
    box.faults.add(path=USERS, edit=edit, times=None)
    with pytest.raises(UnexpectedAnswer, match=rf"^Google at \S+ was asked 5 times for what can't be read: the .*{why}; run again later"):
        client.users({"id", "primaryEmail"}, dict)


def test_an_answer_that_unpacks_to_a_gigabyte_takes_no_more_memory_than_the_largest_page(box: Sandbox) -> None:
    client = directory(box)
    box.faults.add(path=USERS, edit="packed_bomb", times=1)
    tracemalloc.start()
    try:
        client.users({"id", "primaryEmail"}, dict)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 3 * _body.MOST_BYTES


def test_packed_parts_that_hold_nothing_do_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_body, "MOST_BYTES", 2**20)
    response, read = requests.Response(), iter(lambda: gzip.compress(b"") * 50, None)
    response.status_code, response.headers["Content-Encoding"] = 200, "gzip"
    response.raw = SimpleNamespace(stream=lambda _size, decode_content: islice(read, 5000), close=lambda: None)
    with pytest.raises(_body.BrokenBody, match="is larger than 1 MB"):
        _body.read_body(response)


def test_of_a_refusal_that_can_not_be_read_the_status_is_enough(box: Sandbox) -> None:
    client = directory(box)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    box.faults.add(path=USERS, status=503, body="no gzip at all", headers=headers, times=1)
    box.ledger.clear()
    client.users({"id", "primaryEmail"}, dict)
    assert [entry["status"] for entry in box.ledger.reads("google")] == [503, 200]


def test_an_answer_that_is_packed_otherwise_is_not_read(box: Sandbox) -> None:
    client = directory(box)
    box.faults.add(path=USERS, status=200, body={"users": []}, headers={"Content-Encoding": "br"}, times=None)
    with pytest.raises(UnexpectedAnswer, match="packed in a way that was not asked for"):
        client.users({"id", "primaryEmail"}, dict)


def test_a_write_whose_answer_can_not_be_unpacked_has_an_unknown_outcome(box: Sandbox) -> None:
    client = zoom(box)
    box.faults.add(method="POST", path="/v2/groups", edit="packed_cut", times=None)
    box.ledger.clear()
    with pytest.raises(OutcomeUnknown):
        client.rest.create_group("Sales again")
    assert len(box.ledger.writes()) == 1


def test_secrets_are_hidden_in_packed_answers_too(box: Sandbox) -> None:
    box.switches["gzip"] = True
    client, secret = zoom(box), box.connections()["zoom_connection"]["client_secret"]
    body = {"code": 300, "message": f"sent with {secret}"}
    box.faults.add(path="/v2/users/summary", status=400, body=body, times=1)
    with pytest.raises(Exception, match=HIDDEN) as raised:
        client.rest.summary()
    assert secret not in json.dumps(raised.value.details)  # type: ignore[attr-defined]
