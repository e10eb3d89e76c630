# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A removal is one thing everywhere: in the module's result, its limit, the rows, the plan document and the gate that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _markdown
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from calling import call
from playing import account, seed
from sandbox import Sandbox

ADA = "ada.byron@example.com"
SEATS = {"licensed": 10, "basic": 99, "zoom_one_type": {16: 5}, "plan_united_type": {"1": 5}}
PEOPLE = [{"primaryEmail": ADA, "name": {"givenName": "Ada", "familyName": "Byron"}}]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    held = account("ada.byron", license={"zoom_one_type": 16})
    with Sandbox.start(seed([], {}, [held], seats=SEATS), {"rate_limits": False}) as started:
        yield started


def license_of(box: Sandbox) -> Any:
    return next(user["license"] for user in box.zoom.state()["users"] if user["email"] == ADA)


def document(module: str, result: dict[str, Any]) -> dict[str, Any]:
    tenant = Tenant("t1")
    take(tenant, module, result)
    return build([tenant], check_mode=True, time="2026-11-26T07:00:00+00:00")


def test_from_bundle_to_bundle_is_one_removal_everywhere(box: Sandbox) -> None:
    planned = call("zoom_license_default", box, check=True, people=PEOPLE, default={"plan_united_type": "1"})
    (row,) = planned["changes"]
    told = document("zoom_license_default", planned)
    assert (row["action"], row["loss"], planned["losses"]) == ("license", True, 1)
    assert (told["summary"]["losses"], told["tenants"][0]["changes"][0]["loss"]) == (1, True)
    assert "Replace paid licences (1)" in _markdown.render(told)
    blocked = call("zoom_license_default", box, check=True, people=PEOPLE, default={"plan_united_type": "1"}, max_removals="0")
    assert [found["reason"] for found in blocked["withheld"]] == ["limit_license"]


def test_a_licence_that_is_given_is_none(box: Sandbox) -> None:
    box.zoom.user(ADA).type = 1
    planned = call("zoom_scim_users", box, check=True, people=PEOPLE)
    assert (planned["losses"], document("zoom_scim_users", planned)["summary"]["losses"]) == (0, 0)


def test_the_digest_tells_what_is_lost_and_is_the_same_before_and_after(box: Sandbox) -> None:
    """A reviewer's approval of somebody's first licence must not cover somebody's lost bundle."""
    united: dict[str, Any] = {"people": PEOPLE, "default": {"plan_united_type": "1"}}
    lost = call("zoom_license_default", box, check=True, **united)["digest"]
    box.zoom.set_license(ADA, "basic")
    first = call("zoom_license_default", box, check=True, **united)["digest"]
    assert lost != first
    assert call("zoom_license_default", box, **united)["digest"] == first


def test_a_refused_run_has_the_digest_of_its_plan(box: Sandbox) -> None:
    lowered: dict[str, Any] = {
        "people": PEOPLE,
        "default": "basic",
        "rules": [{"users": ["x@example.com"], "license": {"zoom_one_type": 16}}],
    }
    planned = call("zoom_license_default", box, check=True, **lowered)
    box.zoom.user(ADA).room = True
    refused = call("zoom_license_default", box, **lowered)
    assert ([row["changed"] for row in refused["changes"]], refused["digest"]) == ([False], planned["digest"])


def test_a_bundle_that_undo_takes_back_is_a_removal_too(box: Sandbox, tmp_path: Path) -> None:
    box.zoom.set_license(ADA, {"plan_united_type": "1"})
    own: dict[str, Any] = {"journal_dir": str(tmp_path)}
    given = call("zoom_license_default", box, people=PEOPLE, default={"zoom_one_type": 16}, run_id="r1", **own)
    assert given["changed"], given
    back = {"journal": str(tmp_path / "r1.jsonl"), "run_id": "r2", **own}
    blocked = call("zoom_undo", box, check=True, max_license_removals="0", **back)
    assert [found["reason"] for found in blocked["withheld"]] == ["limit_license"]
    done = call("zoom_undo", box, **back)
    assert (done["losses"], license_of(box)["plan_united_type"]) == (1, "1")
