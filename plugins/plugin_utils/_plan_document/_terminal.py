# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run did, for whoever looks at a terminal, at its end: what must be read, and in the last line what to do next. Pure.

Removals, and whose removal was blocked, are never cut. Of everything else each sentence stands once, with some names.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._model._spelled import spelled
from ._brief import Brief, Removal, short
from ._collect import Tenant
from ._findings import Group

REMOVAL, PROBLEM, ATTENTION, PLAIN, CLOSING = "removal", "problem", "attention", "plain", "closing"
_SENTENCE = 1_200  # characters of what ended a run, or of a finding
_NAMED = 5  # people behind a sentence
_WIDE, _WIDER = 44, 56  # columns of who, and of from what to what, do not grow beyond this


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


def render(
    tenants: Sequence[Tenant], about: Mapping[str, About], *, preview: bool, width: int = 100, closing_only: bool = False
) -> list[Block]:
    """`closing_only`: where each removal was an event of its own already, only what closes the run."""
    blocks = list[Block]()
    for tenant in [] if closing_only else tenants:
        body = list(_body(tenant.brief or Brief(), about.get(tenant.name, About()), preview, width))
        if body and len(tenants) > 1:
            blocks.append(Block(f"\n{short(tenant.name)}\n{'=' * len(short(tenant.name))}"))
        blocks += body
    for tenant in tenants:
        blocks.append(Block("\n" + _closing(tenant, about.get(tenant.name, About()), preview, closing_only), CLOSING))
    return blocks


def _body(brief: Brief, about: About, preview: bool, width: int) -> Iterator[Block]:
    summary = brief.summary()
    if brief.removals:
        yield Block(f"\n{'Removals that would be made' if preview else 'Removals'} ({summary['losses']:,})", REMOVAL)
        for title, rows in brief.sorted_removals().items():
            yield Block(_removals(title, rows), REMOVAL)
    for name, title, tone in (
        ("withheld", "Blocked", PROBLEM),
        ("failed", "Failed", PROBLEM),
        ("attention", "Needs attention", ATTENTION),
    ):
        if brief.findings[name].number:
            yield Block(f"\n{title} ({summary[name]:,})", tone)
            yield Block("\n".join(_finding(group, width) for group in brief.findings[name].groups()), tone)
    if counts := _counts(brief):
        wide = max(len(title) for title, _number, _note in counts)
        lines = [f"  {title:<{wide}}  {number:>7}{note}" for title, number, note in counts]
        lines += _scope(about.people or {})
        yield Block("\n" + "\n".join([f"{'Would be done' if preview else 'Done'}", *lines]))
    if summary["left_out"]:
        yield Block(f"  {summary['left_out']:,} rows are counted, but listed nowhere; give the modules a changes_path.")
    elif about.files and (counts or any(brief.findings[name].number for name in brief.findings)):
        yield Block(f"  All of it: {spelled(about.files, _SENTENCE)}")


# Removals: who, from what to what, why


def _removals(title: str, rows: Sequence[Removal]) -> str:
    first = min(max(len(row.who) for row in rows), _WIDE)
    second = min(max(len(row.change) for row in rows), _WIDER)
    lines = [
        f"    - {row.who:<{first}}  {row.change:<{second}}  {row.why}".rstrip() if second else f"    - {row.who:<{first}}  {row.why}"
        for row in rows
    ]
    return "\n".join([f"  {title} ({len(rows):,})", *lines])


# Findings: the sentence once, and who


def _finding(group: Group, width: int) -> str:
    lines = _wrapped(spelled(group.sentence, _SENTENCE), width, "  * ")
    if group.names:
        shown = group.names if group.whole else group.names[:_NAMED]
        more = f" and {len(group.names) - len(shown):,} more" if len(group.names) > len(shown) else ""
        text = f"{group.lead}{', '.join(short(name) for name in shown)}{more}"
        lines += _wrapped(text, width, "    ")
    return "\n".join(lines)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


# Counts, and the last line


def _counts(brief: Brief) -> list[tuple[str, str, str]]:
    """Of what is done alone: everything else has a heading of its own, with its number."""
    rows = [(title, f"{number:,}", _said(number, drift, removes)) for (title, removes), (number, drift) in brief.kinds().items()]
    if more := brief.left_out["changes"]:
        rows.append(("Changes that are not listed", f"{more:,}", ""))
    return rows


def _scope(people: Mapping[str, Any]) -> list[str]:
    if "wanted" not in people:
        return []
    wanted, known = people["wanted"], people.get("people", people["wanted"])
    return [f"  {wanted:,} of {known:,} people in Google's directory {'is' if wanted == 1 else 'are'} to have an account."]


def _said(number: int, drift: int, removes: bool) -> str:
    words = ["a removal" if number == 1 else "removals"] if removes else []
    if drift:
        words.append("drift" if drift == number else f"{drift:,} of them drift")
    return f"  {', '.join(words)}" if words else ""


def _closing(tenant: Tenant, about: About, preview: bool, brief: bool) -> str:
    """One sentence: what the run did, what waits, and what can be done next."""
    counts = (tenant.brief or Brief()).summary()
    said, number = _outcome(tenant, counts, preview), counts["changes"]
    said = f"{short(tenant.name)}: {f'run {short(about.run_id)}' if about.run_id else 'this run'} {said}"
    if number and _undoes(tenant.brief):
        said += f" The next run of site makes {'it' if number == 1 else 'them'} again, unless you change the policy first."
    if not number:
        return said
    if brief:
        return f"{said} To undo it, set undo_run to {short(about.run_id)}." if about.run_id and not preview else said
    return f"{said} {'To apply exactly this plan' if preview else 'To undo it'}:\n  {about.next}" if about.next else said


def _outcome(tenant: Tenant, counts: Mapping[str, int], preview: bool) -> str:
    waits = "; ".join(["", ", ".join(_waiting(counts))]) if _waiting(counts) else ""
    made = _changes(counts["changes"], counts["losses"])
    if tenant.error:
        why = spelled(tenant.error, _SENTENCE)
        # its own end, which may be a question or a command to copy
        why = f"{why.rstrip('.')}{waits}." if waits or why.endswith(".") else why
        return f"ended early{f', after {made}' if counts['changes'] else ''}: {why}"
    if counts["changes"]:
        return f"{'would make' if preview else 'made'} {made}{waits}."
    if counts["withheld"] or counts["failed"]:
        return f"{'would change' if preview else 'changed'} nothing{waits}."
    return f"found nothing to change{waits}."


def _changes(number: int, losses: int) -> str:
    """Removals are named even where there is nothing else."""
    changes = f"{number:,} {'change' if number == 1 else 'changes'}"
    removals = "a removal" if losses == 1 else "removals"
    if losses == number:
        return f"{changes}, {removals if number == 1 else f'all {removals}'}" if losses else changes
    return f"{changes}, {losses:,} of them {removals}" if losses else changes


def _waiting(counts: Mapping[str, int]) -> list[str]:
    found = [f"{counts[name]:,} {words}" for name, words in (("withheld", "blocked"), ("failed", "failed")) if counts[name]]
    attention = counts["attention"]
    return [*found, f"{attention:,} {'needs' if attention == 1 else 'need'} attention"] if attention else found


def _undoes(brief: Brief | None) -> bool:
    return brief is not None and any(kind.startswith("undo") for kind, _removes in brief.made)
