# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the awx.awx collection out of the community package `ansible`, whose wheel ships it: the role is tested with the real modules."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

PREFIX = "ansible_collections/awx/"


def main(folder: str) -> None:
    """`folder` holds the wheel, and gets ansible_collections/awx."""
    (wheel,) = Path(folder).glob("ansible-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(PREFIX)]
        if not names:
            sys.exit(f"{wheel.name} holds no awx.awx; name another version in requirements/awx.txt.")
        archive.extractall(folder, names)
    wheel.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
