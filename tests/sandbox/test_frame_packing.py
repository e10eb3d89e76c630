# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which answers come packed, and to whom."""

from __future__ import annotations

import pytest
import requests
from sandbox import Sandbox

AGENT = "some-client/1.0"


@pytest.mark.parametrize(
    ("side", "path", "on", "accepted", "agent", "packed"),
    [
        ("google", "/admin/directory/v1/users", False, "gzip", f"{AGENT} (gzip)", True),
        ("google", "/admin/directory/v1/users", False, "gzip", AGENT, False),
        ("google", "/admin/directory/v1/users", False, "identity", f"{AGENT} (gzip)", False),
        ("zoom", "/v2/users", False, "gzip", f"{AGENT} (gzip)", False),
        ("zoom", "/v2/users", True, "gzip", AGENT, True),
        ("zoom", "/v2/users", True, "identity", AGENT, False),
    ],
)
def test_google_packs_for_who_says_gzip_twice_and_zoom_by_its_switch(
    side: str, path: str, on: bool, accepted: str, agent: str, packed: bool
) -> None:
    with Sandbox.start(None, {"gzip": on}) as box:
        answer = requests.get(box.url + path, headers={"Accept-Encoding": accepted, "User-Agent": agent}, timeout=10)
        assert (answer.headers.get("Content-Encoding") == "gzip") == packed
        assert answer.status_code == 401
        [entry] = box.ledger.reads(side)
    assert entry["answer"] == answer.json()
