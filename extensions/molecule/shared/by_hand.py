# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""by_hand.py URL: lets happen what the list on stdin names, in the sandbox whose control paths begin with the URL; then empties its ledger.

In one process, as each task of Ansible is one more.
"""

from __future__ import annotations

import json
import sys
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener


def main(url: str) -> None:
    opener = build_opener(ProxyHandler({}))  # the sandbox is on this machine, and no proxy leads to it
    happening = [item for event in json.load(sys.stdin) for item in event.items()]
    requests = [(event, Request(f"{url}/{event}", json.dumps(given).encode())) for event, given in happening]
    for name, request in [*requests, ("ledger", Request(f"{url}/ledger", method="DELETE"))]:
        try:
            opener.open(request).close()
        except HTTPError as error:
            sys.exit(f"{name}: {error.read().decode()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
