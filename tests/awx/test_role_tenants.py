# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role awx refuses, its names, its rates and its messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from controller import ROOT, Controller, Served
from controller_messages import faults, sent
from test_awx_role import COLLECTION, changed, run, with_credentials


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
MESSAGES: dict[str, Any] = yaml.load((ROOT / "roles/awx/vars/main/notifications.yml").read_text(), Loader)["awx_messages"]  # noqa: S506
DEFAULTS: dict[str, Any] = yaml.safe_load((ROOT / "roles/awx/defaults/main.yml").read_text())


def _typed(controller: Controller) -> None:
    for name in ("Zoom", "Google Workspace"):
        controller.make("credential_types", name=name, kind="cloud")


@pytest.mark.parametrize(
    ("field", "words"),
    [("account_id", "one Zoom account (abc)"), ("customer", "one Google customer (abc)")],
)
def test_two_tenants_with_one_account_are_refused(tmp_path: Path, controller: Served, field: str, words: str) -> None:
    built = controller.controller
    _typed(built)
    tenants = with_credentials(built, "east", "west")
    kind = "Zoom" if field == "account_id" else "Google Workspace"
    for tenant in ("east", "west"):
        secret = {"client_secret": "$encrypted$"} if kind == "Zoom" else {"service_account_json": "$encrypted$"}
        built.named("credentials", f"{kind} of {tenant}")["inputs"] = {field: "abc", **secret}
    done = run(tmp_path, controller, {"awx_tenants": tenants})
    assert done.returncode != 0
    assert f"west and east have credentials of {words}" in done.stdout.replace("\n", " "), done.stdout
    assert not built.objects["job_templates"] and not built.objects["hosts"]


def test_rates_that_add_up_to_more_than_the_account_has_and_unknown_rights_are_refused(tmp_path: Path, controller: Served) -> None:
    greedy = {**DEFAULTS["awx_rate_shares"], "drift": 0.2}
    done = run(tmp_path, controller, {"awx_rate_shares": greedy})
    assert done.returncode != 0 and "awx_rate_shares add up to more than 1" in done.stdout
    done = run(tmp_path, controller, {"awx_teams": {"aprove": ["Leads"]}})
    assert done.returncode != 0 and "awx_teams has no aprove; it knows approve, plan, apply" in done.stdout, done.stdout
    assert controller.controller.writes == []


def test_what_runs_side_by_side_uses_at_most_the_whole_rate() -> None:
    rows = yaml.load((ROOT / "roles/awx/vars/main/templates.yml").read_text(), Loader)["awx_job_templates"]  # noqa: S506
    shares = {row["key"]: row.get("share") for row in rows if row["playbook"] != "awx_gate.yml"}
    assert set(shares.values()) == set(DEFAULTS["awx_rate_shares"])
    assert {key for key, share in shares.items() if share == "write"} == {
        "gains",
        "apply",
        "apply beyond limits",
        "apply for named people",
        "offboard",
    }
    assert sum(DEFAULTS["awx_rate_shares"].values()) == pytest.approx(1)


def test_another_prefix_is_that_of_both_credential_types_and_another_collection_makes_them(tmp_path: Path, controller: Served) -> None:
    """ansible.controller has the same modules by another name."""
    other = tmp_path / "other" / "ansible_collections" / "ansible"
    other.mkdir(parents=True)
    (other / "controller").symlink_to(COLLECTION / "ansible_collections/awx/awx")
    given = {"awx_prefix": "School", "awx_collection": "ansible.controller"}
    done = run(tmp_path, controller, given, "--tags", "types", collection=tmp_path / "other")
    assert (done.returncode, changed(done)) == (0, 2), done.stdout + done.stderr
    names = {row["name"] for row in controller.controller.objects["credential_types"].values()}
    assert names == {"School", "School Google Workspace"}
    again = run(tmp_path, controller, given, "--tags", "types", collection=tmp_path / "other")
    assert (again.returncode, changed(again)) == (0, 0), again.stdout
    fields = [field["id"] for field in controller.controller.named("credential_types", "School")["inputs"]["fields"]]
    assert "rate_share" in fields


REQUEST = (
    "east: 2 removals wait for approval.\n- ada.byron@example.com: deactivate\nAll of them: /state/east/plan/of_workflow/changes/plan.md"
)


def test_messages_are_taken_by_awx_and_say_what_the_gate_has_handed_on() -> None:
    assert faults(MESSAGES) == []
    job = {"name": "Zoom fuses", "artifacts": {"provisioning_request": REQUEST}}
    message, body = sent(MESSAGES, "success", job)
    assert message == "Zoom fuses: east: 2 removals wait for approval."
    assert body.startswith(REQUEST) and "https://" in body


def test_messages_read_well_where_nothing_was_handed_on() -> None:
    """A workflow's job has no artifacts, and one that died none of ours."""
    for job in ({"name": "Zoom provisioning", "job_explanation": "No error handling path"}, {"name": "Zoom drift", "artifacts": {}}):
        message, body = sent(MESSAGES, "error", job)
        assert message == f"{job['name']} failed" and body.startswith("Read what its last job printed.")
        assert sent(MESSAGES, "success", job)[0] == f"{job['name']}: ended well"
    for event in ("running", "approved", "denied", "timed_out"):
        message, body = sent(MESSAGES, event, {"approval_node_name": "Zoom approval (east)"})
        assert message.startswith("Zoom approval (east): ") and "https://" in body


def test_the_tests_controller_refuses_messages_that_awx_refuses() -> None:
    assert faults({"error": {"message": "two\nlines"}}) and faults({"error": {"message": "{{ job.artifacts.nobody }}"}})
    assert faults({"never": {}}) and faults({"error": {"title": "x"}}) and faults({"workflow_approval": {"asked": {}}})
    assert faults([]) and faults({"error": {"body": 1}}) and not faults(None)


def test_a_job_that_writes_waits_for_one_for_named_people_so_that_no_approval_is_lost() -> None:
    """Offboard waits by itself, and not that long: somebody has to lose access now."""
    given = yaml.load((ROOT / "roles/awx/vars/main/templates.yml").read_text(), Loader)  # noqa: S506
    writing = [row for row in given["awx_job_templates"] if row.get("share") == "write"]
    rows = {row["key"]: row["variables"] for row in writing if "variables" in row}
    assert set(rows) == {"gains", "apply", "apply beyond limits", "apply for named people"}
    waiting = {key for key, variables in rows.items() if "awx_waiting_variables" in variables}
    assert waiting == set(rows) - {"apply for named people"}
    assert given["awx_waiting_variables"] == {"provisioning_lock_timeout": "20m"}, "above the 15 minutes after which a lock is stale"
    assert given["awx_named_variables"]["provisioning_lock_timeout"] == "10m"
