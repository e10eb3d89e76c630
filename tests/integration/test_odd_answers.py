# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever form an answer has, from any endpoint: one sentence, no traceback, no uncertain write, and nobody loses more.

The list of endpoints is made from the clients' own methods. ODD_ANSWERS=all in the environment tries every wrong type of each
field, in every scenario that meets the endpoint.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import pytest
import sandbox.google.rules.access as google_access
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory, _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _account_calls, _created_accounts, _proof
from answers import KEYS, TOKENS, Odd, endpoint_of, endpoints, fields, whole
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox
from sandbox.frame.faults import Fault
from tiers import more

EVERY = os.environ.get("ODD_ANSWERS") == "all"
SHARE = 1 if EVERY else more(3, 1)  # each which of them is tried
KNOWN = endpoints()
UGLY = re.compile(r"Traceback|\b\w+(Error|Exception)\(|NoneType|<html|object at 0x|<class|a defect of its own")
MEMBERS = f"/admin/directory/v1/groups/{SCOPE}/members"
Result = dict[str, Any]
Scenario = Callable[["Stage"], Iterator[Result]]
SCENARIOS: dict[str, Scenario] = {}


def scenario(function: Scenario) -> Scenario:
    SCENARIOS[function.__name__] = function
    return function


class Stage:
    """One sandbox with a small company, and calls of modules as fast as they can be."""

    def __init__(self, box: Sandbox, folder: Path) -> None:
        self.box, self.folder = box, folder
        speed = {"rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0, "max_attempts": 2}
        self.oauth = {**box.connections()["zoom_connection"], **speed}
        self.token = {**box.scim_connection(), **speed}
        token = {"auth_kind": "accesstoken", "access_token": box.google.mint(), "customer": box.google.customer}
        self.google = {**token, "api_url": box.url, "groups_settings_url": box.url, "max_attempts": 2}
        self.writes = {"journal_dir": str(folder / "journal"), "run_id": "r1"}

    def __call__(self, module: str, /, connection: Any = None, **options: Any) -> Result:
        given = connection or (self.google if module.startswith("google") else self.oauth)
        return call(module, self.box, connection=given, **options)


def company() -> dict[str, Any]:
    """Ada fits; Bob has left the scope; Cleo is renamed; Dan's name changed; Eve is new; Finn is a stranger; Gus holds a bundle."""
    people = [person(name) for name in ("ada.byron", "bob.stone", "cleo.ray", "dan.lee", "eve.moss", "gus.kim")]
    people[2]["aliases"] = ["cleo.park@example.com"]
    accounts = [account(name, license="licensed", created="2026-01-01T00:00:00Z") for name in ("ada.byron", "bob.stone", "cleo.park")]
    accounts += [account("dan.lee", last_name="Former"), account("finn.day"), account("gus.kim", license={"zoom_one_type": 16})]
    accounts += [account("ina.far", status="inactive"), account("pat.new", status="pending")]
    groups = {
        "zoom-users": ["ada.byron", "cleo.ray", "dan.lee", "eve.moss", "gus.kim", "team"],
        "team": ["ada.byron"],
        "out": ["bob.stone"],
    }
    given = seed(people, groups, accounts)
    given["google"]["org_units"] = ["/Staff"]
    given["zoom"]["seats"]["zoom_one_type"] = {16: 5}
    given["zoom"]["groups"] = [{"name": "Old"}, {"name": "Former"}, {"name": "Sales"}]
    for row in given["zoom"]["users"]:
        if row["email"] in ("ada.byron@example.com", "bob.stone@example.com", "cleo.park@example.com", "dan.lee@example.com"):
            row["groups"] = ["Sales"]
    return given


def listed(*names: str, **more: Any) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        given, _dot, family = name.partition(".")
        who = {"primaryEmail": f"{name}@example.com", "name": {"givenName": given.title(), "familyName": family.title()}}
        rows.append({**who, "groups": ["all@example.com"], **more})
    return rows


@scenario
def preflight(stage: Stage) -> Iterator[Result]:
    yield stage("zoom_account_info")
    yield stage("zoom_account_info", stage.token)
    stage.box.google.add_admin_event("UPDATE_AUTO_PROVISIONED_USER", APPLICATION_NAME="Zoom", times=3)
    yield stage("google_account_info")


@scenario
def reading(stage: Stage) -> Iterator[Result]:
    yield stage("zoom_user_info")
    yield stage("zoom_user_info", stage.token)


@scenario
def scope(stage: Stage) -> Iterator[Result]:
    accounts = str(stage.folder / "accounts")
    yield stage("zoom_user_info", dest=accounts)
    asked = {"groups": [SCOPE], "org_units": ["/Staff"], "exclude": {"groups": ["out@example.com"]}, "resolve_groups": ["team@example.com"]}
    yield stage("google_scope_info", accounts_path=accounts, dest=str(stage.folder / "people"), confirm_members=True, **asked)


@scenario
def one_by_one(stage: Stage) -> Iterator[Result]:
    """A group with many pages makes single reads the cheaper confirmation."""
    stage.box.google.remove_member("out@example.com", "bob.stone@example.com")
    for number in range(2):
        stage.box.google.add_group(f"g{number}@example.com", members=[])
        stage.box.google.add_member("team@example.com", f"g{number}@example.com")
    accounts = str(stage.folder / "accounts")
    yield stage("zoom_user_info", dest=accounts)
    yield stage("google_scope_info", groups=[SCOPE], accounts_path=accounts, dest=str(stage.folder / "people"), confirm_limit=50)


@scenario
def google_tokens(stage: Stage) -> Iterator[Result]:
    yield stage("google_group_members_info", {**stage.box.connections()["google_connection"], "max_attempts": 2}, groups=[SCOPE])


@scenario
def google_members(stage: Stage) -> Iterator[Result]:
    members = ["bob.stone@example.com", {"email": "ada.byron@example.com", "role": "MANAGER"}, "dan.lee@example.com", "team@example.com"]
    yield stage("google_group_members", group=SCOPE, members=members, exclusive=True)
    yield stage("google_group_members_info", groups=[SCOPE])


@scenario
def google_groups(stage: Stage) -> Iterator[Result]:
    yield stage("google_group", email="new@example.com", name="New")
    yield stage("google_group", email="new@example.com", name="Newer", settings={"whoCanJoin": "INVITED_CAN_JOIN"})
    yield stage("google_group_info", groups=["new@example.com"])
    yield stage("google_group", email="new@example.com", state="absent")


def directory(stage: Stage) -> list[dict[str, Any]]:
    gone = listed("bob.stone", in_scope=False)
    return [*listed("ada.byron", "dan.lee", "eve.moss", "gus.kim"), *listed("cleo.ray", aliases=["cleo.park@example.com"]), *gone]


@scenario
def accounts(stage: Stage) -> Iterator[Result]:
    ends = {"prune": True, "deprovision": {"out_of_scope": "deactivate"}}
    yield stage("zoom_scim_users", people=directory(stage), **ends, **stage.writes, allow_losses=True)


@scenario
def removals(stage: Stage) -> Iterator[Result]:
    people = [*listed("ada.byron"), *listed("bob.stone", in_scope=False)]
    yield stage("zoom_scim_users", people=people, prune=True, deprovision={"out_of_scope": "delete"}, allow_losses=True, **stage.writes)


@scenario
def accounts_by_scim(stage: Stage) -> Iterator[Result]:
    attributes = {"title": "'Head'", "costCenter": "'C1'"}
    options = {"attributes": attributes, "verify_unlisted": "always", "prune": True, "allow_losses": True}
    yield stage("zoom_scim_users", stage.token, people=directory(stage), **options, **stage.writes)


@scenario
def unlisted(stage: Stage) -> Iterator[Result]:
    yield stage("zoom_scim_users", people=listed("ada.byron"), attributes={"title": "'Head'"}, verify_unlisted="always")


@scenario
def one_account(stage: Stage) -> Iterator[Result]:
    yield stage("zoom_scim_user", user_name="ada.byron@example.com", given_name="Augusta", license="basic", attributes={"costCenter": "C1"})
    yield stage("zoom_scim_user", stage.token, user_name="dan.lee@example.com", given_name="Daniel", family_name="Lee")
    yield stage("zoom_scim_user", user_name="finn.day@example.com", state="absent")


@scenario
def licences(stage: Stage) -> Iterator[Result]:
    people = listed("ada.byron", "dan.lee", "gus.kim")
    rules = [
        {"users": ["dan.lee@example.com"], "license": "licensed"},
        {"users": ["gus.kim@example.com"], "license": {"zoom_one_type": 16}},
    ]
    yield stage("zoom_license_default", people=people, default="basic", rules=rules, allow_losses=True, **stage.writes)


GROUPS = [
    {"name": "All", "groups": ["all@example.com"]},
    {"name": "Sales", "users": ["ada.byron@example.com"], "exclusive": True},
    {"name": "Old", "state": "absent"},
    {"name": "Renamed", "previous_names": ["Former"], "groups": ["all@example.com"]},
]


@scenario
def zoom_groups(stage: Stage) -> Iterator[Result]:
    people = listed("ada.byron", "bob.stone", "dan.lee", "cleo.park", "gus.kim")
    yield stage("zoom_groups", people=people, groups=GROUPS, allow_losses=True, **stage.writes)


@scenario
def zoom_groups_by_scim(stage: Stage) -> Iterator[Result]:
    people = listed("ada.byron", "bob.stone", "dan.lee")
    yield stage("zoom_groups", stage.token, people=people, groups=GROUPS, allow_losses=True, **stage.writes)
    yield stage("zoom_group", stage.token, name="Sales")


@scenario
def one_group(stage: Stage) -> Iterator[Result]:
    yield stage("zoom_group", name="Trainers")
    yield stage("zoom_group_members", group="Sales", members=["ada.byron@example.com", "gus.kim@example.com"], exclusive=True)
    yield stage("zoom_group_members", stage.token, group="Sales", members=["gus.kim@example.com"])


@scenario
def offboarding(stage: Stage) -> Iterator[Result]:
    options = {"action": "deactivate", "transfer_to": "ada.byron@example.com"}
    yield stage("zoom_offboard", users=["bob.stone@example.com"], **options, **stage.writes)
    yield stage("zoom_undo", journal=str(stage.folder / "journal" / "r1.jsonl"), journal_dir=str(stage.folder / "journal"), run_id="r2")


@scenario
def whole_run(stage: Stage) -> Iterator[Result]:
    """In the order of site.yml: the results of the scope group's preview go on, and each phase takes both snapshots."""
    accounts, people, group = str(stage.folder / "accounts"), str(stage.folder / "people"), SCOPE
    yield stage("zoom_user_info", dest=accounts, run_id="r1")
    looked = call("google_group_members", stage.box, check=True, connection=stage.google, group=group, members=["bob.stone@example.com"])
    yield looked
    pending = looked.get("pending_changes") or []
    asked = {"groups": [group], "resolve_groups": ["team@example.com"], "pending_changes": pending, "confirm_members": True}
    yield stage("google_scope_info", accounts_path=accounts, dest=people, run_id="r1", deprovision={"unknown": "deactivate"}, **asked)
    yield stage("google_group_members", group=group, members=["bob.stone@example.com"])
    both = {"accounts_path": accounts, "people_path": people, "allow_losses": True, **stage.writes}
    yield stage("zoom_scim_users", prune=True, deprovision={"unknown": "deactivate"}, **both)
    yield stage("zoom_license_default", default="licensed", **both)
    yield stage("zoom_groups", groups=[{"name": "Sales", "groups": ["team@example.com"], "exclusive": True}], **both)


def play(name: str, odd: dict[str, Any] | None = None) -> tuple[list[Result], list[dict[str, Any]], int]:
    """A scenario in a sandbox of its own: results, the ledger, and how often the fault was met. What ends a run ends it here too."""
    with Sandbox.start(company(), {"rate_limits": False, "google_quota": None}) as box, TemporaryDirectory() as folder:
        stage, results = Stage(box, Path(folder)), list[Result]()
        fault = box.faults.add(**odd) if odd else None
        for result in SCENARIOS[name](stage):
            results.append(result)
            _is_true(result, box, f"{name}, {odd}")
            if result["failed"] and not result.get("partial"):
                break
        return results, box.ledger.entries, fault.hits if fault else 0


@cache
def clean(name: str) -> tuple[list[Result], list[dict[str, Any]]]:
    results, entries, _hits = play(name)
    assert not any(result["failed"] for result in results), (name, [result.get("msg") for result in results])
    return results, entries


@cache
def met() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Each endpoint with the scenarios that meet it, and in each the request whose answer shows most. The shortest scenario comes first."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for name in sorted(SCENARIOS, key=lambda name: len(clean(name)[1])):
        here: dict[str, dict[str, Any]] = {}
        for entry in clean(name)[1]:
            endpoint = endpoint_of(entry, KNOWN)
            if endpoint not in here or _tells(entry) > _tells(here[endpoint]):
                here[endpoint] = entry
        for endpoint, entry in here.items():
            found.setdefault(endpoint, []).append((name, entry))
    for told in found.values():
        told.sort(key=lambda pair: _tells(pair[1])[:2], reverse=True)
    return found


def _tells(entry: dict[str, Any]) -> tuple[bool, bool, int]:
    """Whether it was answered, with rows, and at what length."""
    answer = entry["answer"]
    rows = isinstance(answer, dict) and any(answer.get(key) for key in KEYS)
    return 200 <= entry["status"] < 300, rows, len(str(answer))


@pytest.fixture(autouse=True, scope="module")
def fast() -> Iterator[None]:
    """Nothing waits, and all sandboxes share one key pair."""
    patch, key = pytest.MonkeyPatch(), google_access.rsa.generate_private_key(public_exponent=65537, key_size=2048)
    patch.setattr(_http, "_backoff", lambda attempt: 0.0)
    patch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    for module in (_account_calls, _created_accounts):
        patch.setattr(module, "RE_READS", ())
    patch.setattr(_proof, "WAITS", ())
    patch.setattr(google_access.rsa, "generate_private_key", lambda **_options: key)
    yield
    patch.undo()


def test_the_scenarios_meet_every_endpoint_of_the_clients() -> None:
    assert {name for name in KNOWN if name not in met()} == set()


@pytest.mark.stretched
@pytest.mark.parametrize("endpoint", sorted(KNOWN))
def test_an_odd_answer_is_one_sentence_and_no_uncertain_write(endpoint: str, record_property: Callable[[str, object], None]) -> None:
    tried = 0
    for name, entry in met()[endpoint][: None if EVERY else 1]:
        for odd in odd_answers(endpoint, entry):
            why = f"{endpoint}, {name}, {odd.what}"
            results, entries, hits = play(name, _fault(name, entry, odd))
            assert hits, why
            for result in results:
                _is_readable(result, why)
            _nothing_uncertain(results, entries, entry, odd, why)
            _no_more_is_lost(name, entries, why)
            tried += 1
    record_property("combinations of endpoint and malformed answer", tried)


def odd_answers(endpoint: str, entry: dict[str, Any]) -> list[Odd]:
    """Of each endpoint others, where not all are tried. The ledger does not keep what a token endpoint answers."""
    answer = {"access_token": "t" * 40, "expires_in": 3600, "scope": "scim2:admin"} if endpoint in TOKENS else entry["answer"]
    found = [*whole(answer), *fields(answer, every=EVERY)]
    return found[len(endpoint) % SHARE :: SHARE]


def _fault(name: str, entry: dict[str, Any], odd: Odd) -> dict[str, Any]:
    """From this request on it is answered oddly each time; a write is made all the same, and its answer odd once."""
    path = re.escape(entry["path"])
    asked = {name: value[0] for name, value in entry["query"].items() if name in ("status", "showDeleted", "filter", "startIndex")}
    if asked:
        path += r"\?" + "".join(f"(?=.*{re.escape(f'{name}={value}')})" for name, value in asked.items() if name != "startIndex") + ".*"
    is_write = entry["kind"] == "write" and odd.status < 300 and "refusal" not in odd.what
    before = [other for other in clean(name)[1] if other["n"] < entry["n"]]
    same = Fault(method=entry["method"], path=path, delay=1)
    return {
        "method": entry["method"],
        "path": path,
        "after": sum(same.matches(other["method"], other["path"], urlencode(other["query"], doseq=True)) for other in before),
        "status": odd.status,
        "body": odd.text,
        "headers": odd.headers,
        "times": 1 if entry["kind"] == "write" else None,
        "handled": is_write,
    }


def _is_readable(result: Result, why: str) -> None:
    texts = [result["msg"]] if result["failed"] else []
    texts += [row["message"] for name in ("attention", "withheld", "failed_items", "checks") for row in result.get(name) or []]
    for text in texts:
        assert isinstance(text, str), why
        assert text.strip(), why
        assert not UGLY.search(text), (why, text)
        assert text.rstrip()[-1] in ".]?", (why, text)
        assert len(text) < 3000, (why, text)


def _is_true(result: Result, box: Sandbox, why: str) -> None:
    """Whoever is said to have lost an account has lost it."""
    for row in result.get("changes") or []:
        if row["changed"] and row["action"] in ("deactivate", "delete", "disassociate"):
            left = box.zoom.find(row["email"])
            assert left is None or (row["action"] == "deactivate" and left.status == "inactive"), (why, row)


def _nothing_uncertain(results: list[Result], entries: list[dict[str, Any]], entry: dict[str, Any], odd: Odd, why: str) -> None:
    """After a read that ended the run nothing is written; no write is made twice, where the first was made."""
    ended = results[-1]["failed"] and not results[-1].get("partial")
    hit = [other["n"] for other in entries if other["fault"]]
    after = [f"{other['method']} {other['path']}" for other in entries if other["kind"] == "write" and other["n"] > hit[-1]]
    if entry["kind"] == "read" and ended:
        assert after == [], (why, results[-1]["msg"], after)
    if entry["kind"] == "write" and odd.status < 300:
        made = [json.dumps([other["method"], other["path"], other["body"]]) for other in entries if other["kind"] == "write"]
        # the end of a login shows nowhere, and may be asked for twice
        twice = [text for text in set(made) if made.count(text) > 1 and "/token" not in text]
        assert "refusal" in odd.what or twice == [], (why, twice)


def _no_more_is_lost(name: str, entries: list[dict[str, Any]], why: str) -> None:
    """What an odd answer makes a run take away, the run without it takes away too."""
    more = _losses(entries) - _losses(clean(name)[1])
    assert not more, (why, more)


def _losses(entries: list[dict[str, Any]]) -> set[str]:
    """Ids differ from sandbox to sandbox, addresses and kinds do not."""
    found = set()
    for entry in entries:
        text = json.dumps(entry["body"])
        if entry["kind"] == "write" and (
            entry["method"] == "DELETE" or '"active": false' in text or text in ('{"type": 1}', '{"zoom_one_type": 0}')
        ):
            found.add(f"{entry['method']} {entry['path']} {text}")
    return found
