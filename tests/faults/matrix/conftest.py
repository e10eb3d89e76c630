# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest
import sandbox.google.rules.access as google_access
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory, _http

HURRY = 50  # times as fast as the clock


@pytest.fixture(autouse=True, scope="module")
def hurried() -> Iterator[None]:
    """Whoever waits does not wait long, requests are not spaced out, and all sandboxes share one key pair."""
    patch, sleep, interval = pytest.MonkeyPatch(), time.sleep, sys.getswitchinterval()
    key = google_access.rsa.generate_private_key(public_exponent=65537, key_size=2048)
    patch.setattr(time, "sleep", lambda seconds: sleep(seconds / HURRY))
    patch.setattr(_http, "_backoff", lambda attempt: 0.0)
    patch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    patch.setattr(google_access.rsa, "generate_private_key", lambda **_options: key)
    sys.setswitchinterval(0.00005)
    yield
    sys.setswitchinterval(interval)
    patch.undo()
