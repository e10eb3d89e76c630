# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of AWX's REST API (version 24) as the awx.awx modules need to build things, on loopback.

It refuses what AWX refuses: unknown fields and references, names taken, a playbook that the project lacks, a second credential of
a type, variables that a credential type may not set, messages that can't be rendered. Facts: AWX's serializers, fields.py and the
awx.awx modules.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from controller_projects import TRIGGERS, Repository, playbooks, update
from controller_rules import RESOURCES, Refused, check
from controller_shown import search, shown
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ROOT = Path(__file__).parents[2]
TOKEN = "controller-token-that-is-long-enough"
PAGE = 25
VERSION = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}


@dataclass
class Controller:
    """`objects`: by endpoint and id; `links`: ids by endpoint, id and name; `roles`: endpoint, id and name of each, by its id; `granted`:
    teams by role; `files`: playbooks by project; `writes` and `reads`: method and path of each request so far.
    """

    repository: Repository
    objects: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in RESOURCES})
    links: dict[tuple[str, int, str], list[int]] = field(default_factory=dict)
    surveys: dict[int, Any] = field(default_factory=dict)
    roles: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    granted: dict[int, list[int]] = field(default_factory=dict)
    files: dict[int, list[str]] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    last_id: int = 0

    def make(self, endpoint: str, **given: Any) -> dict[str, Any]:
        """As a POST would; for what is somebody else's, such as credentials."""
        self.last_id += 1
        kind = RESOURCES[endpoint].kind
        url = f"/api/v2/{endpoint}/{self.last_id}/"
        row = {**RESOURCES[endpoint].defaults, **given, "id": self.last_id, "type": kind, "url": url, "related": {}, "summary_fields": {}}
        row["related"]["survey_spec"] = f"{url}survey_spec/"
        if endpoint == "projects":
            row["related"] |= {"update": f"{url}update/", "playbooks": f"{url}playbooks/"}
        self.objects[endpoint][self.last_id] = row
        return row

    def named(self, endpoint: str, name: str) -> dict[str, Any]:
        return next(row for row in self.objects[endpoint].values() if row.get("name") == name)

    def role(self, endpoint: str, id: int, name: str) -> int:
        """Of an object that has it."""
        found = next((one for one, role in self.roles.items() if role == (endpoint, id, name)), None)
        if found is None:
            self.last_id += 1
            found = self.last_id
            self.roles[found] = (endpoint, id, name)
        return found

    def linked(self, endpoint: str, id: int, name: str) -> list[int]:
        return self.links.setdefault((endpoint, id, name), [])


def _page(controller: Controller, rows: list[tuple[str, dict[str, Any]]], request: Request) -> Response:
    number = int(request.query_params.get("page", "1"))
    start = (number - 1) * PAGE
    more = len(rows) > start + PAGE
    following = f"{request.url.path}?{request.url.include_query_params(page=number + 1).query}" if more else None
    results = [shown(controller, endpoint, row) for endpoint, row in rows[start : start + PAGE]]
    return JSONResponse({"count": len(rows), "next": following, "previous": None, "results": results})


def _not_found() -> Response:
    return JSONResponse({"detail": "Not found."}, 404)


def _answers(controller: Controller) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"detail": "Authentication credentials were not provided."}, 401)
        requests = controller.reads if request.method == "GET" else controller.writes
        requests.append(f"{request.method} {request.url.path}")
        body = json.loads(await request.body() or b"{}") if request.method in ("POST", "PATCH") else {}
        try:
            response = _route(controller, request, request.path_params["path"].strip("/").split("/"), body)
        except Refused as refusal:
            response = JSONResponse(refusal.body, 400)
        response.headers.update(VERSION)
        return response

    return answer


def _writes(controller: Controller) -> Callable[[Request], Any]:
    """Not AWX's: for who looks from another process. DELETE forgets them."""

    async def answer(request: Request) -> Response:
        if request.method == "DELETE":
            controller.writes.clear()
        return JSONResponse(controller.writes)

    return answer


def _route(controller: Controller, request: Request, parts: list[str], body: dict[str, Any]) -> Response:
    endpoint = parts[0]
    if len(parts) == 1:
        return _list(controller, request, endpoint, body)
    if endpoint == "project_updates":
        return JSONResponse(controller.repository.updates[int(parts[1])])
    if endpoint == "roles" and parts[2:] == ["teams"] and int(parts[1]) in controller.roles:
        return _grant(controller, request, int(parts[1]), body)
    row = controller.objects.get(endpoint, {}).get(int(parts[1]))
    if row is None:
        return _not_found()
    if len(parts) == 2:
        return _one(controller, request.method, endpoint, row, body)
    return _sub(controller, request, endpoint, row, parts[2], body)


def _list(controller: Controller, request: Request, endpoint: str, body: dict[str, Any]) -> Response:
    if endpoint != "unified_job_templates" and endpoint not in RESOURCES:
        return _not_found()
    if request.method == "GET":
        return _page(controller, search(controller, endpoint, request.query_params), request)
    made = controller.make(endpoint, **check(controller, endpoint, body, None))
    if endpoint == "projects" and made["scm_type"]:
        _begin_update(controller, made)
    return JSONResponse(shown(controller, endpoint, made), 201)


def _begin_update(controller: Controller, project: dict[str, Any]) -> None:
    made = update(controller, project)
    project["summary_fields"]["current_update"] = {key: made[key] for key in ("id", "status", "failed")}


