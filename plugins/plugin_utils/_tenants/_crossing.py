# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host could be planned on another host's Zoom account. Pure.

Modules take credentials from the environment where a connection holds none. With one host in the inventory that is what is wanted;
with more, nobody knows whose they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ZOOM, GOOGLE = "zoom_connection", "google_connection"
# Any of these keeps a module from the environment, and is of use by itself.
CREDENTIALS = {
    ZOOM: ("account_id", "client_id", "client_secret", "access_token"),
    GOOGLE: ("service_account_file", "service_account_contents", "access_token"),
}
_OF_ITS_OWN = "application"  # auth_kind: no key, but said for this host
_IDS = ("account_id", "access_token", "client_id")  # of one Zoom account
_REMEDY = {
    ZOOM: "a zoom_connection with account_id, client_id and client_secret (or an access_token)",
    GOOGLE: "a google_connection with service_account_file or service_account_contents",
}

Options = Mapping[str, str]


@dataclass(frozen=True)
class Tenant:
    """A host's connections: option -> text, blank ones left out. Nothing where a host has none or it can't be read."""

    connections: Mapping[str, Options] = field(default_factory=dict)

    def of(self, side: str) -> Options:
        return self.connections.get(side) or {}

    def has(self, side: str) -> bool:
        options = self.of(side)
        return any(options.get(name) for name in CREDENTIALS[side]) or (side == GOOGLE and options.get("auth_kind") == _OF_ITS_OWN)


def crossings(host: str, inventory: Mapping[str, Tenant], effective: Tenant | None = None) -> list[str]:
    """Sentences, none if the host is safe. `effective`: its connections as the play has them, where they are known."""
    if not set(inventory) - {host}:
        return []
    own = inventory.get(host, Tenant())
    missing = [side for side in (ZOOM, GOOGLE) if not own.has(side)]
    if effective:
        played = [side for side in (ZOOM, GOOGLE) if effective.has(side) and _identity(effective, side) != _identity(own, side)]
        if played:
            return [_from_the_play(host, played)]
    if missing:
        return [_missing(host, missing, len(inventory))]
    return _doubles(host, own, inventory)


def _identity(tenant: Tenant, side: str) -> dict[str, str]:
    return {name: value for name, value in tenant.of(side).items() if name in CREDENTIALS[side] and value}


def _missing(host: str, sides: list[str], number: int) -> str:
    what = " and ".join(_REMEDY[side] for side in sides)
    return (
        f"{host} has no credentials in its own {' and '.join(sides)}, and the inventory holds {number} hosts: those in the environment "
        f"may be another tenant's, so nothing was read. Give {host} {what} in its host variables, or run it with an inventory of its own."
    )


def _from_the_play(host: str, sides: list[str]) -> str:
    return (
        f"{' and '.join(sides)} of {host} come from the play, where each host of the inventory would get the same; nothing was read. "
        f"Put them into the variables of {host} in the inventory."
    )


def _doubles(host: str, own: Tenant, inventory: Mapping[str, Tenant]) -> list[str]:
    for other in sorted(set(inventory) - {host}):
        for name in _IDS:
            if own.of(ZOOM).get(name) and own.of(ZOOM)[name] == inventory[other].of(ZOOM).get(name):
                first, second = sorted((host, other))
                return [
                    f"{first} and {second} have the same zoom_connection.{name}, but one host is one Zoom account: each would take away "
                    "what the other gives, so nothing was read. Give each its own zoom_connection in its host variables (an extra variable "
                    "is the same for every host), or take one of them out of the inventory."
                ]
    return []
