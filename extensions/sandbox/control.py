# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control paths, for shells and other processes: ledger, switches, faults, clock, state and events under /_sandbox."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .frame.clock import Clock
from .frame.faults import Faults
from .frame.ledger import Ledger, masked
from .frame.refusal import Refusal
from .google.workspace import Workspace
from .settings import TABLE, Switches
from .zoom.account import ZoomAccount
from .zoom.store.limits import AssignmentLimit, SeatsExhausted

PREFIX = "/_sandbox"
# what an event says about wrong input, and how the sides refuse
CALLERS_ERRORS = (LookupError, ValueError, TypeError, Refusal, SeatsExhausted, AssignmentLimit)


@dataclass(frozen=True)
class Controls:
    """All that can be looked at and changed from outside."""

    google: Workspace
    zoom: ZoomAccount
    ledger: Ledger
    faults: Faults
    switches: Switches
    clock: Clock


class ControlError(ValueError):
    """A control request that is not understood."""


Handler = Callable[[Controls, Request, dict[str, Any]], Any]


def routes(controls: Controls) -> list[Route]:
    def endpoint(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            try:
                return _json(handler(controls, request, await _body(request)))
            except CALLERS_ERRORS as error:
                text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
                return _json({"error": text}, 400)

        return serve

    table: list[tuple[str, str, Handler]] = [
        ("", "GET", _index),
        ("/", "GET", _index),
        ("/ledger", "GET", _ledger),
        ("/ledger/counts", "GET", _counts),
        ("/ledger", "DELETE", _clear_ledger),
        ("/switches", "GET", _switches),
        ("/switches", "POST", _set_switches),
        ("/switches", "DELETE", _reset_switches),
        ("/faults", "GET", _faults),
        ("/faults", "POST", _add_fault),
        ("/faults", "DELETE", _clear_faults),
        ("/clock", "GET", _clock),
        ("/clock", "POST", _advance),
        ("/state", "GET", _state),
        ("/{side}/{event}", "POST", _event),
    ]
    return [Route(PREFIX + path, endpoint(handler), methods=[method]) for path, method, handler in table]


def _index(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    events = {"google": sorted(controls.google.EVENTS), "zoom": sorted(controls.zoom.EVENTS)}
    return {
        "ledger": f"{PREFIX}/ledger?kind=write&side=zoom&since=0",
        "counts": f"{PREFIX}/ledger/counts",
        "switches": f"{PREFIX}/switches",
        "faults": f"{PREFIX}/faults",
        "clock": f"{PREFIX}/clock",
        "state": f"{PREFIX}/state",
        "events": {side: [f"{PREFIX}/{side}/{name}" for name in names] for side, names in events.items()},
    }


def _ledger(controls: Controls, request: Request, _body: dict[str, Any]) -> Any:
    asked = dict(request.query_params)
    if unknown := sorted(set(asked) - {"kind", "side", "since"}):
        raise ControlError(f"unknown parameter {', '.join(unknown)}; there are kind, side, since")
    since = int(asked.get("since", 0))
    return [entry for entry in controls.ledger.of(asked.get("kind"), asked.get("side")) if entry["n"] > since]


def _counts(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    return controls.ledger.counts()


def _clear_ledger(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    controls.ledger.clear()
    return {}


def _switches(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    return {
        name: {"value": value, "default": TABLE[name].default, "allowed": TABLE[name].allowed, "text": TABLE[name].text}
        for name, value in controls.switches.items()
    }


def _set_switches(controls: Controls, _request: Request, body: dict[str, Any]) -> Any:
    controls.switches.update(body)
    return dict(controls.switches)


def _reset_switches(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    controls.switches.reset()
    return dict(controls.switches)


def _faults(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    return controls.faults.rows()


def _add_fault(controls: Controls, _request: Request, body: dict[str, Any]) -> Any:
    return controls.faults.add(**body)


def _clear_faults(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    controls.faults.clear()
    return {}


def _clock(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    return {"now": controls.clock.now().isoformat(timespec="seconds")}


def _advance(controls: Controls, request: Request, body: dict[str, Any]) -> Any:
    if set(body) != {"advance"}:
        raise ControlError('{"advance": SECONDS} is needed')
    controls.clock.advance(float(body["advance"]))
    return _clock(controls, request, body)


def _state(controls: Controls, _request: Request, _body: dict[str, Any]) -> Any:
    return {"google": controls.google.state(), "zoom": controls.zoom.state()}


def _event(controls: Controls, request: Request, body: dict[str, Any]) -> Any:
    """An event by name, its arguments as JSON; what it returns is the answer."""
    side, event = request.path_params["side"], request.path_params["event"]
    actors: dict[str, Any] = {"google": controls.google, "zoom": controls.zoom}
    actor = actors.get(side)
    if actor is None:
        raise ControlError(f"no side {side}; there are google and zoom")
    if event not in actor.EVENTS:
        raise ControlError(f"no event {event} of {side}; there are {', '.join(sorted(actor.EVENTS))}")
    method = getattr(actor, event)
    inspect.signature(method).bind(**body)
    return method(**body)


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body


def _json(value: Any, status: int = 200) -> Response:
    """Rows of either side are dataclasses; nothing secret leaves here."""
    plain = json.loads(json.dumps(value, default=_plain))
    return JSONResponse(masked(plain), status)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
