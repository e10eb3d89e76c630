# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Third-party libraries, guarded: a module says which one is missing instead of failing on import. Each is loaded where it is used."""

from __future__ import annotations

import importlib
import traceback
from functools import cache

_PARTS = {
    "requests": ("requests", "urllib3"),
    "google-auth": ("google.auth", "google.auth.transport.requests", "google.oauth2.service_account"),
    "jmespath": ("jmespath",),
}


@cache
def import_error(library: str) -> str | None:
    """The traceback of the first of its parts that can't be imported."""
    try:
        for name in _PARTS[library]:
            importlib.import_module(name)
    except ImportError:
        return traceback.format_exc()
    return None
