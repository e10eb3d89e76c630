# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document for whoever looks at a terminal, at its end: what must be read, and in the last line what to do next. Pure.

Removals, and whose removal was blocked, are never cut. Of everything else each sentence stands once, with some names.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...module_utils._model._spelled import spelled
from ...module_utils._report._titles import words
from ._findings import Group, grouped
from ._headings import row_title

Row = dict[str, Any]

REMOVAL, PROBLEM, ATTENTION, PLAIN, CLOSING = "removal", "problem", "attention", "plain", "closing"
_WORD = 60  # characters of a name, an address or a value
_SENTENCE = 700  # characters of what ended a run, or of a finding
_REASON = 160
_NAMED = 5  # people behind a sentence
_WIDE = 44  # a column does not grow beyond this
_UNSAID = frozenset({"email", "first_name", "last_name", "display_name", "group_ids"})  # of an account that ends: it is named, and gone


@dataclass(frozen=True)
class Block:
    """Lines of one tone."""

    text: str
    tone: str = PLAIN


@dataclass(frozen=True)
class About:
    """What the document does not have of a tenant. `next`: the command to undo what was done, or to make what is planned, "" for none.

    `files`: where all rows are. `people`: counts of Google's side.
    """

    run_id: str = ""
    next: str = ""
    files: str = ""
    people: Mapping[str, Any] | None = None


def render(document: Mapping[str, Any], about: Mapping[str, About], *, width: int = 100, brief: bool = False) -> list[Block]:
    """`brief`: where each removal was an event of its own already, only what closes the run."""
    blocks, preview = list[Block](), bool(document["check_mode"])
    tenants, several = document["tenants"], len(document["tenants"]) > 1
    for tenant in [] if brief else tenants:
        body = list(_body(tenant, about.get(tenant["tenant"], About()), preview, width))
        if body and several:
            blocks.append(Block(f"\n{_short(tenant['tenant'])}\n{'=' * len(_short(tenant['tenant']))}"))
        blocks += body
    for tenant in tenants:
        blocks.append(Block("\n" + _closing(tenant, about.get(tenant["tenant"], About()), preview, brief), CLOSING))
    return blocks


def _body(tenant: Row, about: About, preview: bool, width: int) -> Iterator[Block]:
    made = [row for row in tenant["changes"] if row.get("changed", True)]
    removals = [row for row in made if row["loss"]]
    if removals:
        yield Block(f"\n{'Removals that would be made' if preview else 'Removals'} ({len(removals):,})", REMOVAL)
        for title, rows in groupby(removals, key=row_title):  # which stand one behind the other
            yield Block(_removals(title, list(rows)), REMOVAL)
    for name, title, tone in (
        ("withheld", "Blocked", PROBLEM),
        ("failed", "Failed", PROBLEM),
        ("attention", "Needs attention", ATTENTION),
    ):
        if tenant[name]:
            yield Block(f"\n{title} ({tenant['summary'][name]:,})", tone)
            yield Block("\n".join(_finding(group, width) for group in grouped(tenant[name])), tone)
    counts = _counts(tenant, made, about.people or {})
    if counts:
        wide = max(len(title) for title, _number, _note in counts)
        lines = [f"  {title:<{wide}}  {number:>7}{note}" for title, number, note in counts]
        yield Block("\n" + "\n".join([f"{'Would be done' if preview else 'Done'}", *lines]))
    if tenant["summary"]["left_out"]:
        yield Block(f"  {tenant['summary']['left_out']:,} rows are counted, but listed nowhere; give the modules a changes_path.")
    elif about.files and (counts or any(tenant[name] for name in ("withheld", "failed", "attention"))):
        yield Block(f"  All of it: {spelled(about.files, _SENTENCE)}")


# Removals: who, from what to what, why


def _removals(title: str, rows: Sequence[Row]) -> str:
    cells = [(_who(row), _from_to(row), _why(row)) for row in rows]
    first, second = (min(max(len(cell[place]) for cell in cells), _WIDE) for place in (0, 1))
    lines = [
        f"    - {who:<{first}}  {change:<{second}}  {why}".rstrip() if second else f"    - {who:<{first}}  {why}"
        for who, change, why in cells
    ]
    return "\n".join([f"  {title} ({len(rows):,})", *lines])


