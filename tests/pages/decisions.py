# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/how-it-decides.md: its picture, and the order in which changes are written, as the code has it."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS, Subject
from docs_site.drawing import arrow, box, svg, words

PICTURE = "_static/how-it-decides.svg"


def actions(subject: str) -> str:
    """`ACCOUNT`: what can be done to an account, in the order of writes."""
    rows = [action for action in ACTIONS.values() if action.subject is Subject[subject]]
    seats = {(True, True): "takes one and frees one", (True, False): "takes one", (False, True): "frees one", (False, False): ""}
    shown = [
        f"| {number}. {action.title} | {'yes' if action.removes else ''} | {seats[action.takes_seat, action.frees_seat]} |"
        for number, action in enumerate(rows, 1)
    ]
    if subject == "ACCOUNT":
        return "\n".join(["| step | takes something away | seat |", "|---|---|---|", *shown])
    return "\n".join(["| step | takes something away |", "|---|---|", *(row.rpartition("  |")[0].rstrip() + " |" for row in shown)])


@dataclass(frozen=True)
class Gate:
    """A question to each change. `kind`: what a change that does not pass means for the run."""

    question: str
    detail: str
    outcome: str
    where: str
    kind: str = "stop"


GATES = [
    Gate("Is the account unprotected?", "Owner, admins and protected people lose nothing.", "reported", "attention", "wait"),
    Gate("Is this run about it?", "provisioning_only, provisioning_leave_removals", "left for another run", "left", "wait"),
    Gate("Is it due?", "What Zoom refuses for good waits for 24 hours.", "tried again later", "attention", "wait"),
    Gate("If it is a removal, is it confirmed?", "A second lookup of another kind agrees.", "blocked", "withheld"),
    Gate("Is its kind within its limit?", "attribute_mapping_max_deactivations, ...", "all of that kind blocked", "withheld"),
    Gate("Does the approved plan list it?", "Only with provisioning_approved.", "blocked", "withheld"),
]
_WHOLE, _SIDE, _LEFT, _WIDE, _EXIT, _OUT = 796, 16, 158, 344, 570, 198
_TALL, _GAP = 50, 26
_ACROSS, _MIDDLE = _WHOLE - 2 * _SIDE, _LEFT + _WIDE / 2

INPUTS = {
    "Your variables": ["scope, attributes,", "licences, groups"],
    "Google": ["people, groups,", "org units"],
    "Zoom": ["accounts, groups,", "seats"],
    "The last run": ["whose account it was,", "what Zoom refused"],
}
READ = "A page, group or org unit that can't be read ends the run before any write."
MATCH = Gate("Match people with accounts", "Google id, last run, address, alias. Never a guess.", "left as it is", "attention", "wait")
COMPARE = Gate("Compare with your variables", "What is different is a change, with its reason.", "who can't be mapped", "failed_items")
WRITE = Gate("Write, step by step", "Check mode sends nothing. All else is the same.", "refused, or not known", "failed_items")
REPORT = "Every change, every reason, what to do next; the memory and the journal for the next run."


def picture() -> str:
    """From the top: what is read, what is compared, what each change has to pass, what is written."""
    parts = list[str]()
    for number, (title, lines) in enumerate(INPUTS.items()):
        x = _SIDE + number * 193
        parts += [box(x, 16, 170, 68, title, lines), arrow([(x + 85, 84), (x + 85, 110)])]
    parts.append(box(_SIDE, 110, _ACROSS, _TALL, "Read everything first", [READ]))
    first = 110 + _TALL + _GAP
    parts.append(arrow([(_MIDDLE, 110 + _TALL), (_MIDDLE, first)]))
    steps = [MATCH, COMPARE, *GATES, WRITE]
    for number, step in enumerate(steps):
        parts += _step(first + number * (_TALL + _GAP), step, last=step is WRITE)
    top, end = first - 12, first + len(steps) * (_TALL + _GAP) - _GAP + 12
    parts.append(f'<rect x="{_SIDE}" y="{top}" width="{_ACROSS}" height="{end - top}" rx="8" class="frame"/>')
    parts += [*_phases(top, end), arrow([(_MIDDLE, end), (_MIDDLE, end + 20)])]
    parts.append(box(_SIDE, end + 20, _ACROSS, _TALL, "Report", [REPORT]))
    key = end + 20 + _TALL + 26
    parts.append(_key(_SIDE, key, "wait", "reported or left: the run succeeds"))
    parts.append(_key(330, key, "stop", "blocked or failed: all else is done, then the run fails"))
    said = f"{len(GATES)} questions to each change: " + " ".join(f"{gate.question} If not: {gate.outcome}." for gate in GATES)
    return svg("decides", _WHOLE, key + 18, "How a run decides", said, parts)


def _step(y: float, step: Gate, *, last: bool) -> list[str]:
    """With what becomes of a change that does not pass it, and the way on for one that does."""
    middle, bottom = y + _TALL / 2, y + _TALL
    drawn = [box(_LEFT, y, _WIDE, _TALL, step.question, [step.detail]), arrow([(_LEFT + _WIDE, middle), (_EXIT, middle)], step.kind)]
    drawn.append(box(_EXIT, y + 4, _OUT, _TALL - 8, step.outcome, [step.where], step.kind))
    if not last:
        drawn.append(arrow([(_MIDDLE, bottom), (_MIDDLE, bottom + _GAP)]))
    if step in GATES:
        drawn.append(words(_MIDDLE + 10, bottom + 17, "yes", "quiet"))
    return drawn


def _phases(top: float, end: float) -> list[str]:
    """Beside the frame that each phase goes through."""
    names = ["For each phase:", "1. Scope group", "2. Accounts", "3. Licences", "4. Zoom groups"]
    first = (top + end) / 2 - len(names) * 9
    return [words(28, first + 20 * number, name, "" if number else "title") for number, name in enumerate(names)]


def _key(x: float, y: float, kind: str, meaning: str) -> str:
    return f'<rect x="{x}" y="{y - 11}" width="16" height="14" rx="3" class="{kind}"/>\n' + words(x + 26, y, meaning, "quiet")
