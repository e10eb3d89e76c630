# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples for CI, run as their runners run them: a comment that is updated, read-only credentials for plans, and what was read is what
is made.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import warm_command
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._sealed_plan import seal_of
from ci_runner import Ended, GithubJob, gitlab_job
from forge import TOKEN, Forge, example, forge
from playing import ROOT, SCOPE, Player, account, person, seed
from sandbox import Sandbox

PAGE = ROOT / "docs" / "plans-in-pull-requests.md"
CREDENTIALS = ("GOOGLE_WORKSPACE_SUBJECT", "ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "GCP_SERVICE_ACCOUNT_FILE")
KEY = "passphrase-of-the-state-that-nobody-may-read"
NEW_RUNNER = "company has no state of an earlier run on this CI runner"
POLICY = {
    "scope_group": SCOPE,
    "scope_group_members": ["ada.byron@example.com", "cleo.park@example.com"],
    "scope_groups": ["staff@example.com"],
    "scope_org_units": ["/Staff"],
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "license_defaults_rules": [{"users": ["ada.byron@example.com"], "license": {"zoom_one_type": 16}}],
    "group_mapping_groups": [{"name": "Staff", "groups": ["staff@example.com"], "exclusive": True}],
}


def scopes(side: str) -> list[str]:
    """The read-only scopes as the docs list them, one a line in the block after the side's name."""
    block = PAGE.read_text().partition(f"**{side}, read-only**")[2]
    return re.findall(r"^ +(\S+)$", block.partition("\n\n")[2].partition("\n\n")[0], re.MULTILINE)


def read_only(box: Sandbox) -> None:
    google, zoom = scopes("Google"), scopes("Zoom")
    assert google and all(name.endswith(".readonly") for name in google)
    assert zoom and not [name for name in zoom if re.search("write|update|delete|scim2", name)]
    box.google.set_scopes(google)
    box.zoom.set_scopes(zoom)


def world() -> dict[str, Any]:
    given = seed(
        [person("ada.byron"), person("bob.stone"), person("cleo.park", org_unit="/Staff")],
        {"zoom-users": ["ada.byron"], "staff": ["ada.byron", "cleo.park"]},
        [account("ada.byron", license="licensed"), account("bob.stone")],
    )
    given["google"]["org_units"] = ["/Staff"]
    given["zoom"]["seats"]["zoom_one_type"] = {16: 5}
    return given


class Pipeline:
    """The jobs of one kind, on one company. `last_run`: the number of the run that made the last plan."""

    def __init__(self, kind: str, player: Player, here: Forge) -> None:
        self.kind, self.player, self.here, self.last_run, self.key = kind, player, here, 0, KEY
        self.box = player.start(world())
        self._all_scopes = list(self.box.google.scopes), list(self.box.zoom.scopes)
        self.follow(POLICY)
        name = {"github": "github-actions.yml", "gitlab": "gitlab-ci.yml"}[kind]
        self.whole = yaml.safe_load(example(name).read_text())
        self._env = {**self.box.environment(), "ANSIBLE_HOME": str(player.folder / "ansible"), "ANSIBLE_NOCOLOR": "1"}
        self._env.update(HOME=str(player.folder), CI="true", ANSIBLE_COLLECTIONS_PATH=os.environ["ANSIBLE_COLLECTIONS_PATH"])
        self._credentials = {name: self._env.pop(name) for name in CREDENTIALS}
        if kind == "github":
            del self._credentials["GCP_SERVICE_ACCOUNT_FILE"]
            self._credentials["GCP_SERVICE_ACCOUNT_CONTENTS"] = json.dumps(self.box.google.service_account_info())
        self._env.update(warm_command.on_path(player.folder))
        # where ansible-galaxy installs
        (player.folder / ".ansible").mkdir()
        (player.folder / ".ansible" / "collections").symlink_to(os.environ["ANSIBLE_COLLECTIONS_PATH"])

    def follow(self, policy: dict[str, Any]) -> None:
        (self.player.folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {"company": policy}}}))

    def plan(self, *, by_hand: bool = False) -> Ended:
        """With read-only credentials, in a folder of its own that becomes the artifact; then the job that shows it."""
        read_only(self.box)
        event = {"github": ("pull_request", "workflow_dispatch"), "gitlab": ("merge_request_event", "web")}[self.kind][by_hand]
        made = self._run("plan", event)
        assert made.status == 0, made.output
        self.last_run = self.here.keep(event, self.player.folder / "plan")
        return self.show(event)

    def show(self, event: str = "") -> Ended:
        return self._run("comment", event or {"github": "pull_request", "gitlab": "merge_request_event"}[self.kind])

    def apply(self, of_run: int | None = None) -> Ended:
        """`of_run`: started by hand, to make the plan of that run."""
        self.box.google.set_scopes(self._all_scopes[0])
        self.box.zoom.set_scopes(self._all_scopes[1])
        return self._run("apply", {"github": "workflow_dispatch", "gitlab": "web"}[self.kind] if of_run else "push", str(of_run or ""))

    def drift(self) -> Ended:
        read_only(self.box)
        return self._run("drift", "schedule")

    def _run(self, job: str, event: str, of_run: str = "") -> Ended:
        run = {"github": self._github, "gitlab": self._gitlab}[self.kind]
        ended = run(job, event, of_run)
        for secret in (TOKEN, KEY, self.box.zoom.client_secret):
            assert secret not in ended.output + ended.summary
        return ended

    def secrets_of(self, job: str) -> dict[str, str]:
        """Those of the job's environment, as the headers of the examples say."""
        environment = self.whole["jobs"][job].get("environment") if self.kind == "github" else self.whole[job]["environment"]["name"]
        found = dict(self._credentials) if environment in ("zoom-plan", "zoom-apply", "zoom-drift") else {}
        if environment in ("zoom-apply", "zoom-drift") and self.key:
            found["ZOOM_STATE_KEY"] = self.key
        if environment in ("zoom-comment", "zoom-apply"):
            found["PLAN_TOKEN"] = TOKEN
        return found

    def _github(self, job: str, event: str, of_run: str) -> Ended:
        token = f"{TOKEN}-{job}"
        self.here.rights[token] = {**self.whole["permissions"], **self.whole["jobs"][job]["permissions"]}
        env = {**self._env, "GITHUB_API_URL": self.here.url, "GITHUB_REPOSITORY": "acme/zoom", "GITHUB_SHA": "abc123"}
        env.update(GITHUB_WORKFLOW_REF="acme/zoom/.github/workflows/zoom.yml@refs/heads/main", GITHUB_RUN_ID=str(self.last_run))
        env.update(GITHUB_SERVER_URL="https://github.example", GITHUB_REF_NAME="main")
        known = {"github.token": token, "github.event_name": event, "github.event.pull_request.number": "5", "inputs.plan_run": of_run}
        known.update({f"secrets.{name}": value for name, value in self.secrets_of(job).items() if name != "PLAN_TOKEN"})
        known.update({"github.run_id": str(len(self.here.cache)), "github.run_attempt": "1"})
        return GithubJob(self.here, self.player.folder, known, env).run(self.whole, job)

    def _gitlab(self, job: str, event: str, of_run: str) -> Ended:
        self.here.rights[TOKEN] = {}
        env = {**self._env, "CI_API_V4_URL": self.here.url, "CI_PROJECT_ID": "9", "CI_COMMIT_SHA": "abc123", "CI_DEFAULT_BRANCH": "main"}
        env.update(CI_PIPELINE_ID=str(self.last_run), CI_PROJECT_URL="https://gitlab.example/acme/zoom", PLAN_PIPELINE=of_run)
        env.update(self.secrets_of(job), **({"CI_MERGE_REQUEST_IID": "5"} if event == "merge_request_event" else {}))
        return gitlab_job(self.whole, job, self.here, self.player.folder, env)


