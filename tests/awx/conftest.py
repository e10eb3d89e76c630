# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from company import STATE, TENANTS, Company, together
from controller import Controller, Served, serve
from fixtures import player
from playing import SCOPE, Player, account, person, seed
from test_awx_role import run, with_credentials

__all__ = ["controller", "player"]


@pytest.fixture
def controller() -> Iterator[Served]:
    """AWX's API, empty but for an organization."""
    found = serve()
    yield found
    found.stop()


@pytest.fixture(scope="session", params=[False, True], ids=["each", "together"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Controller]:
    """What two runs of the role have built for two tenants: the second knows the credentials that the first one's types allow."""
    served, folder = serve(), tmp_path_factory.mktemp("role")
    given = {"awx_together": request.param, "awx_variables": {"scope_groups": [SCOPE]}, "awx_state_dir": STATE}
    try:
        run(folder, served, {**given, "awx_tenants": [{"name": name} for name in TENANTS]}, "--tags", "types")
        tenants = with_credentials(served.controller, *TENANTS, typed=request.param)
        done = run(folder, served, {**given, "awx_tenants": tenants})
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        served.stop()
    yield served.controller


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
