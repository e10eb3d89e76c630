# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions: what they read, and what is said of those that do not work."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model import _expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import USER_FIELDS, compile_expression
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
        ("length(@)", set(USER_FIELDS)),
        ("@[0:1]", set()),
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


def test_without_jmespath_the_module_loads_so_that_it_can_report_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location(f"{_expression.__name__}_without_jmespath", _expression.__file__)
    assert spec and spec.loader
    without = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, without.__name__, without)
    monkeypatch.setitem(sys.modules, "jmespath", None)
    spec.loader.exec_module(without)
    assert not hasattr(without, "jmespath")
    assert hasattr(_expression, "jmespath")
