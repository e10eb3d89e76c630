# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which side of the sandbox a path belongs to, and what kind of request it is."""

from __future__ import annotations

SIDES = {
    "google": ("/token", "/admin", "/groups", "/batch"),
    "zoom": ("/oauth", "/scim2", "/v2"),
    "control": ("/_sandbox",),
}
TOKEN_PATHS = ("/token", "/oauth/token")


def side_of(path: str) -> str:
    for side, prefixes in SIDES.items():
        if any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes):
            return side
    return "other"


def kind_of(method: str, path: str) -> str:
    if side_of(path) == "control":
        return "control"
    if method == "POST" and path in TOKEN_PATHS:
        return "token"
    return "read" if method in ("GET", "HEAD") else "write"
