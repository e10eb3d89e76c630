# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Google's behaviour is unknown, delayed or defective: the usual one first, the others by switch."""

from __future__ import annotations

from ..frame.switch import Switch

SWITCHES: dict[str, Switch] = {
    "google_cycle_error": Switch(
        412,
        (412, 400, "allowed"),
        "Adding a group that would close a cycle of groups is refused with this HTTP status, or allowed, as the web console has done.",
    ),
    "google_delete_status": Switch(204, (204, 200), "HTTP status of any successful DELETE."),
    "google_visible_after_ms": Switch(0, None, "Milliseconds during which a new member is missing from list, get and hasMember."),
    "google_group_404_after_create_ms": Switch(0, None, "Milliseconds during which requests for the members of a new group answer 404."),
    "google_search_lag": Switch(
        0, None, "Seconds until users.list with a query shows a change; never: it shows the users as they were at the start."
    ),
    "google_drop_derived": Switch(
        True, (True, False), "members.list with includeDerivedMembership=true leaves out some users, as Google's does."
    ),
    "google_roles_mislabelled": Switch(False, (False, True), "members.list with roles labels every row MEMBER."),
    "google_odd_rows": Switch(
        None,
        (None, "no_email", "no_id", "wrong_type", "member_without_keys"),
        "One row of Google's lists has a form that nobody documents: a user without an address, without an id, or with suspended as text; "
        "or the first member of each group with neither id nor address. The answer about that one user is as usual.",
    ),
    "google_token_trouble": Switch(
        None,
        (None, 429, 500, 502, 503),
        "The first, third, fifth ... request for a token is answered with this HTTP status; null: none is.",
    ),
    "google_page_size": Switch(None, None, "The largest page of any list; null: what the API allows."),
    "google_page_defect": Switch(
        None,
        (None, "truncated", "repeated", "shifted"),
        "Lists end after one page (truncated), repeat the last row of the page before (repeated), or lose the first row of each further "
        "page, as when somebody leaves while pages are read (shifted). Every list of the same page size loses the same rows; reads of one "
        "user or member are right.",
    ),
    "google_empty_list": Switch(False, (False, True), "users.list answers 200 without users."),
    "google_disabled_api": Switch(
        False,
        (False, True, "admin", "groups"),
        "An API is not enabled in the project and answers 403 accessNotConfigured: the Admin SDK (admin), Groups Settings (groups), or "
        "both (true).",
    ),
    "google_settings_change": Switch(
        "honoured",
        ("honoured", "ignored"),
        "A write of a group's access settings is made, or answers 200 and changes nothing, as some customers saw for whoCanJoin.",
    ),
    "google_quota": Switch(2400, None, "Requests per minute and user before 403 userRateLimitExceeded; null: no limit."),
    "google_token_lifetime": Switch(3599, None, "Seconds for which an access token is valid."),
    "google_token_skew": Switch(0, None, "Seconds by which the token endpoint's clock is ahead of yours."),
    "google_scope_match": Switch(
        "exact", ("exact", "covers"), "A delegated scope grants itself alone (exact), or its .readonly scope too (covers)."
    ),
    "google_subject_no_admin": Switch(
        "api", ("api", "token"), "A subject without an admin role gets 403 on each request (api), or no token (token)."
    ),
    "google_gmail_forms": Switch(
        "known",
        ("known", "unknown"),
        "Members of gmail.com are shown without dots, and are found by other forms of the address too, with dots or of googlemail.com "
        "(known); or by no other form (unknown).",
    ),
    "google_push_to": Switch(
        "off",
        None,
        "Notifications about users go to this loopback address instead of the channel's own, for example http://127.0.0.1:5001/google, as "
        "Google's need https; off: none is sent.",
    ),
    "google_channel_lifetime": Switch(172800, None, "Seconds for which a notification channel stays open at most."),
    "google_foreign_group": Switch(403, (403, 404), "HTTP status of reading a group of another customer."),
}
