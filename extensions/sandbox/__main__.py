# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m sandbox`."""

from __future__ import annotations

import sys

from . import needs


def main() -> int:
    if sentence := needs.missing("The sandbox", needs.SANDBOX):
        print(sentence, file=sys.stderr)
        return 2
    from .command import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
