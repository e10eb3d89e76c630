# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group_members_info: who groups hold in the end, with the chain that brings each in."""

from __future__ import annotations

from .._frame._connect_google import connect_google
from .._frame._module import Run
from .._model._nesting import EVERYONE, close, group_key, parse_pending
from .._model._text import check_addresses, fold
from .._plan._outcomes import finding
from .._read._directory import EdgeAsk, read_edges
from .._report._result import Result
from .._transport._google_directory import MEMBERS_READ


def members_info(run: Run) -> Result:
    """One entry for each group; an unreadable group, also a nested one, is an error."""
    groups = check_addresses(run.params["groups"], "groups")
    directory = connect_google(run, [MEMBERS_READ])
    pending = parse_pending(run.params.get("pending_changes"), "pending_changes")
    edges = read_edges(directory, {fold(group): "groups" for group in groups}, EdgeAsk(pending))
    facts, unread = [], dict[str, None]()
    for group in groups:
        closure = close(group, edges)
        members = [{"email": key, "via": chain} for key, chain in sorted(closure.users.items()) if "@" in key]
        unread.update({closure.unread: None} if closure.unread else {})
        nested = sorted(group_key(row) for row in edges[fold(group)] if row.get("type") == "GROUP")
        facts.append({"group": group, "members": members, "nested": nested, "everyone": bool(closure.everyone)})
    total = sum(len(rows) for rows in edges.values())
    everyone = any(row.get("type") == EVERYONE for rows in edges.values() for row in rows)
    attention = [finding("unread_member", chain.partition(" ")[0], chain=chain).row() for chain in unread]
    return Result(facts={"groups": facts, "summary": {"groups": len(edges), "rows": total, "everyone": everyone}, "attention": attention})
