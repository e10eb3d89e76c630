# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages, laid out as Sphinx wants them: links lead to where a file stands on the site, and the contents become a navigation."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from .markdown import Link, parts
from .places import CONTENTS, ROOT, pages, place
from .rooms import picture_of

_TARGET = re.compile(r"(?<=\]\()[^)\s]+(?=\))")
_FENCE = re.compile(r"^\s*(```|~~~)")
_MERMAID = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def stage(into: Path, repository: str) -> None:
    """All pages below `into`. `repository`: the address by which what the site does not have is linked."""
    for path in pages():
        text = (ROOT / path).read_text(encoding="utf-8")
        if path.endswith(".md"):
            text = staged(text, path, repository)
        if path == CONTENTS:
            text += navigation(text)
        if role := re.fullmatch(r"roles/(\w+)/README\.md", path):
            text += f"\nEvery option with its type: [the reference of this role](../{place(f'roles/{role[1]}')}).\n"
        _write(into / _place(path), _with_pictures(text, into))
    for path in offered():
        target = into / _place(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)


def offered() -> list[str]:
    """Files that pages may show or offer."""
    found = [path for folder in ("docs", "examples") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT).as_posix() for path in found]
    return [name for name in names if place(name) and not name.endswith(".md")]


def _place(path: str) -> str:
    found = place(path)
    if found is None:
        raise ValueError(f"{path} has no place on the site")
    return found


def staged(text: str, path: str, repository: str) -> str:
    """The page with its links as the site needs them; what stands in a fence is shown as it is."""
    lines, fenced = list[str](), False
    for line in text.splitlines(keepends=True):
        fenced ^= _FENCE.match(line) is not None
        lines.append(line if fenced else _TARGET.sub(lambda found: target(found.group(), path, repository), line))
    return "".join(lines)


def target(written: str, path: str, repository: str) -> str:
    """A link of the page at `path`, from the page's place on the site."""
    link = Link("", written, 0)
    if link.leaves or not link.path:
        return written
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.path))
    found, fragment = place(there), f"#{link.fragment}" if link.fragment else ""
    if found is None:
        return f"{repository}/{'tree' if (ROOT / there).is_dir() else 'blob'}/main/{there}{fragment}"
    if there == "README.md":
        fragment = ""  # its headings are not those of the site's front page
    return posixpath.relpath(found, posixpath.dirname(_place(path)) or ".") + fragment


def navigation(contents: str) -> str:
    """The lists of the contents once more, as the site's own tree."""
    return "".join(_tree(heading, entries) for heading, entries in parts(contents).items())


def _tree(heading: str, entries: list[Link]) -> str:
    lines = "\n".join(f"{entry.words} <{posixpath.splitext(entry.path)[0]}>" for entry in entries)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{lines}\n```\n"


def _with_pictures(text: str, into: Path) -> str:
    """A forge draws Mermaid; the site has the same arrows as a picture."""
    for number, graph in enumerate(_graphs(text)):
        name = f"_static/rooms-{number}.svg"
        _write(into / name, picture_of(graph))
        text = _MERMAID.sub(f"![The rooms, and which of them imports which]({name})", text, count=1)
    return text


def _graphs(text: str) -> Iterator[str]:
    for found in _MERMAID.finditer(text):
        yield found.group(1)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
