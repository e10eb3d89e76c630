# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What was read of a Google directory. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ._nesting import Row
from ._person import Person


@dataclass
class DirectoryData:
    """`users`: all but the deleted, whose scope is worked out later. `edges`: direct member rows by folded group address.

    `customer`: the customer's own id, as its users' rows show it; '' where there is none. `unread`: stand-ins for people whose row has
    an unknown form; `odd`: all such rows, as snapshot headers carry them. `unreadable`: groups that the scope goes on without.
    """

    users: list[Person]
    deleted: list[Person]
    org_units: list[str]
    edges: dict[str, list[Row]]
    customer: str = ""
    unread: list[Person] = field(default_factory=list)
    odd: list[dict[str, Any]] = field(default_factory=list)
    unreadable: Collection[str] = ()


class Nobody(Enum):
    """What an address is that is no user's."""

    ABSENT = "nobody's"
    GROUP = "a group's"
    FOREIGN = "of a domain that Google does not report on"
    UNREAD = "somebody's or nobody's: the answer has an unknown form"
