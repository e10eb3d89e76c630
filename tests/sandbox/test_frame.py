# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of the sandbox, asked over real connections: start and stop, ledger, faults, switches, control."""

from __future__ import annotations

import json
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from sandbox import Sandbox
from sandbox.frame.faults import FaultError
from sandbox.settings import BESIDES, TABLE, SwitchError, Switches

USERS = "/v2/users"
SEED: dict[str, Any] = {
    "google": {
        "users": [
            {"email": "admin@example.com", "given": "Adam", "family": "Bly", "admin": True},
            {"email": "ada@example.com", "given": "Ada", "family": "Byron"},
        ],
        "groups": [{"email": "zoom-users@example.com", "name": "Zoom users", "members": ["ada@example.com"]}],
    },
    "zoom": {"users": [{"email": "admin@example.com", "first_name": "Adam", "last_name": "Bly", "role": "owner", "license": "licensed"}]},
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(SEED, {"rate_limits": False}) as started:
        yield started


@pytest.fixture
def zoom(box: Sandbox) -> Iterator[requests.Session]:
    """A session with a token; the ledger is empty."""
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer " + mint(box).json()["access_token"]
        box.ledger.clear()
        yield session


def mint(box: Sandbox) -> requests.Response:
    zoom = box.connections()["zoom_connection"]
    form = {"grant_type": "account_credentials", "account_id": zoom["account_id"]}
    return requests.post(zoom["oauth_url"], data=form, auth=(zoom["client_id"], zoom["client_secret"]), timeout=10)


def control(box: Sandbox, method: str, path: str, body: Any = None) -> requests.Response:
    return requests.request(method, f"{box.url}/_sandbox{path}", json=body, timeout=10)


def new_user(name: str) -> dict[str, Any]:
    return {"userName": f"{name}@example.com", "name": {"givenName": name, "familyName": "Doe"}, "userType": "Basic"}


# Start and stop


def test_start_serves_at_once_and_stop_frees_the_port_and_the_thread() -> None:
    box = Sandbox.start(SEED)
    port = int(box.url.rpartition(":")[2])
    folder = Path(box.connections()["google_connection"]["service_account_file"]).parent
    with requests.Session() as session:
        assert session.get(box.url + "/_sandbox/", timeout=10).status_code == 200
        box.stop()
    box.stop()
    assert not folder.exists()
    assert not any(box.url in thread.name for thread in threading.enumerate())
    with socket.create_server(("127.0.0.1", port)), pytest.raises(RuntimeError, match="stopped"):
        box.connections()


def test_two_sandboxes_side_by_side_share_nothing() -> None:
    with Sandbox.start(SEED) as first, Sandbox.start(SEED) as second:
        assert first.url != second.url
        control(first, "POST", "/zoom/add_user", {"email": "new@example.com"})
        assert first.zoom.find("new@example.com")
        assert second.zoom.find("new@example.com") is None
        assert second.ledger.entries == []


def test_a_start_that_fails_leaves_no_listener() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            Sandbox.start(SEED, port=port)
    with pytest.raises(ValueError, match="colour"):
        Sandbox.start({"zoom": {"colour": 1}}, port=port)
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_stop_does_not_wait_for_who_is_delayed(capfd: pytest.CaptureFixture[str]) -> None:
    ended: list[bool] = []

    def ask(url: str) -> None:
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=10)
        ended.append(True)

    with Sandbox.start(SEED) as box:
        box.faults.add(delay=60)
        client = threading.Thread(target=ask, args=(box.url + USERS,))
        client.start()
        time.sleep(0.2)
        started = time.monotonic()
    client.join(5)
    assert ended
    assert time.monotonic() - started < 2
    assert capfd.readouterr() == ("", "")


def test_small_answers_are_not_held_back(box: Sandbox, zoom: requests.Session) -> None:
    started = time.monotonic()
    for _time in range(20):
        zoom.get(box.url + USERS, timeout=10)
    assert time.monotonic() - started < 0.6  # 40 ms each without TCP_NODELAY


