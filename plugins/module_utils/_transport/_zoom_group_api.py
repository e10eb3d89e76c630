# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which of Zoom's two APIs serves a group: REST where the token has the scope, else SCIM."""

from __future__ import annotations

from ._zoom import Zoom

# zoom-api.md 2.3; writing implies reading among the classic scopes
_SCOPES = {
    "list_groups": ("group:read:list_groups:admin", "group:read:admin", "group:write:admin"),
    "list_members": ("group:read:list_members:admin", "group:read:admin", "group:write:admin"),
    "create_group": ("group:write:group:admin", "group:write:admin"),
    "rename_group": ("group:update:group:admin", "group:write:admin"),
    "delete_group": ("group:delete:group:admin", "group:write:admin"),
    "add": ("group:write:member:admin", "group:write:admin"),
    "remove": ("group:delete:member:admin", "group:write:admin"),
}
_SCIM = ("scim2:admin", "scim2")


def by_rest(zoom: Zoom, deed: str) -> bool:
    """Known from the token's own scopes, without a request that is refused. With neither API, REST's refusal names the scope."""
    if not zoom.has_rest:
        return False
    scopes = zoom.scopes()
    return bool(scopes & {*_SCOPES[deed]}) or not scopes & {*_SCIM}
