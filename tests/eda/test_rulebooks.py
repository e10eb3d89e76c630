# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebooks by ansible-rulebook itself: from a request of Zoom or Google to the launch in AWX."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml
from controller import TOKEN as CONTROLLER_TOKEN
from launching import Launches, Served, serve
from listening import ACCOUNT, SECRET, TOKEN, free_port, signed, wait_for, zoom_event

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="the rule engine of ansible-rulebook needs java 17")
ROOT = Path(__file__).parents[2]
TEMPLATE = "Zoom apply for named people (east)"
# Where the shown rulebook says a minute, so that the tests need not wait for one.
WINDOW = "2 seconds"


@dataclass
class Engine:
    """ansible-rulebook with one of the rulebooks, and the controller that it launches jobs on."""

    port: int
    path: str
    launches: Launches
    log: Path

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("POST", self.path, body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def zoom(self, name: str) -> int:
        body = zoom_event(f"{name}@example.com")
        return self.post(body, signed(body))


@pytest.fixture(scope="module")
def controller() -> Iterator[Served]:
    served = serve()
    served.launches.template(TEMPLATE)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def engine(controller: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    running: dict[str, tuple[Engine, subprocess.Popen[bytes]]] = {}

    def start(side: str) -> Engine:
        if side not in running:
            running[side] = _start(side, controller, tmp_path_factory.mktemp(side))
        return running[side][0]

    yield start
    for _engine, process in running.values():
        process.terminate()
        process.wait(20)


def _start(side: str, controller: Served, folder: Path) -> tuple[Engine, subprocess.Popen[bytes]]:
    text = (ROOT / "extensions" / "eda" / "rulebooks" / f"{side}_people.yml").read_text()
    assert text.count("once_after: 1 minute") == 1
    (folder / "rulebook.yml").write_text(text.replace("once_after: 1 minute", f"once_after: {WINDOW}"))
    port = free_port()
    variables = {"awx_template": TEMPLATE, "zoom_account_id": ACCOUNT, "listen_port": port, "zoom_ignore_operators": ["app@example.com"]}
    (folder / "variables.yml").write_text(yaml.safe_dump(variables))
    environment = {
        **os.environ,
        "ZOOM_WEBHOOK_SECRET": SECRET,
        "GOOGLE_WATCH_TOKEN": TOKEN,
        "EDA_CONTROLLER_URL": controller.url,
        "EDA_CONTROLLER_TOKEN": CONTROLLER_TOKEN,
        "EDA_JOB_TEMPLATE_REFRESH_DELAY": "0.1",
        "ANSIBLE_HOME": str(folder / "ansible"),
    }
    log = folder / "log"
    command = [Path(sys.executable).with_name("ansible-rulebook"), "-r", folder / "rulebook.yml", "--vars", folder / "variables.yml", "-vv"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(port, 60)
    except OSError:
        process.terminate()
        raise AssertionError(log.read_text()) from None
    return Engine(port, f"/{side}", controller.launches, log), process


@pytest.fixture
def zoom(engine: Callable[[str], Engine]) -> Engine:
    found = engine("zoom")
    found.launches.since, found.launches.status = len(found.launches.launched), "successful"
    return found


def test_five_events_about_one_person_and_one_about_another_are_one_launch_for_both(zoom: Engine) -> None:
    assert [zoom.zoom(name) for name in ("bob", "bob", "bob", "ann", "bob", "bob")] == [204] * 6
    assert zoom.launches.wait(1) == [{"apply_only": "ann@example.com\nbob@example.com"}]
    time.sleep(1)
    assert len(zoom.launches.wait(1)) == 1
    assert zoom.launches.refused == []
    assert zoom.launches.ignored[-1] in ({}, {"limit": "all"})


def test_while_a_job_runs_others_wait_and_a_failed_one_ends_nothing(zoom: Engine) -> None:
    zoom.launches.status = "running"
    zoom.zoom("cid")
    zoom.launches.wait(1)
    zoom.zoom("dan")
    assert zoom.launches.wait(2, 3) == [{"apply_only": "cid@example.com"}]
    zoom.launches.status = "failed"
    assert zoom.launches.wait(2) == [{"apply_only": "cid@example.com"}, {"apply_only": "dan@example.com"}]


def test_a_burst_is_one_launch_of_as_many_as_its_survey_holds(zoom: Engine) -> None:
    for number in range(100):
        zoom.zoom(f"user{number:03}")
    (launched,) = zoom.launches.wait(1)
    assert len(launched["apply_only"].splitlines()) == 75
    assert zoom.launches.refused == []


def test_what_is_refused_launches_nothing_and_no_secret_is_in_the_log_of_the_engine(zoom: Engine) -> None:
    body = zoom_event("eve@example.com")
    good = signed(body)
    assert zoom.post(body, {**good, "x-zm-signature": "v0=0"}) == 401
    own = zoom_event("eve@example.com", operator="app@example.com")
    assert zoom.post(own, signed(own)) == 204
    assert zoom.launches.wait(1, 3) == []
    log = zoom.log.read_text()
    assert "A request was refused: its x-zm-signature is not that of this secret token." in log
    for text in (SECRET, CONTROLLER_TOKEN, good["x-zm-signature"], "lookup("):
        assert text not in log


def test_a_notification_of_google_leads_to_a_launch(engine: Callable[[str], Engine]) -> None:
    google = engine("google")
    google.launches.since, google.launches.status = len(google.launches.launched), "successful"
    headers = {"X-Goog-Channel-Token": TOKEN, "X-Goog-Resource-State": "update"}
    body = json.dumps({"kind": "admin#directory#user", "primaryEmail": "bob@example.com"}).encode()
    assert google.post(b"", {**headers, "X-Goog-Resource-State": "sync"}) == 204
    assert [google.post(body, headers) for _time in range(5)] == [204] * 5
    assert google.launches.wait(1) == [{"apply_only": "bob@example.com"}]
    assert TOKEN not in google.log.read_text()
