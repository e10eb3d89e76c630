# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A project's files, and the updates that fetch them. Facts: AWX's Project.save, its views and JobOptionsSerializer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from controller import Controller

TRIGGERS = ("scm_url", "scm_branch", "scm_type", "scm_refspec")  # a change of these starts an update


@dataclass
class Repository:
    """What the projects' updates fetch: `playbooks` at `revision`; nothing where it is not `reachable`."""

    playbooks: set[str]
    revision: str = "1" * 40
    reachable: bool = True
    updates: dict[int, dict[str, Any]] = field(default_factory=dict)


def update(controller: Controller, project: dict[str, Any]) -> dict[str, Any]:
    """As AWX begins one; it has ended when it is asked for."""
    repository = controller.repository
    controller.last_id += 1
    id, well = controller.last_id, repository.reachable
    made = {
        "id": id,
        "url": f"/api/v2/project_updates/{id}/",
        "status": "successful" if well else "failed",
        "failed": not well,
        "finished": "2026-01-01T00:00:00Z",
        "scm_revision": repository.revision if well else "",
    }
    repository.updates[id] = made
    project["status"] = made["status"]
    project["summary_fields"]["last_update"] = {"id": id, "name": project["name"], "status": made["status"], "failed": not well}
    if well:
        project["scm_revision"] = repository.revision
        controller.files[project["id"]] = sorted(repository.playbooks)
    return made


def playbooks(controller: Controller, id: Any) -> list[str]:
    """Of the last update that ended well."""
    return controller.files.get(id, [])