def test_connections_work_and_the_key_is_private(box: Sandbox) -> None:
    found = box.connections()
    google, zoom = found["google_connection"], found["zoom_connection"]
    key = Path(google["service_account_file"])
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert json.loads(key.read_text())["token_uri"] == box.url + "/token"
    assert google["subject"] == "admin@example.com"
    assert google["api_url"] == google["groups_settings_url"] == zoom["api_url"] == box.url
    assert set(found) == {"google_connection", "zoom_connection"}
    assert zoom["rate_plan"] == "business"
    headers = {"Authorization": "Bearer " + box.scim_connection()["access_token"]}
    assert requests.get(box.url + "/scim2/Users", headers=headers, timeout=10).status_code == 200


def test_google_is_reached_with_the_key(box: Sandbox) -> None:
    google = box.connections()["google_connection"]
    scopes = ["https://www.googleapis.com/auth/admin.directory.user.readonly"]
    key = google["service_account_file"]
    load_key = service_account.Credentials.from_service_account_file
    credentials = load_key(key, scopes=scopes, subject=google["subject"])  # type: ignore[no-untyped-call]
    credentials.refresh(Request())
    headers = {"Authorization": f"Bearer {credentials.token}"}
    url = google["api_url"] + "/admin/directory/v1/users"
    answer = requests.get(url, params={"customer": google["customer"]}, headers=headers, timeout=10)
    assert {user["primaryEmail"] for user in answer.json()["users"]} == {"admin@example.com", "ada@example.com"}
    (token,), (read,) = box.ledger.tokens("google"), box.ledger.reads("google")
    assert token["body"]["assertion"] == token["answer"]["access_token"] == "…"
    assert (read["operation"], read["status"], read["query"]) == ("directory.users.list", 200, {"customer": [google["customer"]]})
    assert read["actor"]
    assert credentials.token not in json.dumps(box.ledger.entries)


def test_the_environment_says_the_same(box: Sandbox) -> None:
    environment, found = box.environment(), box.connections()
    assert environment["ZOOM_CLIENT_SECRET"] == found["zoom_connection"]["client_secret"]
    assert environment["GCP_SERVICE_ACCOUNT_FILE"] == found["google_connection"]["service_account_file"]
    assert all(isinstance(value, str) for value in environment.values())


def test_unknown_paths(box: Sandbox) -> None:
    zoom = requests.get(box.url + "/v2/nowhere", timeout=10)
    assert (zoom.status_code, zoom.json()["code"]) == (400, 2300)
    google = requests.get(box.url + "/admin/directory/v1/nowhere", timeout=10)
    assert (google.status_code, google.json()["error"]["code"]) == (404, 404)
    other = requests.get(box.url + "/nowhere", timeout=10)
    assert (other.status_code, other.text) == (404, "Not Found")


# Ledger


def test_the_ledger_tells_reads_from_writes(box: Sandbox, zoom: requests.Session) -> None:
    zoom.get(box.url + USERS, params={"page_size": 30}, timeout=10)
    zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=10)
    zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=10)
    (read,), (write, refused) = box.ledger.reads("zoom"), box.ledger.writes()
    assert (read["side"], read["path"], read["query"], read["status"]) == ("zoom", USERS, {"page_size": ["30"]}, 200)
    assert read["answer"]["users"][0]["email"] == "admin@example.com"
    assert (read["category"], read["actor"]) == ("MEDIUM", "server-to-server")
    assert (write["operation"], write["status"], write["body"]["userName"]) == ("userScim2Create", 201, "jo@example.com")
    assert refused["status"] == 400
    assert box.ledger.reads("google") == []
    assert [entry["n"] for entry in box.ledger.entries] == sorted(entry["n"] for entry in box.ledger.entries)


def test_a_long_answer_is_read_when_the_entries_are_and_is_masked_as_a_short_one(box: Sandbox, zoom: requests.Session) -> None:
    for number in range(20):
        box.zoom.add_user(f"more{number}@example.com")
    rows = zoom.get(box.url + USERS, params={"page_size": 100}, timeout=10).json()
    (entry,) = box.ledger.reads("zoom")
    assert entry["answer"] == rows
    assert len(box.ledger.reads("zoom")[0]["answer"]["users"]) > 20


