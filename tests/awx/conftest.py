# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from company import STATE, TENANTS, Company, together
from controller import Controller, Served, serve
from fixtures import player
from playing import Player, account, person, seed
from test_awx_role import TEAMS, VARIABLES, changed, run, with_credentials

__all__ = ["controller", "player"]


@pytest.fixture
def controller() -> Iterator[Served]:
    """AWX's API, empty but for an organization."""
    found = serve()
    yield found
    found.stop()


@pytest.fixture(scope="session", params=[False, pytest.param(True, marks=pytest.mark.torture)], ids=["each", "together"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    """What two runs of the role have built for two tenants: the second knows the credentials that the first one's types allow.

    Built once for all processes that test side by side: it takes half a minute. What the role builds for tenants together is tested at each
    commit; their jobs in make torture, as they differ by the names of variables only.
    """
    base = tmp_path_factory.getbasetemp()
    kept = (base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent) / f"built-{request.param}"
    with open(f"{kept}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_build(tmp_path_factory.mktemp("role"), together=request.param)))
    found: Controller = pickle.loads(kept.read_bytes())
    return found


def _build(folder: Path, *, together: bool) -> Controller:
    served = serve()
    given = {**VARIABLES, "awx_together": together, "awx_state_dir": STATE}
    try:
        run(folder, served, {**given, "awx_tenants": [{"name": name} for name in TENANTS]}, "--tags", "types", real=not together)
        tenants = with_credentials(served.controller, *TENANTS, typed=together)
        served.controller.make("teams", name="Leads", organization=1)
        done = run(folder, served, {**given, "awx_teams": TEAMS, "awx_tenants": tenants})
        assert done.returncode == 0, done.stdout + done.stderr
        assert changed(done) > 0
    finally:
        served.stop()
    return served.controller


@pytest.fixture
def apart(built: Controller) -> Controller:
    """For tests that need one of the two ways only."""
    if together(built):
        pytest.skip("the same for both ways")
    return built


@pytest.fixture
def company(built: Controller, player: Player) -> Callable[..., Company]:
    def start(east: str, west: str) -> Company:
        boxes = {}
        for tenant, name in (("east", "ada.byron"), ("west", "bob.stone")):
            people = [person(name), person("carol.reed")]
            given = seed(people, {"zoom-users": [name]}, [account("carol.reed")], account_id=f"{tenant}Account000000000000")
            boxes[tenant] = player.start(given)
        return Company(built, boxes, {"east": east, "west": west}, player.folder)

    return start
