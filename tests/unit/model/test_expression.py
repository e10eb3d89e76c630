# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions: what they read, and what is said of those that do not work."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("primaryEmail", {"primaryEmail"}),
        ("name.familyName || name.givenName", {"name"}),
        ("organizations[?primary].department | [0]", {"organizations"}),
        ("'constant'", set()),
        ("@.name.givenName", {"name"}),
        ("customSchemas.Zoom.seat", {"customSchemas"}),
    ],
)
def test_an_expression_knows_which_fields_of_the_user_it_reads(text: str, fields: set[str]) -> None:
    assert compile_expression(text, "mapping").fields == fields


@pytest.mark.parametrize(
    ("text", "said"), [("name.[", "no valid JMESPath"), ("primarEmail", "did you mean primaryEmail"), ("", "must be a")]
)
def test_a_bad_expression_is_one_sentence_naming_its_place(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said) as caught:
        compile_expression(text, "attribute_mapping_attributes.title")
    assert "attribute_mapping_attributes.title" in str(caught.value)


def test_a_type_error_shows_when_the_expression_meets_the_person() -> None:
    expression = compile_expression("starts_with(orgUnitPath, 'x')", "where")
    with pytest.raises(PolicyError, match="can't be evaluated"):
        expression.search({"orgUnitPath": None})