@pytest.fixture(params=["github", "gitlab"])
def ci(request: pytest.FixtureRequest, player: Player) -> Iterator[Pipeline]:
    with forge(request.param) as here:
        yield Pipeline(request.param, player, here)
        assert here.refused == []


def test_a_plan_is_commented_once_and_made_as_it_was_read(ci: Pipeline) -> None:
    """What changes between the plan and the merge is left out, named, and fails the job."""
    with_changes, somebody = {"github": (0, "somebody"), "gitlab": (2, 3)}[ci.kind]
    for number in range(130):
        ci.here.say(somebody, f"Comment {number}")
    forged = ci.here.say(somebody, f"<!-- workspace_zoom.provisioning plan plan -->\n<!-- digest {'0' * 64} -->\n<!-- seal {'0' * 64} -->")
    planned = ci.plan()
    assert planned.status == with_changes, planned.output
    assert ci.box.ledger.writes() == [], "a plan wrote"
    (body,) = ci.here.bodies()
    assert "| bob.stone@example.com |" in body
    _shows_no_forged_plan(ci)

    ci.box.google.add_user(**person("dora.hill", org_unit="/Staff"))
    _refuses_every_other_plan(ci)
    applied = ci.apply()
    assert ci.box.zoom.find("bob.stone@example.com").status == "inactive", applied.output + applied.summary
    assert ci.box.zoom.find("cleo.park@example.com").status == "active"
    assert ci.box.zoom.find("dora.hill@example.com") is None, "nobody has read this"
    assert applied.status > 0
    assert "(dora.hill@example.com) not made, because not in the approved plan" in applied.summary + applied.output
    assert NEW_RUNNER in applied.summary + applied.output
    locked = list(ci.here.cache.values())[-1]
    assert len(locked) > 1000
    assert b"workspace_zoom" not in locked

    with spying(ci) as seen:
        again = ci.plan()
    assert {CREDENTIALS[2], CREDENTIALS[3]} <= seen.keys(), "the content of a pull request runs with the credentials of the plan"
    assert not [name for name, value in seen.items() if TOKEN in value or KEY in value], "and with nothing else"
    assert (again.status, len(ci.here.bodies())) == (with_changes, 1), "the comment is repeated"
    assert "dora.hill@example.com" in ci.here.bodies()[0]
    assert forged["body"].endswith("0 -->"), "a comment of somebody else was changed"
    _keeps_the_state(ci)


