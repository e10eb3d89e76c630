# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random worlds, a few days into their life, whose memory is lost, cut, garbled, another tenant's, or restored from two runs ago.

Nothing is left to do by then, so nothing may be done: no removal, no second account, no update, and no traceback. WORLDS and SEED in the
environment try more, or others.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st
from sandbox import Sandbox
from tiers import more

from .events import Hands, happen
from .site import Site
from .story import EVENT, MEMORY, drawn, stopped_aside
from .world import QUIET, worlds

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]

WORLDS = int(os.environ.get("WORLDS", more("3", "16")))
FIRST_SEED = int(os.environ.get("SEED", "0"))
DAYS = 4
LIVES = st.tuples(worlds(), st.lists(EVENT, min_size=DAYS, max_size=DAYS))
Damage = Callable[[bytes], bytes | None]


@pytest.mark.parametrize("number", range(WORLDS))
def test_a_memory_that_is_damaged_leads_to_no_write(number: int, record_property: Callable[[str, object], None]) -> None:
    (world, events), random = drawn(LIVES, FIRST_SEED + number), Random(FIRST_SEED + number)
    # a run that knows of no earlier one has no limits on gains, and so may make what these have blocked
    policy = {**world.policy, "max_updates": "25%", "max_creations": "25%"}
    box = Sandbox.start(world.seed, {**QUIET, **world.switches})
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        site, hands, kept = Site(box, policy, Path(folder) / "state"), Hands(box), list[bytes]()
        site.folder.mkdir()
        lines = ["", *world.lines()]
        for event in (None, *events):
            lines.append(happen(hands, event) if event else "The first run.")
            kept += _lived(site)
        if not kept or not _is_at_rest(site):
            return  # this world has nobody to provision, or does not come to rest
        faults = [fault for name, damage in damages(random, kept) for fault in _faults(site, Path(folder) / "kept", name, damage)]
        record_property("damaged memories were recovered from", 2 * len(damages(random, kept)))
        assert faults == [], "\n".join([*lines, *faults])


def _lived(site: Site) -> Iterator[bytes]:
    """What a run leaves."""
    if not site.run(check=False).stopped:
        yield (site.folder / "memory.jsonl").read_bytes()


def _is_at_rest(site: Site) -> bool:
    runs = [site.run(check=False) for _number in range(3)]
    return not runs[-1].stopped and not runs[-1].writes


def damages(random: Random, kept: list[bytes]) -> list[tuple[str, Damage]]:
    """By name: what becomes of the file, None where it is gone."""
    last = kept[-1].splitlines(keepends=True)
    cuts = sorted({1, 2, len(last) - 1, random.randrange(len(last))})
    found: list[tuple[str, Damage]] = [
        ("lost", lambda _whole: None),
        ("emptied", lambda _whole: b""),
        ("garbage", lambda _whole: random.randbytes(300)),
        ("another tenant's", lambda whole: whole.replace(b'"tenant": "', b'"tenant": "other', 1)),
        ("without a header", lambda whole: whole.partition(b"\n")[2]),
        ("of two runs ago", lambda _whole: kept[max(-3, -len(kept))]),
        ("of the first run", lambda _whole: kept[0]),
        *((f"cut after {cut} lines", lambda whole, cut=cut: b"".join(whole.splitlines(keepends=True)[:cut])) for cut in cuts),
    ]
    for _number in range(2):
        found.append(("cut at a byte", lambda whole: whole[: random.randrange(len(whole))]))
        found.append(("with another byte", lambda whole: _garbled(random, whole, len(whole))))
        found.append(("with another byte in its header", lambda whole: _garbled(random, whole, len(whole.partition(b"\n")[0]))))
    return found


def _garbled(random: Random, whole: bytes, before: int) -> bytes:
    place = random.randrange(before or 1)
    return whole[:place] + random.randbytes(1) + whole[place + 1 :]


def _faults(site: Site, aside: Path, name: str, damage: Damage) -> Iterator[str]:
    """Of both files, and of the newer one alone; whatever is done, the next damage finds the folder as it was."""
    for files in (["memory.jsonl", "memory.jsonl.previous"], ["memory.jsonl"]):
        shutil.copytree(site.folder, aside)
        for file in files:
            left = damage((site.folder / file).read_bytes())
            (site.folder / file).unlink() if left is None else (site.folder / file).write_bytes(left)
        run = site.run(check=False)
        made = [entry for entry in run.writes if entry["status"] < 400]  # what was refused before is asked for once more: who knows of it?
        for entry in made:
            yield f"{' and '.join(files)} {name}: {entry['method']} {entry['path']} {entry['body']} -> {entry['status']}"
        if made:
            yield from (f"  said: {row}" for row in [*run.changes(), *run.reported("attention")])
        if run.stopped:
            yield f"{' and '.join(files)} {name}: {run.stopped}"
        shutil.rmtree(site.folder)
        aside.rename(site.folder)
