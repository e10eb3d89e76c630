# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A creation in full, who is left alone, chains of renames, and the words of what was not done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from account_plans import account, person, plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Creation, LicenseChange, NewAddress
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import (
    TRANSFERS,
    parse_deprovision,
    parse_offboarding,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._renames import order_renames
from planning import actions, reported


def test_a_creation_is_planned_in_full_with_a_licence_that_follows() -> None:
    policy = parse_policy({"default": "unassigned"}, "")
    create, license = plan([person("ada", via="zoom-users@example.com")], [], licenses=policy).changes
    made = Account("new:ada@example.com", "ada@example.com", "active", role_id="2", type=1, person_id="id-ada")
    names = {"first_name": "Ada", "last_name": "Byron", "display_name": "Ada Byron"}
    basic = {"type": 1, "zoom_one_type": None, "plan_united_type": None}
    assert (create.account, create.reason) == (made, "in scope through zoom-users@example.com")
    assert create.after == {"email": "ada@example.com", "status": "active", **names, **basic}
    assert create.needs(Creation).license.label == "basic"
    assert (license.action, license.account, license.reason) == ("license", made, "policy says unassigned")
    assert (license.after["type"], license.needs(LicenseChange).license.label) == (4, "unassigned")
    (plain,) = plan([person("bob")], []).changes
    assert plain.reason == "in scope"
    (half,) = plan([person("eve", fields={"name": {"familyName": "Moss"}})], []).changes
    assert half.after["display_name"] == "Moss Moss"


def test_who_is_protected_by_any_address_of_theirs_loses_nothing() -> None:
    gone = person("ada", in_scope=False, aliases=["ceo@example.com"], confirmed=True)
    protection = Protection(frozenset({"ceo@example.com"}))
    found = plan([gone], [account("ada")], prune=True, protection=protection)
    assert (actions(found), reported(found)) == ([], [("protected", "")])
    assert found.attention[0].emails == ("ada@example.com",)
    assert found.attention[0].message.startswith("1 account not in scope, but listed in attribute_mapping_protected, so left alone (ada@")


def test_an_account_that_an_earlier_phase_skipped_or_that_the_policy_ignores_is_not_removed() -> None:
    gone = person("ada", in_scope=False, confirmed=True)
    assert actions(plan([gone], [account("ada")], prune=True)) == [("deactivate", "ada@example.com")]
    assert actions(plan([gone], [account("ada", held="identity")], prune=True)) == []
    found = plan([gone], [account("ada")], prune=True, actions={"out_of_scope": "ignore"})
    assert (actions(found), reported(found)) == ([], [])


def test_what_is_not_done_is_said_with_whom_and_why() -> None:
    gone = person("ada", in_scope=False, confirmed=True)
    listed = plan([gone], [account("ada")], prune=None)
    assert listed.attention[0].message.startswith("ada@example.com is not in scope")
    assert listed.attention[0].reason == "out_of_scope"
    unsure = plan([replace(gone, confirmed=False)], [account("ada")], prune=True)
    assert "ada@example.com was listed as not in scope, but" in unsure.withheld[0].message
    pending = plan([gone], [Account("", "ada@example.com", "pending")], prune=True)
    assert (pending.attention[0].email, pending.attention[0].reason) == ("ada@example.com", "pending")
    moved = plan([person("ada", aliases=["old@example.com"])], [account("old")], domains=frozenset({"other.example"}))
    assert "ada@example.com" in moved.attention[0].message
    assert "example.com" in plan([person("ada")], [], domains=frozenset({"other.example"})).attention[0].message


def test_a_chain_of_renames_has_a_wave_for_each_link() -> None:
    accounts = {name: account(name) for name in ("ada", "bob", "eve")}
    moves = {"bob": "ada@example.com", "ada": "eve@example.com", "eve": "kim@example.com"}
    found = Plan([Change("rename", new, "", accounts[name], {"email": new}, NewAddress(new)) for name, new in moves.items()])
    order_renames(found, accounts.values())
    assert [(change.email, change.wave) for change in found.ordered()] == [
        ("kim@example.com", 1), ("eve@example.com", 2), ("ada@example.com", 3),
    ]  # fmt: skip


def test_who_is_in_a_ring_of_renames_is_reported_and_others_keep_the_address_that_they_have() -> None:
    ada, bob, eve = account("ada"), account("bob"), account("eve")
    ring = [
        Change("rename", f"{new}@example.com", "", held, {}, NewAddress(f"{new}@example.com")) for held, new in ((ada, "bob"), (bob, "ada"))
    ]
    update, other = Change("update", "bob@example.com", "", ada), Change("update", "eve@example.com", "", eve)
    found = Plan([*ring, update, other])
    order_renames(found, [ada, bob, eve])
    assert [(change.action, change.email) for change in found.changes] == [("update", "ada@example.com"), ("update", "eve@example.com")]
    assert sorted(finding.reason for finding in (*found.failed, *found.attention)) == ["rename_ring", "rename_ring"]
    assert set(found.skip) == {ada.key, bob.key}


@pytest.mark.parametrize("action", ["delete", "disassociate"])
def test_an_heir_gets_everything_unless_told_what(action: str) -> None:
    spec = {"action": action, "transfer_to": "heir@example.com"}
    assert parse_offboarding(spec, "where").transfer == TRANSFERS
    assert parse_offboarding({**spec, "transfer": ["meeting"]}, "where").transfer == ("meeting",)
    assert parse_offboarding({**spec, "transfer": []}, "where").transfer == ()
    assert parse_offboarding({"action": "deactivate"}, "where").transfer == ()


def test_a_wrong_offboarding_names_what_is_known() -> None:
    with pytest.raises(PolicyError, match=r"where\.transfer holds 'mail'; known are " + ", ".join(TRANSFERS)):
        parse_offboarding({"action": "delete", "transfer_to": "heir@example.com", "transfer": ["mail"]}, "where")
    with pytest.raises(PolicyError, match=r"where\.transfer_to.*heir at home"):
        parse_offboarding({"action": "delete", "transfer_to": "heir at home"}, "where")
    with pytest.raises(PolicyError, match=r"where.*transfer_too.*transfer_to"):
        parse_offboarding({"action": "delete", "transfer_too": "heir@example.com"}, "where")
    with pytest.raises(PolicyError, match="not list"):
        parse_deprovision(True, ["deactivate"], "where")


def test_without_prune_it_is_said_too_that_a_role_stands_against_the_removal() -> None:
    gone = [person("ada", in_scope=False), person("bob", in_scope=False)]
    accounts = [account("ada", role_id="r-42"), account("bob")]
    ada, bob = plan(gone, accounts, prune=None).attention
    assert "attribute_mapping_prune: true to allow that, and take the role away first (User Management, Roles)" in ada.message
    assert bob.message.endswith("set attribute_mapping_prune: true to allow that.")
    downgraded = plan(gone, [account("ada", role_id="r-42", type=2)], prune=None, actions={"out_of_scope": "downgrade"})
    assert "role" not in downgraded.attention[0].message
