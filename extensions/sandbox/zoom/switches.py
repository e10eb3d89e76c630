# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the sources on Zoom's behaviour are silent or disagree: the likely answer first, the others by switch."""

from __future__ import annotations

from ..frame.switch import Switch

SWITCHES: dict[str, Switch] = {
    "duplicate_create": Switch(400, (400, 409), "SCIM POST of an address that has an account."),
    "foreign_domain_create": Switch(409, (409, "pending"), "SCIM POST outside the managed domains: refused, or invited."),
    "create_over_pending": Switch(400, (400, 409), "SCIM POST of a pending address, or of a login held elsewhere."),
    "missing_user_type": Switch("basic", ("basic", "default"), "SCIM POST without userType: Basic, or default_type."),
    "unauthorized_body": Switch("rest", ("rest", "scim"), "Body of a 401 under /scim2."),
    "scope_error": Switch("400/4711", ("400/4711", "400/4700", "401/4700", "400/104"), "Status and code of a missing scope."),
    "put_emails": Switch("honoured", ("honoured", "ignored"), "SCIM PUT of emails: a rename, or a 200 without effect."),
    "put_active_on_inactive": Switch(400, (400, "honoured"), "SCIM PUT of active true on an inactive user."),
    "put_groups": Switch("replace", ("replace", "add"), "SCIM PUT of groups and roles."),
    "employee_number_in_list": Switch("shown", ("shown", "apart"), "Whether REST shows SCIM's employeeNumber as employee_unique_id."),
    "empty_string_in_put": Switch("ignored", ("ignored", "clears"), "An empty string in a SCIM PUT."),
    "user_schemas": Switch("list_response", ("list_response", "core"), "The schemas value of SCIM users."),
    "get_roles_shape": Switch("array", ("array", "object"), "Shape of roles and groups in a SCIM GET of one user."),
    "retry_after": Switch("iso", ("iso", "seconds", "http_date", "absent"), "Retry-After of a daily limit; absent: no rate header at all."),
    "status_put": Switch(200, (200, 204), "Success of PUT /users/{userId}/status."),
    "plans_usage": Switch("allowed", ("allowed", "forbidden", "array"), "GET plans/usage; array: as resellers see it."),
    "plan_names": Switch(
        "documented",
        ("documented", "premier", "education", "unknown"),
        "What the licences of type 2 are called in plans/usage: the base plan's, or, beside a base plan of 0 seats, "
        "plan_zoom_one_premier, an education plan, or a plan_united of a type that no document names.",
    ),
    "no_united": Switch(
        "absent", ("absent", "none", "0"), "plan_united_type (and zoom_one_type 0 in the single answer) of who holds no bundle, in REST."
    ),
    "basic_full": Switch(2033, (2033, 3412), "Zoom code of REST's refusal where the Basic users are at their limit (seats: {basic: N})."),
    "saml_unique_id": Switch(
        "off",
        ("off", "email", "number"),
        "Employee Unique ID that the SAML mapping sets for all who sign in by SSO, in the seed and at each sign-in: their address, or "
        "a number of HR's. With employee_number_in_list: shown, SCIM's employeeNumber is the same field.",
    ),
    "scim_unknown_address": Switch("empty", ("empty", 404, 400), "SCIM list filtered by an address that nobody of the account has."),
    "paid_only_refusal": Switch(400, (400, 200), "HTTP status of 'Only available for Paid account.'"),
    "new_token": Switch("others_valid", ("others_valid", "voids_former"), "What a new token does to earlier ones."),
    "filter_letter_case": Switch("ignored", ("ignored", "exact"), "Letter case of values in SCIM filters."),
    "count_over_100": Switch("clamp", ("clamp", 400), "SCIM lists asked for more than 100 rows."),
    "read_after_write_ms": Switch(0, None, "How long reads still show what was there before a write."),
    "saml_mapping": Switch("off", ("off", "basic", "licensed", "unassigned"), "Licence that the SAML mapping sets again at each sign-in."),
    "license_reassignment_limit": Switch(None, None, "Paid licences that may be given to existing users; None: no limit."),
    "collaboration_create": Switch("allowed", ("allowed", "refused"), "SCIM POST with userType Collaboration (unassigned)."),
    "put_display_name": Switch("honoured", ("honoured", "ignored"), "SCIM PUT of displayName: set, or a 200 without effect."),
    "create_answer": Switch(
        "account",
        ("account", "pending", "no_id", "missing", "other_type"),
        "What a SCIM POST that answers 201 has made: the account; an invitation; the account, with a blank id in the answer; nothing; "
        "the account with another userType than was asked for.",
    ),
    "fourth_email_change": Switch(429, (429, 400), "Status of the fourth change of one user's address within 24 hours."),
    "remove_absent_member": Switch(404, (404, 400), "Taking somebody out of a Zoom group who is not in it."),
    "multiple_subscriptions": Switch(
        False, (False, True), "Multiple Subscription Quoting: REST gives no paid licence without a subscription_id, and says so."
    ),
    "normalise_names": Switch(
        "kept", ("kept", "normalised"), "Names as they were sent, or with accents composed and without blanks at the ends or doubled."
    ),
    "chinese_display_name": Switch("kept", ("kept", "refused"), "A display name of more than ten Chinese characters."),
    "rate_limits": Switch(True, (True, False), "Whether rates, daily caps and lock keys are enforced."),
    "total_records_extra": Switch(0, (0, 1), "By how much the totals of lists are higher than the rows that they hold."),
    "odd_rows": Switch(
        None,
        (None, "no_email", "empty_email", "no_id", "wrong_type", "member_without_id", "group_without_id"),
        "One row of Zoom's lists has a form that nobody documents: an account without an address, with an empty one, without an id, or "
        "with a list as its name; the first member of each group without an id; or the first group without one. The answer about the "
        "single account is as usual.",
    ),
    "token_trouble": Switch(
        None, (None, 429, 500, 502, 503), "Every other request for a token, the first among them, is answered with this HTTP status."
    ),
    "page_size": Switch(None, None, "Largest page of any list; None: what the API allows."),
    "token_lifetime": Switch(3600, None, "Seconds that an OAuth token lives."),
    "lock_ms": Switch(20, None, "How long DELETE of a user keeps its lock key."),
}
