# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the facts are only assumed, the run holds either way: the company, once for each switch of the sandbox."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from calling import call
from playing import ROOT
from sandbox import Sandbox

DOMAIN_SCOPES = {"account:read:managed_domains:master", "account:read:admin"}
POLICY = yaml.safe_load((ROOT / "extensions/demo/policy.yml").read_text())
SWITCHES: list[dict[str, Any]] = [
    {"duplicate_create": 409},
    {"missing_user_type": "default"},
    {"unauthorized_body": "scim"},
    {"put_active_on_inactive": "honoured"},
    {"empty_string_in_put": "clears"},
    {"user_schemas": "core"},
    {"get_roles_shape": "object"},
    {"status_put": 204},
    {"plans_usage": "forbidden"},
    {"plans_usage": "array"},
    {"plan_names": "premier"},
    {"plan_names": "education"},
    {"plan_names": "unknown"},
    {"no_united": "none"},
    {"no_united": "0"},
    {"saml_unique_id": "email"},
    {"saml_unique_id": "number"},
    {"scim_unknown_address": 404},
    {"scim_unknown_address": 400},
    {"paid_only_refusal": 200},
    {"new_token": "voids_former"},
    {"filter_letter_case": "exact"},
    {"read_after_write_ms": 300},
    {"collaboration_create": "refused"},
    {"put_display_name": "ignored"},
    {"create_answer": "no_id"},
    {"fourth_email_change": 400},
    {"remove_absent_member": 400},
    {"normalise_names": "normalised"},
    {"page_size": 3, "google_page_size": 3},
    {"google_delete_status": 200},
    {"google_search_lag": "never"},
    {"google_roles_mislabelled": True},
    {"odd_rows": "no_email"},
    {"odd_rows": "member_without_id"},
    {"google_odd_rows": "wrong_type"},
    {"token_trouble": 503, "google_token_trouble": 502},
    {"google_foreign_group": 404},
    {"google_gmail_forms": "unknown"},
    {"google_page_defect": "repeated", "google_page_size": 4},
]


SPEED = {"rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000}


def one_run(box: Sandbox, folder: Path) -> list[dict[str, Any]]:
    files = {"accounts_path": str(folder / "accounts")}
    groups = ["leadership@example.com", "engineering@example.com"]
    expressions = [*POLICY["attribute_mapping_attributes"].values(), "organizations"]
    call("zoom_user_info", box, dest=files["accounts_path"], **SPEED)
    scope = call("google_scope_info", box, groups=[POLICY["scope_group"]], exclude={"groups": POLICY["scope_exclude_groups"]},
                 resolve_groups=groups, resolve_org_units=["/Staff/Engineering", "/Staff/Sales"], expressions=expressions,
                 dest=str(folder / "people"), **files)  # fmt: skip
    assert not scope["failed"], scope
    both = {**files, "people_path": str(folder / "people")}
    rules = {"default": POLICY["license_defaults_default"], "rules": POLICY["license_defaults_rules"]}
    return [
        call("zoom_scim_users", box, prune=True, attributes=POLICY["attribute_mapping_attributes"], licenses=rules, **SPEED, **both),
        call("zoom_license_default", box, **SPEED, **rules, **both),
        call("zoom_groups", box, groups=POLICY["group_mapping_groups"], **SPEED, **both),
    ]


@pytest.mark.parametrize("switches", SWITCHES, ids=lambda switches: "-".join(f"{name}={value}" for name, value in switches.items()))
def test_the_company_is_provisioned_whatever_the_switch(switches: dict[str, Any], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if "read_after_write_ms" not in switches:  # which is waited for
        request.getfixturevalue("fast")
    with Sandbox.start(None, {"rate_limits": False, **switches}) as box:
        first = one_run(box, tmp_path)
        assert not any(result["failed"] for result in first), [result.get("msg") for result in first]
        box.ledger.clear()
        time.sleep(int(switches.get("read_after_write_ms", 0)) / 1000)
        again = one_run(box, tmp_path)
        assert [(result["failed"], result["changed"]) for result in again] == [(False, False)] * 3
        assert box.ledger.writes() == []


@pytest.mark.parametrize("body", [{"foreign_domain_create": "pending"}, {"foreign_domain_create": 409}])
def test_an_address_outside_the_domains_is_invited_or_reported(body: dict[str, Any]) -> None:
    """Where Zoom does not list its domains, only the attempt shows."""
    with Sandbox.start(None, body) as box:
        box.zoom.set_scopes(sorted(box.zoom.scopes - DOMAIN_SCOPES))
        people = [{"primaryEmail": "eve@elsewhere.example", "name": {"givenName": "Eve", "familyName": "Moss"}}]
        first = call("zoom_scim_users", box, people=people)
        assert first["failed"] == (body["foreign_domain_create"] == 409), first
        again = call("zoom_scim_users", box, people=people)
        if first["failed"]:
            assert "add the domain in Zoom" in first["msg"]
        else:
            assert (again["changed"], again["attention"][0]["reason"]) == (False, "pending")


def test_an_address_outside_domains_that_zoom_lists_is_not_even_attempted() -> None:
    with Sandbox.start() as box:
        people = [{"primaryEmail": "eve@elsewhere.example", "name": {"givenName": "Eve", "familyName": "Moss"}}]
        found = call("zoom_scim_users", box, people=people)
        assert (found["failed"], found["attention"][0]["reason"], box.ledger.writes()) == (False, "foreign_domain", [])


def test_a_rename_that_scim_ignores_is_not_called_done() -> None:
    with Sandbox.start(None, {"put_emails": "ignored"}) as box:
        people = [{"primaryEmail": "helen.new@example.com", "aliases": ["helen.marsh@example.com"]}]
        done = call("zoom_scim_users", box, connection=box.scim_connection(), people=people)
        assert "Zoom answered success, but shows" in done["msg"]
