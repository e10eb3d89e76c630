# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site as it was built: each link within it leads somewhere, and no page needs the network to be shown."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

_LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


def problems(site: Path) -> list[str]:
    """One line each, in the order of pages."""
    found = sorted(path for path in site.rglob("*.html"))
    return [f"{path.relative_to(site).as_posix()}: {problem}" for path in found for problem in _of_page(site, path)]


def _of_page(site: Path, path: Path) -> Iterator[str]:
    for tag in _parsed(path).find_all(True):
        for attribute in {"a": "href", **_LOADED}.get(tag.name, "").split():
            if address := tag.get(attribute):
                yield from _of_address(site, path, tag, str(address))


def _of_address(site: Path, path: Path, tag: Tag, address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme == "data":
        return
    if parts.scheme or parts.netloc:
        if tag.name != "a":
            yield f"loads {address}"
        return
    there = path if not parts.path else site / posixpath.normpath(path.parent.relative_to(site).joinpath(unquote(parts.path)).as_posix())
    if not there.is_file():
        yield f"leads to {address}, which is not there"
    elif parts.fragment and there.suffix == ".html" and _ids(there).isdisjoint({parts.fragment, unquote(parts.fragment)}):
        yield f"leads to {address}, which has no such place"


@cache
def _parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def _ids(path: Path) -> frozenset[str]:
    return frozenset(str(tag["id"]) for tag in _parsed(path).find_all(id=True))
