# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs on AWX's own path: what the role built, credentials by AWX's injector, ansible-runner's transmit, worker and process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from awx_job import MAX_EVENT_RES, Job, Launch, play
from controller import Controller, serve
from playing import SCOPE, Player, account, person, seed, written
from sandbox import Sandbox
from test_awx_role import run, with_credentials

TENANTS = ("east", "west")
KINDS = ("oauth", "token")
STATE = "/state"


@pytest.fixture(scope="module", params=[False, True], ids=["each", "together"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Controller]:
    """What two runs of the role have built for two tenants: the second knows the credentials that the first one's types allow."""
    served, folder = serve(), tmp_path_factory.mktemp("role")
    given = {"awx_together": request.param, "awx_variables": {"scope_groups": [SCOPE]}, "awx_state_dir": STATE}
    try:
        run(folder, served, {**given, "awx_tenants": [{"name": name} for name in TENANTS]}, "--tags", "types")
        tenants = with_credentials(served.controller, *TENANTS, typed=request.param)
        done = run(folder, served, {**given, "awx_tenants": tenants})
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        served.stop()
    yield served.controller


@pytest.fixture
def apart(built: Controller) -> Controller:
    """For tests that need one of the two ways only."""
    if _together(built):
        pytest.skip("the same for both ways")
    return built


def _together(built: Controller) -> bool:
    return any(row["name"] == "Zoom plan" for row in built.objects["job_templates"].values())


def inputs(box: Sandbox, kind: str) -> dict[str, dict[str, Any]]:
    """What an administrator types into both credentials."""
    google, zoom = box.connections().values()
    key = Path(google["service_account_file"]).read_text()
    filled = {"service_account_json": key, **{name: google[name] for name in ("subject", "api_url", "groups_settings_url")}}
    if kind == "token":
        return {"Google Workspace": filled, "Zoom": box.scim_connection()}
    return {
        "Google Workspace": filled,
        "Zoom": {name: zoom[name] for name in ("account_id", "client_id", "client_secret", "api_url", "oauth_url")},
    }


@dataclass
class Company:
    """Two tenants, and the jobs that the controller's templates make of them."""

    built: Controller
    boxes: dict[str, Sandbox]
    kinds: dict[str, str]
    folder: Path
    jobs: int = 0

    def templates(self, key: str) -> dict[str, list[str]]:
        """Name of each job template, and the tenants it is for."""
        if _together(self.built):
            return {f"Zoom {key}": list(TENANTS)}
        return {f"Zoom {key} ({tenant})": [tenant] for tenant in TENANTS}

    def play(self, name: str, answers: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None, **fields: Any) -> Job:
        self.jobs += 1
        template = {**self.built.named("job_templates", name), **fields}
        types = {row["name"]: row for row in self.built.objects["credential_types"].values()}
        linked = [self.built.objects["credentials"][id] for id in self.built.linked("job_templates", template["id"], "credentials")]
        credentials = []
        for row in linked:
            kind, _of, tenant = row["name"].partition(" of ")
            type_name = self.built.objects["credential_types"][row["credential_type"]]["name"]
            credentials.append((type_name, inputs(self.boxes[tenant], self.kinds[tenant])[kind]))
        launch = Launch(template, types, credentials, self._hosts(), self._variables(), answers or {}, files or {})
        return play(self.folder / f"job{self.jobs}", launch)

    def _hosts(self) -> dict[str, Any]:
        rows = self.built.objects["hosts"].values()
        return {row["name"]: self._placed(row["variables"]) for row in rows}

    def _variables(self) -> dict[str, Any]:
        return self._placed(next(iter(self.built.objects["inventories"].values()))["variables"])

    def _placed(self, text: str) -> dict[str, Any]:
        """The mounted volume, which here is a folder of the test's."""
        found: dict[str, Any] = json.loads(text.replace(f'"{STATE}/', f'"{self.folder}/state/'))
        return found

    def secrets(self) -> list[str]:
        found = ["BEGIN PRIVATE KEY", "ya29.", "eyJzdiI6"]
        for box in self.boxes.values():
            key = json.loads(Path(box.connections()["google_connection"]["service_account_file"]).read_text())
            found += [key["private_key"].splitlines()[1], box.zoom.client_secret, box.zoom.scim_token]
        return found

    def hold_no_secret(self, job: Job) -> None:
        assert {path.rpartition("/")[2] for path in job.files} >= {"command", "answered"}
        for path, text in {**job.files, "events": json.dumps(job.events), "stdout": job.stdout}.items():
            for secret in self.secrets():
                assert secret not in text, path


@pytest.fixture
def company(built: Controller, player: Player) -> Callable[..., Company]:
    def start(east: str, west: str) -> Company:
        boxes = {}
        for tenant, name in (("east", "ada.byron"), ("west", "bob.stone")):
            people = [person(name), person("carol.reed")]
            given = seed(people, {"zoom-users": [name]}, [account("carol.reed")], account_id=f"{tenant}Account000000000000")
            boxes[tenant] = player.start(given)
        return Company(built, boxes, {"east": east, "west": west}, player.folder)

    return start


@pytest.mark.parametrize(("east", "west"), [("oauth", "oauth"), ("token", "token"), ("oauth", "token")])
def test_plan_and_apply_work_for_both_tenants_and_hold_no_secret(company: Callable[..., Company], east: str, west: str) -> None:
    found = company(east, west)
    if _together(found.built) != (east != west):
        pytest.skip("each with one kind, together with both")
    for name in found.templates("plan"):
        planned = found.play(name, verbosity=4)
        assert planned.status == "successful", planned.stdout[-6000:]
        assert "+email: " in planned.stdout, "no diff"
        found.hold_no_secret(planned)
    assert [written(box) for box in found.boxes.values()] == [Counter(), Counter()]
    for name in found.templates("apply"):
        applied = found.play(name, {"apply_allow_losses": "no"}, verbosity=4)
        assert applied.status == "successful", applied.stdout[-6000:]
        found.hold_no_secret(applied)
    for tenant, (mine, theirs) in {"east": ("ada.byron", "bob.stone"), "west": ("bob.stone", "ada.byron")}.items():
        box = found.boxes[tenant]
        assert written(box) == Counter(create=1)
        assert box.zoom.find(f"{mine}@example.com") and not box.zoom.find(f"{theirs}@example.com")
        assert (found.folder / "state" / tenant / "journal").is_dir(), "the journal lies on the volume"


def test_the_plans_counts_decide_on_the_approval(apart: Controller, company: Callable[..., Company], player: Player) -> None:
    """The plan's job hands its counts on; the decision's job gets them as extra variables."""
    found = company("oauth", "oauth")
    none = found.play("Zoom plan (east)")
    assert none.artifacts == {"provisioning_losses": 0, "provisioning_withheld": 0, "provisioning_failed": 0}
    assert found.play("Zoom losses (east)", none.artifacts).status == "successful"
    assert found.play("Zoom fuses (east)", none.artifacts).status == "failed"
    some = found.play("Zoom plan (east)", {"attribute_mapping_prune": True})
    assert some.artifacts == {"provisioning_losses": 1, "provisioning_withheld": 0, "provisioning_failed": 0}, some.stdout[-3000:]
    decided = found.play("Zoom losses (east)", some.artifacts)
    assert decided.status == "failed"
    assert "The plan takes 1 accounts, sign-in addresses, licences or memberships away; somebody must approve it." in decided.stdout
    told = {"provisioning_losses": 0, "provisioning_withheld": 7, "provisioning_failed": 0}
    assert found.play("Zoom fuses (east)", told).status == "successful"
    assert found.play("Zoom fuses (east)", {**told, "provisioning_failed": 1}).status == "failed"
    assert "ended before it reported its counts" in found.play("Zoom losses (east)").stdout
    assert written(found.boxes["east"]) == Counter()


SHOW = """
- name: Show
  hosts: "{{ provisioning_hosts }}"
  connection: local
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
    - name: Show
      ansible.builtin.debug:
        msg:
          users: "{{ offboard_users | default(none) }}"
          allow: "{{ provisioning_allow_losses | default(none) }}"
          allow_gains: "{{ provisioning_allow_gains | default(none) }}"
          accounts: "{{ provisioning_accounts_path | default(none) }}"
"""


def test_answers_reach_the_playbook_as_what_it_takes(apart: Controller, company: Callable[..., Company]) -> None:
    """A survey gives texts; the job templates' variables make truth values of them."""
    found = company("oauth", "oauth")

    def shown(key: str, **answers: str) -> dict[str, Any]:
        job = found.play(f"Zoom {key} (east)", answers, {"show.yml": SHOW}, playbook="playbooks/show.yml")
        assert job.status == "successful", job.stdout
        (result,) = job.results("debug")
        return dict(result["msg"])

    # offboard.yml splits it; nothing in an answer is a template
    addresses = "ada.byron@example.com\r\n{{ 6 * 7 }}@example.com"
    assert shown("offboard", offboard_users=addresses)["users"] == addresses
    assert [shown("apply", apply_allow_losses=answer)["allow"] for answer in ("no", "yes")] == [False, True]
    given = shown("apply", apply_allow_losses="no", apply_allow_gains="yes")
    assert (given["allow"], given["allow_gains"]) == (False, True)
    assert (shown("apply")["allow"], shown("apply")["allow_gains"]) == (False, False)
    assert shown("plan")["accounts"] == f"{found.folder}/state/east/plan/accounts.jsonl"


@pytest.mark.parametrize("kind", KINDS)
def test_offboard_ends_the_accounts_that_the_survey_names(apart: Controller, company: Callable[..., Company], kind: str) -> None:
    found = company(kind, kind)
    answers = {"offboard_users": "carol.reed@example.com", "offboard_action": "deactivate", "offboard_transfer": ""}
    answers.update(offboard_hold_group="", offboard_transfer_to="")
    ended = found.play("Zoom offboard (west)", answers, verbosity=4)
    assert ended.status == ("successful" if kind == "oauth" else "failed"), ended.stdout[-6000:]
    # logins are revoked by REST, which a SCIM token can't use: said, and the account is ended all the same
    assert ("can't use; give account_id, client_id and client_secret instead" in ended.stdout) == (kind == "token")
    found.hold_no_secret(ended)
    assert found.boxes["west"].zoom.find("carol.reed@example.com").status == "inactive"
    assert written(found.boxes["east"]) == Counter()


def _stays_below_the_limit(job: Job) -> None:
    """Beyond it AWX shows nothing of the result."""
    results = [row["event_data"]["res"] for row in job.events if row["event_data"].get("res") is not None]
    assert {} not in results, "cut by the runner"
    assert max(len(str(result)) for result in results) < MAX_EVENT_RES / 2


NAMES = [f"p{number:04}.person" for number in range(5000)]


def test_events_of_5000_changes_stay_below_the_limit(apart: Controller, player: Player) -> None:
    gains = player.start(seed([person(name) for name in NAMES], {"zoom-users": NAMES}, []))
    planned = Company(apart, dict.fromkeys(TENANTS, gains), dict.fromkeys(TENANTS, "oauth"), player.folder).play("Zoom plan (east)")
    assert planned.status == "successful", planned.stdout[-3000:]
    assert planned.results("zoom_scim_users")[0]["summary"]["create"] == 5000
    _stays_below_the_limit(planned)


def test_events_of_5000_blocked_removals_stay_below_the_limit(apart: Controller, player: Player) -> None:
    losses = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account(name) for name in NAMES]))
    prune = {"attribute_mapping_prune": True, "attribute_mapping_deprovision": {"unknown": "deactivate"}}
    fused = Company(apart, dict.fromkeys(TENANTS, losses), dict.fromkeys(TENANTS, "oauth"), player.folder).play("Zoom plan (west)", prune)
    assert fused.status == "failed"
    assert fused.artifacts["provisioning_withheld"] == 5000
    _stays_below_the_limit(fused)
