# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document as a comment on a pull request: what must be read first, and never longer than a comment may be. Pure.

Removals come before gains, and get their room before anything else: whoever approves the plan vouches for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ...module_utils._report._titles import why, words
from ._document import CHANGES, NO_CHANGE
from ._escape import harmless, sentence
from ._headings import row_title
from ._length_limit import Section, fit, size

Row = dict[str, Any]

LIMIT = 65_536  # characters of a comment on GitHub; GitLab takes more
MARK = "<!-- workspace_zoom.provisioning plan"
_URN = re.compile(r"urn:[\w.:]{1,200}:(?=\w)")  # of SCIM's attributes: the last word says it. Bounded, or some texts take it for ever
_MARKED = 12  # characters that tell a seal or a digest from others
_FOLDED = 20  # longer tables wait behind a click
_COUNTS = ("changes", "losses", "failed", "withheld", "attention")
_NAMED = 10  # addresses behind a sentence that is said of many
# Who gets room first: removals; counts, and what was blocked or failed; standing conditions; what takes nothing away.
_REMOVALS, _PROBLEMS, _STANDING, _GAINS = range(4)


def render(
    document: Mapping[str, Any], *, name: str = "plan", title: str = "Zoom provisioning", limit: int = LIMIT, where: str = ""
) -> str:
    """`name` distinguishes several plans of one pull request: the first line is what a later run finds its comment by.

    `where`: where readers find plan.json, in Markdown, as only the pipeline that keeps it knows.
    """
    head = f"{mark(name)}\n<!-- digest {document['digest'] or 'none'} -->\n## {harmless(title)}: {_verdict(document)}\n"
    sections = list(_sections(document))
    text = head + "".join(section.whole for section in sections) + _foot(document, [], where)
    if size(text) <= limit:
        return text
    most = [(section, max(len(section.rows), 1)) for section in sections]
    parts, cut = fit(sections, limit - size(head) - size(_foot(document, most, where)))
    return head + "".join(parts) + _foot(document, list(zip(sections, cut, strict=True)), where)


def mark(name: str) -> str:
    return f"{MARK} {re.sub('[^A-Za-z0-9._-]', '-', name)} -->"


def _verdict(document: Mapping[str, Any]) -> str:
    counts = document["summary"]
    if not document["tenants"]:
        return "no tenant was read"
    if document["outcome"] == NO_CHANGE:
        return "no change"
    losses = f", {counts['losses']} of them {'removals' if counts['losses'] != 1 else 'a removal'}" if counts["losses"] else ""
    made = {True: "", False: " made"}[document["check_mode"]]
    changes = f"{counts['changes']} {'changes' if counts['changes'] != 1 else 'change'}{made}{losses}"
    return changes if document["outcome"] == CHANGES else f"problems; {changes}"


def _sections(document: Mapping[str, Any]) -> Iterator[Section]:
    """Counts; of each tenant what was blocked or failed; what is taken away; standing conditions; what takes nothing away."""
    tenants = document["tenants"]
    if not tenants:
        yield Section("", "\nThe run ended before it read a tenant; see its output.\n", [], rank=_PROBLEMS)
        return
    head = "\n| Tenant | Changes | Removals | Failed | Blocked | Attention |\n|---|---:|---:|---:|---:|---:|\n"
    rows = [f"| {harmless(entry['tenant'])} | {' | '.join(str(entry['summary'][name]) for name in _COUNTS)} |\n" for entry in tenants]
    yield Section("tenants", head, rows, rank=_PROBLEMS)
    shown = [(tenant, f" of {harmless(tenant['tenant'])}" if len(tenants) > 1 else "") for tenant in tenants]
    for part in (_problems, _removals, _standing, _gains):
        for tenant, whose in shown:
            yield from part(tenant, whose)


def _problems(tenant: Row, whose: str) -> Iterator[Section]:
    if tenant["error"]:
        words = "The run ended here, and what it would change is not known"
        yield Section("errors", f"\n### The run{whose} failed\n\n{words}: {sentence(tenant['error'])}\n", [], rank=_PROBLEMS)
    yield from _findings(tenant, "withheld", f"Blocked{whose}", _PROBLEMS)
    yield from _findings(tenant, "failed", f"Failed{whose}", _PROBLEMS)


def _standing(tenant: Row, whose: str) -> Iterator[Section]:
    yield from _findings(tenant, "attention", f"Needs attention{whose}", _STANDING)


def _findings(tenant: Row, name: str, title: str, rank: int) -> Iterator[Section]:
    if tenant[name]:
        head = f"\n### {title} ({tenant['summary'][name]})\n\n"
        yield Section(name, head, [_item(message, rows) for message, rows in _said(tenant[name])], rank=rank)


