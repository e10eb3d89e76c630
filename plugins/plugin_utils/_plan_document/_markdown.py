# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document as a comment on a pull request: what must be read first, and never longer than a comment may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from ._document import CHANGES, NO_CHANGE
from ._escape import harmless
from ._headings import row_title
from ._length_limit import Section, fit, size

Row = dict[str, Any]

LIMIT = 65_536  # characters of a comment on GitHub; GitLab takes more
MARK = "<!-- workspace_zoom.provisioning plan"
_URN = re.compile(r"urn:[\w.:]+:(?=\w)")  # of SCIM's attributes: the last word says it
_FOLDED = 20  # longer tables wait behind a click
_COUNTS = ("changes", "losses", "failed", "withheld", "attention")
_NAMED = 10  # addresses behind a sentence that is said of many


def render(document: Mapping[str, Any], *, name: str = "plan", title: str = "Zoom provisioning", limit: int = LIMIT) -> str:
    """`name` distinguishes several plans of one pull request: the first line is what a later run finds its comment by."""
    head = f"{mark(name)}\n<!-- digest {document['digest'] or 'none'} -->\n## {harmless(title)}: {_verdict(document)}\n"
    sections = list(_sections(document))
    foot = _foot(document, 0, ())
    text = head + "".join(section.whole for section in sections) + foot
    if size(text) <= limit:
        return text
    room = limit - size(head) - size(_foot(document, 10**9, [section.name for section in sections]))
    parts, cut = fit(sections, room)
    rows = sum(cut.values())
    return head + "".join(parts) + _foot(document, rows, [section for section, number in cut.items() if number])


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
    """Counts; then of each tenant what must be read; then tables, of each tenant by kind of change."""
    tenants = document["tenants"]
    if not tenants:
        yield Section("", "\nThe run ended before it read a tenant; see its output.\n", [], first=True)
        return
    head = "\n| Tenant | Changes | Removals | Failed | Blocked | Attention |\n|---|---:|---:|---:|---:|---:|\n"
    rows = [f"| {harmless(entry['tenant'])} | {' | '.join(str(entry['summary'][name]) for name in _COUNTS)} |\n" for entry in tenants]
    yield Section("tenants", head, rows, first=True)
    many = len(tenants) > 1
    for tenant in tenants:
        yield from _to_be_read(tenant, f" of {harmless(tenant['tenant'])}" if many else "")
    for tenant in tenants:
        yield from _tables(tenant, f" of {harmless(tenant['tenant'])}" if many else "")


def _to_be_read(tenant: Row, whose: str) -> Iterator[Section]:
    if tenant["error"]:
        words = "The run ended here, and what it would change is not known"
        yield Section("errors", f"\n### The run{whose} failed\n\n{words}: {harmless(tenant['error'])}\n", [], first=True)
    for name, title in (("withheld", "Blocked"), ("failed", "Failed"), ("attention", "Needs attention")):
        if tenant[name]:
            head = f"\n### {title}{whose} ({tenant['summary'][name]})\n\n"
            yield Section(name, head, [_item(message, rows) for message, rows in _said(tenant[name])], first=True)


def _said(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """A limit says the same of all that it blocks: once, with whom it is about."""
    said: dict[str, list[Row]] = {}
    for row in rows:
        said.setdefault(row["message"], []).append(row)
    yield from said.items()


def _item(message: str, rows: list[Row]) -> str:
    names = list(dict.fromkeys(row["email"] for row in rows if row["email"] and row["email"] not in message))
    if not names:
        return f"- {harmless(message)}\n"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"- {harmless(message)} This is about {', '.join(harmless(name) for name in names[:_NAMED])}{more}.\n"


def _tables(tenant: Row, whose: str) -> Iterator[Section]:
    made = [row for row in tenant["changes"] if row.get("changed", True)]
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
        if len(rows) > _FOLDED:
            yield Section(title, f"\n<details><summary><b>{caption}</b></summary>\n\n{head}", lines, "\n</details>\n")
        else:
            yield Section(title, f"\n### {caption}\n\n{head}", lines)


def _line(row: Row, columns: list[str]) -> str:
    cells = [harmless(row["email"] or row.get("group", ""))]
    for name in columns:
        value = row.get(name) or ""
        cells.append(_fields(value, row["email"]) if isinstance(value, Mapping) else harmless(_words(_URN.sub("", value))))
    return f"| {' | '.join(cells)} |\n"


def _fields(values: Mapping[str, Any], who: str) -> str:
    """Without what stands in the first column already, and a display name that is the names."""
    names = f"{values.get('first_name')} {values.get('last_name')}"
    shown = {name: value for name, value in values.items() if (name, value) not in (("email", who), ("display_name", names))}
    return "<br>".join(f"{harmless(_words(name))}: {harmless(value)}" for name, value in shown.items())


def _words(text: str) -> str:
    """`out_of_scope` and `first_name`, as people write them."""
    return text if " " in text else text.replace("_", " ")


def _foot(document: Mapping[str, Any], rows: int, names: Any) -> str:
    """Reports what is not shown here, and where it is."""
    text = ""
    if rows:
        where = ", ".join(dict.fromkeys(str(name) for name in names if name))
        text += f"\n**{rows} rows are left out here** ({where}), as a comment holds no more; plan.json has them all.\n"
    if document["summary"]["left_out"]:
        text += f"\n{document['summary']['left_out']} rows are counted, but listed nowhere: give the modules a changes_path.\n"
    digest = document["digest"]
    return text + (f"\nDigest of this plan: {digest[:12]}\n" if digest else "\nThis plan is not whole, so it has no digest.\n")
