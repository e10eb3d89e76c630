# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret is in any result, output, journal, snapshot or memory, whatever form it was given in and whatever fails."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
from ansible_collections.workspace_zoom.provisioning.plugins.modules import zoom_user_info as user_info_module
from canaries import (
    GOOGLE_TOKEN,
    KEY,
    MINTED,
    ZOOM_ID,
    ZOOM_SECRET,
    ZOOM_TOKEN,
    answer,
    is_token_endpoint,
    repeated,
    run,
    shown,
    token,
)
from tiers import more

Answer = Callable[[requests.PreparedRequest], Any]


# ---- what may go wrong on the way


def says(status: int, shape: str, **headers: str) -> Answer:
    def made(request: requests.PreparedRequest) -> requests.Response:
        said = repeated(request)
        forms = {
            "zoom": {"code": 300, "message": said, "errors": [{"field": "x", "message": said}]},
            "scim": {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": said, "status": str(status)},
            "google": {"error": {"code": status, "message": said, "errors": [{"reason": said, "message": said}], "status": said}},
            "oauth": {"error": "invalid_client" if status == 401 else said, "error_description": said, "reason": said, "message": said},
            "rows": {
                "users": [{"id": said, "email": said, "primaryEmail": said}],
                "members": [{"email": said, "type": said}],
                "total_records": 1,
            },
            "list": [said],
            "text": said,
        }
        if shape == "html":
            return answer(request, status, f"<html><body>{said}</body></html>", "text/html")
        if shape == "plain":
            return answer(request, status, "x" * 470 + said, "text/plain")
        return answer(request, status, json.dumps(forms[shape]), **{name: value or said[:2000] for name, value in headers.items()})

    return made


def raises(kind: type[Exception]) -> Answer:
    def raised(request: requests.PreparedRequest) -> Any:
        raise kind(f"connection to {request.url} with {dict(request.headers)} was lost")

    return raised


SHAPES = ("zoom", "scim", "google", "oauth", "html", "plain", "list", "text")
ANSWERS: dict[str, Answer] = {
    **{f"{status} {shape}": says(status, shape) for status in (400, 401, 403, 500) for shape in SHAPES},
    **{f"200 {shape}": says(200, shape) for shape in (*SHAPES, "rows")},
    **{f"{status} google": says(status, "google") for status in (404, 409, 412, 429, 503)},
    **{f"{status} zoom": says(status, "zoom", **{"x-zm-trackingid": ""}) for status in (404, 409, 429, 503)},
    "redirect": lambda request: answer(request, 302, "", Location=f"https://elsewhere.example/?{repeated(request)[:200]}"),
    "empty": lambda request: answer(request, 200, ""),
    "a token that is none": lambda request: answer(request, 200, json.dumps({"access_token": [repeated(request)], "scope": ""})),
    "timeout": raises(requests.exceptions.ReadTimeout),
    "certificate": raises(requests.exceptions.SSLError),
    "lost": raises(requests.exceptions.ConnectionError),
    "proxy": raises(requests.exceptions.ProxyError),
}


def at(where: str, fault: Answer) -> Answer:
    """`where`: the token endpoint, the API, or its writes alone."""

    def wire(request: requests.PreparedRequest) -> Any:
        if is_token_endpoint(request):
            return fault(request) if where == "token" else token(request)
        return fault(request)

    return wire


# ---- every form in which a credential may be given: options, environment


def google_forms(folder: Path) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    file = folder / "key.json"
    file.write_text(json.dumps(KEY))
    text = json.dumps(KEY, indent=2)
    return {
        "file": ({"service_account_file": str(file)}, {}),
        "JSON": ({"service_account_contents": text}, {}),
        "dictionary": ({"service_account_contents": KEY}, {}),
        "token": ({"auth_kind": "accesstoken", "access_token": GOOGLE_TOKEN}, {}),
        "application": ({"auth_kind": "application"}, {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}),
        "file of the environment": ({}, {"GCP_SERVICE_ACCOUNT_FILE": str(file)}),
        "JSON of the environment": ({}, {"GCP_SERVICE_ACCOUNT_CONTENTS": text}),
        "token of the environment": ({}, {"GCP_AUTH_KIND": "accesstoken", "GCP_ACCESS_TOKEN": GOOGLE_TOKEN}),
    }


ZOOM_FORMS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "app": ({"account_id": "acc", "client_id": ZOOM_ID, "client_secret": ZOOM_SECRET}, {}),
    "token": ({"access_token": ZOOM_TOKEN}, {}),
    "app of the environment": ({}, {"ZOOM_ACCOUNT_ID": "acc", "ZOOM_CLIENT_ID": ZOOM_ID, "ZOOM_CLIENT_SECRET": ZOOM_SECRET}),
    "token of the environment": ({}, {"ZOOM_ACCESS_TOKEN": ZOOM_TOKEN}),
}
PERSON = {"primaryEmail": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "Byron"}}


