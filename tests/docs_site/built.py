# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site as it was built: each link within it leads somewhere, and no page needs the network to be shown."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ADDRESSES = {"a": "href", "img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


class _Page(HTMLParser):
    """`addresses`: of links, and of what the page loads, each with its tag. `ids`: what a link can lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if address := given.get(_ADDRESSES.get(tag, "")):
            self.addresses.append((tag, address))
        self.ids.add(given.get("id") or "")


def problems(site: Path) -> list[str]:
    """One line each, in the order of pages."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = [(path, _problem(site, path, tag, address, pages)) for path, page in pages.items() for tag, address in page.addresses]
    return [f"{path.relative_to(site).as_posix()}: {problem}" for path, problem in found if problem]


def _problem(site: Path, path: Path, tag: str, address: str, pages: dict[Path, _Page]) -> str:
    """What is wrong with an address of a page; '' if nothing is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "" if tag == "a" or parts.scheme == "data" else f"loads {address}"
    there = site / posixpath.normpath(path.parent.relative_to(site).joinpath(unquote(parts.path)).as_posix()) if parts.path else path
    if not there.is_file():
        return f"leads to {address}, which is not there"
    if parts.fragment and there in pages and pages[there].ids.isdisjoint({parts.fragment, unquote(parts.fragment)}):
        return f"leads to {address}, which has no such place"
    return ""
