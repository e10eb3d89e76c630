# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that handle a request and alter, replace or keep back its answer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playing import account, seed
from sandbox import Sandbox
from sandbox.frame.edits import EDITS

USERS, NEW = "/v2/users", {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "jo@example.com", "active": True}
NEW["emails"] = [{"type": "work", "value": "jo@example.com", "primary": True}]
NEW["name"] = {"givenName": "Jo", "familyName": "Doe"}
PACKED = {"packed_bomb", "packed_broken", "packed_cut"}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    given = seed([], {}, [account("ada.byron", id="ada"), account("bob.stone")])
    with Sandbox.start(given, {"rate_limits": False}) as started:
        yield started


@pytest.fixture
def zoom(box: Sandbox) -> Iterator[requests.Session]:
    """A session with a token; the ledger is empty."""
    given = box.connections()["zoom_connection"]
    form = {"grant_type": "account_credentials", "account_id": given["account_id"]}
    with requests.Session() as session:
        token = session.post(given["oauth_url"], data=form, auth=(given["client_id"], given["client_secret"]), timeout=10).json()
        session.headers["Authorization"] = "Bearer " + token["access_token"]
        box.ledger.clear()
        yield session


def test_an_answer_may_be_kept_back_of_a_write_that_happens_at_once(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(method="POST", path="/scim2/Users", handled=True, delay=0.5)
    with pytest.raises(requests.Timeout):
        zoom.post(box.url + "/scim2/Users", json=NEW, timeout=0.2)
    assert box.zoom.find("jo@example.com") is not None


def test_the_ledger_has_what_the_answer_would_have_been(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(method="POST", path="/scim2/Users", status=401, handled=True, times=2)
    for _time in range(2):
        zoom.post(box.url + "/scim2/Users", json=NEW, timeout=10)
    assert [entry["fault"] for entry in box.ledger.writes()] == ["status 401 in place of 201", "status 401 in place of 400"]


def _edited(box: Sandbox, zoom: requests.Session, edit: str) -> str:
    box.faults.add(method="GET", edit=edit)
    return zoom.get(box.url + USERS, timeout=10).text


def _raw(box: Sandbox, zoom: requests.Session, edit: str) -> tuple[str, bytes]:
    """How the answer says that it is packed, and its bytes as they come."""
    box.faults.add(method="GET", edit=edit)
    answer = zoom.get(box.url + USERS, timeout=10, stream=True)
    return answer.headers["Content-Encoding"], answer.raw.read(decode_content=False)


def test_an_edit_alters_the_real_answer(box: Sandbox, zoom: requests.Session) -> None:
    box.switches["page_size"] = 2
    whole = zoom.get(box.url + USERS, timeout=10)
    real = {name: value for name, value in whole.json().items() if name != "next_page_token"}
    found = {edit: _edited(box, zoom, edit) for edit in sorted(EDITS.keys() - PACKED)}
    shown: dict[str, Any] = {edit: json.loads(text) for edit, text in found.items() if edit != "cut"}
    assert len(real["users"]) == 2
    assert len(found["cut"]) < len(whole.text)
    assert "NaN" in found["nan"]
    assert len(shown["deep"]["extra"]) == 1
    assert shown["deep"]["users"] == shown["endless"]["users"] == real["users"]
    assert shown["last_page"] == real
    assert shown["skip_row"]["users"] == real["users"][1:]
    assert shown["repeat_rows"]["users"] == [*real["users"], *real["users"]]
    assert shown["no_rows"] == {**real, "users": [], "total_records": 0}
    assert shown["endless"]["next_page_token"].startswith("page-")
    assert shown["types"]["users"] == {"a": 1}
    assert shown["row_types"]["users"][0]["email"] == 7
    assert {entry["fault"] for entry in box.ledger.reads()} == {None, *(f"edit {edit}" for edit in found)}


def test_an_edit_packs_the_real_answer_and_spoils_it(box: Sandbox, zoom: requests.Session) -> None:
    real = zoom.get(box.url + USERS, timeout=10).content
    found = {edit: _raw(box, zoom, edit) for edit in sorted(PACKED)}
    assert {coding for coding, _bytes in found.values()} == {"gzip"}
    cut = zlib.decompressobj(wbits=31)
    assert real.startswith(cut.decompress(found["packed_cut"][1]))
    assert not cut.eof
    with pytest.raises(zlib.error):
        zlib.decompress(found["packed_broken"][1], wbits=31)
    bomb = zlib.decompressobj(wbits=31)
    assert bomb.decompress(found["packed_bomb"][1]) == real
    part = zlib.decompressobj(wbits=31)
    assert len(part.decompress(bomb.unused_data)) == 2**20
    assert len(bomb.unused_data) == 1024 * (len(bomb.unused_data) - len(part.unused_data))
    assert {entry["fault"] for entry in box.ledger.reads()} == {None, *(f"edit {edit}" for edit in PACKED)}


def test_an_edit_leaves_an_answer_without_a_body_as_it_is(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(method="DELETE", edit="cut")
    answer = zoom.delete(f"{box.url}{USERS}/ada/token", timeout=10)
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_page_on_the_sandbox_names_each_edit() -> None:
    row = next(
        line for line in (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text().splitlines() if line.startswith("| `edit` |")
    )
    assert {edit for edit in EDITS if f"`{edit}`" not in row} == set()