def _one(controller: Controller, method: str, endpoint: str, row: dict[str, Any], body: dict[str, Any]) -> Response:
    row["summary_fields"].pop("current_update", None)
    if method == "DELETE":
        del controller.objects[endpoint][row["id"]]
        for (name, _id, link), ids in controller.links.items():
            if RESOURCES[name].links[link] == endpoint and row["id"] in ids:
                ids.remove(row["id"])
        return Response(status_code=204)
    if method == "PATCH":
        fields = check(controller, endpoint, body, row)
        fetched = endpoint == "projects" and any(row[name] != fields.get(name, row[name]) for name in TRIGGERS)
        row.update(fields)
        if fetched:
            _begin_update(controller, row)
    return JSONResponse(shown(controller, endpoint, row))


def _sub(controller: Controller, request: Request, endpoint: str, row: dict[str, Any], name: str, body: dict[str, Any]) -> Response:
    if name == "survey_spec" and endpoint in ("job_templates", "workflow_job_templates"):
        return _survey(controller, request.method, row, body)
    if name == "create_approval_template" and endpoint == "workflow_job_template_nodes":
        made = controller.make("workflow_approval_templates", **check(controller, "workflow_approval_templates", body, None))
        row["unified_job_template"] = made["id"]
        row["related"]["unified_job_template"] = made["url"]
        return JSONResponse(shown(controller, "workflow_approval_templates", made), 201)
    if endpoint == "projects" and name in ("playbooks", "update"):
        return _files(controller, request.method, row)
    target = RESOURCES[endpoint].links.get(name)
    if target is None:
        return _not_found()
    ids = controller.linked(endpoint, row["id"], name)
    if request.method == "GET":
        return _page(controller, [(target, controller.objects[target][id]) for id in ids], request)
    return _link(controller, ids, target, body)


def _files(controller: Controller, method: str, project: dict[str, Any]) -> Response:
    if method == "GET":
        return JSONResponse(playbooks(controller, project["id"]))
    return JSONResponse({**update(controller, project), "status": "pending", "failed": False, "finished": None}, 202)


def _link(controller: Controller, ids: list[int], target: str, body: Mapping[str, Any]) -> Response:
    id = body["id"]
    if body.get("disassociate"):
        ids.remove(id)
        return Response(status_code=204)
    if id not in controller.objects[target]:
        raise Refused({"msg": f"{target} {id} does not exist."})
    rows = controller.objects[target]
    if target == "credentials" and rows[id]["credential_type"] in [rows[known]["credential_type"] for known in ids]:
        raise Refused({"error": "Cannot assign multiple credentials of one type."})
    ids.append(id)
    return Response(status_code=204)


def _grant(controller: Controller, request: Request, role: int, body: Mapping[str, Any]) -> Response:
    teams = controller.granted.setdefault(role, [])
    if request.method == "GET":
        return _page(controller, [("teams", controller.objects["teams"][id]) for id in teams], request)
    if body.get("disassociate"):
        teams.remove(body["id"])
    else:
        teams.append(body["id"])
    return Response(status_code=204)


def _survey(controller: Controller, method: str, row: Mapping[str, Any], body: dict[str, Any]) -> Response:
    if method == "GET":
        return JSONResponse(controller.surveys.get(row["id"], {}))
    for name, kind in (("name", str), ("description", str), ("spec", list)):
        if not isinstance(body.get(name), kind):
            raise Refused({"error": f"Field '{name}' is missing from survey spec."})
    for item in body["spec"]:
        missing = {"type", "question_name", "variable", "required"} - set(item)
        choices = item.get("choices", [])
        default = item.get("default", "")
        if missing or item["type"] not in ("text", "textarea", "password", "multiplechoice", "multiselect", "integer", "float"):
            raise Refused({"error": f"{sorted(missing)} missing, or the type is unknown: {item}"})
        if item["type"] in ("multiplechoice", "multiselect") and (not choices or set(default.splitlines()) - set(choices)):
            raise Refused({"error": f"choices are missing, or do not hold the default: {item}"})
        if not all(isinstance(choice, str) for choice in choices) or not isinstance(default, str):
            raise Refused({"error": f"choices and default must be strings: {item}"})
    controller.surveys[row["id"]] = body
    return JSONResponse({})


@dataclass
class Served:
    """A running controller."""

    controller: Controller
    url: str
    server: uvicorn.Server
    thread: threading.Thread

    def environment(self) -> dict[str, str]:
        return {"CONTROLLER_HOST": self.url, "CONTROLLER_OAUTH_TOKEN": TOKEN}

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def serve(controller: Controller | None = None, port: int = 0) -> Served:
    """A new one holds an organization, and the playbooks that this repository holds. Port 0: any free one."""
    if controller is None:
        folders = (ROOT / "playbooks", ROOT / "extensions/awx/playbooks")
        controller = Controller(Repository({str(path.relative_to(ROOT)) for folder in folders for path in folder.glob("*.yml")}))
        controller.make("organizations", name="Default")
    methods = ["GET", "POST", "PATCH", "DELETE"]
    answers = Route("/api/v2/{path:path}", _answers(controller), methods=methods)
    application = Starlette(routes=[answers, Route("/writes", _writes(controller), methods=["GET", "DELETE"])])
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    return Served(controller, f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread)
