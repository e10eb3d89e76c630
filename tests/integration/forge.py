# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GitHub and a GitLab on loopback, as far as comments and artifacts go, and the examples' jobs run as their runners run them."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playing import ROOT

TOKEN = "token-of-the-forge-that-nobody-may-read"
LIMIT = 65_536
BOT = {"github": "github-actions[bot]", "gitlab": 7}
ROUTES = {
    "github": {
        "list": r"/repos/acme/zoom/issues/5/comments",
        "one": r"/repos/acme/zoom/issues/comments/(\d+)",
        "merged": r"/repos/acme/zoom/commits/abc123/pulls",
        "runs": r"/repos/acme/zoom/actions/workflows/zoom.yml/runs",
        "run": r"/repos/acme/zoom/actions/runs/(\d+)",
        "artifacts": r"/repos/acme/zoom/actions/runs/(\d+)/artifacts",
        "zip": r"/repos/acme/zoom/actions/artifacts/(\d+)/zip",
    },
    "gitlab": {
        "list": r"/projects/9/merge_requests/5/notes",
        "one": r"/projects/9/merge_requests/5/notes/(\d+)",
        "merged": r"/projects/9/repository/commits/abc123/merge_requests",
        "user": r"/user",
        "runs": r"/projects/9/merge_requests/5/pipelines",
        "run": r"/projects/9/pipelines/(\d+)",
        "artifacts": r"/projects/9/pipelines/(\d+)/jobs",
        "file": r"/projects/9/jobs/(\d+)/artifacts/plan/plan.json",
    },
}
# Which of a workflow's permissions a route of GitHub's wants.
NEEDS = {name: "pull-requests" if name in ("list", "one", "merged") else "actions" for name in ROUTES["github"]}


@dataclass
class Kept:
    """The folder plan/ of a run, as its artifact. `event`: what started the run; `head`: the commit that it ran on."""

    event: str
    head: str
    files: dict[str, bytes]


