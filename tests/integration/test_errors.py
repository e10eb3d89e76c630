# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator reads when an input is wrong: one sentence that names the culprit, before any write."""

from __future__ import annotations

from typing import Any

import pytest
from playing import SCOPE, Player, person, seed
from sandbox import Sandbox

GOOD: dict[str, Any] = {"scope_groups": [SCOPE]}
WRONG = {
    "bad JMESPath": ({"attribute_mapping_attributes": {"title": "organizations[?"}}, "attribute_mapping_attributes.title"),
    "unknown field": ({"attribute_mapping_attributes": {"title": "organisations[0].title"}}, "did you mean organizations?"),
    "unknown SCIM attribute": ({"attribute_mapping_attributes": {"titel": "name.givenName"}}, "did you mean title?"),
    "licence as attribute": ({"attribute_mapping_attributes": {"userType": "'Licensed'"}}, "licences are chosen by license_defaults"),
    "unknown licence": ({"license_defaults_default": "gold"}, "license_defaults_default is 'gold'"),
    "rule without selector": ({"license_defaults_rules": [{"license": "licensed"}]}, "license_defaults_rules[1] chooses nobody"),
    "bad address": ({"scope_users": ["ada"]}, "scope_users holds 'ada'"),
    "bad org unit": ({"scope_org_units": ["Staff"]}, "write it as /Staff"),
    "unknown reason": ({"attribute_mapping_deprovision": {"gone": "delete"}}, "'gone', which is no reason"),
    "bad limit": ({"attribute_mapping_max_deactivations": "many"}, "attribute_mapping_max_deactivations is 'many'"),
    "unknown group": ({"scope_groups": ["zoom-user@example.com"]}, "scope_groups names the group zoom-user@example.com, which does not"),
    "unknown group in a rule": (
        {"license_defaults_rules": [{"groups": ["nobody@example.com"], "license": "licensed"}]},
        "license_defaults_rules[1] names the group nobody@example.com, which does not exist",
    ),
    "unknown org unit": ({"scope_org_units": ["/Staf"]}, "scope_org_units names the org unit /Staf, which does not exist"),
    "unknown org unit of an exclusion": ({"scope_exclude_org_units": ["/Gone"]}, "scope_exclude_org_units names the org unit /Gone, which"),
    "unknown org unit of a Zoom group": (
        {"group_mapping_groups": [{"name": "Sales", "org_units": ["/Sale/"]}]},
        "group_mapping_groups[1] names the org unit /Sale, which does not exist",
    ),
    "no scope": ({"scope_groups": []}, "The scope is empty: set scope_group, scope_groups, scope_org_units or scope_users"),
}


@pytest.fixture(scope="module")
def box() -> Any:
    with Sandbox.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [])) as started:
        yield started


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_variable_is_named_and_nothing_is_written(player: Player, box: Sandbox, name: str) -> None:
    variables, sentence = WRONG[name]
    box.ledger.clear()
    played = player.play(box, {**GOOD, **variables})
    assert played.status != 0
    assert sentence in played.failure, played.failure
    assert box.ledger.writes() == []


CREDENTIALS = {
    "no Zoom credential": ({"ZOOM_ACCOUNT_ID": "", "ZOOM_CLIENT_ID": "", "ZOOM_CLIENT_SECRET": ""}, "account_id (ZOOM_ACCOUNT_ID)"),
    "wrong Zoom secret": ({"ZOOM_CLIENT_SECRET": "a-wrong-secret-of-some-length"}, "client_secret (ZOOM_CLIENT_SECRET) is wrong"),
    "wrong Zoom account": ({"ZOOM_ACCOUNT_ID": "NoSuchAccount00000000"}, "account_id (ZOOM_ACCOUNT_ID) NoSuchAccount00000000"),
    "no Google credential": ({"GCP_AUTH_KIND": "", "GCP_SERVICE_ACCOUNT_FILE": ""}, "GCP_SERVICE_ACCOUNT_FILE"),
    "no such key file": ({"GCP_SERVICE_ACCOUNT_FILE": "/nowhere/key.json"}, "/nowhere/key.json"),
    "subject that is nobody": ({"GOOGLE_WORKSPACE_SUBJECT": "nobody@example.com"}, "subject (GOOGLE_WORKSPACE_SUBJECT)"),
    "expired Google token": ({"GCP_AUTH_KIND": "accesstoken", "GCP_ACCESS_TOKEN": "ya29.long-expired-token"}, "Google refused the token"),
    "wrong Zoom endpoint": ({"ZOOM_API_URL": "https://api.zoom.us/scim"}, "give the host only"),
}


@pytest.mark.parametrize("name", CREDENTIALS)
def test_a_wrong_credential_is_named_and_nothing_is_written(player: Player, box: Sandbox, name: str) -> None:
    env, sentence = CREDENTIALS[name]
    box.ledger.clear()
    played = player.play(box, GOOD, env=env)
    assert played.status != 0
    assert sentence in played.failure, played.failure
    assert box.ledger.writes() == []
    assert "a-wrong-secret-of-some-length" not in played.output


GRANTED = (
    "https://www.googleapis.com/auth/admin.directory.user.readonly,https://www.googleapis.com/auth/admin.directory.group.member.readonly"
)


def test_scopes_are_named_as_the_admin_console_takes_them_with_the_client_id(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    box.google.scopes = frozenset()
    played = player.play(box, GOOD)
    assert f"grant the scopes {GRANTED} (all of them) to the service account's client id 104242424242424242424." in played.failure


def test_a_subject_that_is_no_administrator_is_named(player: Player, box: Sandbox) -> None:
    played = player.play(box, GOOD, env={"GOOGLE_WORKSPACE_SUBJECT": "ada.byron@example.com"})
    assert "subject (GOOGLE_WORKSPACE_SUBJECT) ada.byron@example.com must be an administrator" in played.failure


def test_an_expired_zoom_token_is_named(player: Player, box: Sandbox) -> None:
    connection = {"access_token": "an-old-scim-token-of-some-length", "api_url": box.url}
    played = player.play(box, {**GOOD, "zoom_connection": connection})
    assert "Zoom refused the token" in played.failure
    assert "an-old-scim-token-of-some-length" not in played.output


def test_a_missing_scope_is_named(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    box.zoom.scopes = frozenset({"scim2:admin"})
    played = player.play(box, GOOD)
    assert "lacks a scope" in played.failure
    assert "user:read:list_users:admin" in played.failure


def test_a_rule_naming_a_group_that_was_not_resolved_is_an_error(player: Player, box: Sandbox) -> None:
    """Snapshots of an earlier read, and a rule that came after it."""
    player.play(box, GOOD)
    box.ledger.clear()
    rules = [{"groups": ["managers@example.com"], "license": "licensed"}]
    state = player.folder / "state"
    run = {
        "id": "later",
        "accounts_path": f"{state}/accounts.jsonl",
        "people_path": f"{state}/people.jsonl",
        "journal_dir": f"{state}/journal",
    }
    playbook = player.folder / "alone.yml"
    playbook.write_text(
        "- hosts: all\n  connection: local\n  gather_facts: false\n"
        "  vars: {ansible_python_interpreter: '{{ ansible_playbook_python }}'}\n"
        "  roles: [workspace_zoom.provisioning.license_defaults]\n"
    )
    played = player.play(box, {"provisioning_run": run, "license_defaults_rules": rules}, playbook=str(playbook))
    assert "rules[1] names the group managers@example.com, which the people snapshot does not hold" in played.failure
    assert box.ledger.writes() == []