def google_calls(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        "google_group_members_info": {"groups": ["zoom-users@example.com"]},
        "google_group": {"email": "new@example.com", "name": "New", "journal_dir": str(folder / "journal"), "run_id": "r1"},
    }


def zoom_calls(folder: Path) -> dict[str, dict[str, Any]]:
    state = {"journal_dir": str(folder / "journal"), "memory_path": str(folder / "memory.jsonl"), "run_id": "r1"}
    return {
        "zoom_user_info": {},
        "zoom_account_info": {},
        "zoom_group": {"name": "Staff", **state},
        "zoom_scim_users": {"people": [PERSON], **state},
    }


def tried(modules: Mapping[str, Any], forms: Mapping[str, Any], every: int = 1) -> int:
    """Combinations of module, form, fault and where it is met, every nth of them; how many."""
    number = count = 0
    faults, wheres = ANSWERS, ("token", "api")
    for name, own in modules.items():
        for form, (options, env) in forms.items():
            for fault, made in faults.items():
                for where in wheres:
                    if where == "token" and "token" in form:
                        continue
                    number += 1
                    if number % every:
                        continue
                    count += 1
                    ran = run(name, {"max_attempts": 2, **options, **own}, at(where, made), env=env, check=count % 2 == 0)
                    found = shown(ran.printed)
                    assert "defect of its own" not in ran.printed, (name, form, fault, where, ran.printed[:3000])
                    assert not found, (name, form, fault, where, found[:3], ran.printed[:3000])
    return count


def assert_files_hide(folder: Path, *, but: str = "key.json") -> int:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != but]
    for path in files:
        assert not shown(path.read_text("utf-8", "replace")), path
    return len(files)


@pytest.mark.stretched
def test_no_answer_of_google_brings_a_credential_back(tmp_path: Path, record_property: Callable[..., None]) -> None:
    count = tried(google_calls(tmp_path), google_forms(tmp_path), every=more(7, 1))
    assert count > 200
    assert_files_hide(tmp_path)
    record_property("combinations of a credential and a failure in which no canary showed", count)


def test_no_answer_of_zoom_brings_a_credential_back(tmp_path: Path, record_property: Callable[..., None]) -> None:
    count = tried(zoom_calls(tmp_path), ZOOM_FORMS)
    assert count > 500
    assert_files_hide(tmp_path)
    record_property("combinations of a credential and a failure in which no canary showed", count)


OWNER = {"id": "owner", "email": "owner@example.com", "type": 2, "status": "active", "role_id": "0"}
SCIM_OWNER = {"id": "owner", "userName": "owner@example.com", "active": True}
LISTS = {
    "/v2/users": {"users": [], "total_records": 0, "next_page_token": ""},
    "/v2/users?status=active": {"users": [OWNER], "total_records": 1, "next_page_token": ""},
    "/v2/groups": {"groups": [], "total_records": 0},
    "/v2/accounts/me/managed_domains": {"domains": [{"domain": "example.com", "status": "verified"}], "total_records": 1},
    "/scim2/Users": {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 1,
        "startIndex": 1,
        "itemsPerPage": 1,
        "Resources": [SCIM_OWNER],
    },
    "/scim2/Groups": {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 0,
        "startIndex": 1,
        "itemsPerPage": 0,
        "Resources": [],
    },
}


