# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/_static/plan.svg: what a terminal shows of a preview, made of a real one by `make docs`.

Nothing in it is written by hand but the prompt and `[...]`, which stands where something is left out.
"""

from __future__ import annotations

from pathlib import Path

from .cutting import shown
from .drawing import svg
from .running import preview

PICTURE = Path(__file__).parents[2] / "docs" / "_static" / "plan.svg"


def picture() -> str:
    """The picture as it should be."""
    lines = shown(preview())
    return svg(lines, "A preview of a run", "\n".join(line.plain.rstrip() for line in lines))
