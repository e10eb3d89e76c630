# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written to an account, and what is said where nothing is."""

from __future__ import annotations

from typing import Any

from account_plans import account, person, plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import ENTERPRISE, Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Attributes, NewAddress
from planning import actions


def test_what_an_earlier_phase_has_skipped_is_left_as_it_is() -> None:
    ada = account("ada", first_name="Adah", held="limit_deactivation")
    found = plan([person("ada")], [ada])
    assert (actions(found), found.attention) == ([], [])


def test_a_display_name_that_scim_does_not_change_is_reported_and_not_written_again() -> None:
    ada = account("ada", last_name="King", display_name="Ada King", fixed=["display_name"])
    found = plan([person("ada")], [ada], rest=False)
    (change,) = found.changes
    assert change.after == {"last_name": "Byron"}
    assert [finding.reason for finding in found.attention] == ["display_name_fixed"]
    (change,) = plan([person("ada")], [ada]).changes
    assert change.after == {"last_name": "Byron", "display_name": "Ada Byron"}, "REST changes it"
    (change,) = plan([person("ada")], [account("ada", last_name="King", display_name="Ada King")], rest=False).changes
    assert change.after == {"last_name": "Byron", "display_name": "Ada Byron"}, "nobody has seen yet that SCIM does not"


def test_a_display_name_that_stayed_behind_the_names_is_reported_until_it_follows() -> None:
    found = plan([person("ada")], [account("ada", display_name="Ada King", fixed=["display_name"])], rest=False)
    assert (actions(found), [finding.reason for finding in found.attention]) == ([], ["display_name_fixed"])
    (change,) = plan([person("ada")], [account("ada", display_name="Ada King", fixed=["display_name"])]).changes
    assert change.after == {"display_name": "Ada Byron"}
    found = plan([person("ada")], [account("ada", display_name="Ada Byron", fixed=["display_name"])])
    assert (actions(found), found.attention) == ([], [])


def test_a_change_of_an_account_is_planned_in_full() -> None:
    renamed = person("ada", aliases=["old@example.com"], fields={"organizations": [{"primary": True, "department": "R"}]})
    held = account("old", first_name="Adah", display_name="Countess", status="inactive", type=2)
    values = {"name.givenName": "Ada", f"{ENTERPRISE}:department": "R"}
    assert plan([renamed], [held]).ordered() == [
        Change(
            "reactivate",
            "ada@example.com",
            "in scope",
            held,
            {"status": "active", "type": 1, "zoom_one_type": None, "plan_united_type": None},
        ),
        Change(
            "rename",
            "ada@example.com",
            "address was old@example.com",
            held,
            {"email": "ada@example.com"},
            NewAddress("ada@example.com"),
            "rename",
            wave=1,
        ),
        Change(
            "update",
            "ada@example.com",
            "changed: department, name.givenName",
            held,
            {"first_name": "Ada", "department": "R"},
            Attributes(values),
        ),
    ]
    basic = account("ada", status="inactive")
    (change,) = plan([person("ada")], [basic]).changes
    assert change.after == {"status": "active"}


def test_sentences_on_accounts_name_whom_and_what() -> None:
    def said(*args: Any, **more: Any) -> str:
        return plan(*args, **more).attention[0].message

    assert said([person("ada")], [Account("", "ada@example.com", "pending")]).startswith("ada@example.com")
    assert said([person("ada")], [account("ada", status="inactive")], reactivate=False).startswith("ada@example.com")
    assert "reactivated" in said([person("ada")], [account("ada", status="inactive", room=True)])
    renamed = person("ada", aliases=["old@example.com"])
    assert "ada@example.com" in said([renamed], [account("old", role_id="1", first_name="Ada", display_name="Ada Byron")])
    assert "renamed to ada@example.com" in said([renamed], [account("old", room=True, first_name="Ada", display_name="Ada Byron")])
    fixed = said([person("ada")], [account("ada", display_name="", fixed=["display_name"], last_name="K")], rest=False)
    assert fixed.startswith("ada@example.com") and "Ada Byron" in fixed and "none" in fixed


def test_an_attribute_that_lists_do_not_show_is_compared_as_text_and_empty_is_empty() -> None:
    ada = person("ada", fields={"notes": "Head"})
    attributes = {**DEFAULT_ATTRIBUTES, "title": "notes"}
    for shown, changes in (({"title": "Head"}, []), ({"title": None}, ["update"]), ({}, [])):
        found = plan([ada], [account("ada")], attributes=attributes, shown={"z-ada": shown})
        assert [change.action for change in found.changes] == changes