def test_the_ledger_holds_nothing_secret(box: Sandbox) -> None:
    token = mint(box).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    requests.post(box.url + "/scim2/Users", json={**new_user("jo"), "password": "Geheim1!"}, headers=headers, timeout=10)
    assertion = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "eyJ.made.up"}
    requests.post(box.url + "/token", data=assertion, timeout=10)
    requests.get(box.url + "/admin/directory/v1/users", params={"access_token": "ya29.made-up"}, timeout=10)
    text = json.dumps(box.ledger.entries)
    secrets = ("Geheim1!", "eyJ.made.up", "ya29.made-up", box.zoom.client_secret, box.zoom.scim_token, token)
    assert not [secret for secret in secrets if secret in text]
    assert [entry["side"] for entry in box.ledger.tokens()] == ["zoom", "google"]
    assert box.ledger.tokens("zoom")[0]["answer"]["access_token"] == "…"
    assert "Basic " not in text
    assert "Bearer " not in text


def test_whoever_has_the_answer_finds_the_entry(box: Sandbox, zoom: requests.Session) -> None:
    for count in range(1, 60):
        zoom.get(box.url + USERS, timeout=10)
        assert len(box.ledger.reads()) == count


def test_an_entry_is_a_copy_for_any_thread(box: Sandbox, zoom: requests.Session) -> None:
    entries = box.ledger.entries
    zoom.get(box.url + USERS, timeout=10)
    assert entries == []
    box.ledger.clear()
    assert box.ledger.entries == []


# Faults


def test_a_fault_answers_as_often_as_it_is_told(box: Sandbox, zoom: requests.Session) -> None:
    body = {"code": 429, "message": "Slow down"}
    fault = box.faults.add(method="get", path="/v2/users", status=429, body=body, headers={"Retry-After": "1"}, after=1, times=2)
    answers = [zoom.get(box.url + USERS, timeout=10) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 429, 429, 200]
    assert answers[1].json() == body
    assert answers[1].headers["Retry-After"] == "1"
    assert answers[1].headers["Content-Type"] == "application/json"
    assert fault.hits == 2
    assert [entry["fault"] for entry in box.ledger.reads()] == [None, "status 429", "status 429", None]


def test_a_fault_may_last_and_be_lifted(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(side="zoom", status=503, body="<html>Busy</html>", headers={"Content-Type": "text/html"}, times=None)
    answers = [zoom.get(box.url + USERS, timeout=10) for _time in range(3)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(503, "<html>Busy</html>")}
    assert box.ledger.reads()[0]["answer"] == "<html>Busy</html>"
    assert control(box, "GET", "/switches").status_code == 200  # spared
    box.faults.clear()
    assert zoom.get(box.url + USERS, timeout=10).status_code == 200


def test_a_fault_may_look_at_the_decoded_query(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(path=r"/scim2/Users\?.*ada@example\.com.*", status=500)
    assert zoom.get(box.url + "/scim2/Users", params={"filter": 'userName eq "jo@example.com"'}, timeout=10).status_code == 200
    assert zoom.get(box.url + "/scim2/Users", params={"filter": 'userName eq "ada@example.com"'}, timeout=10).status_code == 500


@pytest.mark.parametrize(("drop", "made", "status"), [("before", False, 0), ("after", True, 201)])
def test_a_dropped_connection(box: Sandbox, zoom: requests.Session, drop: str, made: bool, status: int) -> None:
    box.faults.add(method="POST", path="/scim2/Users", drop=drop)
    with pytest.raises(requests.ConnectionError):
        zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=10)
    assert (box.zoom.find("jo@example.com") is not None) is made
    (entry,) = box.ledger.writes()
    assert (entry["status"], entry["fault"]) == (status, f"drop {drop}")
    assert zoom.get(box.url + USERS, timeout=10).status_code == 200


def test_a_delay_outlasts_a_timeout_and_the_write_happens_all_the_same(box: Sandbox, zoom: requests.Session) -> None:
    box.faults.add(method="POST", path="/scim2/Users", delay=0.4)
    with pytest.raises(requests.Timeout):
        zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=0.1)
    assert box.zoom.find("jo@example.com") is None
    time.sleep(0.6)
    assert box.zoom.find("jo@example.com") is not None


