# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m fresh.inside NUMBER FOLDER`: goes one way, as the first process of its namespaces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fresh.room import COMPANY, Wrong, close, furnish
from fresh.ways import WAYS


def main() -> int:
    way, folder = WAYS[int(sys.argv[1])], Path(sys.argv[2])
    if os.environ.get("FRESH_IS_CLOSED"):
        close(way, folder)
    room = furnish(way, folder)
    try:
        way.steps(room)
        if strayed := [path for path in room.led if not path.startswith(COMPANY)]:
            raise Wrong(f"the proxy was asked for {strayed[0]}")
    except (Wrong, subprocess.TimeoutExpired) as wrong:
        (folder / "wrong").write_text(str(wrong))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
