# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How AWX goes through a workflow that was built, and what each job gets from those before it. Facts: AWX's dag_workflow.py; get_job_kwargs
of WorkflowJobNode; get_effective_artifacts of WorkflowJob, which is what the slices of one job are; get_script_data of Inventory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from controller import Controller


@dataclass(frozen=True)
class Node:
    """`template`: name of the job template, or of the approval; `extra`: variables; `parents`: identifiers and the kind of each link."""

    identifier: str
    template: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)


Artifacts = dict[str, Any]
Ended = tuple[str, Artifacts]  # a job's status (successful, failed, error or canceled), and what it hands on
Play = Callable[[Node, Artifacts], Ended]
SUCCESSFUL, FAILED = "successful", "failed"


def nodes_of(controller: Controller, workflow: str) -> dict[str, Node]:
    found = controller.named("workflow_job_templates", workflow)["id"]
    rows = [row for row in controller.objects["workflow_job_template_nodes"].values() if row["workflow_job_template"] == found]
    templates = {**controller.objects["job_templates"], **controller.objects["workflow_approval_templates"]}
    nodes = {row["id"]: Node(row["identifier"], templates[row["unified_job_template"]]["name"], row["extra_data"]) for row in rows}
    for kind in ("success_nodes", "failure_nodes", "always_nodes"):  # AWX's order of a node's parents
        for row in rows:
            for child in controller.linked("workflow_job_template_nodes", row["id"], kind):
                nodes[child].parents.append((row["identifier"], kind))
    return {node.identifier: node for node in nodes.values()}


def walk(controller: Controller, workflow: str, play: Play) -> dict[str, str]:
    """The status of each node that runs, in order. `play` is given a node with the variables that it and those before it give.

    A node runs when all its parents have ended or never will, and one of them leads to it. It gets the artifacts of all before it; of one
    name it gets the nearest.
    """
    nodes = nodes_of(controller, workflow)
    ended: dict[str, str] = {}
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
        ended[node.identifier], handed_on[node.identifier] = play(node, {**node.extra, **given})
    return ended


def has_failed(controller: Controller, workflow: str, ended: Mapping[str, str]) -> bool:
    """Whether a node ended badly that leads nowhere then: what makes the workflow's job a failed one, and sends its message."""
    handled = {parent for node in nodes_of(controller, workflow).values() for parent, kind in node.parents if _leads(kind, FAILED)}
    return any(status != SUCCESSFUL and identifier not in handled for identifier, status in ended.items())


def _leads(kind: str, status: str) -> bool:
    return re.sub("_nodes", "", kind) in ("always", "success" if status == SUCCESSFUL else "failure")


def slices_of(hosts: Iterable[str], count: int) -> list[list[str]]:
    """The hosts of each slice: by name, one to each in turn. Never more slices than hosts."""
    ordered = sorted(hosts)
    count = max(min(count, len(ordered)), 1)
    return [ordered[number::count] for number in range(count)]


def as_one(slices: Sequence[Ended]) -> Ended:
    """What the slices of one job are to the workflow, in the order in which they ended: the last word on each name counts."""
    merged: Artifacts = {}
    for status, artifacts in slices:
        merged |= artifacts if status in (SUCCESSFUL, FAILED) else {}
    return SUCCESSFUL if all(status == SUCCESSFUL for status, _artifacts in slices) else FAILED, merged