def _said(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """A limit says the same of all that it blocks: once, with whom it is about."""
    said: dict[str, list[Row]] = {}
    for row in rows:
        said.setdefault(row["message"], []).append(row)
    yield from said.items()


def _item(message: str, rows: list[Row]) -> str:
    names = list(dict.fromkeys(row["email"] for row in rows if row["email"] and row["email"] not in message))
    if not names:
        return f"- {sentence(message)}\n"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"- {sentence(message)} This is about {', '.join(harmless(name) for name in names[:_NAMED])}{more}.\n"


def _removals(tenant: Row, whose: str) -> Iterator[Section]:
    return _tables(tenant, whose, removals=True)


def _gains(tenant: Row, whose: str) -> Iterator[Section]:
    return _tables(tenant, whose, removals=False)


def _tables(tenant: Row, whose: str, *, removals: bool) -> Iterator[Section]:
    made = [row for row in tenant["changes"] if row.get("changed", True) and row["loss"] is removals]
    # several kinds share a title: licences are set when accounts are made, too
    for title, group in groupby(made, key=row_title):
        rows = list(group)
        columns = [name for name in ("group", "before", "after", "reason") if any(row.get(name) for row in rows)]
        heads = ["Who", *(name.capitalize() for name in columns)] if any(row["email"] for row in rows) else ["Group"]
        if len(heads) == 1:
            columns = []
        head = f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
        lines = [_line(row, columns) for row in rows]
        caption = f"{title}{whose} ({len(rows)})"
        if removals:  # however many: nobody has to open them
            yield Section(title, f"\n### {caption}\n\n{head}", lines, rank=_REMOVALS)
        elif len(rows) > _FOLDED:
            yield Section(title, f"\n<details><summary><b>{caption}</b></summary>\n\n{head}", lines, "\n</details>\n", rank=_GAINS)
        else:
            yield Section(title, f"\n### {caption}\n\n{head}", lines, rank=_GAINS)


def _line(row: Row, columns: list[str]) -> str:
    cells = [harmless(row["email"] or row.get("group", ""))]
    for name in columns:
        value = row.get(name) or ""
        text = why(_URN.sub("", value), str(row.get("excluded") or "")) if name == "reason" else value
        other = row.get("before" if name == "after" else "after") or {}
        cells.append(_fields(text, row["email"], other) if isinstance(text, Mapping) else harmless(text))
    return f"| {' | '.join(cells)} |\n"


def _fields(values: Mapping[str, Any], who: str, other: Mapping[str, Any]) -> str:
    """Without what stands in the first column already, and a display name that is the names, unless it changes. `other`: the other side."""
    names = f"{values.get('first_name')} {values.get('last_name')}"
    plain = (("email", who), ("display_name", names))
    shown = {name: value for name, value in values.items() if name in other or (name, value) not in plain}
    return "<br>".join(f"{harmless(words(name))}: {harmless(value)}" for name, value in shown.items())


def _foot(document: Mapping[str, Any], cut: Sequence[tuple[Section, int]], where: str) -> str:
    """Reports what is not shown here, and where it is."""
    text, counts = "", document["summary"]
    all_of_them = f"plan.json{f' ({_one_line(where)})' if where else ', which was written beside this text,'} has all of them"
    left_out = [(section, number) for section, number in cut if number]
    removals = sum(number for section, number in left_out if section.rank == _REMOVALS)
    if removals:
        which = f"{removals} of {counts['losses']} removals"
        text += f"\n**{which} are not shown here**, as a comment holds no more; {all_of_them}. Read them there.\n"
    others = [(section, number) for section, number in left_out if section.rank != _REMOVALS]
    if others:
        names = ", ".join(dict.fromkeys(section.name for section, _number in others if section.name))
        rows = sum(number for _section, number in others)
        text += f"\n**{rows} rows are left out here** ({names}), as a comment holds no more; {all_of_them}.\n"
    if counts["left_out"]:
        text += f"\n{counts['left_out']} rows are counted, but listed nowhere: give the modules a changes_path.\n"
    return f"{text}\n{_marks(document)}\n"


def _marks(document: Mapping[str, Any]) -> str:
    """What an approver compares: the seal with the one of the command, the digest with that of another plan."""
    digest, seal = document["digest"], str(document.get("seal") or "")
    if not digest:
        return "This plan is not whole, so it has no digest."
    told = f"Digest of this plan: {digest[:_MARKED]} (the same for each plan of the same changes)."
    if not document["check_mode"] or not seal:
        return told
    return f"{told} Seal: {seal[:_MARKED]} (of this plan.json alone: the first characters of the `provisioning_approved_seal` to give)."


def _one_line(text: str) -> str:
    return " ".join(text.split())
