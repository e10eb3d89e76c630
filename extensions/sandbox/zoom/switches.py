# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the sources on Zoom's behaviour are silent or disagree: the likely answer first, the others by switch."""

from __future__ import annotations

from ..frame.switch import Switch

SWITCHES: dict[str, Switch] = {
    "duplicate_create": Switch(400, (400, 409), "HTTP status of a SCIM POST for an address that already has an account."),
    "foreign_domain_create": Switch(
        409, (409, "pending"), "A SCIM POST for an address outside the managed domains is refused with 409, or the person is invited."
    ),
    "create_over_pending": Switch(
        400, (400, 409), "HTTP status of a SCIM POST for an address that was invited, or that another Zoom account holds."
    ),
    "missing_user_type": Switch(
        "basic", ("basic", "default"), "A SCIM POST without userType makes a Basic user, or a user of the account's default_type."
    ),
    "unauthorized_body": Switch("rest", ("rest", "scim"), "The form in which /scim2 answers 401: REST's error or SCIM's."),
    "scope_error": Switch(
        "400/4711", ("400/4711", "400/4700", "401/4700", "400/104"), "HTTP status and Zoom code where the token lacks a scope."
    ),
    "put_emails": Switch("honoured", ("honoured", "ignored"), "A SCIM PUT of emails renames the user, or answers 200 and changes nothing."),
    "put_active_on_inactive": Switch(
        400, (400, "honoured"), "A SCIM PUT of active: true for an inactive user is refused with 400, or activates the user."
    ),
    "put_groups": Switch("replace", ("replace", "add"), "A SCIM PUT of groups and roles replaces those of the user, or adds to them."),
    "employee_number_in_list": Switch(
        "shown",
        ("shown", "apart"),
        "SCIM's employeeNumber and REST's employee_unique_id are one field, or two that know nothing of each other.",
    ),
    "empty_string_in_put": Switch("ignored", ("ignored", "clears"), "An empty string in a SCIM PUT is ignored, or clears the attribute."),
    "user_schemas": Switch("list_response", ("list_response", "core"), "The schemas value of SCIM users: ListResponse, or core User."),
    "get_roles_shape": Switch("array", ("array", "object"), "A SCIM GET of one user shows roles and groups as an array, or as one object."),
    "retry_after": Switch(
        "iso",
        ("iso", "seconds", "http_date", "absent"),
        "How Retry-After of a daily limit is written: as ISO time, seconds or HTTP date. With absent, no answer has any rate header.",
    ),
    "status_put": Switch(200, (200, 204), "HTTP status of a successful PUT /users/{userId}/status."),
    "plans_usage": Switch(
        "allowed",
        ("allowed", "forbidden", "array"),
        "GET plans/usage answers, is refused with 400, or answers with lists, as resellers see it.",
    ),
    "plan_names": Switch(
        "documented",
        ("documented", "premier", "education", "unknown"),
        "Where plans/usage reports the licences of type 2: as the base plan. Otherwise the base plan has 0 seats, and they are reported as "
        "plan_zoom_one_premier, as an education plan, or as a plan_united of a type that no document names.",
    ),
    "no_united": Switch(
        "absent",
        ("absent", "none", "0"),
        "What REST shows as plan_united_type of a user without a bundle: nothing, none or 0. With none and 0, one user's answer also has "
        "zoom_one_type: 0.",
    ),
    "basic_full": Switch(
        2033, (2033, 3412), "Zoom code of REST's refusal where no more Basic users are allowed (in a seed: seats: {basic: N})."
    ),
    "saml_unique_id": Switch(
        "off",
        ("off", "email", "number"),
        "The Employee Unique ID that the SAML mapping sets for everybody who signs in by SSO: none, their address, or a number from HR. It "
        "is set in the seed and at each sign-in.",
    ),
    "scim_unknown_address": Switch(
        "empty",
        ("empty", 404, 400),
        "A SCIM list that is filtered by an address without an account is empty, or is refused with this HTTP status.",
    ),
    "paid_only_refusal": Switch(400, (400, 200), "HTTP status of the refusal 'Only available for Paid account.'"),
    "new_token": Switch("others_valid", ("others_valid", "voids_former"), "Earlier tokens stay valid when a new one is issued, or end."),
    "filter_letter_case": Switch("ignored", ("ignored", "exact"), "SCIM filters ignore upper and lower case, or compare exactly."),
    "count_over_100": Switch("clamp", ("clamp", 400), "A SCIM list that is asked for more than 100 rows has 100, or is refused with 400."),
    "read_after_write_ms": Switch(0, None, "Milliseconds during which reads still show what was there before a write."),
    "saml_mapping": Switch(
        "off", ("off", "basic", "licensed", "unassigned"), "The licence that the SAML mapping sets again at each sign-in."
    ),
    "license_reassignment_limit": Switch(
        None, None, "How many paid licences may be given to existing users before Zoom refuses more; null: no limit."
    ),
    "collaboration_create": Switch(
        "allowed", ("allowed", "refused"), "A SCIM POST with userType Collaboration (unassigned) is made, or refused with 400."
    ),
    "custom_role_deactivation": Switch(
        "refused",
        ("refused", "allowed"),
        "SCIM refuses to deactivate a user with a role of the account's own, as it does with owner and admins, or deactivates the user.",
    ),
    "rooms_without_address": Switch(
        False,
        (False, True),
        "REST's lists show Zoom Rooms without an address, while SCIM and the answer about one user show it.",
    ),
    "put_display_name": Switch(
        "honoured", ("honoured", "ignored"), "A SCIM PUT of displayName sets it, or answers 200 and changes nothing."
    ),
    "create_answer": Switch(
        "account",
        ("account", "pending", "no_id", "missing", "other_type"),
        "What a SCIM POST has made although it answers 201: the account; an invitation; the account, with a blank id in the answer; "
        "nothing; or an account with another userType than was asked for.",
    ),
    "fourth_email_change": Switch(429, (429, 400), "HTTP status of the fourth change of one user's address within 24 hours."),
    "remove_absent_member": Switch(404, (404, 400), "HTTP status where a user is removed from a Zoom group without being a member."),
    "multiple_subscriptions": Switch(
        False,
        (False, True),
        "The account has several subscriptions: REST gives no paid licence without a subscription_id, and its refusal says so.",
    ),
    "normalise_names": Switch(
        "kept",
        ("kept", "normalised"),
        "Names are kept as they were sent, or accents are composed, double blanks and blanks at the ends removed.",
    ),
    "chinese_display_name": Switch("kept", ("kept", "refused"), "A display name of more than ten Chinese characters is kept, or refused."),
    "rate_limits": Switch(True, (True, False), "Rates, daily limits and lock keys are enforced."),
    "scim_limit": Switch(
        None,
        None,
        "Requests a second that SCIM takes, of all categories together and apart from REST; null: SCIM counts with REST on the published "
        "limit of each category.",
    ),
    "rate_others": Switch(
        0, None, "Requests a second that others make on the same account: what they use of each limit is not there for us."
    ),
    "rate_window": Switch(
        "fixed",
        ("fixed", "sliding", "bucket"),
        "How requests are counted: from one full second to the next, in the last second whenever that is, or by a bucket of as many as the "
        "limit that fills evenly.",
    ),
    "total_records_extra": Switch(0, (0, 1), "By how much the totals of lists are higher than the number of their rows."),
    "odd_rows": Switch(
        None,
        (None, "no_email", "empty_email", "no_id", "wrong_type", "member_without_id", "group_without_id"),
        "One row of Zoom's lists has a form that nobody documents: an account without an address, with an empty address, without an id, or "
        "with a list as its name; the first member of each group without an id; or the first group without an id. The answer about that "
        "one account is as usual.",
    ),
    "token_trouble": Switch(
        None,
        (None, 429, 500, 502, 503),
        "The first, third, fifth ... request for a token is answered with this HTTP status; null: none is.",
    ),
    "gzip": Switch(False, (False, True), "Answers are packed by gzip for whoever accepts that."),
    "most_users": Switch(
        300,
        (300, 2000, "refused"),
        "The largest page of GET /users: the paging guide's 300, whatever more is asked for; the specification's 2,000; or 300, and more "
        "is refused with 400.",
    ),
    "page_size": Switch(None, None, "The largest page of any list; null: what the API allows."),
    "token_lifetime": Switch(3600, None, "Seconds for which an OAuth token is valid."),
    "lock_ms": Switch(20, None, "Milliseconds for which DELETE of a user locks that user; other writes to the user get 429 meanwhile."),
    "group_lock_ms": Switch(
        0, None, "Milliseconds for which REST's change of a group or its members locks that group; other changes of it get 429 meanwhile."
    ),
}
