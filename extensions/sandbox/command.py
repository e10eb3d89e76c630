# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `python -m sandbox` takes and does: it runs until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from . import seed, settings
from .server import Sandbox


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    with ExitStack() as running:
        try:
            for box in _boxes(options):
                print(running.enter_context(box).url, flush=True)
        except (ValueError, OSError) as error:
            # what is wrong in a seed, a switch or an address is the user's; its text says it
            print(f"sandbox: {error}", file=sys.stderr)
            return 2
        ended.wait()
    return 0


def _boxes(options: argparse.Namespace) -> Iterator[Sandbox]:
    """One for each seed, on ports that follow one another; several have a folder each."""
    switches = settings.load(options.settings) if options.settings else None
    seeds = options.seed or [None]
    for count, path in enumerate(seeds):
        port = options.port + count if options.port else 0
        folder = options.state_dir / path.stem if options.state_dir and len(seeds) > 1 else options.state_dir
        yield Sandbox.start(path, switches, host=options.host, port=port, state_dir=folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="Plays Google's Directory API and Zoom, for tests and trials.")
    parser.add_argument(
        "--seed",
        type=Path,
        action="append",
        metavar="FILE",
        help=f"who works there (default: {seed.COMPANY.name}, which comes with it); given several times: as many tenants, each "
        "on a port of its own, with its files in a folder of the state directory that is called like its seed",
    )
    parser.add_argument("--settings", type=Path, metavar="FILE", help="YAML of switches and their values")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port (default: any free one)")
    parser.add_argument("--state-dir", type=Path, metavar="DIR", help="where to write sandbox.json, service-account.json and sandbox.env")
    return parser
