# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/outcomes.md from the catalogue: `make docs` writes it, a unit test holds it to the code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcome import ATTENTION, FAILED, WITHHELD, agreeing
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcomes import OUTCOMES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._lasting import ENDS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._refusals import REFUSALS

_ESCAPED = str.maketrans({"{": "&#123;", "}": "&#125;", "|": "\\|"})
PAGE = Path(__file__).parents[1] / "docs" / "outcomes.md"
KINDS = {
    ATTENTION: "Conditions that wait for somebody. They do not fail the run.",
    WITHHELD: "Removals and other changes that were blocked. Everything else was done, and then the run fails.",
    FAILED: "What could not be done. Everything else was done, and then the run fails.",
}


def page() -> str:
    lines = [
        "# What a run may ask of you",
        "",
        "Every sentence that a run can report at its end, and its `reason` for programs. Words in *italics* are filled in.",
        "Made from the code by `make docs`.",
    ]
    for kind, text in KINDS.items():
        lines += ["", f"## {kind}", "", text, "", "| reason | sentence |", "|---|---|"]
        lines += [f"| `{code}` | {_shown(found.text)} |" for code, found in sorted(OUTCOMES.items()) if found.kind == kind]
    lines += [
        "",
        "## Refused writes",
        "",
        "A write that Zoom refuses is reported under `failed`, as *who*: *what was not done*, because *why*, followed by Zoom's own words,",
        "code and tracking id.",
        "",
        "| Zoom says | why, and what to do |",
        "|---|---|",
        *(f"| {said} | {advice} |" for said, advice in REFUSALS.items()),
    ]
    return "\n".join([*lines, *_standing()]) + "\n"


STANDING = """
## Standing conditions

A condition stands until somebody ends it. The memory of the last real run knows since when: then its row, under `attention`, has
`since`, and it fails no run. The first run that meets it fails, unless the condition needs attention only. If more than 20 people
fail for one reason, or more than a fifth of at least 50 accounts, it is one fault, and each run fails.

### Changes that Zoom refuses

Only changes that give something: create, reactivate, rename, update, license, create_group, rename_group, add. They are tried again
after `provisioning_retry_refused_after`, and at once if something else is asked for. Until then, later changes of the same account
wait as well, but no removal does. A removal that Zoom refuses fails each run.
"""
NEVER_STANDING = """
`refused` is followed by the HTTP status and code of a text that this collection does not know. Never remembered are rate limits,
missing scopes and rights, tokens, seats, accounts that are gone, errors of Zoom, lost answers, and all of a phase that was stopped.
"""


def _standing() -> list[str]:
    kinds = {kind: {code: one.ends for code, one in sorted(OUTCOMES.items()) if one.ends and one.kind == kind} for kind in KINDS}
    people = ["", "### People who can't be provisioned", *_ends(kinds[FAILED])]
    return [STANDING.rstrip("\n"), *_ends(ENDS), NEVER_STANDING.rstrip("\n"), *people, *_attention(kinds[ATTENTION])]


def _attention(ends: Mapping[str, str]) -> list[str]:
    return ["", "### Conditions that need attention only", "", "Those that `google_scope_info` reports have no `since`.", *_ends(ends)]


def _ends(ends: Mapping[str, str]) -> list[str]:
    return ["", "| reason | what ends it |", "|---|---|", *(f"| `{code}` | {what} |" for code, what in ends.items())]


def _shown(text: str) -> str:
    parts = (
        (literal.translate(_ESCAPED), f"*{name}*" if name else "")
        for literal, name, _spec, _conversion in Formatter().parse(agreeing(text, {}))
    )
    return "".join(part for pair in parts for part in pair)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
