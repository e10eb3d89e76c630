# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source for ansible-rulebook: Zoom's webhooks about users, as addresses of people."""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
short_description: Receive the user events of one Zoom account
description:
  - Listens for the webhooks of a Zoom app with an event subscription. A request is trusted if Zoom's signature of it is right, if it is not
    older than O(max_age), and if it is about the account O(account_id).
  - An event holds the address of one person, as C(event.person.address), with C(event.person.event), C(event.person.side) and
    C(event.person.account). Nothing else of a request reaches the engine.
  - Zoom's check of the address of this listener (C(endpoint.url_validation)) is answered.
  - It needs no library but those of ansible-rulebook.
options:
  account_id:
    description: Id of the Zoom account. Events of another account are refused.
    type: str
    required: true
  secret_env:
    description: Environment variable with the secret token of the Zoom app's event subscriptions.
    type: str
    default: ZOOM_WEBHOOK_SECRET
  secret_file:
    description: A file with that secret token, instead of O(secret_env).
    type: str
  events:
    description:
      - Names of the events to hand on. Others are acknowledged and ignored.
      - C(user.deleted), C(user.disassociated) and C(user.signed_in) are known besides. The first two are left out by default, as their
        account is gone, and a run that is limited to somebody whom neither side knows fails.
    type: list
    default: [user.created, user.invitation_accepted, user.updated, user.activated, user.deactivated]
  ignore_operators:
    description:
      - Addresses or user ids of operators whose changes are no news. Give the owner of the app that this collection writes with, so that
        its own writes cause no further run.
    type: list
    default: []
  max_age:
    description: How old, or how far ahead of this machine's clock, a request may be, in seconds.
    type: int
    default: 300
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
    description: How many people may wait for the engine. Above it, requests are refused until it has caught up, and Zoom repeats them.
    type: int
    default: 1000
  max_repeats:
    description: In how many different minutes of an hour a person is handed on. What comes after that is left to the next full run.
    type: int
    default: 6
"""

EXAMPLES = r"""
- workspace_zoom.provisioning.zoom_webhook:
    account_id: "{{ zoom_account_id }}"
    port: 5000
    path: /zoom
    ignore_operators: [zoom-app-owner@example.com]
"""

_OWN = ("account_id", "secret_env", "secret_file", "events", "ignore_operators", "max_age")
_EVENTS = ["user.created", "user.invitation_accepted", "user.updated", "user.activated", "user.deactivated"]
_KNOWN = frozenset([*_EVENTS, "user.deleted", "user.disassociated", "user.signed_in"])
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9_=+/-]{1,128}")  # no colon: an answer must never be the signature of a request


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
class Account:
    """Whose events are taken, and which."""

    id: str
    secret: bytes
    events: frozenset[str]
    ignored: frozenset[str]
    max_age: int

    def receive(self, headers: Mapping[str, str], raw: bytes, now: float) -> Any:
        if why := self._distrust(headers, raw, now):
            return Answer(401, f"A request was refused: {why}.")
        body = shared.json_object(raw)
        payload = body.get("payload") if body else None
        if body is None or not isinstance(payload, dict):
            return Answer(400, "A signed request of Zoom was refused: its body has an unknown form.")
        if body.get("event") == "endpoint.url_validation":
            return self._validate(payload.get("plainToken"))
        if payload.get("account_id") != self.id:
            return Answer(403, "A signed request was refused: it is about another Zoom account than account_id.")
        return self._judge(str(body.get("event")).lower(), payload)

    def _distrust(self, headers: Mapping[str, str], raw: bytes, now: float) -> str:
        stamp = headers.get("x-zm-request-timestamp", "")
        if not _TIMESTAMP.fullmatch(stamp):
            return "it has no single x-zm-request-timestamp of digits"
        expected = f"v0={_signed(self.secret, b':'.join((b'v0', stamp.encode(), raw)))}"
        given = headers.get("x-zm-signature", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(expected.encode(), given):
            return "its x-zm-signature is not that of this secret token"
        if abs(now - int(stamp)) > self.max_age:
            return f"it is more than {self.max_age} seconds away from this machine's clock"
        return ""

    def _validate(self, token: Any) -> Any:
        if not isinstance(token, str) or not _PLAIN_TOKEN.fullmatch(token):
            return Answer(400, "A validation of this address by Zoom was refused: its plainToken has an unknown form.")
        return Answer(200, body={"plainToken": token, "encryptedToken": _signed(self.secret, token.encode())})

    def _judge(self, event: str, payload: Mapping[str, Any]) -> Any:
        """Acknowledged in any case: Zoom would only repeat what can't be used."""
        operators = {str(payload.get(name)).lower() for name in ("operator", "operator_id") if payload.get(name)}
        if event not in self.events or operators & self.ignored:
            return Answer(204)
        subject = payload.get("object")
        address = shared.address(subject.get("email")) if isinstance(subject, dict) else ""
        if not address:
            return Answer(204, f"An event {event} names no plain address; its person is left to the next full run.")
        return Answer(204, person={"address": address, "event": event, "side": "zoom", "account": self.id})


def _signed(secret: bytes, text: bytes) -> str:
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


def account(args: Mapping[str, Any]) -> Account:
    """ValueError names the option."""
    if not isinstance(args.get("account_id"), str) or not args["account_id"].strip():
        raise ValueError("account_id must be the id of the Zoom account, as text.")
    return Account(
        args["account_id"].strip(),
        shared.secret(args, "secret", "ZOOM_WEBHOOK_SECRET"),
        shared.words(args.get("events") or _EVENTS, "events", _KNOWN),
        shared.words(args.get("ignore_operators"), "ignore_operators"),
        shared.whole(args.get("max_age") or 300, "max_age"),
    )


async def main(queue: Any, args: dict[str, Any]) -> None:
    """Called by ansible-rulebook, which cancels it."""
    options = shared.listener(args, _OWN)
    await shared.listen(queue, options, account(args).receive)
