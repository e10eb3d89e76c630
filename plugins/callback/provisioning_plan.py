# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run would change, or has changed, as files for people and programs."""

from __future__ import annotations

DOCUMENTATION = r"""
name: provisioning_plan
type: aggregate
short_description: Write what a run would change, or has changed, as one document
version_added: 1.0.0
description:
  - Collects what the modules of this collection return, for all hosts of a run. At the end it writes C(plan.json), C(plan.md) and
    C(plan.junit.xml), and the files C(outcome) and C(digest) with one word each for scripts.
  - The outcome is V(no_change), V(changes) or V(problems). Two runs with the same plan have the same digest. There is no digest if a host
    failed before its plan was complete.
  - C(plan.md) is meant as a comment on a pull request. Its first line is a hidden mark by which a later run finds its comment.
  - The files of an earlier run are removed when a run starts. If there are no new ones, the run did not finish.
  - It works the same in check mode and in a real run.
requirements:
  - enabled with C(ANSIBLE_CALLBACKS_ENABLED=workspace_zoom.provisioning.provisioning_plan)
options:
  dir:
    description:
      - Folder of the files.
      - If it does not exist, it is created with access for its owner only, because the files contain addresses of people.
    type: path
    default: provisioning_plan
    env:
      - name: PROVISIONING_PLAN_DIR
    ini:
      - section: provisioning_plan
        key: dir
  name:
    description: Name of this plan, if one pull request has several, such as production and trial. It is part of the hidden mark.
    type: str
    default: plan
    env:
      - name: PROVISIONING_PLAN_NAME
    ini:
      - section: provisioning_plan
        key: name
  title:
    description: Heading of C(plan.md).
    type: str
    default: Zoom provisioning
    env:
      - name: PROVISIONING_PLAN_TITLE
    ini:
      - section: provisioning_plan
        key: title
  markdown_limit:
    description:
      - The most characters that C(plan.md) may have, at least 2000. What does not fit is only counted. Removals are given room first.
      - The default is GitHub's limit for a comment.
    type: int
    default: 65536
    env:
      - name: PROVISIONING_PLAN_MARKDOWN_LIMIT
    ini:
      - section: provisioning_plan
        key: markdown_limit
  where:
    description:
      - Where readers of C(plan.md) find C(plan.json), in Markdown, such as V(artifact zoom-plan of this run). A text that is cut says so.
      - Without it, such a text says that C(plan.json) was written beside it.
    type: str
    default: ""
    env:
      - name: PROVISIONING_PLAN_WHERE
    ini:
      - section: provisioning_plan
        key: where
  ci:
    description:
      - Whether this is a runner of a CI, which starts without what earlier runs left. GitHub and GitLab set the variable on theirs.
      - If it is, and neither a memory nor a journal of an earlier run is there, C(plan.md) says what the run can't do without them.
        A mere check mode says nothing of it.
    type: str
    default: ""
    env:
      - name: CI
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

from pathlib import Path
from typing import Any

from ansible import context
from ansible.plugins.callback import CallbackBase

from ..module_utils._model._spelled import as_json
from ..plugin_utils._plan_document import _junit, _markdown
from ..plugin_utils._plan_document._collect import note_new_state
from ..plugin_utils._plan_document._files import NAMES, now, write
from ..plugin_utils._plan_document._gather import Depth, gathering, run_of


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "workspace_zoom.provisioning.provisioning_plan"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gathering = gathering()

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._gathering.ask(self, Depth.ROWS)
        folder = Path(self.get_option("dir"))
        for name in NAMES:
            (folder / name).unlink(missing_ok=True)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._gathering.begin_play(play)

    def v2_runner_on_ok(self, result: Any) -> None:
        self._gathering.ok(self, result)
        run = run_of(result)
        # drift is never more than a preview, but needs what earlier runs left
        if run and self._on_ci() and (self._gathering.files_in == "drift" or not result._task.check_mode):
            note_new_state(self._gathering.tenant(result), run)

    def _on_ci(self) -> bool:
        return str(self.get_option("ci") or "").lower() not in ("", "0", "false")

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._gathering.failed(self, result, ignored=ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._gathering.unreachable(self, result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        document = self._gathering.document(stats, asked_to_check=bool(context.CLIARGS.get("check")), time=now())
        limit = max(int(self.get_option("markdown_limit")), 2000)
        named = {option: self.get_option(option) for option in ("name", "title", "where")}
        markdown = _markdown.render(document, limit=limit, **named)
        texts = (as_json(document, indent=1) + "\n", markdown, _junit.render(document))
        words = (f"{document['outcome']}\n", f"{document['digest'] or ''}\n")
        write(Path(self.get_option("dir")), dict(zip(NAMES, (*texts, *words), strict=True)))
