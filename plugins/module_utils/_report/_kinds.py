# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a sentence says, whoever it is about: of many alike, people read one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._model._spelled import spelled
from .._plan._outcome import Finding

# The API's own words, which have a path and a tracking id in them. playbooks/tasks/fail.yml has the same.
_API = re.compile(r" \[(?:Zoom|Google) refused .*\]", re.DOTALL)


def kind_of(message: str, email: str) -> str:
    """The sentence without the address that it is about, and without what an API answered."""
    text = _API.sub("", message)
    for name in {email, spelled(email)} - {""}:
        text = text.replace(name, "\0")
    return text


def first_of_each(findings: Iterable[Finding]) -> list[str]:
    """One sentence of each kind."""
    found: dict[str, str] = {}
    for finding in findings:
        found.setdefault(kind_of(finding.message, finding.email), finding.message)
    return list(dict.fromkeys(found.values()))
