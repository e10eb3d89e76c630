# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What can go wrong on the way to an API, as sentences for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class TransportError(Exception):
    """The text is one sentence; `details` hold what the API said, without secrets."""

    @property
    def details(self) -> dict[str, Any]:
        return {}


class CredentialError(TransportError):
    """A credential is missing, unreadable or refused."""


class WriteRefused(TransportError):
    """A write was tried over a connection opened read-only: a defect of this collection."""


class UnexpectedAnswer(TransportError):
    """An answer that is not what the API promises, such as HTML, or a list without its rows."""


class Unreachable(TransportError):
    """No connection was made: nothing was sent."""


class OutcomeUnknown(TransportError):
    """A write was sent and its outcome is not known: read before repeating it."""


@dataclass
class ApiError(TransportError):
    """A refusal. `code` is Zoom's number, or Google's reason; `message` the API's own words.

    `until`: when a limit is lifted, if it was said. `subject`: the administrator whom Google was asked as.
    """

    service: str
    method: str
    path: str
    status: int
    code: str
    message: str
    tracking_id: str = ""
    until: str = ""
    subject: str = ""

    def __str__(self) -> str:
        code = f", code {self.code}" if self.code else ""
        tracking = f", tracking id {self.tracking_id}" if self.tracking_id else ""
        reason = self.message.rstrip(".") or "no reason given"
        return f"{self.service} refused {self.method} {self.path}: {reason} (HTTP {self.status}{code}{tracking})."

    @property
    def details(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "code": self.code,
            "message": self.message,
            "tracking_id": self.tracking_id,
            "request": f"{self.method} {self.path}",
        }


class NotFound(ApiError):
    """The object does not exist, or not in this tenant."""


class Conflict(ApiError):
    """409: each side means several things by it; decide by `message`."""


class Unauthorized(ApiError):
    """The token was refused, also after it was fetched anew once."""


class Forbidden(ApiError):
    """The token is good, its rights are not."""


class ScopeMissing(Forbidden):
    """The token lacks a scope; the message names it."""


class RateLimited(ApiError):
    """A limit that waiting within this run does not lift, such as a daily one."""


class DailyLimit(RateLimited):
    """Of requests of this kind no more are taken today, whomever they are about."""

    @property
    def when(self) -> str:
        """In words, when to run again."""
        return f"after {self.until}" if self.until else "tomorrow"


# Zoom's texts for limits that waiting lifts: by second, and concurrent requests (lock keys).
_RATES = ("per-second", "concurrent requests")


def is_rate_text(message: str) -> bool:
    """Whether Zoom's words are of a limit that waiting lifts."""
    return any(text in message.lower() for text in _RATES)
