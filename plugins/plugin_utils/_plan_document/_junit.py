# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document for JUnit readers: a suite for each tenant, a case for each phase, a failure for what failed or was blocked. Pure."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.etree import ElementTree

from ._escape import for_xml
from ._headings import kind_title, phase_title

_WORDS = {"failed": "failed", "withheld": "blocked"}


def render(document: dict[str, Any]) -> str:
    """A tenant whose run died has the case Run, with an error."""
    root = ElementTree.Element("testsuites", name="workspace_zoom.provisioning")
    for tenant in document["tenants"]:
        _suite(root, tenant)
    if not document["tenants"]:
        _suite(root, {"tenant": "none", "error": "No tenant was provisioned; look at the run's output.", "phases": []})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, tenant: dict[str, Any]) -> None:
    suite, tally = ElementTree.SubElement(root, "testsuite", name=for_xml(tenant["tenant"])), Counter[str]()
    for phase in tenant["phases"]:
        case = _case(suite, tenant, phase_title(phase))
        tally["tests"] += 1
        rows = [(name, row) for name in ("failed", "withheld") for row in tenant[name] if row["phase"] == phase]
        if rows:  # readers expect one failure in a case
            sentences = list(dict.fromkeys(f"{_WORDS[name]}: {row['message']}" for name, row in rows))
            failure = ElementTree.SubElement(case, "failure", message=for_xml(sentences[0]), type=rows[0][0])
            failure.text = for_xml("\n".join(sentences))
            tally["failures"] += 1
        kinds = [(kind, number) for kind, number in tenant["kinds"].items() if kind.startswith(f"{phase}.")]
        if kinds:
            ElementTree.SubElement(case, "system-out").text = "\n".join(f"{kind_title(kind)}: {number}" for kind, number in kinds)
    if tenant["error"]:
        case = _case(suite, tenant, "Run")
        ElementTree.SubElement(case, "error", message=for_xml(tenant["error"]), type="error")
        tally.update(tests=1, errors=1)
    for name in ("tests", "failures", "errors"):
        suite.set(name, str(tally[name]))


def _case(suite: ElementTree.Element, tenant: dict[str, Any], name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=for_xml(tenant["tenant"]), name=name)