def _keeps_the_state(ci: Pipeline) -> None:
    """Of the run that failed, and of the next one; a state that can't be opened is none."""
    applied = ci.apply()
    told = applied.summary + applied.output
    assert applied.status == 0, told
    assert "The state of earlier runs is back." in told
    assert NEW_RUNNER not in told
    state = ci.player.folder / ".local" / "state" / "workspace_zoom.provisioning" / "company"
    assert (state / "memory.jsonl").is_file()
    assert len(list((state / "journal").iterdir())) == 2, "of either run"
    ci.key = "another-passphrase"
    compared = ci.drift()
    told = compared.summary + compared.output
    assert (compared.status, ci.box.zoom.find("dora.hill@example.com").status) == (0, "active"), told
    assert "ZOOM_STATE_KEY does not open the state that the cache has, so this run starts without it." in told
    assert NEW_RUNNER in told


@contextmanager
def spying(ci: Pipeline) -> Iterator[dict[str, str]]:
    """The inventory of a pull request as a script that writes down what it finds."""
    inventory, seen = ci.player.folder / "inventory.yml", dict[str, str]()
    policy, spied = inventory.read_text(), ci.player.folder / "spied"
    inventory.write_text(f"#!{sys.executable}\nimport json, os, sys\nopen({str(spied)!r}, 'w').write(json.dumps(dict(os.environ)))\n")
    hosts = {"all": {"hosts": ["company"]}, "_meta": {"hostvars": yaml.safe_load(policy)["all"]["hosts"]}}
    with inventory.open("a") as file:
        file.write(f"print({json.dumps(hosts)!r})\n")
    inventory.chmod(0o755)
    yield seen
    seen.update(json.loads(spied.read_text()))
    inventory.chmod(0o644)
    inventory.write_text(policy)


