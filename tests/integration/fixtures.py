# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures that several folders share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory, _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _account_calls, _created_accounts, _proof
from playing import Player
from real_runs import is_real


@pytest.fixture
def player(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Player]:
    """Starts sandboxes by seed and runs playbooks on them; stops them in the end."""
    found = Player(tmp_path, real=is_real(request.path.name, request.function.__name__, request.node.name))
    yield found
    found.stop()


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Requests are not spaced out, and client and server, two threads of one process, hand over at once."""
    monkeypatch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    monkeypatch.setattr(_proof, "WAITS", ())
    for calls in (_account_calls, _created_accounts):
        monkeypatch.setattr(calls, "RE_READS", (0.0,) * len(calls.RE_READS))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.00005)
    yield
    sys.setswitchinterval(interval)
