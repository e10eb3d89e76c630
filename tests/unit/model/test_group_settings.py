# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access settings of Google groups, as options write them."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._group_settings import VALUES, parse_settings, who_may_join
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_forms import ACCESS_SETTINGS


def test_settings_that_an_option_may_name_are_those_of_which_the_type_in_googles_answer_is_known() -> None:
    """Two lists, as neither of the lowest rooms imports the other."""
    assert list(VALUES) == list(ACCESS_SETTINGS)


def test_flags_become_the_texts_that_the_api_takes_and_blanks_ask_for_nothing() -> None:
    spec = {"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": False, "isArchived": "TRUE", "whoCanPostMessage": ""}
    assert parse_settings(spec, "settings") == {"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": "false", "isArchived": "true"}
    assert parse_settings(None, "settings") == parse_settings("", "settings") == {}


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (["whoCanJoin"], "^settings must be a dictionary of settings.*, not list"),
        ({"whoCanJion": "INVITED_CAN_JOIN"}, "did you mean whoCanJoin"),
        ({"whoCanJoin": "EVERYBODY"}, "^settings.whoCanJoin is 'EVERYBODY'; known are ANYONE_CAN_JOIN, ALL_IN_DOMAIN_CAN_JOIN"),
        ({"whoCanJoin": True}, "whoCanJoin is True"),
        ({"whoCanJoin": "invited_can_join"}, "whoCanJoin is 'invited_can_join'"),
        ({"isArchived": "yes"}, "isArchived is 'yes'; known are true, false"),
    ],
)
def test_a_setting_that_google_does_not_have_is_named(spec: object, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_settings(spec, "settings")


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("ANYONE_CAN_JOIN", "anybody on the Internet"),
        ("ALL_IN_DOMAIN_CAN_JOIN", "everybody of this Google customer"),
        ("INVITED_CAN_JOIN", ""),
        ("CAN_REQUEST_TO_JOIN", ""),
    ],
)
def test_who_may_join_unasked_is_said_in_words(value: str, who: str) -> None:
    assert who_may_join({"whoCanJoin": value}) == who
    assert who_may_join({}) == ""