def _shows_no_forged_plan(ci: Pipeline) -> None:
    """Whoever has the job of the plan run code of theirs can exchange the artifact: it is data, and says what it does or is refused."""
    kept, before = ci.here.kept[ci.last_run], ci.here.bodies()
    files, written = dict(kept.files), sorted(path.name for path in ci.player.folder.parent.iterdir())
    hidden = json.loads(files["plan.json"])
    for row in hidden["tenants"][0]["changes"]:
        row["loss"] = False
    for counts in (hidden["summary"], hidden["tenants"][0]["summary"]):
        counts["losses"] = 0
    hidden["seal"] = seal_of(hidden)
    for data, sentence in (
        (json.dumps(hidden).encode(), "does not count 'accounts.deactivate' among the removals"),
        (files["plan.json"].replace(b"bob.stone", b"cleo.park"), "was changed after it was written, as its seal does not fit"),
        (b"/etc/passwd", "is no JSON"),
    ):
        kept.files = {**files, "plan.json": data}
        ended = ci.show()
        assert (ended.status, ci.here.bodies()) == (1, before), ended.output
        assert f"The plan is not shown, and can't be applied: plan.json {sentence}." in ended.output
    # what lies beside it is neither unpacked nor believed
    kept.files = {
        **files,
        "plan.md": b"Nothing to see",
        "outcome": b"no_change\n",
        "../../escaped": b"x",
        "comment.md": b"x",
        "note.md": b"x",
    }
    ended = ci.show()
    assert ([*ci.here.bodies()], ended.status) == (before, {"github": 0, "gitlab": 2}[ci.kind]), ended.output
    assert sorted(path.name for path in ci.player.folder.parent.iterdir()) == written
    kept.files = files


def _refuses_every_other_plan(ci: Pipeline) -> None:
    """None of these applies anything."""
    kept, comment = ci.here.kept[ci.last_run], next(one for one in ci.here.comments if one["body"] == ci.here.bodies()[0])
    files, body = dict(kept.files), comment["body"]

    def refused(sentence: str) -> None:
        ended = ci.apply()
        assert (ended.status > 0, ci.box.ledger.writes()) == (True, []), ended.output
        assert sentence in ended.output + ended.summary
        kept.files, comment["body"] = dict(files), body

    comment["body"] = re.sub(r"<!-- seal \w+ -->", f"<!-- seal {'1' * 64} -->", body)
    refused("is not the one in the")
    comment["body"] = "\n".join(line for line in body.splitlines() if "seal" not in line)
    refused("with a plan. Nothing was applied.")
    kept.files["plan.json"] = files["plan.json"].replace(b"bob.stone@example.com", b"cleo.park@example.com")
    refused("was changed after it was written, as its seal does not fit")
    ci.follow({**POLICY, "provisioning_approval_max_age": "1s"})
    refused("and `provisioning_approval_max_age` is")
    ci.follow(POLICY)


def test_by_hand_the_main_branch_is_planned_and_that_plan_is_applied(ci: Pipeline) -> None:
    unread = ci.apply()
    assert unread.status == 1
    assert "with a plan. Nothing was applied. To plan the" in unread.output
    ci.key = ""
    planned = ci.plan(by_hand=True)
    assert (ci.here.comments, ci.box.ledger.writes()) == ([], []), planned.output
    assert "bob.stone@example.com" in planned.summary + planned.output
    applied = ci.apply(ci.last_run)
    assert applied.status == 0, applied.output + applied.summary
    assert "ZOOM_STATE_KEY is not set, so no state is kept between runs." in applied.output
    assert NEW_RUNNER in applied.summary + applied.output
    assert ci.here.cache == {}
    assert ci.box.zoom.find("bob.stone@example.com").status == "inactive"
    nothing = ci.plan()
    assert nothing.status == 0, nothing.output
    assert "no change" in ci.here.bodies()[0]
    ci.box.ledger.clear()
    assert (ci.apply().output, ci.box.ledger.writes()) == ("Nothing to do.\n", [])
