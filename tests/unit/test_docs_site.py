# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page is in the table of contents, and every link between files leads to something, on a forge and on the site."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from pathlib import Path

import pytest
from docs_site.built import problems
from docs_site.markdown import Link, anchors, links, parts
from docs_site.places import CONTENTS, ROOT, pages, place
from docs_site.rooms import picture_of
from docs_site.staging import navigation, offered, staged, target
from pages import PICTURE
from pages.decisions import picture

WRITTEN = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "roles/*/README.md", "extensions/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(pattern)
)
CONTENT = parts((ROOT / CONTENTS).read_text(encoding="utf-8"))
LISTED = [posixpath.normpath(posixpath.join("docs", entry.path)) for entries in CONTENT.values() for entry in entries]


def broken(path: str, text: str) -> list[str]:
    """Links of a page that lead nowhere."""
    return [f"line {link.line}: {link.target}" for link in links(text) if not link.leaves and not _leads(path, text, link)]


def _leads(path: str, text: str, link: Link) -> bool:
    if not link.path:
        return link.fragment in anchors(text)
    there = ROOT / posixpath.normpath(posixpath.join(posixpath.dirname(path), link.path))
    if not there.exists() or not link.fragment or there.suffix != ".md":
        return there.exists()
    return link.fragment in anchors(there.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WRITTEN)
def test_every_link_between_files_leads_to_something(path: str) -> None:
    assert broken(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "[gone](gone.md)",
        "[gone](licenses.md#gone)",
        "[gone](#gone)\n\n# Here",
        "![gone](_static/gone.svg)",
        "[outside](../../secret.md)",
        "[by reference][one]\n\n[one]: gone.md",
        "| a | b |\n|---|---|\n| [gone](gone.md) | |",
    ],
)
def test_a_link_that_leads_nowhere_would_be_found(text: str) -> None:
    assert len(broken("docs/one.md", text)) == 1


def test_what_is_shown_as_code_is_no_link() -> None:
    assert broken("docs/one.md", "`[gone](gone.md)`\n\n    [gone](gone.md)\n\n```\n[gone](gone.md)\n```") == []


def test_anchors_are_those_of_a_forge() -> None:
    text = "# Break it: faults\n\n## Zoom's `SCIM`\n\n## Both sides\n\n## Both sides\n\n## 1. In AWX"
    assert anchors(text) == {"break-it-faults", "zooms-scim", "both-sides", "both-sides-1", "1-in-awx"}


def test_every_page_is_in_the_contents_once() -> None:
    assert {name: number for name, number in Counter(LISTED).items() if number > 1} == {}
    assert sorted(set(pages()) - {CONTENTS} - set(LISTED)) == []


def test_all_that_the_contents_list_is_there_and_has_a_place_on_the_site() -> None:
    assert [name for name in LISTED if not (ROOT / name).exists() or place(name) is None] == []


def test_each_part_of_the_contents_says_what_each_of_its_pages_is_for() -> None:
    text = (ROOT / CONTENTS).read_text(encoding="utf-8")
    items = re.findall(r"^- (.*)$", text, re.MULTILINE)
    assert [item for item in items if not re.fullmatch(r"\[[^]]+\]\(\S+\): \S.*\.", item)] == []
    assert len(items) == len(LISTED)


def test_no_two_files_have_the_same_place() -> None:
    places = Counter(place(path) for path in [*pages(), *offered()])
    assert {name: number for name, number in places.items() if number > 1} == {}


