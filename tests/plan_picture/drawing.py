# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of a terminal as an SVG: a dark window with an edge, which stands out on light and on dark ground, and loads nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape

from rich.color import parse_rgb_hex
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from .cutting import COLUMNS

NAME = "plan"  # of nothing else on a page that holds the picture
_CELL, _LINE = 12.2, 24.4  # what rich gives to a letter of 20 pixels
_SIDE, _TOP, _BOTTOM = 24, 52, 24
_SHOWN_WIDE = 940  # where there is room; letters are 15 pixels high then
_GROUND, _INK = "161b22", "dee3e9"
# Black, red, green, yellow, blue, magenta, cyan and white; and the same in bright.
_COLOURS = ["484f58", "ff867d", "76d684", "e9bd58", "7ebeff", "d6acff", "70d0e0", "ffffff"]
_BRIGHT = ["9198a1", "ffa198", "96e6a0", "f5d282", "a5d2ff", "e2c5ff", "96e1ec", "ffffff"]
_THEME = TerminalTheme(*map(parse_rgb_hex, (_GROUND, _INK)), *([*map(parse_rgb_hex, colours)] for colours in (_COLOURS, _BRIGHT)))
_FONTS = 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'
# rich gives each piece of text its place and its length, so that columns are columns in any of the fonts.
_WORDS = """\
<style>
.{unique_id} {{ font: {char_height}px FONTS; }}
{styles}
</style>
<defs>
{lines}
</defs>
<g class="{unique_id}" transform="translate(SIDE, TOP)">
{backgrounds}
{matrix}
</g>
"""


def svg(lines: Sequence[Text], title: str, description: str) -> str:
    wide, tall = round(COLUMNS * _CELL) + 2 * _SIDE, round(len(lines) * _LINE) + _TOP + _BOTTOM
    size = f'viewBox="0 0 {wide} {tall}" width="{_SHOWN_WIDE}" height="{round(_SHOWN_WIDE * tall / wide)}"'
    ground, edge = f"#{_GROUND}", f"#{_COLOURS[0]}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="{NAME}-title {NAME}-description">',
            f'<title id="{NAME}-title">{escape(title)}</title>',
            f'<desc id="{NAME}-description">{escape(description)}</desc>',
            f'<rect x="1" y="1" width="{wide - 2}" height="{tall - 2}" rx="12" fill="{ground}" stroke="{edge}" stroke-width="2"/>',
            *(f'<circle cx="{_SIDE + 8 + 24 * number}" cy="26" r="7" fill="{edge}"/>' for number in range(3)),
            *_words(lines),
            "</svg>\n",
        ]
    )


def _words(lines: Iterable[Text]) -> list[str]:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor", no_color=False)
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    form = _WORDS.replace("FONTS", _FONTS).replace("SIDE", str(_SIDE)).replace("TOP", str(_TOP))
    drawn = console.export_svg(theme=_THEME, code_format=form, unique_id=NAME)
    return [line.strip() for line in drawn.replace("</text><text", "</text>\n<text").splitlines() if line.strip()]
