# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host could be planned on another host's Zoom account, or from another's Workspace. Pure.

Modules take credentials from the environment where a connection holds none. With one host in the inventory that is what is wanted;
with more, nobody knows whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ._evaluated import unreadable

ZOOM, GOOGLE = "zoom_connection", "google_connection"
# Any of these keeps a module from the environment, and is of use by itself.
CREDENTIALS = {
    ZOOM: ("account_id", "client_id", "client_secret", "access_token"),
    GOOGLE: ("service_account_file", "service_account_contents", "access_token"),
}
# With them, what decides whose directory is read.
IDENTITY = {ZOOM: CREDENTIALS[ZOOM], GOOGLE: (*CREDENTIALS[GOOGLE], "auth_kind", "subject", "customer", "service_account_email")}
FOLDERS = tuple(
    f"provisioning_{name}" for name in ("state_dir", "accounts_path", "people_path", "memory_path", "journal_dir", "changes_dir")
)
_OF_THE_ENVIRONMENT = "application"  # auth_kind: whatever else is given, the key is the environment's
_OWN_DIRECTORY = ("subject", "customer")  # with either, a key of the environment reads this host's directory or none
_IDS = ("account_id", "access_token", "client_id")  # of one Zoom account
_REMEDY = {
    ZOOM: "a zoom_connection with account_id, client_id and client_secret (or an access_token)",
    GOOGLE: "a google_connection with service_account_file or service_account_contents",
}

Options = Mapping[str, str]


@dataclass(frozen=True)
class Tenant:
    """A host: option -> text, blank ones left out; nothing where it has none or it can't be read.

    `folders`: variable -> path. `faults`: what can't be evaluated.
    """

    connections: Mapping[str, Options] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def of(self, side: str) -> Options:
        return self.connections.get(side) or {}

    def has(self, side: str) -> bool:
        """Credentials of its own."""
        options = self.of(side)
        if side == GOOGLE and options.get("auth_kind") == _OF_THE_ENVIRONMENT:
            return any(options.get(name) not in (None, "", "my_customer") for name in _OWN_DIRECTORY)
        return any(options.get(name) for name in CREDENTIALS[side])


def crossings(
    host: str, inventory: Mapping[str, Tenant], effective: Tenant | None = None, running: Iterable[str] | None = None
) -> list[str]:
    """Sentences, none if the host is safe. `effective`: its connections as the play has them, where they are known.

    `running`: the hosts of this play; None: all.
    """
    own, several = inventory.get(host, Tenant()), bool(set(inventory) - {host})
    faults = effective.faults if effective else own.faults
    if faults and (effective or several):
        return [unreadable(faults, host)]
    if not several:
        return []
    if effective:
        differing = [side for side in (ZOOM, GOOGLE) if _identity(effective, side) != _identity(own, side)]
        if differing:
            return [_from_the_play(host, differing)]
    missing = [side for side in (ZOOM, GOOGLE) if not own.has(side)]
    if missing:
        return [_missing(host, own, missing, len(inventory))]
    return _doubles(host, inventory) or _shared_folders(host, inventory, running)


def _identity(tenant: Tenant, side: str) -> dict[str, str]:
    return {name: value for name, value in tenant.of(side).items() if name in IDENTITY[side] and value}


def _missing(host: str, own: Tenant, sides: list[str], number: int) -> str:
    what = " and ".join(_REMEDY[side] for side in sides)
    text = (
        f"{host} has no credentials in its own {' and '.join(sides)}, and the inventory holds {number} hosts: those in the environment may "
        f"be another tenant's, so nothing was read. Give {host} {what} in its host variables, or run it with an inventory of its own."
    )
    if own.of(GOOGLE).get("auth_kind") == _OF_THE_ENVIRONMENT:
        text += (
            " auth_kind application takes the key of the environment even if another is given; give the host its own subject to allow that."
        )
    return text


def _from_the_play(host: str, sides: list[str]) -> str:
    return (
        f"{' and '.join(sides)} of {host} come from the play, where each host of the inventory would get the same, or none; nothing was "
        f"read. Put them into the variables of {host} in the inventory, and take them out of the play, the role or the task."
    )


def _doubles(host: str, inventory: Mapping[str, Tenant]) -> list[str]:
    own = inventory[host]
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


def _shared_folders(host: str, inventory: Mapping[str, Tenant], running: Iterable[str] | None) -> list[str]:
    """Of hosts that run side by side. One without a Zoom account of its own is no tenant, and writes nothing."""
    own, beside = inventory[host].folders, set(inventory if running is None else running) & set(inventory) - {host}
    for other in sorted(name for name in beside if inventory[name].has(ZOOM)):
        for name, path in own.items():
            if path == inventory[other].folders.get(name):
                first, second = sorted((host, other))
                return [
                    f"{first} and {second} have the same {name}, {path}: each would plan on what the other left, so nothing was read. "
                    f"Give each its own, for example by putting {{{{ inventory_hostname }}}} into it."
                ]
    return []