def test_latency_is_added_to_every_answer(box: Sandbox, zoom: requests.Session) -> None:
    box.switches["latency_ms"] = 80
    started = time.monotonic()
    zoom.get(box.url + USERS, timeout=10)
    assert time.monotonic() - started >= 0.08


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({}, "status and drop"),
        ({"status": 500, "drop": "before"}, "status and drop"),
        ({"drop": "later"}, "later"),
        ({"status": 500, "side": "moon"}, "moon"),
        ({"status": 500, "paths": "/"}, "paths"),
        ({"status": 500, "path": "("}, "regular expression"),
        ({"drop": "before", "body": {}}, "body"),
        ({"edit": "paint"}, "paint"),
        ({"edit": "cut", "status": 200}, "status and drop"),
        ({"edit": "cut", "handled": True}, "handled"),
    ],
)
def test_a_fault_that_is_not_understood_is_named(box: Sandbox, fault: dict[str, Any], text: str) -> None:
    with pytest.raises(FaultError, match=text):
        box.faults.add(**fault)


# Switches and clock


def test_the_table_holds_both_sides_under_names_of_their_own() -> None:
    from sandbox.google.switches import SWITCHES as GOOGLE
    from sandbox.zoom.switches import SWITCHES as ZOOM

    assert all(name.startswith("google_") for name in GOOGLE)
    assert set(BESIDES) <= set(TABLE)
    assert set(TABLE) == {"latency_ms", *GOOGLE, *ZOOM}
    assert len(TABLE) == 1 + len(GOOGLE) + len(ZOOM)
    assert all(switch.text for switch in TABLE.values())
    Switches({name: switch.default for name, switch in TABLE.items()})


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"duplicate_creat": 409}, "duplicate_creat: .* did you mean duplicate_create"),
        ({"duplicate_create": 418}, "duplicate_create: 418 is none of 400, 409"),
        ({"rate_limits": 1}, "rate_limits: 1"),
        ({"latency_ms": "long"}, "latency_ms: 'long'"),
        ({"page_size": -1}, "page_size: -1"),
    ],
)
def test_a_switch_that_is_not_understood_is_named(given: dict[str, Any], text: str) -> None:
    with pytest.raises(SwitchError, match=text):
        Sandbox.start(SEED, given)


def test_switches_change_while_it_runs(box: Sandbox, zoom: requests.Session) -> None:
    box.switches["duplicate_create"] = 409
    with pytest.raises(SwitchError):
        box.switches.update({"put_groups": "add", "no_such": 1})
    assert box.switches["put_groups"] == "replace"
    zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=10)
    assert zoom.post(box.url + "/scim2/Users", json=new_user("jo"), timeout=10).status_code == 409
    del box.switches["duplicate_create"]
    assert box.switches["duplicate_create"] == 400


def test_some_numbers_may_be_a_word_or_nothing() -> None:
    assert Switches({"google_search_lag": "never", "google_quota": None, "google_page_size": 2})["google_search_lag"] == "never"
    for name, value in (("latency_ms", None), ("token_lifetime", "never"), ("google_quota", "never")):
        with pytest.raises(SwitchError, match=name):
            Switches({name: value})


def test_a_bare_off_in_yaml_is_meant_as_written() -> None:
    assert Switches(yaml.safe_load("saml_mapping: off"))["saml_mapping"] == "off"


def test_time_can_be_brought_forward(box: Sandbox, zoom: requests.Session) -> None:
    assert zoom.get(box.url + USERS, timeout=10).status_code == 200
    box.clock.advance(3601)
    assert zoom.get(box.url + USERS, timeout=10).status_code == 401
    with pytest.raises(ValueError, match="back"):
        box.clock.advance(-1)


# Control paths


def test_the_index_names_what_there_is(box: Sandbox) -> None:
    index = control(box, "GET", "/").json()
    assert control(box, "GET", "").json() == index
    for name in ("ledger", "switches", "faults", "clock", "state"):
        assert requests.get(box.url + index[name], timeout=10).status_code == 200
    assert "/_sandbox/zoom/sign_in" in index["events"]["zoom"]
    assert set(index["events"]) == {"google", "zoom"}