@dataclass
class Forge:
    """`comments` of request 5, each of a user; `kept`: by number of the run, from which its artifact's and its job's are made;
    `cache`: by key; `rights`: of each token, as a workflow's permissions have them; `refused`: requests that the API would not take.
    """

    kind: str
    url: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    cache: dict[str, bytes] = field(default_factory=dict)
    rights: dict[str, dict[str, str]] = field(default_factory=dict)
    kept: dict[int, Kept] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def keep(self, event: str, folder: Path) -> int:
        """As a runner uploads an artifact; returns the number of the run."""
        number = 100 + len(self.kept)
        self.kept[number] = Kept(event, "f00d", {path.name: path.read_bytes() for path in folder.iterdir()})
        return number

    def replace(self, run: int, data: bytes, name: str = "plan.json") -> None:
        """As whoever runs code in the job of a plan can."""
        self.kept[run].files[name] = data

    def say(self, user: str | int, body: str) -> dict[str, Any]:
        who = {"user": {"login": user}} if self.kind == "github" else {"author": {"id": user}}
        comment = {"id": len(self.comments) + 1, "body": body, **who}
        self.comments.append(comment)
        return comment

    def bodies(self) -> list[str]:
        """What the pipeline's own user said."""
        return [str(one["body"]) for one in self.comments if BOT[self.kind] in (one.get("user") or one.get("author")).values()]

    def answer(self, method: str, path: str, query: Mapping[str, list[str]], given: Any, headers: Any) -> tuple[int, Any]:
        token = headers.get("PRIVATE-TOKEN") or headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.rights:
            return 401, {"message": "Bad credentials"}
        route, found = next(
            ((name, hit) for name, pattern in ROUTES[self.kind].items() if (hit := re.fullmatch(pattern, path))), ("", None)
        )
        if found is None:
            return 404, {"message": "Not Found"}
        if self.kind == "github" and self.rights[token].get(NEEDS[route]) not in ("write", *(["read"] if method == "GET" else [])):
            return 403, {"message": "Resource not accessible by integration"}
        if method == "GET" and route in ("runs", "run", "artifacts", "zip", "file"):
            return self._read_kept(route, int(found.group(1)) % 1000 if found.groups() else 0, query)
        if method == "GET":
            return 200, self._read(route, query)
        return self._write(method, route, found.group(0), given)

    def _write(self, method: str, route: str, path: str, given: Any) -> tuple[int, Any]:
        if not isinstance(given, dict) or len(str(given.get("body") or "")) not in range(1, LIMIT + 1):
            return 422, {"message": "Validation Failed"}
        if (route, method) == ("list", "POST"):
            return 201, self.say(BOT[self.kind], given["body"])
        if (route, method) != ("one", {"github": "PATCH", "gitlab": "PUT"}[self.kind]):
            return 405, {"message": "Method Not Allowed"}
        comment = self.comments[int(path.rpartition("/")[2]) - 1]
        comment["body"] = given["body"]
        return 200, comment

    def _read(self, route: str, query: Mapping[str, list[str]]) -> Any:
        if route == "user":
            return {"id": BOT["gitlab"]}
        if route == "merged":
            # the same commit came into another branch first, which nobody has read as a change of this one
            return [
                {"number": number, "iid": number, "merged_at": "2026-11-25T00:00:00Z", "state": "merged", **more}
                for number, more in (
                    (4, {"head": {"sha": "beef"}, "base": {"ref": "other"}, "target_branch": "other"}),
                    (5, {"head": {"sha": "f00d"}, "base": {"ref": "main"}, "target_branch": "main"}),
                )
            ]
        per_page, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        assert per_page <= 100
        return self.comments[(page - 1) * per_page : page * per_page]

    def _read_kept(self, route: str, number: int, query: Mapping[str, list[str]]) -> tuple[int, Any]:
        if route == "runs":
            return 200, self._runs(query)
        if number not in self.kept:
            return 404, {"message": "Not Found"}
        files = self.kept[number].files
        answers: dict[str, Callable[[], Any]] = {
            "run": lambda: self._run(number),
            "artifacts": lambda: self._artifacts(number, query),
            "zip": lambda: _zipped(files),
            "file": lambda: files["plan.json"],
        }
        return 200, answers[route]()

    def _runs(self, query: Mapping[str, list[str]]) -> Any:
        if self.kind == "gitlab":
            return [self._run(run) for run, kept in self.kept.items() if kept.event == "merge_request_event"]
        wanted = query["event"], query["head_sha"]
        found = [self._run(run) for run, kept in self.kept.items() if ([kept.event], [kept.head]) == wanted]
        return {"total_count": len(found), "workflow_runs": found}

    def _artifacts(self, number: int, query: Mapping[str, list[str]]) -> Any:
        """Of GitLab, the jobs of a pipeline."""
        if self.kind == "gitlab":
            job = {"id": 3000 + number, "name": "plan", "artifacts_file": {"filename": "artifacts.zip"}}
            return [job, {"id": 4000 + number, "name": "lint", "artifacts_file": None}]
        assert query["name"] == ["zoom-plan"]
        return {"total_count": 1, "artifacts": [{"id": 3000 + number, "name": "zoom-plan", "expired": False}]}

    def _run(self, number: int) -> dict[str, Any]:
        event = self.kept[number].event
        branch = "main" if event in ("workflow_dispatch", "web") else "feature"
        if self.kind == "gitlab":
            return {"id": number, "source": event, "ref": branch if branch == "main" else "refs/merge-requests/5/head"}
        given = {"event": event, "head_branch": branch, "head_repository": {"full_name": "acme/zoom"}}
        return {"id": number, "path": ".github/workflows/zoom.yml", **given}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


@contextmanager
def forge(kind: str) -> Iterator[Forge]:
    here = Forge(kind)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments: Any) -> None:
            pass

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            given = json.loads(self.rfile.read(length)) if length else None
            status, body = here.answer(self.command, parts.path, parse_qs(parts.query), given, self.headers)
            if status >= 400:
                here.refused.append(f"{self.command} {self.path} {status}")
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/octet-stream" if isinstance(body, bytes) else "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_PATCH = _serve

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def example(name: str) -> Path:
    return ROOT / "examples" / name
