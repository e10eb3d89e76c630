# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX takes as the messages of a notification template, and what it makes of them. Facts: AWX's NotificationTemplateSerializer and
JobNotificationMixin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

EVENTS = ("started", "success", "error", "workflow_approval")
APPROVALS = ("running", "approved", "timed_out", "denied")

# What AWX renders a message with, to see whether it can be: a job of no artifacts.
STUB: dict[str, Any] = {
    "job": {
        **dict.fromkeys(("id", "forks", "verbosity", "timeout", "job_slice_number", "elapsed"), 0),
        **dict.fromkeys(
            ("type", "url", "name", "description", "job_type", "playbook", "limit", "job_tags", "skip_tags", "launch_type"), ""
        ),
        **dict.fromkeys(("status", "started", "finished", "job_explanation", "scm_revision", "scm_branch", "execution_node"), ""),
        **dict.fromkeys(("failed", "allow_simultaneous", "diff_mode"), False),
        "job_slice_count": 1,
        "artifacts": {},
        "host_status_counts": dict.fromkeys(("skipped", "ok", "changed", "failures", "dark", "processed", "rescued"), 0),
        "summary_fields": {
            "created_by": dict.fromkeys(("id", "username", "first_name", "last_name"), ""),
            "inventory": dict.fromkeys(("id", "name", "description", "total_hosts"), ""),
            **{name: dict.fromkeys(("id", "name", "description"), "") for name in ("job_template", "project", "unified_job_template")},
            "schedule": dict.fromkeys(("id", "name", "description", "next_run"), ""),
        },
    },
    "job_friendly_name": "Job",
    "url": "https://awx.example.com/#/jobs/playbook/1010",
    "approval_status": "approved",
    "approval_node_name": "Approve Me",
    "workflow_url": "https://awx.example.com/#/jobs/workflow/1010",
    "job_metadata": "{}",
}


class _Undefined(StrictUndefined):
    __repr__ = __str__ = StrictUndefined._fail_with_undefined_error  # type: ignore[assignment]


def faults(messages: Any) -> list[str]:
    """Each a reason to refuse them."""
    if messages is None:
        return []
    if not isinstance(messages, dict):
        return [f"Expected dict for 'messages' field, found {type(messages)}"]
    found = [f"Event '{event}' invalid" for event in messages if event not in EVENTS]
    for event, given in messages.items():
        if event == "workflow_approval":
            found += [f"Workflow Approval event '{name}' invalid" for name in given or {} if name not in APPROVALS]
        elif given is not None and not isinstance(given, dict):
            found.append(f"Expected dict for event '{event}'")
    return found or [fault for kind, text in _texts(messages) for fault in _text_faults(kind, text)]


def _texts(messages: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for event, given in messages.items():
        for one in (given or {}).values() if event == "workflow_approval" else [given]:
            yield from ((kind, text) for kind, text in (one or {}).items() if text is not None)


def _text_faults(kind: str, text: Any) -> list[str]:
    if kind not in ("message", "body"):
        return [f"Message type '{kind}' invalid, must be either 'message' or 'body'"]
    if not isinstance(text, str):
        return [f"Expected string for '{kind}'"]
    if kind == "message" and "\n" in text:
        return ["Messages cannot contain newlines"]
    try:
        ImmutableSandboxedEnvironment(undefined=_Undefined).from_string(text).render(STUB)
    except TemplateError as error:
        return [f"Unable to render message '{text}': {error.message}"]
    return []


def sent(messages: Mapping[str, Any], event: str, job: Mapping[str, Any]) -> tuple[str, str]:
    """Message and body as a job's notification has them. `event`: success or error; an approval's has no job, and its event is
    running, approved, timed_out or denied.
    """
    if event in APPROVALS:
        context = {**{name: STUB[name] for name in ("workflow_url", "job_metadata")}, "approval_status": event, **job}
        given, sandbox = messages["workflow_approval"][event], ImmutableSandboxedEnvironment()
    else:
        context = {**{name: STUB[name] for name in ("url", "job_friendly_name", "job_metadata")}, "job": job}
        given, sandbox = messages[event], ImmutableSandboxedEnvironment(undefined=ChainableUndefined)
    message, body = (sandbox.from_string(given.get(kind) or "").render(**context) for kind in ("message", "body"))
    return message, body
