# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow that the role built, job by job on AWX's own path: what was approved is what is made, and nobody else waits for it."""

from __future__ import annotations

from typing import Any

from awx_job import Job
from company import TENANTS, Company
from controller import Controller
from controller_workflow import has_failed
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

NAMES = [f"p{index}.person" for index in range(9)]
NEW = "ada.byron@example.com"


def company(built: Controller, player: Player, box: Sandbox, **policy: Any) -> Company:
    return Company(
        built, dict.fromkeys(TENANTS, box), dict.fromkeys(TENANTS, "oauth"), player.folder, {"attribute_mapping_prune": True, **policy}
    )


def leavers(player: Player, number: int, *more: str, **zoom: Any) -> Sandbox:
    """Of nine accounts, as many are out of scope. `more`: people in scope without an account."""
    rows, groups = zoom.pop("rows", {}), zoom.pop("groups", [])
    people = [person(name) for name in (*NAMES, *more)]
    accounts = [account(name, **rows.get(name, {})) for name in NAMES]
    given = seed(people, {"zoom-users": [*NAMES[number:], *more]}, accounts, **zoom)
    given["zoom"]["groups"] = groups
    return player.start(given)


def inactive(box: Sandbox) -> set[str]:
    return {name for name in NAMES if (found := box.zoom.find(f"{name}@example.com")) and found.status == "inactive"}


def removal_events(job: Job) -> list[str]:
    return [
        row["stdout"] for row in job.events if row["event"] == "runner_item_on_ok" and "Report each removal" in row["event_data"]["task"]
    ]


def test_what_was_approved_is_what_is_made_with_the_gains_made_in_between(apart: Controller, player: Player) -> None:
    """Also if somebody else leaves and somebody is hired while the approval waits."""
    rows = {"p2.person": {"groups": ["Team"]}, "p3.person": {"license": "licensed"}}
    box = leavers(player, 1, "new.comer", rows=rows, groups=[{"name": "Team"}])
    box.google.rename("p1.person@example.com", "p1.wed@example.com")
    team = [{"name": "Team", "users": ["p4.person@example.com"], "exclusive": True}]
    policy = {"license_defaults_default": "basic", "group_mapping_groups": team, "attribute_mapping_attributes": {"department": "'Sales'"}}
    found = company(apart, player, box, **policy)

    def meanwhile() -> None:
        """Gains are made, and no removal is."""
        assert box.zoom.find("new.comer@example.com").status == "active"
        assert box.zoom.find("p1.person@example.com").department == "Sales", "of one whose rename waits"
        assert (inactive(box), box.zoom.find("p3.person@example.com").license.type) == (set(), 2)
        assert sorted(box.zoom.members_of("Team")) == ["p2.person@example.com", "p4.person@example.com"]
        box.google.remove_member(SCOPE, "p7.person@example.com")
        box.google.add_user(**person("ada.byron"))
        box.google.add_member(SCOPE, NEW)

    jobs = found.go_through("east", meanwhile)
    assert list(found.ended) == ["plan", "gains", "losses", "fuses", "removals", "approval", "apply"], found.said
    assert [jobs[name].status for name in ("plan", "gains")] == ["successful"] * 2, jobs["gains"].stdout[-6000:]
    request = found.said[-1]
    assert request.startswith("east: 4 removals wait for an approval.\n")
    assert "\n- p0.person@example.com: deactivate, out of scope\n" in request
    assert request.endswith(f"The whole plan: east {found.folder}/state/east/plan/of_workflow/changes/plan.md.")
    events = removal_events(jobs["plan"])
    assert len(events) == 4 and max(map(len, events)) < 1024
    assert "p0.person@example.com: deactivate account, out of scope" in events[0]
    applied = jobs["apply"]
    assert inactive(box) == {"p0.person"}, applied.stdout[-6000:]
    assert box.zoom.find("p1.person@example.com") is None and box.zoom.find("p1.wed@example.com").department == "Sales"
    assert (box.zoom.find("p3.person@example.com").license.type, box.zoom.members_of("Team")) == (1, ["p4.person@example.com"])
    assert box.zoom.find(NEW).status == "active", "gains need no approval"
    assert applied.status == "failed"
    assert "1 change (p7.person@example.com) not made, because not in the approved plan" in applied.stdout
    _a_plan_shows_drift(found, box)


