# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback in real runs: all tenants in one document, the digest that a plan has, and the samples of the docs."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from plan_samples import PAGE, SIZES, plan, sample, shown
from playing import ROOT, SCOPE, Played, Player, account, person, seed

SCHEMA = json.loads((ROOT / "docs" / "plan-document.schema.json").read_text())
POLICY: dict[str, Any] = {
    "scope_group": SCOPE,
    "scope_group_members": ["ada.byron@example.com", "cleo.park@example.com"],
    "scope_group_exclusive": True,
    "attribute_mapping_prune": True,
    "license_defaults_default": "licensed",
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE]}],
}


def world(**zoom: Any) -> dict[str, Any]:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.park")]
    return seed(people, {"zoom-users": ["ada.byron", "bob.stone"]}, [account("ada.byron"), account("bob.stone")], **zoom)


def written(played: Played, folder: Path) -> dict[str, Any]:
    """The document, which fits its schema, and the words beside it."""
    document = json.loads((folder / "plan.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert (folder / "outcome").read_text() == f"{document['outcome']}\n"
    assert (folder / "digest").read_text() == f"{document['digest'] or ''}\n"
    assert (played.status == 0) == (document["outcome"] != "problems"), played.output
    return document  # type: ignore[no-any-return]


def notes(document: dict[str, Any]) -> list[tuple[str, str]]:
    """What needs attention, and is of no module."""
    return [(row["reason"], row["message"]) for row in document["tenants"][0]["attention"] if row["phase"] == "run"]


def settings(player: Player, name: str) -> tuple[dict[str, str], Path]:
    folder = player.folder / name
    callbacks = "record,workspace_zoom.provisioning.provisioning_plan"
    return {"ANSIBLE_CALLBACKS_ENABLED": callbacks, "PROVISIONING_PLAN_DIR": str(folder)}, folder


def test_a_plan_and_its_run_have_one_digest_and_a_run_on_a_new_ci_runner_says_what_it_lacks(player: Player) -> None:
    box = player.start(world())
    env, folder = settings(player, "plan")
    env["CI"] = "true"
    check = written(player.play(box, POLICY, "--check", env=env), folder)
    assert notes(check) == [], "a plan of a pull request has no state, and nobody has to read so each time"
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    box.google.set_name("ada.byron@example.com", "Augusta", "Byron")
    other = written(player.play(box, POLICY, "--check", env=env), folder)
    real = written(player.play(box, POLICY, env=env), folder)
    assert check["digest"] != other["digest"] == real["digest"]
    assert (other["check_mode"], real["check_mode"]) == (True, False)
    assert other["tenants"][0]["changes"] == real["tenants"][0]["changes"]
    kinds = other["tenants"][0]["kinds"]
    assert kinds == {
        "accounts.deactivate": 1,
        "google_groups.remove": 1,
        "accounts.create": 1,
        "accounts.update": 1,
        "licenses.license": 1,
        "zoom_groups.create_group": 1,
        "zoom_groups.add": 2,
        "google_groups.add": 1,
    }
    ((reason, sentence),) = notes(real)
    assert reason == "no_state"
    assert sentence.startswith("t1 has no state of an earlier run on this CI runner, so this run can't undo or settle what")
    done = written(player.play(box, POLICY, env=env), folder)
    assert (done["outcome"], done["summary"]["changes"], notes(done)) == ("no_change", 0, [])


def test_all_tenants_are_in_one_document_also_those_that_died(player: Player) -> None:
    good, tripped = player.start(world()), player.start(world(account_id="SecondAccount0000000000"))
    hosts = {
        "good": good.connections(),
        "tripped": tripped.connections(),
        "dead": player.start(world(account_id="Third0000000000")).connections(),
    }
    hosts["tripped"]["attribute_mapping_max_deactivations"] = 0  # type: ignore[assignment]
    hosts["dead"]["zoom_connection"]["client_secret"] = "a-wrong-secret-of-some-length"
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    env, folder = settings(player, "plan")
    state = {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}
    document = written(player.play(None, {**POLICY, **state}, "--check", "--diff", "-vvv", inventory=str(inventory), env=env), folder)
    told = {entry["tenant"]: entry for entry in document["tenants"]}
    assert {name: entry["outcome"] for name, entry in told.items()} == {"dead": "problems", "good": "changes", "tripped": "problems"}
    assert "client_secret (ZOOM_CLIENT_SECRET) is wrong" in told["dead"]["error"]
    assert (told["tripped"]["error"], told["tripped"]["summary"]["withheld"]) == (None, 1)
    assert told["tripped"]["withheld"][0]["action"] == "deactivate"
    assert document["digest"] is None
    texts = [path.read_text() for path in folder.iterdir()]
    for secret in (good.zoom.client_secret, "a-wrong-secret-of-some-length", "BEGIN PRIVATE KEY", "ya29."):
        assert not [text for text in texts if secret in text]


@pytest.mark.parametrize("wrong", [{"license_defaults_default": "gold"}, {"scope_group": "", "scope_groups": []}])
def test_a_run_that_ends_before_it_reads_reports_its_sentence(player: Player, wrong: dict[str, Any]) -> None:
    box = player.start(world())
    env, folder = settings(player, "plan")
    document = written(
        player.play(box, {**POLICY, "scope_group_members": [], "scope_group_exclusive": False, **wrong}, "--check", env=env), folder
    )
    assert document["tenants"][0]["error"]
    assert "The run failed" in (folder / "plan.md").read_text()


@pytest.mark.parametrize("size", SIZES)
def test_the_samples_of_the_docs_are_what_runs_write(player: Player, size: int) -> None:
    played, folder = plan(player, size, PROVISIONING_PLAN_WHERE="[artifact](https://forge.example/7)")
    document, text = written(played, folder), (folder / "plan.md").read_text()
    assert (document["summary"]["changes"], document["summary"]["left_out"]) == (size, 0)
    assert len(text) <= 65_536
    listed = sum(line.startswith(("| new", "| moved", "| ada", "| bob")) for line in text.splitlines())
    assert text.count("| bob.stone@example.com | status: active | status: inactive |") == (size > 0), "a removal is never cut"
    left_out = [int(word.strip("*")) for line in text.splitlines() if "rows are left out here" in line for word in line.split()[:1]]
    assert listed + sum(left_out) == size
    assert ("plan.json ([artifact](https://forge.example/7)) has all of them." in text) == (size > 1000)
    assert shown(PAGE.read_text())[size] == sample(size, text)