def _who(row: Row) -> str:
    who, group = row["email"] or row.get("group", ""), row.get("group", "")
    return f"{_short(who)} ({_short(group)})" if group and group != who else _short(who)


def _from_to(row: Row) -> str:
    before, after = row.get("before") or {}, row.get("after") or {}
    ends = not before.keys() & after.keys()
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name) and not (ends and name in _UNSAID)]
    if len(names) == 1 and not ends:
        return _arrow(before, after, names[0])
    return ", ".join(f"{words(name)} {_arrow(before, after, name)}" for name in names)


def _arrow(before: Row, after: Row, name: str) -> str:
    return f"{_short(before.get(name, 'none'))} -> {_short(after.get(name, 'none'))}"


def _why(row: Row) -> str:
    reason = spelled(words(str(row.get("reason") or "no reason given")), _REASON)
    return f"{reason}; drift" if row.get("drift") and not reason.startswith("drift") else reason


# Findings: the sentence once, and who


def _finding(group: Group, width: int) -> str:
    lines = _wrapped(spelled(group.sentence, _SENTENCE), width, "  * ")
    if group.names:
        shown = group.names if group.whole else group.names[:_NAMED]
        more = f" and {len(group.names) - len(shown):,} more" if len(group.names) > len(shown) else ""
        text = f"{group.lead}{', '.join(_short(name) for name in shown)}{more}"
        lines += _wrapped(text, width, "    ")
    return "\n".join(lines)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


# Counts, and the last line


def _counts(tenant: Row, made: Sequence[Row], people: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    kinds = Counter((row_title(row), row["loss"]) for row in made)
    counts = tenant["summary"]
    if not counts["changes"]:
        return []
    rows = [(title, f"{number:,}", _of_removals(number) if removes else "") for (title, removes), number in kinds.items()]
    if more := counts["changes"] - len(made):
        rows.append(("Changes that are not listed", f"{more:,}", ""))
    for name, title in (("withheld", "Blocked"), ("failed", "Failed"), ("attention", "Needs attention")):
        if counts[name]:
            rows.append((title, f"{counts[name]:,}", ""))
    if "wanted" in people:
        rows.append(
            ("People who are to have an account", f"{people['wanted']:,}", f"  of {people.get('people', people['wanted']):,} in Google")
        )
    return rows


def _of_removals(number: int) -> str:
    return "  a removal" if number == 1 else "  removals"


def _closing(tenant: Row, about: About, preview: bool, brief: bool) -> str:
    counts = tenant["summary"]
    run = f"run {spelled(about.run_id, _WORD)}" if about.run_id else "this run"
    what = f"{_short(tenant['tenant'])}: {run}"
    number = counts["changes"]
    changes = f"{number:,} {'change' if number == 1 else 'changes'}"
    if counts["losses"]:
        changes += f", {counts['losses']:,} of them {'a removal' if counts['losses'] == 1 else 'removals'}"
    rest = [f"{counts[name]:,} {words}" for name, words in (("withheld", "blocked"), ("failed", "failed")) if counts[name]]
    if counts["attention"]:
        rest.append(f"{counts['attention']:,} {'needs' if counts['attention'] == 1 else 'need'} attention")
    if tenant["error"]:
        made = f", after {changes}" if number else ""
        what += f" ended early{made}: {spelled(tenant['error'], _SENTENCE)}"
    elif number:
        what += f" {'would make' if preview else 'made'} {changes}"
    elif counts["withheld"] or counts["failed"]:
        what += f" {'would change' if preview else 'changed'} nothing"
    else:
        what += " found nothing to change"
    what += f"; {', '.join(rest)}" if rest else ""
    what = what.rstrip(".")
    if not number or not (about.next or (brief and about.run_id and not preview)):
        return f"{what}."
    if brief:
        return f"{what}. To undo it, set undo_run to {spelled(about.run_id, _WORD)}." if not preview else f"{what}."
    return f"{what}. {'To make exactly this' if preview else 'To undo it'}:\n  {about.next}"


def _short(value: object) -> str:
    return spelled(value, _WORD)