@pytest.mark.parametrize(
    ("written", "path", "wanted"),
    [
        ("licenses.md#seats", "docs/variables.md", "licenses.md#seats"),
        ("#seats", "docs/licenses.md", "#seats"),
        ("../CONTRIBUTING.md", "docs/architecture.md", "project/contributing.md"),
        ("docs/licenses.md", "CONTRIBUTING.md", "../licenses.md"),
        ("../README.md#the-policy", "docs/licenses.md", "index.md"),
        ("../../docs/licenses.md", "roles/scope/README.md", "../licenses.md"),
        ("../plugins/modules/run_lock.py", "docs/two-runs.md", "reference/run_lock_module.rst"),
        ("../plugins/callback/provisioning_plan.py", "docs/events.md", "reference/provisioning_plan_callback.rst"),
        ("../roles/run/README.md", "docs/events.md", "roles/run.md"),
        ("../run/README.md", "roles/scope/README.md", "run.md"),
        ("../examples/gitlab-ci.yml", "docs/events.md", "examples/gitlab-ci.yml"),
        ("plan-document.schema.json", "docs/events.md", "plan-document.schema.json"),
        ("../extensions/sandbox/seed/company.yml", "docs/sandbox.md", "https://forge/us/blob/main/extensions/sandbox/seed/company.yml"),
        ("../extensions/demo", "docs/sandbox.md", "https://forge/us/tree/main/extensions/demo"),
        ("https://docs.ansible.com/", "docs/sandbox.md", "https://docs.ansible.com/"),
    ],
)
def test_a_link_leads_to_where_the_site_has_the_file(written: str, path: str, wanted: str) -> None:
    assert target(written, path, "https://forge/us") == wanted


def test_what_stands_in_a_fence_is_shown_as_it_is() -> None:
    text = "[a](../SECURITY.md)\n```\n[a](../SECURITY.md)\n```\n[a](../SECURITY.md)\n"
    assert staged(text, "docs/one.md", "").count("(project/security.md)") == 2


def test_the_contents_become_the_navigation_of_the_site() -> None:
    assert navigation("## Begin\n\n- [One](one.md): first.\n\n## More\n\n- [Two](a/two.md): second.\n").split("```")[1::2] == [
        "{toctree}\n:hidden:\n:caption: Begin\n\nOne <one>\n",
        "{toctree}\n:hidden:\n:caption: More\n\nTwo <a/two>\n",
    ]


def test_the_picture_of_how_it_decides_is_as_the_code_makes_it() -> None:
    assert (ROOT / "docs" / PICTURE).read_text(encoding="utf-8") == picture(), "run make docs"


def test_a_graph_of_rooms_has_a_box_for_each_room_and_an_arrow_for_each_import() -> None:
    drawn = picture_of('flowchart TD\n  a["A: <one>"] --> b & c\n  b["B"] --> c\n  c["C"]\n')
    assert drawn.count("<rect") == 4  # and the ground
    assert drawn.count('class="head"') == 3
    assert "&lt;one&gt;" in drawn


def test_a_picture_follows_light_and_dark() -> None:
    assert "prefers-color-scheme: dark" in picture()
    assert not re.search(r'(fill|stroke)="#', picture())  # a colour that would stay the same


def test_pages_of_the_workshop_are_no_pages_of_the_site() -> None:
    assert [path for path in pages() if Path(path).parts[0] in ("tests", "extensions")] == []


# The site as it was built


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<a href="two.html#here">', ""),
        ('<a href="#a%20b"><p id="a b">', ""),
        ('<a href="#a%20b"><p id="a%20b">', ""),
        ('<a href="https://docs.ansible.com/"><img src="data:image/gif;base64,R0"><a>', ""),
        ('<a href="three.html">', "leads to three.html, which is not there"),
        ('<a href="two.html#there">', "leads to two.html#there, which has no such place"),
        ('<a href="#there">', "leads to #there, which has no such place"),
        ('<img src="../one.svg">', "leads to ../one.svg, which is not there"),
        ('<script src="https://cdn.example/mermaid.js"></script>', "loads https://cdn.example/mermaid.js"),
        ('<link rel="stylesheet" href="//fonts.example/sans">', "loads //fonts.example/sans"),
    ],
)
def test_what_leads_nowhere_or_loads_something_from_elsewhere_is_found(tmp_path: Path, body: str, wanted: str) -> None:
    (tmp_path / "one.html").write_text(f"<html><body>{body}</body></html>")
    (tmp_path / "two.html").write_text('<h1 id="here">Two</h1>')
    assert problems(tmp_path) == ([f"one.html: {wanted}"] if wanted else [])
