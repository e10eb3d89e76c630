# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox could serve: asked by a second process as fast as it answers, without latency and limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from google.oauth2 import service_account

from . import worlds
from .boxes import Box, Boxes
from .comparisons import token
from .plays import Bench
from .rows import Row

CLIENT = Path(__file__).parent / "hammer.py"
SECONDS = 4.0
SCOPES = ["user.readonly", "group.member.readonly"]
BARS = {"accounts are created": 240}  # three times what Business allows


def scenario(bench: Bench, size: int = 10_000) -> list[Row]:
    seed = worlds.company(size, known=True)
    seed["zoom"]["seats"]["basic"] = 100 * size  # more than are made in these seconds
    with Boxes(bench.new("sandbox"), [seed], {"latency_ms": 0, "rate_limits": False, "google_quota": None}) as boxes:
        (box,) = boxes.boxes
        return [_row(name, what, bench, boxes, size) for name, what in _asked(box).items()]


def _row(name: str, what: dict[str, Any], bench: Bench, boxes: Boxes, size: int) -> Row:
    path = bench.new("load") / "asked.json"
    path.write_text(json.dumps(what))
    before = boxes.cpu()
    told = subprocess.run([sys.executable, str(CLIENT), str(path)], capture_output=True, text=True, check=True)
    answers = json.loads(told.stdout)
    rate = answers["ok"] / answers["seconds"]
    each = 1000 * (boxes.cpu() - before) / (answers["ok"] or 1)
    note = f"{rate:,.0f} answers a second, {each:.1f} ms of processor time for each"
    found = Row(f"the sandbox alone, {size:,} people: {name}", notes=[note])
    if answers["other"]:
        found.promise(f"each is answered ({answers['other']} were not)", False)
    if name in BARS:
        found.promise(f"at least {BARS[name]} answers a second, three times the limit ({rate:,.0f})", rate >= BARS[name])
    return found


def _asked(box: Box) -> dict[str, dict[str, Any]]:
    zoom, google = f"Bearer {token(box)}", f"Bearer {_google_token(box)}"
    base, seconds = {"url": box.url}, {"seconds": SECONDS}
    people = "/admin/directory/v1/users?customer=my_customer&maxResults=500"
    members = f"/admin/directory/v1/groups/team0%40{worlds.DOMAIN}/members?maxResults=200"
    account = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "load{}@" + worlds.DOMAIN,
        "name": {"givenName": "Load", "familyName": "Worker"},
        "emails": [{"type": "work", "value": "load{}@" + worlds.DOMAIN}],
    }
    return {
        "500 people a page": {**base, **seconds, "path": people, "token": google},
        "200 members a page": {**base, **seconds, "path": members, "token": google},
        "300 accounts a page": {**base, **seconds, "path": "/v2/users?status=active&page_size=300", "token": zoom},
        "accounts are created": {**base, **seconds, "path": "/scim2/Users", "token": zoom, "body": account},
    }


def _google_token(box: Box) -> str:
    from google.auth.transport.requests import Request

    scopes = [f"https://www.googleapis.com/auth/admin.directory.{name}" for name in SCOPES]
    credentials = service_account.Credentials.from_service_account_file(
        box.google["service_account_file"], scopes=scopes, subject=box.google["subject"]
    )
    credentials.refresh(Request())
    return str(credentials.token)
