# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples for CI as they stand: which event starts which job, and which job may do what."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from ci_runner import holds
from forge import example

GITHUB: dict[str, Any] = yaml.safe_load(example("github-actions.yml").read_text())
GITLAB: dict[str, Any] = yaml.safe_load(example("gitlab-ci.yml").read_text())
HERE, FORK = "acme/zoom", "stranger/zoom"
FROM = "github.event.pull_request.head.repo.full_name"
MAIN = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
PIN = re.compile(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def github_starts(event: str, ref: str = "refs/heads/main", **more: str) -> set[str]:
    """Jobs; one that needs another starts if that does."""
    assert event in GITHUB["on"]
    given = {"github.event_name": event, "github.ref": ref, "github.repository": HERE, "inputs.plan_run": "", **more}
    jobs = GITHUB["jobs"]
    return {name for name, job in jobs.items() if holds(jobs[job["needs"]]["if"] if "needs" in job else job["if"], given)}


def gitlab_starts(source: str, **given: str) -> set[str]:
    jobs = {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "rules" in job}
    return {name for name, job in jobs.items() if any(holds(rule["if"], {"CI_PIPELINE_SOURCE": source, **given}) for rule in job["rules"])}


def test_a_condition_is_read_as_the_forges_read_it() -> None:
    given = {"github.ref": "a", "CI_X": "b"}
    assert holds("github.ref == 'a' && (github.none == 'x' || !github.none)", given)
    assert holds('$CI_X == "b" && $CI_NONE == null', given)
    assert not holds('$CI_NONE || $CI_X == "c"', given)


def test_on_github_a_schedule_only_compares_and_a_fork_starts_nothing() -> None:
    merge = "refs/pull/5/merge"
    assert github_starts("pull_request", merge, **{FROM: HERE}) == {"plan", "comment"}
    assert github_starts("pull_request", merge, **{FROM: FORK}) == set()
    assert github_starts("push") == {"apply"}
    assert github_starts("schedule") == {"drift"}
    assert github_starts("workflow_dispatch") == {"plan", "comment"}
    assert github_starts("workflow_dispatch", **{"inputs.plan_run": "7"}) == {"apply"}
    for plan_run in ("", "7"):
        assert github_starts("workflow_dispatch", "refs/heads/branch", **{"inputs.plan_run": plan_run}) == set()


def test_on_gitlab_a_schedule_only_compares_and_a_fork_starts_nothing() -> None:
    ours = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "9", "CI_MERGE_REQUEST_PROJECT_ID": "9"}
    assert gitlab_starts("merge_request_event", **ours) == {"plan", "comment"}
    assert gitlab_starts("merge_request_event", **{**ours, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "10"}) == set()
    assert gitlab_starts("push", **MAIN) == {"apply"}
    assert gitlab_starts("push", **{**MAIN, "CI_COMMIT_BRANCH": "branch"}) == set()
    assert gitlab_starts("schedule", **MAIN) == {"drift"}
    assert gitlab_starts("schedule", **{**MAIN, "CI_COMMIT_BRANCH": "branch"}) == set()
    assert gitlab_starts("web", **MAIN) == {"plan", "comment"}
    assert gitlab_starts("web", **MAIN, PLAN_PIPELINE="7") == {"apply"}
    assert gitlab_starts("web", **{**MAIN, "CI_COMMIT_BRANCH": "branch"}, PLAN_PIPELINE="7") == set()


def test_on_github_only_the_job_that_comments_may_write_and_it_has_no_secret_and_nothing_of_the_pull_request() -> None:
    assert GITHUB["permissions"] == {}
    writing = {name for name, job in GITHUB["jobs"].items() if "write" in job["permissions"].values()}
    assert writing == {"comment"}
    comment = GITHUB["jobs"]["comment"]
    assert comment["permissions"] == {"contents": "read", "actions": "read", "pull-requests": "write"}
    assert "environment" not in comment
    assert "secrets." not in str(comment)
    (checkout,) = (step["with"] for step in comment["steps"] if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["ref"] == "main", "not what a pull request calls its base, which may be a branch of the same author"
    assert checkout["sparse-checkout"] == "requirements.yml"


@pytest.mark.parametrize("job", GITHUB["jobs"])
def test_on_github_credentials_reach_only_the_step_that_needs_them(job: str) -> None:
    whole = GITHUB["jobs"][job]
    assert "secrets." not in str({name: value for name, value in whole.items() if name != "steps"})
    for step in whole["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        elif step.get("name") == "Install":
            assert "env" not in step
    planning = [step for step in whole["steps"] if "ansible-playbook" in step.get("run", "")]
    assert not any("github.token" in str(step) for step in planning)


def test_each_action_is_pinned_by_its_commit_and_says_its_version() -> None:
    used = [line.strip().removeprefix("- ") for line in example("github-actions.yml").read_text().splitlines() if " uses: " in line]
    assert len(used) > 10
    assert [line for line in used if not PIN.fullmatch(line)] == []
    assert len({line.partition("@")[0]: line for line in used}) == len(set(used)), "one commit for each action"


def test_on_gitlab_the_token_that_comments_and_the_key_of_the_state_are_not_for_the_job_of_the_plan() -> None:
    header = example("gitlab-ci.yml").read_text().partition("stages:")[0]
    of = re.findall(r"^#   (zoom-[\w, -]+?)(?:   .*)?\n((?:#     .*\n)*)", header, re.MULTILINE)
    given = {name: environments for environments, names in of for name in re.findall(r"^#     ([A-Z_]+)", names, re.MULTILINE)}
    assert given["PLAN_TOKEN"].strip() == "zoom-comment, zoom-apply"
    assert given["ZOOM_STATE_KEY"].strip() == "zoom-apply, zoom-drift"
    assert re.search(r"GCP_SERVICE_ACCOUNT_FILE +of the type File: the JSON key, which GitLab can't mask", header)
    environments = {name: job["environment"]["name"] for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}
    assert environments == {name: f"zoom-{name}" for name in ("plan", "comment", "apply", "drift")}
    assert GITLAB["comment"]["variables"] == {"GIT_STRATEGY": "none"}
    assert GITLAB["comment"]["needs"] == [{"job": "plan", "artifacts": False}]
