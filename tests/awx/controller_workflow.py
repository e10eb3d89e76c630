# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How AWX goes through a workflow that was built, and what each job gets from those before it. Facts: AWX's dag_workflow.py, and
get_job_kwargs of WorkflowJobNode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from controller import Controller


@dataclass(frozen=True)
class Node:
    """`template`: name of the job template, or of the approval; `parents`: identifiers and the kind of each link."""

    identifier: str
    template: str
    parents: list[tuple[str, str]] = field(default_factory=list)


Artifacts = dict[str, Any]
Play = Callable[[Node, Artifacts], tuple[bool, Artifacts]]


def nodes_of(controller: Controller, workflow: str) -> dict[str, Node]:
    found = controller.named("workflow_job_templates", workflow)["id"]
    rows = [row for row in controller.objects["workflow_job_template_nodes"].values() if row["workflow_job_template"] == found]
    templates = {**controller.objects["job_templates"], **controller.objects["workflow_approval_templates"]}
    nodes = {row["id"]: Node(row["identifier"], templates[row["unified_job_template"]]["name"]) for row in rows}
    for kind in ("success_nodes", "failure_nodes", "always_nodes"):  # AWX's order of a node's parents
        for row in rows:
            for child in controller.linked("workflow_job_template_nodes", row["id"], kind):
                nodes[child].parents.append((row["identifier"], kind))
    return {node.identifier: node for node in nodes.values()}


def walk(controller: Controller, workflow: str, play: Play) -> list[str]:
    """Identifiers of the nodes that run, in order. `play` is given a node with the artifacts that reach it, and returns whether it ended
    well and what it hands on. A node runs when all its parents have ended or never will, and one of them leads to it. It gets the
    artifacts of all before it; of one name it gets the nearest.
    """
    nodes = nodes_of(controller, workflow)
    ended: dict[str, bool] = {}
    reached: dict[str, Artifacts] = {}
    handed_on: dict[str, Artifacts] = {}
    never: set[str] = set()
    while waiting := [node for name, node in nodes.items() if name not in ended and name not in never]:
        node = next(one for one in waiting if not any(nodes[parent] in waiting for parent, _kind in one.parents))
        if node.parents and not any(parent in ended and _leads(kind, ended[parent]) for parent, kind in node.parents):
            never.add(node.identifier)
            continue
        given: Artifacts = {}
        for parent, _kind in node.parents:
            given |= reached.get(parent, {}) | handed_on.get(parent, {})
        reached[node.identifier] = given
        ended[node.identifier], handed_on[node.identifier] = play(node, given)
    return list(ended)


def outcome(controller: Controller, workflow: str, results: Mapping[str, bool]) -> list[str]:
    """Which nodes run, in order, if each ends as `results` say (True: well)."""
    return walk(controller, workflow, lambda node, _given: (results[node.identifier], {}))


def _leads(kind: str, well: bool) -> bool:
    return re.sub("_nodes", "", kind) in ("always", "success" if well else "failure")
