# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two jobs of one tenant at a time, on one state folder: a check goes on beside an apply, an offboarding for real waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from awx_job import Job
from company import Company
from controller import Controller
from playing import SCOPE, written
from sandbox.frame import faults

ANSWERS = {
    "offboard_users": "carol.reed@example.com", "offboard_action": "deactivate", "offboard_transfer": "", "offboard_hold_group": "",
    "offboard_transfer_to": "",
}  # fmt: skip
HELD = 50.0  # seconds: below the time that a module waits for an answer
PATIENCE = 120.0


@dataclass
class Gate:
    """Keeps back what a fault delays by HELD until it is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    async def sleep(self, seconds: float) -> None:
        if seconds != HELD:
            return await asyncio.sleep(seconds)
        self.reached.set()
        until = time.monotonic() + HELD
        while not self.opened.is_set() and time.monotonic() < until:
            await asyncio.sleep(0.02)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(faults, "asyncio", SimpleNamespace(sleep=made.sleep))
    yield made
    made.opened.set()


def at_its_lock(found: Company, job: int) -> None:
    """Until the job of this number has begun to wait."""
    answered, until = found.folder / f"job{job}" / "answered", time.monotonic() + PATIENCE
    while not (answered.exists() and b"Lock the state of this tenant" in answered.read_bytes()):
        assert time.monotonic() < until, "it never came to its lock"
        time.sleep(0.1)


def test_an_offboarding_launched_as_check_beside_an_apply_harms_neither_and_one_for_real_waits(
    apart: Controller, company: Callable[..., Company], gate: Gate
) -> None:
    """The check replaced the people whom the apply had read, so that the apply ended before licences and groups."""
    found = company("oauth", "oauth")
    found.policy = {"group_mapping_groups": [{"name": "Staff", "groups": [SCOPE]}]}
    box = found.boxes["west"]
    box.faults.add(method="POST", path="/scim2/Users", delay=HELD)
    # each job turns the output of its last part aside: with two at a time, what was there before is put back here
    with contextlib.redirect_stdout(io.StringIO()), ThreadPoolExecutor(2) as side:
        applying: Future[Job] = side.submit(found.play, "Zoom apply (west)")
        assert gate.reached.wait(PATIENCE), "the apply has read everything and is about to create"
        looked = found.play("Zoom offboard (west)", ANSWERS, job_type="check")
        assert looked.status == "successful", looked.stdout[-4000:]
        assert "carol.reed@example.com" in looked.stdout and not applying.done()
        assert written(box) == Counter()
        ending: Future[Job] = side.submit(found.play, "Zoom offboard (west)", ANSWERS)
        at_its_lock(found, 3)
        asked = requests(box)
        time.sleep(1)
        assert (requests(box), ending.done()) == (asked, False), "it asks nobody anything before it has the lock"
        gate.opened.set()
        applied, ended = applying.result(PATIENCE), ending.result(PATIENCE)
    assert applied.status == "successful", applied.stdout[-6000:]
    assert ended.status == "successful", ended.stdout[-6000:]
    assert written(box) == Counter(create=1, create_group=1, add=1, revoke=1, status=1)
    order = [entry["method"] for entry in box.ledger.writes()]
    assert order.index("DELETE") == len(order) - 2, "the offboarding came last"
    assert box.zoom.find("bob.stone@example.com") and box.zoom.find("carol.reed@example.com").status == "inactive"


def requests(box: Any) -> int:
    return len(box.ledger.entries)
