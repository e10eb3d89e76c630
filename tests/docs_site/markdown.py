# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of Markdown links to, and what can be linked to in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Link:
    """`target` as it is written: a path, a fragment behind `#`, or both. `line`: where its paragraph begins, from 1."""

    words: str
    target: str
    line: int

    @property
    def path(self) -> str:
        return self.target.partition("#")[0]

    @property
    def fragment(self) -> str:
        return self.target.partition("#")[2]

    @property
    def leaves(self) -> bool:
        """Whether it is to another site."""
        return re.match(r"[a-z][a-z0-9+.-]*:", self.target) is not None


def links(text: str) -> list[Link]:
    """Pictures among them."""
    return [link for token in _PARSER.parse(text) if token.type == "inline" for link in _of_paragraph(token)]


def _of_paragraph(paragraph: Token) -> Iterator[Link]:
    line, parts = (paragraph.map or [0])[0] + 1, paragraph.children or []
    for place, part in enumerate(parts):
        if part.type == "link_open":
            inside = parts[place : next((end for end in range(place, len(parts)) if parts[end].type == "link_close"), len(parts))]
            yield Link("".join(one.content for one in inside), str(part.attrs["href"]), line)
        elif part.type == "image":
            yield Link(part.content, str(part.attrs["src"]), line)


def anchors(text: str) -> set[str]:
    """Of its headings, as forges make them: a second one of the same words gets a number."""
    tokens, seen, found = _PARSER.parse(text), Counter[str](), set[str]()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            slug = _slug("".join(part.content for part in inline.children or []))
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return found


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def parts(text: str) -> dict[str, list[Link]]:
    """Of a table of contents: the headings of the second level, each with the first link of every item of its list."""
    found: dict[str, list[Link]] = {}
    tokens, heading, in_item = _PARSER.parse(text), "", False
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "list_item_open":
            in_item = True
        elif token.type == "inline" and before is not None and before.type == "heading_open":
            heading = token.content if before.tag == "h2" else ""
        elif token.type == "inline" and in_item:
            found.setdefault(heading, []).append(next(_of_paragraph(token)))
            in_item = False
    return found
