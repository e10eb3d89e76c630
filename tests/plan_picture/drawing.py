# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of a terminal as an SVG: a dark window with an edge, which stands out on light and on dark ground, and loads nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable
from html import escape

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from .cutting import COLUMNS

NAME = "plan"  # of nothing else on a page that holds the picture
_WIDTH = 928  # of the picture, where there is room; its letters are 15 pixels high then
# Ground and ink; then black, red, green, yellow, blue, magenta, cyan, white; and the same in bright.
_THEME = TerminalTheme(
    (22, 27, 34),
    (222, 227, 233),
    [(72, 79, 88), (255, 134, 125), (118, 214, 132), (233, 189, 88), (126, 190, 255), (214, 172, 255), (112, 208, 224), (255, 255, 255)],
    [(145, 152, 161), (255, 161, 152), (150, 230, 160), (245, 210, 130), (165, 210, 255), (226, 197, 255), (150, 225, 236), (255, 255, 255)],
)
_FONTS = 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'
_FORM = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="WIDTH" role="img" aria-labelledby="{unique_id}-title {unique_id}-description">
<title id="{unique_id}-title">TITLE</title>
<desc id="{unique_id}-description">DESCRIPTION</desc>
<style>
.{unique_id}-words text {{ font: {char_height}px FONTS; white-space: pre; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-words">
{matrix}
</g>
</g>
</svg>
"""


def svg(lines: Iterable[Text], title: str, description: str) -> str:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor", no_color=False)
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    drawn = console.export_svg(title="", theme=_THEME, code_format=_FORM, unique_id=NAME)
    texts = {"WIDTH": str(_WIDTH), "TITLE": escape(title), "DESCRIPTION": escape(description), "FONTS": _FONTS}
    head, style, rest = drawn.partition("</style>")
    for name, text in texts.items():
        head = head.replace(name, text)
    return "\n".join(line.strip() for line in f"{head}{style}{rest}".replace("</text><text", "</text>\n<text").splitlines() if line.strip()) + "\n"
