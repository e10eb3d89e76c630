# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes, arrows and words of an SVG that is readable on light and on dark ground.

Shown alone, it follows what the reader's system asks for. Within a page of the site, `--picture-...` of the page's theme says the colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

LINE = 17
# What each colour is for: on light ground, on dark ground.
_COLOURS = {
    "ink": ("#1f2328", "#e6edf3"),
    "quiet": ("#59636e", "#9198a1"),
    "paper": ("#ffffff", "#0d1117"),
    "box": ("#f3f5f8", "#1b222c"),
    "edge": ("#b6bec9", "#4a535f"),
    "stop": ("#bc4c00", "#f0883e"),
    "wait": ("#0969da", "#58a6ff"),
}
_RULES = """\
.picture text { fill: var(--ink); font: 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.picture .title { font-weight: 600; }
.picture .quiet { fill: var(--quiet); font-size: 12px; }
.picture rect { fill: var(--box); stroke: var(--edge); }
.picture rect.ground { fill: var(--paper); stroke: none; }
.picture rect.frame { fill: none; stroke-dasharray: 5 4; }
.picture rect.stop { stroke: var(--stop); }
.picture rect.wait { stroke: var(--wait); }
.picture path { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.picture path.stop { stroke: var(--stop); }
.picture path.wait { stroke: var(--wait); }
.picture .head { stroke: none; fill: var(--quiet); }
.picture .head.stop { fill: var(--stop); }
.picture .head.wait { fill: var(--wait); }"""


def svg(name: str, width: int, height: int, title: str, description: str, parts: Iterable[str]) -> str:
    """`name`: of nothing else on a page that holds the picture."""
    light, dark = ("".join(f"--{key}: var(--picture-{key}, {both[ground]}); " for key, both in _COLOURS.items()) for ground in (0, 1))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' role="img" aria-labelledby="{name}-title {name}-description">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-description">{escape(description)}</desc>',
            f"<style>\n.picture {{ {light}}}\n@media (prefers-color-scheme: dark) {{ .picture {{ {dark}}} }}\n{_RULES}\n</style>",
            f'<rect class="ground" width="{width}" height="{height}" rx="8"/>',
            *parts,
            "</svg>\n",
        ]
    )


def words(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{named}>{escape(text)}</text>'


def box(x: float, y: float, width: float, height: float, title: str, lines: Iterable[str] = (), kind: str = "") -> str:
    """Its words in the middle of its height."""
    lines = list(lines)
    first = y + height / 2 - LINE * len(lines) / 2 + 4.5
    named = f' class="{kind}"' if kind else ""
    drawn = [f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"{named}/>', words(x + 12, first, title, "title")]
    drawn += [words(x + 12, first + LINE * (number + 1), line, "quiet") for number, line in enumerate(lines)]
    return "\n".join(drawn)


def arrow(points: list[tuple[float, float]], kind: str = "") -> str:
    """Along its points, which turn at right angles, with a head at the last one."""
    (before_x, before_y), (x, y) = points[-2:]
    step_x, step_y = (x > before_x) - (x < before_x), (y > before_y) - (y < before_y)
    corners = [(x, y), *((x - 8 * step_x + side * step_y, y - 8 * step_y + side * step_x) for side in (-4, 4))]
    line = [*points[:-1], (x - 6 * step_x, y - 6 * step_y)]
    path = " ".join(f"{'L' if number else 'M'}{px:g} {py:g}" for number, (px, py) in enumerate(line))
    head = " ".join(f"{'L' if number else 'M'}{px:g} {py:g}" for number, (px, py) in enumerate(corners))
    named = f' class="{kind}"' if kind else ""
    return f'<path d="{path}"{named}/>\n<path d="{head} Z" class="{" ".join(["head", *([kind] if kind else [])])}"/>'
