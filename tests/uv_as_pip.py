# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs uv with what pip is told of indexes, certificates and proxies: uv itself reads neither pip.conf nor PIP_*.

Whoever set up pip for the network of a company has set up `make check` and `make test` too. What uv's own variables say stays.
"""

from __future__ import annotations

import ast
import os
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# Later ones win, as for pip install.
_SECTIONS = ("global", "install", ":env:")
_SAME = {
    "index-url": "UV_DEFAULT_INDEX",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
}
_LISTS = {"extra-index-url": ("UV_INDEX", " "), "trusted-host": ("UV_INSECURE_HOST", " "), "find-links": ("UV_FIND_LINKS", ",")}
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # which pip reads where it has no setting of its own


def main() -> None:
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True).stdout
    options = of_pip(listed)
    no_index = ["--no-index"] if _is_set(options.get("no-index", "")) and sys.argv[1:2] == ["pip"] else []
    uv = str(Path(sys.executable).with_name("uv"))
    os.execve(uv, [uv, *sys.argv[1:], *no_index], {**os.environ, **for_uv(options, os.environ)})


def of_pip(listed: str) -> dict[str, str]:
    """The options of pip install, from what `pip config list` prints: files and PIP_* variables."""
    found: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    for line in listed.splitlines():
        name, value = line.partition("=")[::2]
        section, option = name.rpartition(".")[::2]
        text = str(ast.literal_eval(value)) if section in found else ""
        if text:  # pip passes over empty ones
            found[section][option] = text
    return {option: text for section in _SECTIONS for option, text in found[section].items()}


def for_uv(options: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """What to add to the environment of uv."""
    told = {variable: options[option] for option, variable in _SAME.items() if option in options}
    told |= {variable: join.join(options[option].split()) for option, (variable, join) in _LISTS.items() if option in options}
    if options.get("keyring-provider") in ("subprocess", "import"):
        told["UV_KEYRING_PROVIDER"] = "subprocess"
    # pip takes the best of all indexes. That is safe here: what may be installed is named by its hash.
    told["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if _has_system_certificates():  # which a newer pip takes where nothing else is said
        told["UV_SYSTEM_CERTS"] = "true"
    told = {variable: text for variable, text in told.items() if variable not in environment}
    return {**told, **_certificates(options, environment), **_proxies(options)}


def _certificates(options: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    bundle = options.get("cert") or next((environment[name] for name in _BUNDLES if environment.get(name)), "")
    if not bundle:
        return {}
    return {"SSL_CERT_DIR" if Path(bundle).is_dir() else "SSL_CERT_FILE": bundle}


def _has_system_certificates() -> bool:
    """Not in each container."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())))


def _proxies(options: Mapping[str, str]) -> dict[str, str]:
    """pip's own setting goes before the variables that all programs know, in both of their spellings."""
    names = ("http_proxy", "https_proxy", "all_proxy")
    proxy = options.get("proxy", "")
    return {name: proxy for lower in names for name in (lower, lower.upper())} if proxy else {}


def _is_set(text: str) -> bool:
    return text.lower() in ("1", "true", "yes", "y", "on", "t")


if __name__ == "__main__":
    main()
