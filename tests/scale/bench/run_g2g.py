# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs g2g-scim-sync, in its own environment, against the addresses of a sandbox. `python run_g2g.py URL CONFIG.toml`"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

from g2g_scim_sync import cli, google_client
from g2g_scim_sync.config import Config
from g2g_scim_sync.github_client import GitHubScimClient

URL, CONFIG = sys.argv[1:]


class ZoomScimClient(GitHubScimClient):
    """Its own requests, to Zoom's path: the address is made of the two."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.base_url, self.enterprise_name = URL, "scim2"


google_client.build = partial(google_client.build, client_options={"api_endpoint": URL})
cli.GitHubScimClient = ZoomScimClient
settings = Config.from_file(Path(CONFIG))
cli.setup_logging(settings)
asyncio.run(cli.run_sync(settings, False))
