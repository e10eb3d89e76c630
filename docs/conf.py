# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx builds the site of these pages: `make site`, which lays them out first (tests/docs_site)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes

ROOT = Path(__file__).resolve().parents[1]
GALAXY = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))

project = f"{GALAXY['namespace']}.{GALAXY['name']}"
author = "workspace_zoom.provisioning contributors"
project_copyright = f"2026, {author}"
release = version = str(GALAXY["version"])
language = "en"

extensions = ["myst_parser", "sphinx_antsibull_ext", "sphinx_copybutton"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
nitpicky = True
highlight_language = "text"  # what is only indented may be a command, YAML or an answer
myst_heading_anchors = 4  # as forges make them
copybutton_exclude = ".linenos, .gp"

html_theme = "furo"
html_title = f"{project} {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_sourcelink = html_copy_source = False
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"

# The reference follows the theme, and its switch of light and dark, in all colours.
antsibull_ext_color_scheme = "none"
_OF_BOTH = {
    "antsibull-links-background": "var(--color-background-hover)",
    "antsibull-links-background-active": "var(--color-background-border)",
    "antsibull-links-focus-outline": "var(--color-link)",
    "antsibull-links-text": "var(--color-foreground-secondary)",
    "antsibull-table-background-header": "var(--color-table-header-background)",
    "antsibull-table-background-even": "var(--color-background-secondary)",
    "antsibull-table-background-odd": "var(--color-background-primary)",
    "antsibull-table-border": "var(--color-table-border)",
    "antsibull-narrowtable-background": "var(--color-background-secondary)",
    "antsibull-option-sample-header": "var(--color-foreground-primary)",
    "antsibull-attribute-support-na": "inherit",
    "antsibull-deprecation-border": "var(--color-background-border)",
    "antsibull-deprecation-background": "var(--color-background-secondary)",
    "antsibull-deprecation-color": "var(--color-foreground-primary)",
    "picture-ink": "var(--color-foreground-primary)",
    "picture-quiet": "var(--color-foreground-secondary)",
    "picture-paper": "transparent",
    "picture-box": "var(--color-background-secondary)",
    "picture-edge": "var(--color-foreground-border)",
}
_LIGHT = {"type": "#8250df", "required": "#b3261e", "version-added": "#1a7f37", "default": "#0550ae"}
_DARK = {"type": "#d2a8ff", "required": "#ff8f87", "version-added": "#7ee787", "default": "#a5c8ff"}


def _colours(of_options: dict[str, str], stop: str, wait: str, support: tuple[str, str, str]) -> dict[str, str]:
    """The rest has the same colour as something else."""
    alike = {"elements": "type", "aliases": "version-added", "sample": "default"}
    options = {**of_options, **{name: of_options[other] for name, other in alike.items()}}
    return {
        **{f"antsibull-option-{name}": colour for name, colour in options.items()},
        **{f"antsibull-attribute-support-{name}": colour for name, colour in zip(("none", "partial", "full"), support, strict=True)},
        "picture-stop": stop,
        "picture-wait": wait,
    }


html_theme_options = {
    "light_css_variables": {**_OF_BOTH, **_colours(_LIGHT, "#bc4c00", "#0969da", ("#b3261e", "#7d5700", "#1a7f37"))},
    "dark_css_variables": _colours(_DARK, "#f0883e", "#58a6ff", ("#ff8f87", "#e3b341", "#7ee787")),
}

_ANSIBLE = "https://docs.ansible.com/projects/ansible/latest/"
_PLUGIN = re.compile(r"ansible_collections\.(\w+)\.(\w+)\.(\w+)_(\w+?)(?:__.*)?")
# Labels of its pages that the generated reference names.
_PAGES = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "callback_plugins": "plugins/callback.html",
    "common_return_values": "reference_appendices/common_return_values.html",
    "lookup_plugins": "plugins/lookup.html",
}


def ansibles_own(_app: Any, _env: Any, node: Any, content: nodes.Node) -> nodes.Node | None:
    """Ansible's documentation has it. The address is known, so that nobody has to ask for it while the site is built."""
    label = node.get("reftarget", "")
    found = _PLUGIN.fullmatch(label)
    page = _PAGES.get(label)
    if found and f"{found[1]}.{found[2]}" != project:
        page = f"collections/{found[1]}/{found[2]}/{found[3]}_{found[4]}.html"
    return nodes.reference("", "", content, internal=False, refuri=_ANSIBLE + page) if page else None


_REFERENCE = "Modules, roles and plugins"
_KINDS = {"module": "", "role": "role ", "callback": "callback ", "lookup": "lookup "}


def short_titles(app: Any, tree: nodes.document) -> None:
    """In the navigation, a page of the reference is called by the short name of what it describes."""
    place = app.env.docname
    name, kind = place.removeprefix("reference/").rpartition("_")[::2]
    if place == "reference/index":
        title = next(tree.findall(nodes.title))
        title.replace_self(nodes.title("", _REFERENCE))
        short = _REFERENCE
    elif place.startswith("reference/") and kind in _KINDS:
        short = _KINDS[kind] + name
    else:
        return
    app.env.titles[place] = nodes.title("", short)
    entry = next(app.env.tocs[place].findall(nodes.reference))
    entry.children = [nodes.Text(short)]


_HEADINGS = re.compile(r"^\.\. contents::\n(?: +:.*\n)*", re.MULTILINE)


def without_headings(_app: Any, _name: str, source: list[str]) -> None:
    """The theme has a page's headings beside it; in the page, they would stand there twice."""
    source[0] = _HEADINGS.sub("", source[0])


def drawn_in_the_page(app: Any, tree: nodes.document, _name: str) -> None:
    """Our pictures become a part of the page, where they follow the theme and can be searched and read aloud."""
    for image in list(tree.findall(nodes.image)):
        if image["uri"].endswith(".svg"):
            drawing = (Path(app.srcdir) / image["uri"]).read_text(encoding="utf-8")
            image.replace_self(nodes.raw("", f'<div class="drawing">{drawing}</div>', format="html"))


def setup(app: Any) -> None:
    app.connect("missing-reference", ansibles_own)
    app.connect("source-read", without_headings)
    app.connect("doctree-read", short_titles, priority=900)  # behind what collects the titles
    app.connect("doctree-resolved", drawn_in_the_page)
