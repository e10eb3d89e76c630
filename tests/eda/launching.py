# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of AWX's REST API as ansible-rulebook needs to launch a job template and to follow the job, beside what tests/awx plays.

It accepts, ignores and refuses of a launch what AWX does. Facts: JobTemplateLaunch, JobLaunchSerializer, and SurveyJobTemplateMixin.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from controller import PAGE, TOKEN, VERSION, Controller
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SURVEY = {"variable": "apply_only", "question_name": "Who?", "type": "textarea", "required": True, "min": 3, "max": 20000}


@dataclass
class Launches:
    """`launched`: the variables of each job, in order; `ignored`: what AWX would not take; `status`: of every job so far.

    `since`: how many a test found there. They stay: of a job that AWX does not know, ansible-rulebook awaits the end for ever.
    """

    controller: Controller = field(default_factory=lambda: Controller(set()))
    launched: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    status: str = "successful"
    since: int = 0

    def template(self, name: str) -> None:
        organization = (
            next(iter(self.controller.objects["organizations"]), None) or self.controller.make("organizations", name="Default")["id"]
        )
        made = self.controller.make("job_templates", name=name, organization=organization, survey_enabled=True)
        self.controller.surveys[made["id"]] = {"name": "", "description": "", "spec": [SURVEY]}

    def wait(self, count: int, seconds: float = 15) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while len(self.launched) < self.since + count and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.launched[self.since :]


def _found(launches: Launches, request: Request) -> Response:
    rows = [row for row in launches.controller.objects["job_templates"].values() if row["name"] == request.query_params.get("name")]
    results = [
        {
            **row,
            "related": {**row["related"], "launch": f"{row['url']}launch/"},
            "summary_fields": {"organization": {"name": launches.controller.objects["organizations"][row["organization"]]["name"]}},
        }
        for row in rows[:PAGE]
    ]
    return JSONResponse({"count": len(rows), "next": None, "previous": None, "results": results})


def _launch(launches: Launches, row: Mapping[str, Any], body: Mapping[str, Any]) -> Response:
    given, spec = body.get("extra_vars") or {}, launches.controller.surveys[row["id"]]["spec"]
    if not isinstance(given, dict):
        return _refuse(launches, {"extra_vars": ["Value is not a mapping."]})
    asked = {element["variable"] for element in spec}
    if problems := [problem for element in spec for problem in _survey(element, given)]:
        return _refuse(launches, {"variables_needed_to_start": problems})
    taken = {name: value for name, value in given.items() if name in asked or row["ask_variables_on_launch"]}
    ignored: dict[str, Any] = {name: value for name, value in body.items() if name != "extra_vars" and not row.get(f"ask_{name}_on_launch")}
    if left := {name: value for name, value in given.items() if name not in taken}:
        ignored["extra_vars"] = left
    launches.launched.append(taken)
    launches.ignored.append(ignored)
    id = len(launches.launched)
    return JSONResponse({"job": id, "id": id, "ignored_fields": ignored, **_job(launches, id)}, 201)


def _refuse(launches: Launches, body: Any) -> Response:
    launches.refused.append(body)
    return JSONResponse(body, 400)


def _survey(element: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    name = element["variable"]
    if name not in given:
        return [f"'{name}' value missing"] if element["required"] else []
    value = given[name]
    if not isinstance(value, str):
        return [f"Value {value} for '{name}' expected to be a string."]
    if len(value) < element["min"]:
        return [f"'{name}' value {value} is too small (length is {len(value)} must be at least {element['min']})."]
    return [f"'{name}' value {value} is too large (must be no more than {element['max']})."] if len(value) > element["max"] else []


def _job(launches: Launches, id: int) -> dict[str, Any]:
    return {
        "id": id,
        "type": "job",
        "url": f"/api/v2/jobs/{id}/",
        "status": launches.status,
        "created": "2026-11-27T07:00:00Z",
        "artifacts": {},
    }


def _jobs(launches: Launches, request: Request) -> Response:
    ids = [int(id) for id in request.query_params["id__in"].split(",")]
    rows = [_job(launches, id) for id in ids if 0 < id <= len(launches.launched)]
    return JSONResponse({"count": len(rows), "next": None, "previous": None, "results": rows})


def _answers(launches: Launches) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"detail": "Authentication credentials were not provided."}, 401, VERSION)
        parts = request.path_params["path"].strip("/").split("/")
        if request.method == "POST":
            row = launches.controller.objects["job_templates"].get(int(parts[1])) if parts[::2] == ["job_templates", "launch"] else None
            return _launch(launches, row, json.loads(await request.body() or b"{}")) if row else JSONResponse({"detail": "Not found."}, 404)
        if parts == ["config"]:
            return JSONResponse({"version": VERSION["X-API-Product-Version"]}, 200, VERSION)
        if parts == ["unified_job_templates"]:
            return _found(launches, request)
        return _jobs(launches, request) if parts == ["jobs"] else JSONResponse({"detail": "Not found."}, 404)

    return answer


@dataclass
class Served:
    launches: Launches
    url: str
    server: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def serve() -> Served:
    launches = Launches()
    application = Starlette(routes=[Route("/api/v2/{path:path}", _answers(launches), methods=["GET", "POST"])])
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    return Served(launches, f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread)
