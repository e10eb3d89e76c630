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
_LEFT, _WIDE, _EXIT, _OUT = 158, 344, 570, 210
_TALL, _GAP = 50, 26


def picture() -> str:
    """From the top: what is read, what is compared, what each change has to pass, what is written."""
    parts, middle = list[str](), _LEFT + _WIDE / 2
    inputs = [
        ("Your variables", ["scope, attributes,", "licences, groups"]),
        ("Google", ["people, groups,", "org units"]),
        ("Zoom", ["accounts, groups,", "seats"]),
        ("The last run", ["whose account it was,", "what Zoom refused"]),
    ]
    for number, (title, lines) in enumerate(inputs):
        x = 16 + number * 193
        parts += [box(x, 16, 170, 68, title, lines), arrow([(x + 85, 84), (x + 85, 110)])]
    parts.append(box(16, 110, 764, _TALL, "Read everything first", ["A page, group or org unit that can't be read ends the run before any write."]))
    y = 110 + _TALL + _GAP
    frame = y - 12
    steps = [
        ("Match people with accounts", ["Google id, last run, address, alias. Never a guess."], ("left as it is", "attention", "wait")),
        ("Compare with your variables", ["What is different is a change, with its reason."], ("who can't be mapped", "failed_items", "stop")),
    ]
    parts.append(arrow([(middle, 110 + _TALL), (middle, y)]))
    for title, lines, (outcome, where, kind) in steps:
        parts += [box(_LEFT, y, _WIDE, _TALL, title, lines), *_exit(y, outcome, where, kind)]
        parts.append(arrow([(middle, y + _TALL), (middle, y + _TALL + _GAP)]))
        y += _TALL + _GAP
    for gate in GATES:
        parts += [box(_LEFT, y, _WIDE, _TALL, gate.question, [gate.detail]), *_exit(y, gate.outcome, gate.where, gate.kind)]
        parts += [arrow([(middle, y + _TALL), (middle, y + _TALL + _GAP)]), words(middle + 10, y + _TALL + 17, "yes", "quiet")]
        y += _TALL + _GAP
    lines = ["Check mode sends nothing. All else is the same."]
    parts += [box(_LEFT, y, _WIDE, _TALL, "Write, step by step", lines), *_exit(y, "refused, or not known", "failed_items", "stop")]
    end = y + _TALL + 12
    parts.append(f'<rect x="16" y="{frame}" width="764" height="{end - frame}" rx="8" class="frame"/>')
    parts += _phases(frame, end)
    parts.append(arrow([(middle, end), (middle, end + 20)]))
    parts.append(box(16, end + 20, 764, _TALL, "Report", ["Every change, every reason, what to do next; the memory and the journal for the next run."]))
    key = end + 20 + _TALL + 26
    parts += [_key(16, key, "wait", "reported or left: the run succeeds"), _key(330, key, "stop", "blocked or failed: all else is done, then the run fails")]
    said = f"{len(GATES)} questions to each change: " + " ".join(f"{gate.question} If not: {gate.outcome}." for gate in GATES)
    return svg("decides", 796, key + 18, "How a run decides", said, parts)


def _exit(y: float, outcome: str, where: str, kind: str) -> list[str]:
    height = _TALL - 8
    return [arrow([(_LEFT + _WIDE, y + _TALL / 2), (_EXIT, y + _TALL / 2)], kind), box(_EXIT, y + 4, _OUT - 12, height, outcome, [where], kind)]


def _phases(top: float, end: float) -> list[str]:
    """Beside the frame that each phase goes through."""
    names = ["For each phase:", "1. Scope group", "2. Accounts", "3. Licences", "4. Zoom groups"]
    first = (top + end) / 2 - len(names) * 9
    return [words(28, first + 20 * number, name, "" if number else "title") for number, name in enumerate(names)]


def _key(x: float, y: float, kind: str, meaning: str) -> str:
    return f'<rect x="{x}" y="{y - 11}" width="16" height="14" rx="3" class="{kind}"/>\n' + words(x + 26, y, meaning, "quiet")