def test_events_from_outside(box: Sandbox) -> None:
    assert control(box, "POST", "/zoom/add_user", {"email": "jo@example.com", "first_name": "Jo"}).json()["email"] == "jo@example.com"
    assert control(box, "POST", "/zoom/set_scopes", {"scopes": ["scim2:admin"]}).status_code == 200
    assert box.zoom.scopes == {"scim2:admin"}
    emails = [user["email"] for user in control(box, "GET", "/state").json()["zoom"]["users"]]
    assert emails == ["admin@example.com", "jo@example.com"]
    assert control(box, "POST", "/zoom/find", {"email": "nobody@example.com"}).json() is None
    assert box.ledger.reads() == box.ledger.writes() == []
    assert {entry["kind"] for entry in box.ledger.entries} == {"control"}


def test_events_of_google_from_outside(box: Sandbox) -> None:
    assert control(box, "POST", "/google/suspend", {"email": "ada@example.com", "suspended": True}).status_code == 200
    assert "ada@example.com" in json.dumps(control(box, "GET", "/state").json()["google"])


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("/zoom/settle", {}, "no event settle"),
        ("/zoom/__init__", {}, "no event __init__"),
        ("/moon/sign_in", {}, "no side moon"),
        ("/zoom/sign_in", {}, "email"),
        ("/zoom/sign_in", {"email": "nobody@example.com"}, "no Zoom user nobody@example.com"),
        ("/zoom/sign_in", [], "JSON object"),
        ("/switches", {"no_such": 1}, "no_such"),
        ("/faults", {"drop": "later"}, "later"),
        ("/clock", {"back": 1}, "advance"),
    ],
)
def test_a_control_request_that_is_not_understood_is_told_so(box: Sandbox, path: str, body: Any, text: str) -> None:
    answer = control(box, "POST", path, body)
    assert answer.status_code == 400
    assert text in answer.json()["error"]


def test_ledger_switches_faults_and_clock_from_outside(box: Sandbox, zoom: requests.Session) -> None:
    assert control(box, "POST", "/faults", {"path": USERS, "status": 500}).json()["hits"] == 0
    assert zoom.get(box.url + USERS, timeout=10).status_code == 500
    assert control(box, "GET", "/faults").json()[0]["hits"] == 1
    control(box, "DELETE", "/faults")
    assert control(box, "GET", "/faults").json() == []
    assert control(box, "POST", "/switches", {"put_groups": "add"}).json()["put_groups"] == "add"
    assert control(box, "GET", "/switches").json()["put_groups"]["allowed"] == ["replace", "add"]
    control(box, "DELETE", "/switches")
    assert box.switches["put_groups"] == "replace"
    (entry,) = control(box, "GET", "/ledger?kind=read&side=zoom").json()
    assert (entry["path"], entry["status"]) == (USERS, 500)
    assert control(box, "GET", f"/ledger?kind=read&since={entry['n']}").json() == []
    counts = control(box, "GET", "/ledger/counts").json()
    assert [(row["side"], row["kind"], row["status"], row["count"]) for row in counts["requests"]] == [("zoom", "read", 500, 1)]
    assert 0 <= counts["busy"] < 10
    assert control(box, "GET", "/ledger?sides=zoom").status_code == 400
    control(box, "DELETE", "/ledger")
    assert [entry["kind"] for entry in box.ledger.entries] == ["control"]
    before = control(box, "GET", "/clock").json()["now"]
    assert control(box, "POST", "/clock", {"advance": 86400}).json()["now"][:10] > before[:10]


def test_an_answer_without_a_body_is_in_the_ledger_before_the_client_has_it(box: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {box.google.mint()}"}
    for number in range(50):
        box.google.add_group(f"g{number}@example.com")
        requests.delete(f"{box.url}/admin/directory/v1/groups/g{number}@example.com", headers=headers, timeout=10)
        assert len(box.ledger.writes()) == 1
        box.ledger.clear()
