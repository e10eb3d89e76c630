# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source for ansible-rulebook: Google's push notifications about users, as addresses of people."""

from __future__ import annotations

import hmac
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Receive Google's notifications about users of one directory
description:
  - Listens for the notifications of the channels that the module C(workspace_zoom.provisioning.google_user_watch) keeps open. A request is
    trusted if it has the token of those channels.
  - An event holds the address of one person, as C(event.person.address), with C(event.person.event) and C(event.person.side). Nothing else
    of a request reaches the engine.
  - Google sends notifications only to an address with https and a certificate that it trusts.
  - Google has none for members of groups.
  - It needs no library but those of ansible-rulebook.
options:
  token_env:
    description: Environment variable with the token of the channels. Give each tenant a token of its own.
    type: str
    default: GOOGLE_WATCH_TOKEN
  token_file:
    description: A file with that token, instead of O(token_env).
    type: str
  events:
    description: Names of the events to hand on. Others are acknowledged and ignored.
    type: list
    default: [add, delete, makeAdmin, undelete, update]
  host:
    description: Address to listen on. The default expects a reverse proxy on the same machine, which adds TLS.
    type: str
    default: 127.0.0.1
  port:
    description: Port to listen on.
    type: int
    required: true
  path:
    description: The only path that is answered.
    type: str
    default: /
  certfile:
    description: Certificate chain, to listen with TLS.
    type: str
  keyfile:
    description: Key of O(certfile).
    type: str
  max_body:
    description: Largest body of a request, in bytes.
    type: int
    default: 65536
  max_waiting:
    description: How many people may wait for the engine. Above it, requests are refused until it has caught up, and Google repeats them.
    type: int
    default: 1000
  max_repeats:
    description: In how many different minutes of an hour a person is handed on. What comes after that is left to the next full run.
    type: int
    default: 6
"""

EXAMPLES = r"""
- workspace_zoom.provisioning.google_user_watch:
    port: 5001
    path: /google
"""

_OWN = ("token_env", "token_file", "events")
_EVENTS = ["add", "delete", "makeAdmin", "undelete", "update"]


def _load_shared() -> Any:
    """ansible-rulebook runs this file by its path, as no part of a package."""
    name = "workspace_zoom_provisioning_people_webhook"
    if name not in sys.modules:
        path = Path(__file__).resolve().parents[1] / "plugin_utils" / "people_webhook.py"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} can't be loaded.")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


shared = _load_shared()
Answer = shared.Answer


@dataclass(frozen=True)
class Channels:
    """Whose notifications are taken, and which."""

    token: bytes
    events: frozenset[str]

    def receive(self, headers: Mapping[str, str], raw: bytes, now: float) -> Any:
        given = headers.get("x-goog-channel-token", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(self.token, given):
            return Answer(401, "A request was refused: its x-goog-channel-token is not that of these channels.")
        event = headers.get("x-goog-resource-state", "").lower()
        if event not in self.events:  # such as sync, the first one of each channel
            return Answer(204)
        body = shared.json_object(raw)
        if body is None:
            return Answer(400, "A notification of Google was refused: its body has an unknown form.")
        address = shared.address(body.get("primaryEmail"))
        if not address:  # acknowledged: Google would only repeat it
            return Answer(204, f"A notification {event} of Google names no plain address; its person is left to the next full run.")
        return Answer(204, person={"address": address, "event": event, "side": "google"})


def channels(args: Mapping[str, Any]) -> Channels:
    """ValueError names the option."""
    return Channels(
        shared.secret(args, "token", "GOOGLE_WATCH_TOKEN"),
        shared.words(args.get("events") or _EVENTS, "events", frozenset(event.lower() for event in _EVENTS)),
    )


async def main(queue: Any, args: dict[str, Any]) -> None:
    """Called by ansible-rulebook, which cancels it."""
    options = shared.listener(args, _OWN)
    await shared.listen(queue, options, channels(args).receive)
