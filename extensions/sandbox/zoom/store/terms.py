# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account is apart from its people: its app, plan, settings and domains. A seed may set all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .license import BASIC, LICENSED, License, plain, zoom_one


def _permissions() -> set[str]:
    return {"User:Read", "User:Edit", "Group:Read", "Group:Edit"}


@dataclass(eq=False)
class Terms:
    """`scopes` go into tokens when they are minted; `permissions` are the rights of the token's user.

    foreign_logins: addresses with a Zoom login outside this account. former_invitees: invitations that were deleted or ran out.
    blocked_words: which no name may hold.
    """

    account_id: str = "Aq81LrTfQ3aSandboxAcc0"
    client_id: str = "sandboxZoomClient0000000000000001"
    client_secret: str = "sandbox-zoom-client-secret-0000000000000000000000000001"
    scim_token: str = "sandbox-zoom-scim-token-00000000000000000000000000000000000001"
    plan: str = "business"
    sso: bool = True
    server_to_server: bool = True
    default_type: int = BASIC
    base_zoom_one_type: int = 0
    managed_domains: list[str] = field(default_factory=lambda: ["example.com"])
    scopes: set[str] = field(default_factory=set)
    permissions: set[str] = field(default_factory=_permissions)
    foreign_logins: set[str] = field(default_factory=set)
    former_invitees: set[str] = field(default_factory=set)
    blocked_words: list[str] = field(default_factory=list)

    @property
    def is_paid(self) -> bool:
        return self.plan != "free"

    def paid_license(self, number: int) -> License:
        """What `type` gives: on a Workplace base plan, 2 is that plan."""
        return zoom_one(self.base_zoom_one_type) if number == LICENSED and self.base_zoom_one_type else plain(number)

    def is_managed(self, email: str) -> bool:
        return email.strip().lower().rpartition("@")[2] in {domain.lower() for domain in self.managed_domains}
