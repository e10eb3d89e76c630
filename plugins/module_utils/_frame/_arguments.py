# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Argument specs that modules share; the documentation fragments say the same."""

from __future__ import annotations

from typing import Any

Spec = dict[str, dict[str, Any]]
AUTO = "auto"  # a rate that is found, where a number is possible as well

GOOGLE_CREDENTIALS: Spec = {
    "auth_kind": {"type": "str", "choices": ["serviceaccount", "application", "accesstoken"]},
    "service_account_file": {"type": "path"},
    "service_account_contents": {"type": "raw", "no_log": True},  # what is masked of it: _secrets
    "service_account_email": {"type": "str"},
    "access_token": {"type": "str", "no_log": True},
    "subject": {"type": "str"},
    "customer": {"type": "str"},
}
ZOOM_CREDENTIALS: Spec = {
    "account_id": {"type": "str"},
    "client_id": {"type": "str"},
    "client_secret": {"type": "str", "no_log": True},
    "access_token": {"type": "str", "no_log": True},
}
# Beside the credentials, not one of them: by itself it keeps no side from the environment.
_ENVIRONMENT: Spec = {"credentials_from_environment": {"type": "bool", "default": True}}
_HTTP: Spec = {
    "timeout": {"type": "float", "default": 60},
    "max_attempts": {"type": "int", "default": 5},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "insecure": {"type": "bool", "default": False},
}
_LIMITS: Spec = {
    "changes_path": {"type": "path"},
    "changes_limit": {"type": "int", "default": 1000},
    "diff_limit": {"type": "int", "default": 200},
    "diff_removals_limit": {"type": "int"},
    "diff_form": {"type": "str", "choices": ["short", "full"], "default": "short"},
}
_SNAPSHOTS: Spec = {
    "run_id": {"type": "str"},
    "snapshot_max_age": {"type": "int", "default": 3600},
}
_LOCK: Spec = {"lock_path": {"type": "path"}}
_HANDOVER: Spec = {"run_host": {"type": "str"}}
_APPROVAL: Spec = {
    "approved_path": {"type": "path"},
    "approved_gains": {"type": "str", "choices": ["listed", "any"], "default": "listed"},
    "approved_seal": {"type": "str"},
}
_PART: Spec = {"leave_removals": {"type": "bool", "default": False}, "only": {"type": "raw"}}
_PEOPLE: Spec = {
    "people_path": {"type": "path"},
    "people": {"type": "list", "elements": "dict"},
}
SELECTOR: Spec = {
    "groups": {"type": "list", "elements": "str"},
    "org_units": {"type": "list", "elements": "str"},
    "users": {"type": "list", "elements": "str"},
}


def google_arguments(**own: dict[str, Any]) -> Spec:
    """A module that talks to Google."""
    urls: Spec = {"api_url": {"type": "str"}, "groups_settings_url": {"type": "str"}}
    return {**GOOGLE_CREDENTIALS, **_ENVIRONMENT, **urls, **_HTTP, **own}


def zoom_arguments(**own: dict[str, Any]) -> Spec:
    """A module that talks to Zoom."""
    others: Spec = {
        "api_url": {"type": "str"},
        "oauth_url": {"type": "str"},
        "rate_plan": {"type": "str", "choices": ["free", "pro", "business"], "default": "pro"},
        "rate_share": {"type": "float", "default": 1.0},
        "scim_rate": {"type": "raw", "default": AUTO},
    }
    return {**ZOOM_CREDENTIALS, **_ENVIRONMENT, **others, **_HTTP, **own}


def snapshot_arguments() -> Spec:
    return dict(_SNAPSHOTS)


def accounts_arguments() -> Spec:
    """A module that brings the accounts snapshot up to date, and keeps a memory and a journal."""
    return {**{name: {"type": "path"} for name in ("accounts_path", "memory_path", "journal_dir")}, **_SNAPSHOTS, **_LIMITS, **_LOCK}


def standing_arguments() -> Spec:
    """A module that holds back for a while what Zoom has refused."""
    return {"retry_refused_after": {"type": "str", "default": "24h"}}


def changes_arguments() -> Spec:
    """A module whose changes may be many, and that has no other limit."""
    return {name: _LIMITS[name] for name in ("changes_path", "changes_limit")}


def journal_arguments() -> Spec:
    """A module that keeps a journal, and takes part in a run."""
    return {"journal_dir": {"type": "path"}, "run_id": {"type": "str"}, **_LOCK}


def lock_arguments() -> Spec:
    """A module that takes long, in a run that holds a lock."""
    return dict(_LOCK)


def handover_arguments() -> Spec:
    """A module that hands a file to the next phase, or takes one."""
    return dict(_HANDOVER)


def approval_arguments() -> Spec:
    """A module that can be held to an approved plan: to what that has for a host."""
    return {**_APPROVAL, **_HANDOVER}


def part_arguments() -> Spec:
    """A module that can leave a part of what it plans for another run."""
    return dict(_PART)


def people_arguments() -> Spec:
    return dict(_PEOPLE)
