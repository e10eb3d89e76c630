# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every combination of endpoint, kind of fault and how often; and how one is played."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from answers import TOKENS, endpoint_of, endpoints
from sandbox.frame.edits import ROWS

from .kinds import ABSURD, DOWN, KINDS, LIMIT, Kind, endless
from .plays import PLAYS, Entry, Night, today, undisturbed

KNOWN = endpoints()
FOREVER, ONCE, ONCE_LATER = "for ever", "once", "once, the last time"


@dataclass(frozen=True)
class Combination:
    endpoint: str
    kind: Kind
    often: str
    play: str

    def __str__(self) -> str:
        return f"{self.endpoint}, {self.kind.name}, {self.often} ({self.play})"


@dataclass(frozen=True)
class Trial:
    """A night with the fault and the next one without it. `end`: the night without any."""

    combination: Combination
    hits: int
    faulty: Night
    next: Night
    end: Night


@cache
def met() -> dict[str, dict[str, list[Entry]]]:
    """Endpoint -> play -> the requests that reach it."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for play in PLAYS:
        for entry in undisturbed(play)[0].entries:
            found.setdefault(endpoint_of(entry, KNOWN), {}).setdefault(play, []).append(entry)
    found["POST /token"] = {"site": []}  # only where Google is asked with a key
    return found


def pattern(endpoint: str) -> str:
    """For paths of this endpoint, and of no other that fits as well."""
    method, _blank, path = endpoint.partition(" ")
    rivals = [re.escape(name.partition(" ")[2]) for name in KNOWN if name.startswith(f"{method} ") and _fits(path, name.partition(" ")[2])]
    before = "".join(f"(?!{rival}(?:\\?|$))" for rival in rivals)
    return before + re.escape(path).replace(r"\*", "[^/?]+")


def _fits(path: str, other: str) -> bool:
    return "*" in path and other != path and re.fullmatch(re.escape(path).replace(r"\*", "[^/]+"), other) is not None


def traits(endpoint: str, entries: list[Entry]) -> set[str]:
    if endpoint in TOKENS:
        return {"tokens"}
    if not endpoint.startswith("GET"):
        return {"writes"}
    answers = [entry["answer"] for entry in entries if isinstance(entry["answer"], dict)]
    is_list = any(name in answer for answer in answers for name in ROWS if isinstance(answer.get(name), list))
    return {"reads", *(["lists"] if is_list else []), *(["pages"] if any(_pages(entry) for entry in entries) else [])}


def _pages(entry: Entry) -> bool:
    return bool(entry["query"].keys() & {"pageToken", "next_page_token"})


@cache
def combinations() -> list[Combination]:
    found = []
    for endpoint in sorted(KNOWN):
        for place, (play, entries) in enumerate(met()[endpoint].items()):
            its = traits(endpoint, entries)
            for kind in KINDS:
                later = len(entries) > 1 and kind.group not in (LIMIT, ABSURD, DOWN)
                if kind.of & its and (not place or "writes" in its):
                    found += [Combination(endpoint, kind, one, play) for one in (FOREVER, ONCE, *([ONCE_LATER] if later else []))]
    return found


def fault(combination: Combination) -> dict[str, Any]:
    method, _blank, path = combination.endpoint.partition(" ")
    entries, wanted, kind = met()[combination.endpoint][combination.play], pattern(combination.endpoint), combination.kind
    if "pages" in kind.of and kind.name == "page token expired":
        wanted += r"\?.*(?:pageToken|next_page_token)=.*"
        entries = [entry for entry in entries if _pages(entry)]
    after = len(entries) - 1 if combination.often == ONCE_LATER else 0
    return {
        "method": method,
        "path": wanted,
        "times": None if combination.often == FOREVER else 1,
        "after": max(after, 0),
        **(endless(_rows(entries)) if kind.name == "page token without end" else kind.shape(path)),
    }


def _rows(entries: list[Entry]) -> dict[str, Any]:
    return next(entry["answer"] for entry in entries if any(entry["answer"].get(name) for name in ROWS))


def tried(combination: Combination, **more: Any) -> Trial:
    """`more`: keys of the fault, over its own."""
    kind = combination.kind
    keyed = kind.renews or combination.endpoint == "POST /token"
    with today(combination.play, keyed=keyed, timeout=kind.timeout, **kind.switches) as tenant:
        set_up = tenant.box.faults.add(**{**fault(combination), **more})
        faulty = tenant.night()
        tenant.box.faults.clear()
        tenant.box.switches.update({name: 0 for name in kind.switches})
        tenant.box.zoom.store.settle()
        return Trial(combination, set_up.hits, faulty, tenant.night(), undisturbed(combination.play)[0])


def some(number: int) -> Iterator[Combination]:
    """About as many, such that each endpoint and each kind is among them; the same every time."""
    everything, seen = combinations(), Counter[str]()
    chosen = everything[:: max(1, len(everything) // number)]
    for one in chosen:
        seen.update((one.kind.name, one.endpoint))
    yield from chosen
    for one in everything:
        if not seen[one.kind.name] or not seen[one.endpoint]:
            seen.update((one.kind.name, one.endpoint))
            yield one
