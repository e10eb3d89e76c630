# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Third-party libraries, guarded: a module says which one is missing instead of failing on import."""

from __future__ import annotations

import traceback

try:
    import requests  # noqa: F401  (pylint: disable=unused-import)
    import urllib3  # noqa: F401
except ImportError:
    REQUESTS_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

try:
    import google.auth  # noqa: F401
    import google.auth.transport.requests  # noqa: F401
    import google.oauth2.service_account  # noqa: F401
except ImportError:
    GOOGLE_AUTH_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    GOOGLE_AUTH_IMPORT_ERROR = None
