# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Where credentials may go: over TLS, or over plain HTTP to this very machine. Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from ._errors import CredentialError

_LIBRARIES_DIFFER = re.compile(r"[\\\s\x00-\x1f\x7f]")  # of such a URL one library takes another host than the next


def refuse_plain(what: str, url: str, *, insecure: bool) -> None:
    """CredentialError for a URL that is none, that holds credentials, or that is plain HTTP without leave. `what`: the option."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("https", "http") or _LIBRARIES_DIFFER.search(url):
        raise CredentialError(f"{what} is no URL of a server; write it as https://host. Nothing was sent.")
    if "@" in parts.netloc:
        raise CredentialError(f"{what} holds a user name or password before {host}; leave it out. Nothing was sent.")
    if parts.scheme == "http" and not insecure and not is_loopback(host):
        raise CredentialError(
            f"{what} is plain HTTP to {host}, so anybody on the way could read the credentials and change the answers; nothing was sent. "
            "Write it with https://, or, in a test network, set provisioning_insecure: true (insecure of the module)."
        )


def is_loopback(host: str) -> bool:
    """Names are not looked up: whoever answers for one could send the credentials anywhere."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"
