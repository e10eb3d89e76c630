# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds of the sandbox, the company that comes with it, and its command line."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import yaml
from sandbox import Sandbox
from sandbox.frame import files
from sandbox.seed import COMPANY, SeedError, load
from test_frame import SEED

# Seeds


def test_a_seed_is_a_mapping_or_a_file_and_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(yaml.safe_dump(SEED))
    assert load(path) == load(str(path)) == load(SEED) == SEED
    loaded = load(SEED)
    loaded["zoom"]["users"][0]["email"] = "other@example.com"
    assert SEED["zoom"]["users"][0]["email"] == "admin@example.com"
    assert load({"zoom": None}) == {"google": {}, "zoom": {}}
    path.write_text(json.dumps(SEED))
    assert load(path) == SEED
    path.write_text("{google: {customer: C03az79cb}}")  # braces of YAML
    assert load(path)["google"] == {"customer": "C03az79cb"}


@pytest.mark.parametrize(
    ("text", "said"),
    [("goggle: {}", "unknown key goggle"), ("- 1", "mapping"), ("google: [1]", "google must be"), ("google: {", "no YAML")],
)
def test_a_seed_that_is_not_understood_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(text)
    with pytest.raises(SeedError, match=said):
        load(path)
    with pytest.raises(SeedError, match=r"none\.yml"):
        load(tmp_path / "none.yml")


def test_the_company_fits_its_seats_and_names_only_who_is_there() -> None:
    company = load()
    google, zoom = company["google"], company["zoom"]
    people = {user["email"] for user in google["users"]}
    groups = {group["email"]: group for group in google["groups"]}
    rows = {address for group in groups.values() for key in ("members", "managers", "owners") for address in group.get(key, ())}
    assert 38 <= len(people) == len(google["users"]) <= 45
    assert {row for row in rows if row not in people | set(groups)} == {"consultant@partner.example.net"}
    assert {user["manager"] for user in google["users"] if "manager" in user} <= people
    assert {user["org_unit"] for user in google["users"]} <= set(google["org_units"])
    unknown = {user["email"] for user in zoom["users"]} - people
    assert unknown == {"room.fjord@example.com", "marta.nowak@example.com", "webinar.host@example.com"}
    with Sandbox.start() as box:
        assert 0 < (box.zoom.free_seats("licensed") or 0) < 10
        assert box.zoom.user("admin@example.com").role_id == "0"
        assert len(box.google.state()["users"]) >= 38


# Command line


def run(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(COMPANY).parents[2])}
    command = [sys.executable, "-m", "sandbox", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_writes_where_it_is_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    state = tmp_path / "state"
    settings = tmp_path / "switches.yml"
    settings.write_text("saml_mapping: off\nduplicate_create: 409\n")
    with run("--state-dir", str(state), "--settings", str(settings)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        written = json.loads((state / "sandbox.json").read_text())
        assert (written["url"], written["pid"]) == (url, process.pid)
        assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
        assert stat.S_IMODE(state.stat().st_mode) == 0o700
        assert requests.get(url + "/_sandbox/switches", timeout=10).json()["duplicate_create"]["value"] == 409
        shell = f". {state}/sandbox.env; echo $ZOOM_API_URL $GCP_SERVICE_ACCOUNT_FILE"
        shown = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout.split()
        assert shown == [url, str(state.resolve() / "service-account.json")]
        process.send_signal(ending)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, rest, errors) == (0, "", "")
    assert list(state.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, ["127.0.0.1", "127.0.0.1"]),
        ({"NO_PROXY": "a.example"}, ["127.0.0.1,a.example", "127.0.0.1,a.example"]),
        ({"no_proxy": "b.example"}, ["127.0.0.1", "b.example,127.0.0.1"]),
    ],
)
def test_the_file_for_shells_excepts_the_sandbox_from_any_proxy(before: dict[str, str], after: list[str]) -> None:
    shell = f"set -eu\n{files.without_proxy('127.0.0.1')}echo $NO_PROXY $no_proxy"
    environment = {"PATH": os.environ["PATH"], **before}
    assert subprocess.run(["sh", "-c", shell], env=environment, capture_output=True, text=True, check=True).stdout.split() == after


def test_several_seeds_are_as_many_tenants_with_a_folder_each(tmp_path: Path) -> None:
    state = tmp_path / "state"
    for name in ("one", "two"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"zoom": {"account_id": f"account-{name}"}}))
    with run("--state-dir", str(state), "--seed", str(tmp_path / "one.json"), "--seed", str(tmp_path / "two.json")) as process:
        assert process.stdout is not None
        urls = [process.stdout.readline().strip() for _tenant in range(2)]
        written = [json.loads((state / name / "sandbox.json").read_text()) for name in ("one", "two")]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert [row["url"] for row in written] == urls
    assert [row["zoom_connection"]["account_id"] for row in written] == ["account-one", "account-two"]


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [("--seed", "goggle: {}", "goggle"), ("--settings", "no_such: 1", "no_such"), ("--seed", None, "No such")],
)
def test_the_command_names_what_is_wrong(tmp_path: Path, option: str, content: str | None, said: str) -> None:
    path = tmp_path / "given.yml"
    if content is not None:
        path.write_text(content)
    with run(option, str(path)) as process:
        out, errors = process.communicate(timeout=10)
    assert (process.returncode, out) == (2, "")
    assert said in errors
    assert "Traceback" not in errors
