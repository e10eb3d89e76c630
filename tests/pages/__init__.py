# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of docs/ that quote the code: made from a template beside this file by `make docs`, held to the code by a unit test.

A template is Markdown with markers: `{{ says TEXT }}` becomes the one sentence of the code that begins with TEXT or holds it. A sentence
that is no longer in the code is an error. `{{ switches zoom }}` becomes a table of the sandbox's switches, `{{ events zoom }}` its events,
and `{{ keys zoom USER_KEYS }}` what a seed may say of a user. `{{ bench table idle-1000 }}` is a table of what the benchmark kept last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from .decisions import PICTURE, actions, picture
from .sandbox import events, keys, switches
from .scale import bench, machine, measured
from .sentences import says

ROOT = Path(__file__).parents[2]
TEMPLATES = {path.name: path for path in sorted(Path(__file__).parent.glob("*.md"))}
MARKERS: dict[str, Callable[[str], str]] = {
    "says": says,
    "switches": switches,
    "events": events,
    "keys": keys,
    "bench": bench,
    "machine": machine,
    "measured": measured,
    "actions": actions,
}
_MARKER = re.compile(r"\{\{ (\w+) (.*?) \}\}")


def page(name: str) -> str:
    """The page as it should be in docs/."""
    text = TEMPLATES[name].read_text(encoding="utf-8")
    return _MARKER.sub(lambda found: MARKERS[found.group(1)](found.group(2)), text)


def write() -> None:
    for name in TEMPLATES:
        (ROOT / "docs" / name).write_text(page(name), encoding="utf-8")
    (ROOT / "docs" / PICTURE).write_text(picture(), encoding="utf-8")
