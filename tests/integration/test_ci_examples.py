# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples for CI, run as their runners run them: a comment that is updated, read-only credentials for plans, and no apply unread."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from forge import TOKEN, Ended, Forge, example, forge, github_job, gitlab_job
from playing import ROOT, SCOPE, Player, account, person, seed
from sandbox import Sandbox

PAGE = ROOT / "docs" / "plans-in-pull-requests.md"
ENV = {
    "service": "GCP_SERVICE_ACCOUNT_CONTENTS", "subject": "GOOGLE_WORKSPACE_SUBJECT",
    "account": "ZOOM_ACCOUNT_ID", "client": "ZOOM_CLIENT_ID", "secret": "ZOOM_CLIENT_SECRET",
}  # fmt: skip
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


def pipeline(kind: str, player: Player, box: Sandbox, here: Forge) -> Callable[..., Ended]:
    """Runs a job; for GitHub `digest` is the input of a start by hand, for GitLab the variable."""
    (player.folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {"company": POLICY}}}))
    settings = box.environment()
    settings["GCP_SERVICE_ACCOUNT_CONTENTS"] = json.dumps(box.google.service_account_info())
    del settings["GCP_SERVICE_ACCOUNT_FILE"]
    secrets = {f"secrets.{name}": settings.pop(name) for name in ENV.values()}
    env = {**settings, "ANSIBLE_HOME": str(player.folder / "ansible"), "ANSIBLE_NOCOLOR": "1", "HOME": str(player.folder)}
    if kind == "github":
        workflow = yaml.safe_load(example("github-actions.yml").read_text())
        env.update(GITHUB_API_URL=here.url, GITHUB_REPOSITORY="acme/zoom", GITHUB_SHA="abc123")
        given = {**secrets, "github.token": TOKEN, "github.event.pull_request.number": "5"}

        def run(job: str, digest: str = "") -> Ended:
            return github_job(workflow, job, player.folder, {**given, "inputs.digest": digest}, env)
    else:
        whole = yaml.safe_load(example("gitlab-ci.yml").read_text())
        env.update(CI_API_V4_URL=here.url, CI_PROJECT_ID="9", CI_MERGE_REQUEST_IID="5", CI_COMMIT_SHA="abc123", PLAN_TOKEN=TOKEN)
        env.update({name.removeprefix("secrets."): value for name, value in secrets.items()})

        def run(job: str, digest: str = "") -> Ended:
            return gitlab_job(whole, job, player.folder, {**env, "PLAN_DIGEST": digest})

    return run


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_plan_is_commented_once_and_applied_only_as_it_was_read(player: Player, kind: str) -> None:
    changes_status = {"github": 0, "gitlab": 2}[kind]
    box = player.start(world())
    all_scopes = list(box.google.scopes), list(box.zoom.scopes)
    with forge(kind) as here:
        run = pipeline(kind, player, box, here)
        for number in range(130):
            here.say("somebody" if kind == "github" else 3, f"Comment {number}")
        forged = here.say(
            "somebody" if kind == "github" else 3, f"<!-- workspace_zoom.provisioning plan plan -->\n<!-- digest {'0' * 64} -->"
        )
        read_only(box)
        first = run("plan")
        assert first.status == changes_status, first.output
        assert box.ledger.writes() == [], "a plan wrote"
        assert len(here.bodies()) == 1
        assert "| bob.stone@example.com |" in here.bodies()[0]
        again = run("plan")
        assert (again.status, len(here.bodies())) == (changes_status, 1), "the comment is repeated"
        assert forged["body"].endswith("0 -->"), "a comment of somebody else was changed"

        box.google.set_scopes(all_scopes[0])
        box.zoom.set_scopes(all_scopes[1])
        applied = run("apply")
        assert applied.status == 0, applied.output
        assert box.zoom.find("bob.stone@example.com").status == "inactive"
        assert box.zoom.find("cleo.park@example.com").status == "active"

        box.google.add_user(**person("dora.hill", org_unit="/Staff"))
        box.ledger.clear()
        stale = run("apply")
        assert (stale.status, box.ledger.writes()) == (1, []), "a plan that nobody read was applied"
        digest = (player.folder / "plan" / "digest").read_text().strip()
        assert f"by hand with the {'variable PLAN_DIGEST set to' if kind == 'gitlab' else 'digest'} {digest}" in stale.output
        by_hand = run("apply", digest)
        assert by_hand.status == 0, by_hand.output
        assert box.zoom.find("dora.hill@example.com").status == "active"
        done = run("plan")
        assert done.status == 0
        assert "no change" in here.bodies()[0]
        assert here.refused == []
        outputs = (first, again, applied, stale, by_hand, done)
        assert not [one for one in outputs if TOKEN in one.output or box.zoom.client_secret in one.output]
