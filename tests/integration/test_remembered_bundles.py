# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles that only a read of the single account shows: read once, remembered, and never taken away on the strength of that."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

NAMES = [f"p{number:02d}.x" for number in range(20)]
BUNDLE = {"zoom_one_type": 16}
SINGLE = re.compile(r"/v2/users/[^/]+")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    accounts = [account(name, license=BUNDLE) for name in NAMES]
    seats = {"licensed": 40, "zoom_one_type": {16: 30, 32: 30}}
    given = seed([person(name) for name in NAMES], {"zoom-users": NAMES, "execs": NAMES}, accounts, seats=seats)
    with Sandbox.start(given, {"rate_limits": False}) as box:
        yield box


def run(box: Sandbox, folder: Path, number: int, *, check: bool = False, **policy: Any) -> tuple[dict[str, Any], int]:
    """The licence phase's result, and how many reads of single accounts all phases needed."""
    memory = str(folder / "memory")
    own = {"accounts_path": str(folder / "accounts"), "run_id": str(number), "check": check}
    box.ledger.clear()
    call("zoom_user_info", box, check=check, dest=own["accounts_path"], run_id=str(number), memory_path=memory)
    call("google_scope_info", box, groups=[SCOPE], resolve_groups=["execs@example.com"], dest=str(folder / "people"), **own)
    rules = {"default": "basic", "rules": [{"groups": ["execs@example.com"], "license": BUNDLE}], **policy}
    both = {**own, "people_path": str(folder / "people"), "memory_path": memory}
    accounts = call("zoom_scim_users", box, licenses=rules, max_license_removals="100%", **both)
    assert not accounts["failed"], accounts
    licenses = call("zoom_license_default", box, **rules, max_removals="100%", **both)
    return licenses, sum(SINGLE.fullmatch(entry["path"]) is not None for entry in box.ledger.reads())


def at(box: Sandbox, name: str) -> Any:
    return box.zoom.find(f"{name}@example.com")


def test_what_all_hold_by_rule_is_read_once_and_not_again(box: Sandbox, tmp_path: Path) -> None:
    first, reads = run(box, tmp_path, 1)
    assert (first["changes"], reads) == ([], len(NAMES))
    kept = (tmp_path / "memory").read_bytes()
    check, reads = run(box, tmp_path, 2, check=True)
    assert (check["changes"], reads, (tmp_path / "memory").read_bytes()) == ([], 0, kept)
    again, reads = run(box, tmp_path, 3)
    assert (again["changes"], reads) == ([], 0)


def test_it_is_read_again_once_the_row_has_changed_the_memory_is_lost_or_a_day_has_gone_by(box: Sandbox, tmp_path: Path) -> None:
    run(box, tmp_path, 1)
    at(box, "p00.x").last_login = datetime(2026, 1, 2, tzinfo=timezone.utc)
    assert run(box, tmp_path, 2)[1] == 1
    (tmp_path / "memory").unlink()
    (tmp_path / "memory.previous").unlink()
    assert run(box, tmp_path, 3)[1] == len(NAMES)
    assert run(box, tmp_path, 4)[1] == 0
    grow_old(tmp_path / "memory", timedelta(days=1))
    assert run(box, tmp_path, 5)[1] == len(NAMES)


def grow_old(path: Path, by: timedelta) -> None:
    """As if the run that left it had been so long ago. A header that does not fit is what a test elsewhere is about."""
    header, *rows = path.read_text().splitlines()
    records = [json.loads(row) for row in rows]
    for record in records:
        if "bundle_seen" in record:
            record["bundle_seen"] = (datetime.fromisoformat(record["bundle_seen"]) - by).isoformat()
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records]
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    path.write_text("\n".join([json.dumps({**json.loads(header), "digest": digest}), *lines, ""]))


def test_our_own_write_is_remembered_as_a_read_is(box: Sandbox, tmp_path: Path) -> None:
    run(box, tmp_path, 1)
    given, reads = run(box, tmp_path, 2, rules=[{"groups": ["execs@example.com"], "license": {"zoom_one_type": 32}}])
    assert (given["summary"]["license"], reads) == (len(NAMES), len(NAMES)), "what is exchanged is looked at before"
    again, reads = run(box, tmp_path, 3, rules=[{"groups": ["execs@example.com"], "license": {"zoom_one_type": 32}}])
    assert (again["changes"], reads) == ([], 0)


def test_no_bundle_is_taken_away_because_an_earlier_run_saw_it(box: Sandbox, tmp_path: Path) -> None:
    """Somebody gave another one by hand, which no rule of the policy gives, and the list's row is as before."""
    run(box, tmp_path, 1)
    at(box, "p00.x").license = replace(at(box, "p00.x").license, zoom_one_type=32)
    taken, reads = run(box, tmp_path, 2, rules=[{"users": ["p05.x@example.com"], "license": BUNDLE}])
    assert (taken["summary"]["downgrade"], reads) == (len(NAMES) - 2, len(NAMES) - 1), "of whom nothing changes is not read"
    assert at(box, "p00.x").license.zoom_one_type == 32
    assert [row["email"] for row in taken["attention"] if row["reason"] == "bundle"] == ["p00.x@example.com"]


def test_whoever_leaves_is_looked_at_again(box: Sandbox, tmp_path: Path) -> None:
    run(box, tmp_path, 1)
    box.google.find_user("p00.x@example.com").suspended = True
    own = {"accounts_path": str(tmp_path / "accounts"), "run_id": "2"}
    call("zoom_user_info", box, dest=own["accounts_path"], run_id="2", memory_path=str(tmp_path / "memory"))
    call("google_scope_info", box, groups=[SCOPE], dest=str(tmp_path / "people"), **own)
    box.ledger.clear()
    done = call("zoom_scim_users", box, prune=True, people_path=str(tmp_path / "people"), **own)
    assert [(row["action"], row["before"]["license"]) for row in done["changes"]] == [("deactivate", "zoom_one_type 16")]
    assert [entry["path"] for entry in box.ledger.reads() if SINGLE.fullmatch(entry["path"])] == [f"/v2/users/{at(box, 'p00.x').id}"]