def _a_plan_shows_drift(found: Company, box: Sandbox) -> None:
    """As the drift job: it knows how the last run left each account."""
    box.zoom.change(box.zoom.user("p5.person@example.com"), department="By hand")
    planned = found.play("Zoom plan (east)")
    reasons = {row["email"]: row["reason"] for row in planned.results("zoom_scim_users")[0]["changes"]}
    assert reasons["p5.person@example.com"].startswith("drift: "), reasons


def test_limits_are_named_and_one_person_who_fails_stops_nobody_else(apart: Controller, player: Player) -> None:
    """The approver sees which limit the plan exceeds; the others' gains are made at once, and their removals once approved."""
    box = leavers(player, 5, "new.comer", "some.fail")
    department = "name.familyName == 'Fail' && to_string(abs(name.familyName)) || 'Sales'"
    found = company(apart, player, box, attribute_mapping_attributes={"department": department})
    jobs = found.go_through("east", lambda: box.google.remove_member(SCOPE, "p8.person@example.com"))
    assert list(found.ended) == ["plan", "gains", "losses", "fuses", "approval", "apply"], found.said
    assert [job.status for job in jobs.values()] == ["failed"] * 3
    assert "east: 5 accounts would be deactivated (out of scope), more than the limit of 3" in found.said[-1]
    assert "1 change failed or is blocked for other reasons" in found.said[-1]
    assert (box.zoom.find("new.comer@example.com").status, box.zoom.find("some.fail@example.com")) == ("active", None)
    report = jobs["plan"].artifacts["provisioning_tenant_east_plan"]
    assert (report["counts"]["losses"], report["counts"]["failed"], report["plan"]["gains"]) == (5, 1, "any")
    assert inactive(box) == {"p0.person", "p1.person", "p2.person", "p3.person", "p4.person"}
    assert "1 change (p8.person@example.com) not made, because not in the approved plan" in jobs["apply"].stdout
    # another plan in its place: the folder's, and the seal of the one that was approved
    other = {**report, "plan": {**report["plan"], "seal": "f" * 64}}
    refused = found.play("Zoom apply (east)", {"provisioning_tenant_east_plan": other})
    assert (refused.status, len(inactive(box))) == ("failed", 5)
    assert "is not the one that was approved" in refused.stdout


def test_a_plan_that_is_denied_or_times_out_ends_quietly_and_takes_nothing_away(apart: Controller, player: Player) -> None:
    """AWX says failed of both."""
    box = leavers(player, 1, "new.comer")
    found = company(apart, player, box)
    jobs = found.go_through("east", lambda: None, approval="failed")
    assert (list(jobs), list(found.ended)[-1], found.ended["verdict"]) == (["plan", "gains"], "verdict", "successful"), found.said
    assert not has_failed(apart, "Zoom provisioning (east)", found.ended)
    assert (inactive(box), box.zoom.find("new.comer@example.com").status) == (set(), "active")


def test_a_failure_that_is_no_news_to_the_last_job_still_ends_the_workflow_as_failed(apart: Controller, player: Player) -> None:
    """Who could not be mapped in the plan and in the gains is a known condition to the run of the approved plan, which ends well."""
    box = leavers(player, 1, "some.fail")
    department = "name.familyName == 'Fail' && to_string(abs(name.familyName)) || 'Sales'"
    found = company(apart, player, box, attribute_mapping_attributes={"department": department})
    jobs = found.go_through("east", lambda: None)
    assert [job.status for job in jobs.values()] == ["failed", "failed", "successful"], jobs["apply"].stdout[-6000:]
    assert inactive(box) == {"p0.person"}
    assert (list(found.ended)[-1], has_failed(apart, "Zoom provisioning (east)", found.ended)) == ("verdict", True), found.said
    assert found.said[-1].startswith("east: 1 change failed or is blocked")
