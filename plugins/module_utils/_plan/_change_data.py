# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What an action needs beside the account's fields as they will be: one typed record for each kind. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .._model._license import TYPES, License


@dataclass(frozen=True, slots=True)
class Creation:
    """`values`: SCIM path -> value."""

    values: Mapping[str, Any]
    license: License


@dataclass(frozen=True, slots=True)
class Attributes:
    """Of an update, and of a transfer that SCIM takes as an attribute. `values`: SCIM path -> value."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewAddress:
    email: str


@dataclass(frozen=True, slots=True)
class LicenseChange:
    """`first`: the bundle to switch off before, as REST takes one licence field in a call."""

    license: License
    first: License | None = None


def license_change(held: License | None, wanted: License) -> LicenseChange:
    """A bundle is switched off by its own field before a licence that is none, and only one field goes into a call.

    A holder of a bundle who is given the plain licence alone keeps the bundle, as Zoom takes it for one.
    """
    if held is None or not held.is_bundle or wanted.is_bundle:
        return LicenseChange(wanted)
    return LicenseChange(held.off()) if wanted == License("type", TYPES["basic"]) else LicenseChange(wanted, held.off())


@dataclass(frozen=True, slots=True)
class Offboarding:
    """What becomes of an account. `transfer` goes to `transfer_to` with a removal."""

    action: str
    transfer_to: str = ""
    transfer: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """What DELETE /users/{id} gets about the transfer."""
        if not self.transfer_to:
            return {}
        return {"transfer_email": self.transfer_to, **{f"transfer_{name}": "true" for name in self.transfer}}


@dataclass(frozen=True, slots=True)
class FormerName:
    """Of a group that is renamed."""

    name: str


@dataclass(frozen=True, slots=True)
class GoogleMember:
    """`email` may be a customer's id, which stands for everybody. `new_group`: the group was made a moment ago."""

    email: str
    role: str = ""
    new_group: bool = False


Data: TypeAlias = "Creation | Attributes | NewAddress | LicenseChange | Offboarding | FormerName | GoogleMember"
