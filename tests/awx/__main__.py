# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python tests/awx http://127.0.0.1:PORT FILE: the controller until it is stopped. Once it answers, the file has its address."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from controller import serve


def main(address: str, file: str) -> None:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    served = serve(port=urlsplit(address).port or 0)
    Path(file).write_text(f"{served.url}\n")
    ended.wait()
    served.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
