# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""All variables of this collection: name, kind, default. Pure.

One table for the check, for docs/variables.md, and for the test that holds it to the roles' argument specs and defaults.
Only what policies read is here: the role awx has variables of its own, for another host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ROLES = ("scope", "attribute_mapping", "license_defaults", "group_mapping")


@dataclass(frozen=True)
class Variable:
    """`kind`: one of `_typed.KINDS`. `default` None: unset means what the role's argument spec says.

    `example`: JSON, where the kind's own does not fit. `other`: for whom a list or a dictionary is refused, the variable with nearly this
    name, or nearly this meaning, that takes one: type, and a clause.
    """

    name: str
    kind: str
    default: Any = None
    choices: tuple[str, ...] = ()
    example: str = ""
    other: tuple[type, str] | None = None

    @property
    def role(self) -> str:
        """The role whose variable it is; '' for those that a whole run shares."""
        return next((role for role in ROLES if self.name.startswith(f"{role}_")), "")


_SCOPE = (
    Variable("scope_group", "text", "", other=(list, "a list of groups whose members are in scope is scope_groups")),
    Variable("scope_group_name", "text"),
    Variable("scope_group_description", "text"),
    Variable("scope_group_settings", "dict", {}, example='{"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": false}'),
    Variable("scope_group_members", "members", []),
    Variable("scope_group_exclusive", "bool", False, other=(list, "a list of members is scope_group_members")),
    Variable("scope_groups", "addresses", [], example='["zoom-users@example.com"]'),
    Variable("scope_org_units", "org_units", []),
    Variable("scope_users", "addresses", []),
    Variable("scope_exclude_groups", "addresses", [], example='["no-zoom@example.com"]'),
    Variable("scope_exclude_org_units", "org_units", []),
    Variable("scope_exclude_users", "addresses", []),
    Variable("scope_max_removals", "count", 10),
    Variable("scope_confirm_limit", "count", 200),
    Variable("scope_ignore_unreadable", "addresses", [], example='["partners@example.net"]'),
)
_ATTRIBUTE_MAPPING = (
    Variable("attribute_mapping_attributes", "dict", example='{"title": "organizations[?primary].title | [0]"}'),
    Variable("attribute_mapping_prune", "bool", other=(dict, "the offboarding action for each reason is attribute_mapping_deprovision")),
    Variable("attribute_mapping_identity", "any"),
    Variable("attribute_mapping_adopt", "adopt", {}, example='{"ada.king@example.com": "ada.byron@example.com"}'),
    Variable("attribute_mapping_remember", "bool", True),
    Variable("attribute_mapping_deprovision", "dict", {}, example='{"archived": "downgrade"}'),
    Variable("attribute_mapping_protected", "dict", {}, example='{"users": ["name@example.com"]}'),
    Variable("attribute_mapping_reactivate", "bool", True),
    Variable("attribute_mapping_verify_unlisted", "choice", "on_create", ("on_create", "always")),
    Variable("attribute_mapping_max_deactivations", "limit", "10%"),
    Variable("attribute_mapping_max_leavers", "limit", "10%"),
    Variable("attribute_mapping_max_renames", "limit", "10%"),
    Variable("attribute_mapping_max_updates", "limit", "25%"),
    Variable("attribute_mapping_max_creations", "limit", "25%"),
)
_LICENSE_DEFAULTS = (
    Variable("license_defaults_default", "license", other=(list, "a list of rules is license_defaults_rules")),
    Variable("license_defaults_rules", "rules", []),
    Variable("license_defaults_fallback", "license", "basic"),
    Variable("license_defaults_reserve", "count", 0, other=(dict, "the number of seats of each licence is license_defaults_seats")),
    Variable("license_defaults_seats", "dict", {}, example='{"licensed": 60}'),
    Variable("license_defaults_reclaim_after_days", "count"),
    Variable("license_defaults_reclaim", "choice", "report", ("report", "take")),
    Variable("license_defaults_max_removals", "limit", "10%"),
)
_GROUP_MAPPING = (
    Variable("group_mapping_groups", "groups", []),
    Variable("group_mapping_exclusive", "bool", False, other=(list, "a list of Zoom groups is group_mapping_groups")),
    Variable("group_mapping_max_removals", "limit", "10%"),
)
_SHARED = (
    Variable("zoom_connection", "connection", {}),
    Variable("google_connection", "connection", {}),
    Variable("provisioning_hosts", "texts", "all"),
    Variable("provisioning_state_dir", "text"),
    Variable("provisioning_accounts_path", "text"),
    Variable("provisioning_people_path", "text"),
    Variable("provisioning_memory_path", "text"),
    Variable("provisioning_journal_dir", "text"),
    Variable("provisioning_changes_dir", "text"),
    Variable("provisioning_run_id", "word"),
    Variable("provisioning_lock_timeout", "duration"),
    Variable("provisioning_allow_losses", "bool", False),
    Variable("provisioning_allow_gains", "bool", False),
    Variable("provisioning_leave_removals", "bool", False),
    Variable("provisioning_only", "texts", example='["name@example.com"]'),
    Variable("provisioning_approved", "text"),
    Variable("provisioning_approved_gains", "choice", "listed", ("listed", "any")),
    Variable("provisioning_approved_seal", "text"),
    Variable("provisioning_approval_max_age", "duration", "3d"),
    Variable("provisioning_retry_refused_after", "duration", "24h"),
    Variable("provisioning_diff", "choice", "short", ("short", "full")),
    Variable("provisioning_insecure", "bool", False),
    Variable("offboard_users", "texts"),
    Variable("offboard_action", "choice", "deactivate", ("deactivate", "disassociate", "delete")),
    Variable("offboard_hold_group", "text"),
    Variable("offboard_transfer_to", "text", other=(list, "a list of what is to be transferred is offboard_transfer")),
    Variable("offboard_transfer", "texts"),
    Variable("offboard_ignore_scope", "bool", False),
    Variable("undo_run", "word"),
    Variable("undo_journal", "text"),
    Variable("undo_creations", "bool", False),
    Variable("drift_fails_on", "choice", "any", ("any", "losses", "problems", "never")),
)
VARIABLES = {row.name: row for row in (*_SCOPE, *_ATTRIBUTE_MAPPING, *_LICENSE_DEFAULTS, *_GROUP_MAPPING, *_SHARED)}

# What roles and playbooks set, register or hand on themselves: no one has to write them, and no one is refused for them, but where they
# are extra variables, which would take the place of what the run finds out. What only a task's own variables hold begins with _.
INTERNAL = frozenset((
    "attribute_mapping_result", "group_mapping_result", "license_defaults_result", "offboard_hold_result", "offboard_result",
    "provisioning_attention", "provisioning_drift", "provisioning_lock",
    "provisioning_plan_written", "provisioning_problems", "provisioning_request",
    "provisioning_run", "provisioning_summary", "provisioning_verdict",
    "scope_accounts", "scope_group_members_plan", "scope_group_members_result", "scope_group_plan", "scope_group_result",
    "scope_people", "scope_policy", "scope_tenant_problems",
    "undo_result", "undo_google_result",
))  # fmt: skip
# What a workflow hands from job to job, as extra variables (set_stats): of these, and each tenant's report.
HANDED_ON = frozenset({"provisioning_request"})
REPORTS = "provisioning_tenant_"
