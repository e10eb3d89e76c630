# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A channel by which Google sends notifications about users, and what is wanted of them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from ._text import PolicyError
from ._typed import read_duration

LONGEST = 2 * 24 * 3600  # what Google grants at most, in seconds
_TOKEN = (16, 256)  # characters: as the event source demands, and as Google takes


@dataclass(frozen=True)
class Channel:
    """One is for one kind of event. Times in seconds. `mark`: which token it has, without the token."""

    id: str
    resource_id: str
    event: str
    address: str
    mark: str
    opened: int
    expires: int

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Channel:
        return cls(**record)

    def record(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Wish:
    """Events to be reported to `address`, by channels of `ttl` seconds, each followed by another `renew_before` seconds before its end."""

    events: tuple[str, ...]
    address: str
    token: str
    ttl: int
    renew_before: int


def mark_of(token: str, id: str) -> str:
    """Salted with the channel's id, so that equal tokens of two tenants do not show."""
    return hashlib.sha256(f"{id}:{token}".encode()).hexdigest()


def parse_wish(params: Mapping[str, Any]) -> Wish:
    """PolicyError names the option."""
    if params["state"] == "absent":
        return Wish((), "", "", 0, 0)
    address, token = params.get("address") or "", params.get("token") or ""
    _check_address(address)
    if not params["events"]:
        raise PolicyError("events is empty; name the events to be reported, or set state to absent.")
    if not _TOKEN[0] <= len(token) <= _TOKEN[1] or not (token.isascii() and token.isprintable()) or " " in token:
        raise PolicyError("token must have 16 to 256 printable ASCII characters without blanks; give each tenant a random one of its own.")
    ttl, before = read_duration(params["ttl"], "ttl"), read_duration(params["renew_before"], "renew_before")
    if not 60 <= ttl <= LONGEST:
        raise PolicyError(f"ttl is {params['ttl']}; Google keeps a channel open for 2 days at most, and less than a minute is of no use.")
    if not before < ttl:
        raise PolicyError(f"renew_before is {params['renew_before']}, which is not shorter than ttl, {params['ttl']}; give a shorter one.")
    return Wish(tuple(dict.fromkeys(params["events"])), address, token, ttl, before)


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        fine = parts.scheme == "https" and bool(parts.hostname) and not parts.username and not parts.fragment and parts.port != 0
    except ValueError:
        fine = False
    if not fine or not address.isascii() or not address.isprintable() or " " in address:
        raise PolicyError("address must be the https URL of the event source, without a user name; Google sends notifications to no other.")