def refusing_writes(fault: Answer) -> Answer:
    def wire(request: requests.PreparedRequest) -> Any:
        if is_token_endpoint(request):
            return token(request)
        path = str(request.url).partition("?")[0].partition("zoom.us")[2]
        path += "?status=active" if path == "/v2/users" and "status=active" in str(request.url) else ""
        if request.method == "GET" and path in LISTS:
            return answer(request, 200, json.dumps(LISTS[path]))
        return fault(request)

    return wire


@pytest.mark.parametrize("form", ["app", "token"])
def test_a_refused_write_that_repeats_the_token_leaves_it_in_no_journal_and_no_memory(
    tmp_path: Path, form: str, record_property: Callable[..., None]
) -> None:
    """The token, base64 or cut, was in the journal: Ansible masks results and no files."""
    options, env = ZOOM_FORMS[form]
    for number, (name, fault) in enumerate(ANSWERS.items()):
        folder = tmp_path / str(number)
        state = {"journal_dir": str(folder / "journal"), "memory_path": str(folder / "memory.jsonl"), "run_id": "r1"}
        state["changes_path"] = str(folder / "changes.jsonl")
        given = {"people": [PERSON], "max_attempts": 2, "prune": False, **options, **state}
        ran = run("zoom_scim_users", given, refusing_writes(fault), env=env)
        assert not shown(ran.printed), (name, ran.printed[:2000])
        assert "defect of its own" not in ran.printed, (name, ran.printed[:2000])
        assert_files_hide(folder)
    journals = [path.read_text() for path in tmp_path.rglob("journal/*.jsonl")]
    assert len(journals) > len(ANSWERS) / 2, "writes were tried"
    assert any("VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in text for text in journals), "and their refusals repeated the request"
    record_property("combinations of a credential and a failure in which no canary showed", len(ANSWERS))


# ---- what is wrong before anything is sent


def nothing(request: requests.PreparedRequest) -> Any:
    raise AssertionError(f"{request.url} was asked")


def bad_google(folder: Path) -> dict[str, dict[str, Any]]:
    key, text = KEY["private_key"], json.dumps(KEY)
    broken, short = folder / "broken.json", folder / "short.json"
    broken.write_text(text[:-30])
    short.write_text(json.dumps({**KEY, "private_key": key[:-300]}))
    contents: dict[str, Any] = {
        "cut off": text[:-30],
        "the key alone": key,
        "without its markers": {**KEY, "private_key": "".join(key.splitlines()[1:-1])},
        "a broken key": {**KEY, "private_key": key[:-300]},
        "no address": {name: value for name, value in KEY.items() if name != "client_email"},
        "a key that is a list": {**KEY, "private_key": key.splitlines()},
        "base64": base64.b64encode(text.encode()).decode(),
        "twice JSON": json.dumps(json.dumps({**KEY, "private_key": key[:-300]})),
        "a list": [KEY],
        "YAML": "\n".join(f"{name}: {value!r}" for name, value in KEY.items()),
        "plain HTTP": {**KEY, "token_uri": "http://oauth2.example.com/token"},
    }
    good = {"service_account_contents": KEY}
    return {
        **{name: {"service_account_contents": value} for name, value in contents.items()},
        "broken file": {"service_account_file": str(broken)},
        "short file": {"service_account_file": str(short)},
        "a folder": {"service_account_file": str(folder)},
        "a key for a path": {"service_account_file": text},
        "a key for a path, as dictionary": {"service_account_file": KEY},
        "misspelt": {"service_account_json": KEY},
        "as another option": {**good, "subject": text, "customer": key},
        "wrong type beside it": {**good, "max_attempts": "often"},
        "wrong choice beside it": {**good, "auth_kind": "best", "access_token": GOOGLE_TOKEN},
        "no such account": {**good, "service_account_email": "other@example.com"},
        "token in a list": {"auth_kind": "accesstoken", "access_token": [GOOGLE_TOKEN]},
        "token as dictionary": {"auth_kind": "accesstoken", "access_token": {"token": GOOGLE_TOKEN}},
        "misspelt token": {"acess_token": GOOGLE_TOKEN, **good},
        "odd URL": {**good, "api_url": "http://[broken"},
        "URL with a password": {**good, "api_url": f"https://user:{GOOGLE_TOKEN}@admin.googleapis.com"},
        "bad certificates": {**good, "ca_path": str(broken)},
    }


def bad_zoom(folder: Path) -> dict[str, dict[str, Any]]:
    app = ZOOM_FORMS["app"][0]
    rest = {"account_id": "acc", "client_id": ZOOM_ID}
    return {
        "misspelt": {**rest, "client_secert": ZOOM_SECRET},
        "in a list": {**rest, "client_secret": [ZOOM_SECRET]},
        "as dictionary": {**rest, "client_secret": {"secret": ZOOM_SECRET}},
        "token in a list": {"access_token": [ZOOM_TOKEN]},
        "without an id": {"client_secret": ZOOM_SECRET},
        "wrong type beside it": {**app, "max_attempts": "often"},
        "wrong choice beside it": {**app, "rate_plan": "best"},
        "odd URL": {**app, "api_url": "http://[broken"},
        "plain HTTP": {**app, "api_url": "http://api.example.com"},
        "plain HTTP for the token": {**app, "oauth_url": "http://api.example.com/token"},
        "URL with a password": {**app, "oauth_url": f"https://{ZOOM_ID}:{ZOOM_SECRET}@zoom.us/oauth/token"},
        "bad certificates": {**app, "ca_path": str(folder)},
        "no certificates": {**app, "ca_path": str(folder / "nothing")},
    }


def test_no_option_that_is_refused_shows_a_credential(tmp_path: Path, record_property: Callable[..., None]) -> None:
    cases = [("google_group_members_info", {"groups": ["a@example.com"], **options}) for options in bad_google(tmp_path).values()]
    cases += [("zoom_user_info", options) for options in bad_zoom(tmp_path).values()]
    for name, options in cases:
        ran = run(name, options, at("token", ANSWERS["400 oauth"]))
        assert ran.result.get("failed"), (name, ran.printed)
        assert not shown(ran.printed), (name, list(options), shown(ran.printed)[:3], ran.printed[:2000])
    record_property("combinations of a credential and a failure in which no canary showed", len(cases))


@pytest.mark.parametrize("options", [ZOOM_FORMS["app"], ZOOM_FORMS["token"], ZOOM_FORMS["app of the environment"]])
def test_a_defect_is_a_sentence_and_its_traceback_quotes_no_secret(
    monkeypatch: pytest.MonkeyPatch, options: tuple[dict[str, Any], dict[str, str]]
) -> None:

    def broken(run: Any) -> Any:
        from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._connect_zoom import connect_zoom

        connect_zoom(run)
        try:
            raise KeyError(ZOOM_SECRET)
        except KeyError as error:
            raise ValueError(f"no {MINTED[:0]}{ZOOM_SECRET} and {ZOOM_TOKEN}") from error

    monkeypatch.setattr(user_info_module, "user_info", broken)
    monkeypatch.setenv("ANSIBLE_DISPLAY_TRACEBACK", "error")
    given, env = options
    ran = run("zoom_user_info", given, nothing, env=env)
    mine = ZOOM_TOKEN if "access_token" in given else ZOOM_SECRET
    assert mine not in ran.printed
    assert re.fullmatch(
        r"This module met a defect of its own \(ValueError at .*test_canaries.py:\d+\). Nothing was changed. Please report this, .*",
        ran.result["msg"],
    )
