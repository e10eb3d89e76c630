# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named people lose access at once."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import ZOOM_EXTENSION
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes, Offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import (
    OffboardPolicy,
    bundles_to_read,
    plan_offboarding,
    still_in_scope,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
from identities import BEFORE, LATER, account, person
from planning import actions, facts, reported


def test_offboarding_finds_people_by_either_address_and_says_who_would_be_back() -> None:
    ada = person("ada", aliases=["old@x.com"])
    accounts = [account("old", type=2), account("boss", role_id="1"), account("new", status="pending"), account("off", status="inactive")]
    accounts[2].id = ""
    names = ("ADA@x.com", "boss@x.com", "new@x.com", "off@x.com", "who@x.com")
    found = plan_offboarding(*facts([ada], accounts), OffboardPolicy(names, Offboarding("deactivate", "heir@x.com"), Protection()))
    assert actions(found) == [
        ("revoke", "old@x.com"),
        ("hand_over", "old@x.com"),
        ("deactivate", "old@x.com"),
        ("disassociate", "new@x.com"),
    ]
    assert reported(found) == [("protected", "boss@x.com"), ("offboard_unknown", "who@x.com")]
    people, _tenant, matches = facts([ada], accounts)
    twice = OffboardPolicy(("old@x.com", *names), Offboarding("deactivate"), Protection())
    assert still_in_scope(people, matches, twice) == ["ada@x.com"]
    named_twice = plan_offboarding(*facts([ada], accounts), twice)
    assert [email for action, email in actions(named_twice) if action == "deactivate"] == ["old@x.com"]
    removed = plan_offboarding(*facts([], accounts), OffboardPolicy(("off@x.com",), Offboarding("delete"), Protection()))
    assert actions(removed) == [("delete", "off@x.com")]


def test_two_addresses_of_one_person_end_the_account_once() -> None:
    names, ada = ("old@x.com", "ada@x.com"), person("ada", aliases=["old@x.com"])
    found = plan_offboarding(*facts([ada], [account("old")]), OffboardPolicy(names, Offboarding("deactivate"), Protection()))
    assert actions(found) == [("revoke", "old@x.com"), ("deactivate", "old@x.com")]
    assert reported(found) == []


def test_an_account_that_may_be_somebody_elses_is_not_ended_on_the_strength_of_its_address() -> None:
    ada = person("ada", created=LATER)
    older = account("ada", created=BEFORE)
    found = plan_offboarding(*facts([ada], [older]), OffboardPolicy(("ada@x.com",), Offboarding("deactivate"), Protection()))
    assert (actions(found), reported(found)) == ([], [("identity", "ada@x.com")])
    assert "attribute_mapping_adopt: {ada@x.com: ada@x.com}" in found.failed[0].message


def test_without_an_heir_logins_are_revoked_and_the_account_ends() -> None:
    found = plan_offboarding(*facts([], [account("ada")]), OffboardPolicy(("ada@x.com",), Offboarding("deactivate"), Protection()))
    assert actions(found) == [("revoke", "ada@x.com"), ("deactivate", "ada@x.com")]
    ended = plan_offboarding(
        *facts([], [account("ada")]), OffboardPolicy(("ada@x.com",), Offboarding("delete", "heir@x.com"), Protection())
    )
    assert actions(ended) == [("revoke", "ada@x.com"), ("delete", "ada@x.com")], "a deletion hands over by itself"


def test_what_ends_an_account_is_planned_in_full() -> None:
    ada = account("ada", type=2)
    found = plan_offboarding(*facts([], [ada]), OffboardPolicy(("ada@x.com",), Offboarding("deactivate", "heir@x.com"), Protection()))
    heir = Attributes({f"{ZOOM_EXTENSION}:transferee": "heir@x.com"})
    off = {"status": "inactive", "type": 1, "zoom_one_type": None, "plan_united_type": None}
    assert found.ordered() == [
        Change("revoke", "ada@x.com", "offboarded", ada),
        Change("hand_over", "ada@x.com", "data goes to heir@x.com", ada, data=heir),
        Change("deactivate", "ada@x.com", "offboarded", ada, off, Offboarding("deactivate", "heir@x.com")),
    ]
    for status, ending in (("pending", Offboarding("disassociate")), ("inactive", Offboarding("delete"))):
        found = plan_offboarding(
            *facts([], [account("ada", status=status)]), OffboardPolicy(("ada@x.com",), Offboarding("delete"), Protection())
        )
        (change,) = found.changes
        assert (change.reason, change.data, change.removal) == ("offboarded", ending, None)


def test_the_bundle_is_read_of_those_who_lose_their_account_and_of_nobody_else() -> None:
    held = {"type": 2}
    accounts = [account("ada", **held), account("boss", role_id="1", **held), account("odd", status="unreadable", **held), account("kim")]
    accounts += [account("off", status="inactive", **held), account("bob", type=2, zoom_one_type=0), account("may", **held)]
    people, _tenant, matches = facts([], accounts)
    named = tuple(f"{name}@x.com" for name in ("ada", "boss", "odd", "kim", "off", "bob"))
    read = bundles_to_read(people, matches, OffboardPolicy(named, Offboarding("deactivate"), Protection()))
    assert [one.email for one in read] == ["ada@x.com"], "who is inactive loses nothing more by a deactivation"
    read = bundles_to_read(people, matches, OffboardPolicy(named, Offboarding("delete"), Protection()))
    assert [one.email for one in read] == ["ada@x.com", "off@x.com"]
