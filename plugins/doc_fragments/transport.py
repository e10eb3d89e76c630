# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How requests are sent, the same for both sides."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  timeout:
    description: Seconds to wait for each answer.
    type: float
    default: 60
  max_attempts:
    description: How often a request is tried after rate limiting or a temporary error. After a timeout, a write is not repeated blindly.
    type: int
    default: 5
  validate_certs:
    description:
      - Whether the server's certificate must be valid.
      - V(false) is warned of in each run, because anybody on the way could then read the credentials and change the answers.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file, or directory, of the certificate authorities to trust, for the API and the token endpoint. Without it,
        E(REQUESTS_CA_BUNDLE) is used, else the public certificate authorities that the library requests brings.
      - Proxies are taken from the environment.
    type: path
  insecure:
    description:
      - Whether requests may be sent over plain HTTP to other machines. Without it, each URL has to begin with C(https://), or has to be
        of this very machine (C(localhost), C(127.0.0.1), C(::1)).
      - The roles and playbooks set it from C(provisioning_insecure).
    type: bool
    default: false
"""
