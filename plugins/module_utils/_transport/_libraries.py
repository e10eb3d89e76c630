# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Third-party libraries, guarded: a module says which one is missing instead of failing on import."""

from __future__ import annotations

import importlib
import traceback


def _missing(*names: str) -> str | None:
    """The traceback of the first import that fails."""
    try:
        for name in names:
            importlib.import_module(name)
    except ImportError:
        return traceback.format_exc()
    return None


REQUESTS_IMPORT_ERROR = _missing("requests", "urllib3")
GOOGLE_AUTH_IMPORT_ERROR = _missing("google.auth", "google.auth.transport.requests", "google.oauth2.service_account")
