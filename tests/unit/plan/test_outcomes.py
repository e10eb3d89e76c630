# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of what a user has to act on: whole, in use, and printed in the docs."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import outcomes_page
import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan import _outcomes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import REMOVALS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcomes import OUTCOMES, finding

UTILS = Path(__file__).parents[3] / "plugins" / "module_utils"
CODE = {path: path.read_text() for path in UTILS.rglob("*.py") if not path.name.startswith("_outcome")}
WHO = (
    "The memory",
    "{email}",
    "{count}",
    "{group}",
    "The Zoom group {group}",
    "The Zoom groups {group}",
    "Zoom shows no account",
    "With a SCIM ",
    "Zoom does not report how many ",
    "Can't rename {account} to {email}",
    "Employee Unique ID is set by",
    "{what} hold a row",
    "{cause}",
    "Google lists a member",
)


def test_the_docs_print_the_catalogue() -> None:
    assert outcomes_page.PAGE.read_text(encoding="utf-8") == outcomes_page.page(), "run make docs"


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_each_is_one_sentence_that_begins_with_who_and_ends_with_the_next_step(code: str) -> None:
    text = OUTCOMES[code].text
    assert text.startswith(WHO)
    assert text.endswith(".")
    assert re.search("[;:] ", text), "what, why and what to do are parts of it"
    assert re.findall(r"[.!?] [A-Z]", text) == [], "one sentence"


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_each_is_used_and_can_be_filled(code: str) -> None:
    assert any(f'"{code}"' in source for source in CODE.values()), "nobody tells this"
    names = {name for _text, name, _spec, _conversion in Formatter().parse(OUTCOMES[code].text) if name}
    found = finding(code, "ada@example.com", **{name: "x" for name in names - {"email", "reason"}})
    assert "{" not in re.sub(r"\{[^{}]*: ?[^{}]*\}", "", found.message)


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_a_count_of_one_and_of_many_agree_with_their_words(code: str) -> None:
    """What is counted is named by the text, or by the value (1 account): a count that is a bare number needs both forms."""
    if numbers := set(re.findall(r"\{(count|left)\} (?:further )?\{\1:", OUTCOMES[code].text)):
        names = {name for _text, name, _spec, _conversion in Formatter().parse(OUTCOMES[code].text) if name}
        one, many = (
            finding(code, "a@x.com", **{**dict.fromkeys(names - {"email", "reason"}, "x"), **dict.fromkeys(numbers, number)}).message
            for number in (1, 2)
        )
        assert not re.search(r"\b1 (further )?(people|\w+s)\b", one), one
        assert re.search(r"\b2 (further )?(people|\w+s)\b", many), many
    assert not re.search(r"\{count\} (further )?\w+s\b", OUTCOMES[code].text)


def test_one_person_is_spoken_of_as_one() -> None:
    values = {"names": "a@x.com", "what": "their licence stays as it is", "cause": "it is so", "emails": ["a@x.com"]}
    assert finding("left_alone", count=1, **values).message.startswith("1 person (a@x.com) was skipped here, so their licence stays")
    assert finding("left_alone", count=2, **values).message.startswith("2 people (a@x.com) were skipped here, ")
    assert REMOVALS["leaver"].of(1) == "account of suspended or deleted people would be deactivated"
    assert REMOVALS["license"].of(2) == "licences would be taken away"


def test_no_sentence_is_made_outside_the_catalogue() -> None:
    """A finding is made by the catalogue, or of a refusal that Zoom or Google wrote, where what came of a plan is gathered."""
    makers = {path.name for path, source in CODE.items() if re.search(r"\bFinding\(", source)}
    assert makers == {"_applied.py"}


# Where the code stands among the arguments.
ASKING = {"report": 0, "finding": 0, "block": 1, "report_kept": 2}


def test_every_sentence_that_is_asked_for_is_there() -> None:
    """A misspelt code would be a traceback at a user's."""
    asked = set[str]()
    for source in CODE.values():
        for node in ast.walk(ast.parse(source)):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and name in ASKING and len(node.args) > ASKING[name]:
                code = node.args[ASKING[name]]
                asked |= {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()
    assert len(asked) > 60
    assert asked - OUTCOMES.keys() == set()


def test_no_two_files_of_the_catalogue_have_a_sentence_of_one_name_and_none_is_left_out() -> None:
    files = sorted((Path(_outcomes.__file__).parent).glob("_outcomes_of_*.py"))
    texts = [vars(_outcomes)[path.stem].TEXTS for path in files]
    assert sum(map(len, texts)) == len(OUTCOMES)
