# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group_info: what Google groups are, and who may join them."""

from __future__ import annotations

from typing import Any

from .._frame._connect_google import connect_google
from .._frame._module import Run
from .._model._group_settings import who_may_join
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._read._google_group import read_google_group
from .._read._named_groups import named_groups
from .._report._result import Result
from .._transport._google_directory import GROUP_SETTINGS_SCOPE, GROUPS_READ


def google_group_info(run: Run) -> Result:
    """One entry for each group. A group that anybody may join is named, as a policy that reads it gives what it gives to anybody."""
    named = named_groups(run)
    directory = connect_google(run, [GROUPS_READ, GROUP_SETTINGS_SCOPE])
    found = directory.each(lambda email: read_google_group(directory, email, settings=True), list(named))
    attention, rows = list[Finding](), list[dict[str, Any]]()
    for group, where in zip(found, named.values(), strict=True):
        rows.append({"email": group.email, "exists": bool(group.fields), "name": group.fields.get("name", ""), "settings": group.settings})
        if who := who_may_join(group.settings):
            attention.append(finding("open_group", group.email, who=who, where=where))
    return Result(facts={"groups": rows, "attention": [row.row() for row in attention]})
