# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Google's behaviour is unknown, delayed or defective: the usual one first, the others by switch."""

from __future__ import annotations

from ..frame.switch import Switch

SWITCHES: dict[str, Switch] = {
    "google_cycle_error": Switch(
        412, (412, 400, "allowed"), "Inserting a member that would close a cycle; allowed: as the web UI has done."
    ),
    "google_delete_status": Switch(204, (204, 200), "Success of any DELETE."),
    "google_visible_after_ms": Switch(0, None, "How long an inserted member is missing from list, get and hasMember."),
    "google_group_404_after_create_ms": Switch(0, None, "How long calls on members of a new group answer 404."),
    "google_search_lag": Switch(0, None, "Seconds until users.list with a query sees a change; never: it sees the seed."),
    "google_drop_derived": Switch(True, (True, False), "includeDerivedMembership=true leaves out some users, as Google's does."),
    "google_roles_mislabelled": Switch(False, (True, False), "members.list with roles labels every row MEMBER."),
    "google_odd_rows": Switch(
        None,
        (None, "no_email", "no_id", "wrong_type", "member_without_keys"),
        "One row of Google's lists has a form that nobody documents: a user without an address, without an id, or suspended as text; or "
        "the first member of each group with neither id nor address. The answer about the single user is as usual.",
    ),
    "google_token_trouble": Switch(
        None, (None, 429, 500, 502, 503), "Every other request for a token, the first among them, is answered with this HTTP status."
    ),
    "google_page_size": Switch(None, None, "Largest page of any list; None: what the API allows."),
    "google_page_defect": Switch(
        None,
        (None, "truncated", "repeated", "shifted"),
        "Lists end after one page, or repeat the last row of the page before; shifted: somebody leaves while the pages are read, so that "
        "the first row of each further page is in none. Every list of the same page size misses the same rows; single reads are right.",
    ),
    "google_empty_list": Switch(False, (True, False), "users.list answers 200 without users."),
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
    "google_quota": Switch(2400, None, "Queries per minute and actor before 403 userRateLimitExceeded; None: no limit."),
    "google_token_lifetime": Switch(3599, None, "Seconds that an access token lives."),
    "google_token_skew": Switch(0, None, "Seconds by which the token endpoint's clock is ahead of the client's."),
    "google_scope_match": Switch("exact", ("exact", "covers"), "covers: a delegated scope grants its .readonly one too."),
    "google_subject_no_admin": Switch("api", ("api", "token"), "A subject without admin role: 403 on each call, or no token."),
    "google_gmail_forms": Switch(
        "known",
        ("known", "unknown"),
        "Members of gmail.com are shown without dots. unknown: a member is not found by another form, with dots or of googlemail.com.",
    ),
    "google_foreign_group": Switch(403, (403, 404), "Reading a group of another customer."),
}
