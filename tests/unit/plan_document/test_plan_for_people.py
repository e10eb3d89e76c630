# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""plan.md as it is read in an editor and approved: what changes is shown, names can be copied, marks say what they are compared with."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _markdown
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._escape import harmless, sentence
from plan_documents import document, finding, result, row, tenant


def table(**change: object) -> str:
    made = document(tenant("t", zoom_scim_users=result(row("ada@example.com", **change))))
    return _markdown.render(made)


def test_a_rename_shows_the_address_that_it_gives() -> None:
    text = table(action="rename", before={"email": "old@example.com"}, after={"email": "ada@example.com"})
    assert "| ada@example.com | email: old@example.com | email: ada@example.com |" in text


def test_a_display_name_that_changes_is_shown_though_it_is_the_names() -> None:
    before = {"first_name": "Ada", "last_name": "Byron", "display_name": "Ada Byron"}
    after = {"first_name": "Ada", "last_name": "King", "display_name": "Ada King"}
    text = table(before=before, after=after)
    assert "display name: Ada Byron" in text and "display name: Ada King" in text
    new = table(action="create", before={}, after={"email": "ada@example.com", **after})
    assert "display name" not in new and "email:" not in new


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ('Zoom\'s "own" words at 22:06 UTC', 'Zoom\'s "own" words at 22:06 UTC'),
        ("snake_case_name", "snake_case_name"),
        ("_so_ and __so__", "&#95;so&#95; and &#95;&#95;so&#95;&#95;"),
        (":100: and a:b", "&#58;100: and a&#58;b"),
    ],
)
def test_only_what_would_be_markup_is_escaped(given: str, safe: str) -> None:
    assert harmless(given) == safe


def test_a_variable_is_code_and_nothing_else_is() -> None:
    said = "add attribute_mapping_adopt: {x: y}, or license_defaults_default_x"
    assert sentence(said) == "add `attribute_mapping_adopt`: {x: y}, or license_defaults_default_x"
    made = document(tenant("t", zoom_scim_users=result(attention=[finding("ada@example.com", "set attribute_mapping_prune: true.")])))
    assert "set `attribute_mapping_prune`: true." in _markdown.render(made)


def test_the_last_line_says_what_seal_and_digest_are() -> None:
    made = document(tenant("t", zoom_scim_users=result(row("ada@example.com"))))
    last = _markdown.render(made).rstrip().rsplit("\n", 1)[-1]
    assert f"Digest of this plan: {made['digest'][:12]} (the same for each plan of the same changes)." in last
    assert f"Seal: {made['seal'][:12]} (of this plan.json alone: the first characters of the `provisioning_approved_seal`" in last
