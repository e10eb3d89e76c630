# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs on AWX's own path: what the role built, credentials by AWX's injector, ansible-runner's transmit, worker and process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from awx_job import MAX_EVENT_RES, PLAYBOOKS, Job
from company import TENANTS, Company, together
from controller import Controller
from playing import Player, account, person, seed, written


@pytest.mark.parametrize(
    ("east", "west"), [("oauth", "oauth"), *(pytest.param(kind, "token", marks=pytest.mark.torture) for kind in ("token", "oauth"))]
)
def test_plan_and_apply_work_for_both_tenants_and_hold_no_secret(company: Callable[..., Company], east: str, west: str) -> None:
    found = company(east, west)
    if together(found.built) != (east != west):
        pytest.skip("each with one kind, together with both")
    handed_on = []
    for name, tenants in found.templates("plan").items():
        planned = found.play(name, verbosity=4)
        assert planned.status == "successful", planned.stdout[-6000:]
        assert ": create (" in planned.stdout, "no diff"
        found.hold_no_secret(planned)
        assert set(planned.artifacts) == {f"provisioning_tenant_{tenant}_plan" for tenant in tenants}
        handed_on.append(planned.artifacts)
    assert [written(box) for box in found.boxes.values()] == [Counter(), Counter()]
    for name, artifacts in zip(found.templates("apply"), handed_on, strict=True):
        applied = found.play(name, artifacts, verbosity=4)
        assert applied.status == "successful", applied.stdout[-6000:]
        found.hold_no_secret(applied)
    for tenant, (mine, theirs) in {"east": ("ada.byron", "bob.stone"), "west": ("bob.stone", "ada.byron")}.items():
        box = found.boxes[tenant]
        assert written(box) == Counter(create=1)
        assert box.zoom.find(f"{mine}@example.com") and not box.zoom.find(f"{theirs}@example.com")
        assert (found.folder / "state" / tenant / "journal").is_dir(), "the journal lies on the volume"


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
          approved: "{{ provisioning_approved | default(none) }}"
          seal: "{{ provisioning_approved_seal | default(none) }}"
          gains: "{{ provisioning_approved_gains | default(none) }}"
"""


def test_answers_reach_the_playbook_as_what_it_takes(apart: Controller, company: Callable[..., Company]) -> None:
    """A survey gives texts; the job templates' variables make truth values of them."""
    found = company("oauth", "oauth")

    def shown(key: str, **answers: Any) -> dict[str, Any]:
        job = found.play(f"Zoom {key} (east)", answers, {"show.yml": SHOW}, playbook=f"{PLAYBOOKS}/show.yml")
        assert job.status == "successful", job.stdout
        (result,) = job.results("debug")
        return dict(result["msg"])

    # offboard.yml splits it; nothing in an answer is a template
    addresses = "ada.byron@example.com\r\n{{ 6 * 7 }}@example.com"
    assert shown("offboard", offboard_users=addresses)["users"] == addresses
    given = shown("apply beyond limits", apply_allow_losses="no", apply_allow_gains="yes")
    assert (given["allow"], given["allow_gains"]) == (False, True)
    given = shown("apply")
    assert (given["allow"], given["approved"], given["seal"]) == (None, "", ""), "held to no plan"
    plan = {"path": "/state/east/plan.json", "seal": "abc", "gains": "any"}
    given = shown("apply", provisioning_tenant_east_plan={"tenant": "east", "plan": plan})
    assert (given["approved"], given["seal"], given["gains"]) == tuple(plan.values())
    # left out of the plan: held to one that does not exist
    given = shown("apply", provisioning_tenant_west_plan={"tenant": "west", "plan": plan})
    assert (given["approved"], given["seal"], given["gains"]) == ("of east", "", "listed")
    assert shown("plan")["accounts"] == f"{found.folder}/state/east/plan/accounts.jsonl"
    plans = f"{found.folder}/state/east/plan"
    assert shown("plan", awx_workflow_job_id=7)["accounts"] == f"{plans}/accounts.jsonl", "a slice, launched by hand"
    assert shown("plan beyond limits", awx_workflow_job_id=7)["accounts"] == f"{plans}/of_workflow/accounts.jsonl"


@pytest.mark.parametrize("kind", ["token", pytest.param("oauth", marks=pytest.mark.torture)])
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


@pytest.mark.torture
def test_events_of_5000_changes_stay_below_the_limit(apart: Controller, player: Player) -> None:
    gains = player.start(seed([person(name) for name in NAMES], {"zoom-users": NAMES}, []))
    planned = Company(apart, dict.fromkeys(TENANTS, gains), dict.fromkeys(TENANTS, "oauth"), player.folder).play("Zoom plan (east)")
    assert planned.status == "successful", planned.stdout[-3000:]
    assert planned.results("zoom_scim_users")[0]["summary"]["create"] == 5000
    _stays_below_the_limit(planned)


@pytest.mark.torture
def test_events_of_5000_blocked_removals_stay_below_the_limit(apart: Controller, player: Player) -> None:
    losses = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account(name) for name in NAMES]))
    prune = {"attribute_mapping_prune": True, "attribute_mapping_deprovision": {"unknown": "deactivate"}}
    fused = Company(apart, dict.fromkeys(TENANTS, losses), dict.fromkeys(TENANTS, "oauth"), player.folder).play("Zoom plan (west)", prune)
    assert fused.status == "failed"
    counts = fused.artifacts["provisioning_tenant_west_plan"]["counts"]
    assert (counts["withheld"], counts["limited"], counts["losses"]) == (5000, 5000, 0)
    _stays_below_the_limit(fused)


def test_5000_removals_are_reported_one_by_one_up_to_what_somebody_reads(apart: Controller, player: Player) -> None:
    """Each in an event of its own that AWX shows whole, before counts and attention."""
    losses = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account(name) for name in NAMES]))
    prune = {"attribute_mapping_prune": True, "attribute_mapping_deprovision": {"unknown": "deactivate"}}
    found = Company(apart, dict.fromkeys(TENANTS, losses), dict.fromkeys(TENANTS, "oauth"), player.folder)
    planned = found.play("Zoom plan beyond limits (west)", prune)
    assert planned.status == "successful", planned.stdout[-3000:]
    _stays_below_the_limit(planned)
    removals = [row for row in planned.events if row["event"] == "runner_item_on_ok" and row["event_data"]["task"] == "Report each removal"]
    assert len(removals) == 500 and max(len(row["stdout"]) for row in removals) < 1024
    told = [
        row["event_data"]["task"]
        for row in planned.events
        if row["event"] == "runner_on_ok" and row["event_data"]["task"].startswith("Report")
    ]
    assert told[:3] == ["Report each removal", "Report how many more there are", "Report each limit that this run may exceed"]
    assert "4500 more removals are not shown here; " in planned.stdout and "/plan.md lists all." in planned.stdout
    report = planned.artifacts["provisioning_tenant_west_plan"]
    assert (report["counts"]["losses"], len(report["removals"]), report["left_out"]) == (5000, 20, 4980)
