# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Third-party libraries, guarded: a module says which are missing instead of failing on import. Each is loaded where it is used."""

from __future__ import annotations

import importlib
import shlex
import sys
import traceback
from collections.abc import Iterable
from functools import cache

_PARTS = {
    "requests": ("requests", "urllib3"),
    "google-auth": ("google.auth", "google.auth.transport.requests", "google.oauth2.service_account"),
    "jmespath": ("jmespath",),
}
REQUIREMENTS = {"requests": "requests>=2.31", "google-auth": "google-auth[requests]>=2.38", "jmespath": "jmespath>=1.0"}
"""As pip takes them: those of meta/ee-requirements.txt."""


@cache
def import_error(library: str) -> str | None:
    """The traceback of the first of its parts that can't be imported."""
    try:
        for name in _PARTS[library]:
            importlib.import_module(name)
    except ImportError:
        return traceback.format_exc()
    return None


def missing_libraries(needed: Iterable[str]) -> str:
    """'' or one sentence for all of this collection's that are missing, if one of the needed is: the next module needs the others."""
    if all(import_error(library) is None for library in needed):
        return ""
    missing = [library for library in _PARTS if import_error(library) is not None]
    line = shlex.join([sys.executable, "-m", "pip", "install", *(REQUIREMENTS[library] for library in missing)])
    return (
        f"Python libraries that this collection needs are missing for {sys.executable}: {', '.join(missing)}. "
        f"Nothing was changed; install them: {line}"
    )
