# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of every module that talks to Zoom."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  account_id:
    description:
      - Account id of a Server-to-Server OAuth app.
      - If you set any Zoom credential, Zoom's environment variables are ignored. If you set none, all are taken from the environment,
        this one from E(ZOOM_ACCOUNT_ID).
    type: str
  client_id:
    description: Client id of the app. Environment variable E(ZOOM_CLIENT_ID).
    type: str
  client_secret:
    description: Client secret of the app. Environment variable E(ZOOM_CLIENT_SECRET).
    type: str
  access_token:
    description:
      - A SCIM token, instead of the three above. What needs Zoom's REST API then fails or is reported.
      - Environment variable E(ZOOM_ACCESS_TOKEN).
    type: str
  credentials_from_environment:
    description:
      - Whether Zoom's credentials may come from the environment if none is given.
      - The roles and playbooks set V(false) if the inventory has other hosts, because the environment's credentials may belong to any of
        them. Then a host without credentials of its own is refused.
    type: bool
    default: true
  api_url:
    description: Zoom's API host, without path. Environment variable E(ZOOM_API_URL), default V(https://api.zoom.us).
    type: str
  oauth_url:
    description: Zoom's token endpoint. Environment variable E(ZOOM_OAUTH_URL), default V(https://zoom.us/oauth/token).
    type: str
  rate_plan:
    description: The Zoom plan whose published rate limits are kept. If the account allows less, requests go slower by themselves.
    type: str
    choices: [free, pro, business]
    default: pro
  rate_share:
    description:
      - The fraction of the published rates to use, above 0. Other apps of the account share these rates.
      - Above 1 only where Zoom has raised the limits of the account.
    type: float
    default: 1.0
  scim_rate:
    description:
      - SCIM requests a second. V(auto) begins with 5 and finds the highest rate that Zoom takes. It never passes the published light limit
        of O(rate_plan), times O(rate_share).
      - With a number, requests begin at that rate, and go slower when Zoom refuses.
      - What was found is kept for a day in C(pace.json), beside the memory, if the module has a memory.
    type: raw
    default: auto
attributes:
  action_group:
    description: Use C(group/workspace_zoom.provisioning.zoom) in C(module_defaults) to set the same options for all Zoom modules.
    support: full
    membership:
      - workspace_zoom.provisioning.zoom
requirements:
  - requests
"""
