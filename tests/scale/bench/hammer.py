# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks for one path on several kept connections until the time is over; prints how many answers there were.

`python hammer.py ASKED.json`
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

THREADS = 8
ASKED = json.loads(Path(sys.argv[1]).read_text())


def ask(numbers: itertools.count[int], found: Counter[str], deadline: float) -> None:
    at = urlsplit(ASKED["url"])
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=30)
    headers = {"Authorization": ASKED["token"], "Content-Type": "application/json"}
    text = json.dumps(ASKED["body"]) if "body" in ASKED else None
    while time.monotonic() < deadline:
        body = text.replace("{}", str(next(numbers))) if text else None
        connection.request("POST" if body else "GET", ASKED["path"], body, headers)
        answer = connection.getresponse()
        answer.read()
        found["ok" if answer.status in (200, 201) else "other"] += 1


def main() -> None:
    numbers, found = itertools.count(), [Counter[str]() for _thread in range(THREADS)]
    began = time.monotonic()
    threads = [threading.Thread(target=ask, args=(numbers, each, began + ASKED["seconds"])) for each in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = sum(found, Counter[str]())
    print(json.dumps({"ok": whole["ok"], "other": whole["other"], "seconds": time.monotonic() - began}))


main()
