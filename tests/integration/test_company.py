# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's own company, with all that a real one has, through the demo's policy; and Google's description of its API."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from playing import ROOT, Player
from sandbox import Sandbox

POLICY = yaml.safe_load((ROOT / "extensions/demo/policy.yml").read_text())
DISCOVERY = json.loads((ROOT / "tests/fixtures/admin.directory_v1.json").read_text())


@pytest.mark.parametrize("page_size", [None, pytest.param(2, marks=pytest.mark.torture)])
def test_the_company_converges_whatever_the_pages(player: Player, page_size: int | None) -> None:
    switches = {"page_size": page_size, "google_page_size": page_size} if page_size else {}
    box = player.start(None, **switches)
    _check, real = player.converge(box, POLICY)
    state = {user["email"]: user for user in box.zoom.state()["users"]}
    assert state["marta.kowalczyk@example.com"]["status"] == "active"
    assert "marta.nowak@example.com" not in state
    assert {state[f"{name}@example.com"]["status"] for name in ("olivia.stone", "diego.fuentes", "grace.mbeki")} == {"inactive"}
    assert state["nils.aaltonen@example.com"]["status"] == "active"
    assert state["suharto@example.com"]["last_name"] == "Suharto"
    assert not {"mia.hoffmann@example.com", "luca.meier@example.com", "auditor@example.com"} & set(state)
    attention = " ".join(real.attention())
    for address in ("yuki.tanaka@example.com", "webinar.host@example.com", "consultant@partner.example.net"):
        assert address in attention


def test_preflight_says_that_all_is_ready_and_changes_nothing(player: Player) -> None:
    box = player.start()
    played = player.play(box, POLICY, playbook="preflight")
    assert played.status == 0, played.output
    assert box.ledger.writes() == []
    for words in ("gave a token", "SSO is on", "paid seats are free", "Autoprovisioning"):
        assert words in played.output
    assert played.tasks[-1]["result"]["msg"].startswith("t1 is ready for the plan, which changes nothing.")


def test_preflight_calls_optional_what_it_may_leave_out_and_is_ready(player: Player) -> None:
    box = player.start()
    box.zoom.scopes = frozenset(scope for scope in box.zoom.scopes if "managed_domains" not in scope)
    box.google.scopes = frozenset(scope for scope in box.google.scopes if "audit" not in scope and "settings" not in scope)
    played = player.play(box, POLICY, playbook="preflight")
    assert played.status == 0, played.output
    assert played.tasks[-1]["result"]["msg"].startswith("t1 is ready for the plan, which changes nothing.")
    assert (
        "Optional: associated domains were not checked, as the Zoom app lacks the scope account:read:managed_domains:master;"
        in played.output
    )
    assert "Optional: who may join the groups that decide who gets an account was not checked." in played.output
    assert "Optional: whether Google's own provisioning" in played.output
    assert "then run again" not in played.output and "refused the token" not in played.output


def test_preflight_says_what_to_do_about_every_failure(player: Player) -> None:
    box = player.start()
    box.zoom.scopes = frozenset({"user:read:list_users:admin"})
    box.google.scopes = frozenset()
    played = player.play(box, POLICY, playbook="preflight")
    assert played.status != 0
    assert played.failure.startswith("t1 is not ready for the plan: 4 problems. ")
    assert "lacks the scopes" in played.failure and "add them to the app and activate it again, then run again" in played.failure
    assert "domain-wide delegation" in played.failure.lower()


def test_requests_and_answers_of_a_whole_run_fit_googles_discovery_document(player: Player) -> None:
    box = player.start()
    variables = {**POLICY, "scope_group_members": ["wei.chen@example.com", "luca.meier@example.com", "support@example.com"]}
    assert player.play(box, variables).status == 0
    entries = [entry for entry in box.ledger.entries if entry["path"].startswith("/admin/directory")]
    assert len(entries) > 20
    used = {_check(entry) for entry in entries}
    assert {"directory.users.list", "directory.members.list", "directory.members.insert", "directory.users.get"} <= used


def _check(entry: Mapping[str, Any]) -> str:
    """The method that an entry is a call of; asserts that its parameters, body and answer are as described."""
    name, method = _method(entry)
    known = {*DISCOVERY["parameters"], *(key for key, spec in method["parameters"].items() if spec["location"] == "query")}
    assert set(entry["query"]) <= known, (name, entry["query"])
    for key, values in entry["query"].items():
        spec = method["parameters"].get(key) or DISCOVERY["parameters"][key]
        if "enum" in spec:
            assert set(values) <= set(spec["enum"]), (name, key, values)
        if "maximum" in spec:
            assert all(int(value) <= int(spec["maximum"]) for value in values)
    if "request" in method and entry["body"] is not None:
        _valid(entry["body"], method["request"]["$ref"])
    if "response" in method and entry["status"] == 200:
        _valid(entry["answer"], method["response"]["$ref"])
    return name


def _method(entry: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    for resource in DISCOVERY["resources"].values():
        for method in resource.get("methods", {}).values():
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape("/" + method["path"]))
            if method["httpMethod"] == entry["method"] and re.fullmatch(pattern, entry["path"]):
                return method["id"], method
    raise AssertionError(f"{entry['method']} {entry['path']} is no method of the Directory API")


def _valid(value: Any, schema: str) -> None:
    """Google's schemas are drafts of their own: types, properties and references are what can be checked."""
    jsonschema.validate(value, _schema(DISCOVERY["schemas"][schema]))


def _schema(spec: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in spec:
        return _schema(DISCOVERY["schemas"][spec["$ref"]])
    found: dict[str, Any] = {} if spec.get("type") in (None, "any") else {"type": spec["type"]}
    if "properties" in spec:
        found["properties"] = {key: _schema(value) for key, value in spec["properties"].items()}
        found["additionalProperties"] = False
    if "items" in spec:
        found["items"] = _schema(spec["items"])
    return found


def test_the_sandbox_is_stopped_with_its_files() -> None:
    with Sandbox.start() as box:
        key = box.connections()["google_connection"]["service_account_file"]
    with pytest.raises(FileNotFoundError):
        Path(key).read_text(encoding="utf-8")
