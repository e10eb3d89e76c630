# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scopes that the Zoom app lacks, one or several, needed or optional."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report import _checks
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError, ScopeMissing


def lacking(*scopes: str) -> str:
    (row,) = _checks.scope_checks({*_checks._SCOPES} - {*scopes})
    assert not row["passed"]
    return str(row["message"])


def test_one_scope_is_one_and_several_are_several() -> None:
    one, more = lacking("user:update:user:admin"), lacking("user:update:user:admin", "scim2:admin")
    assert one.startswith("The Zoom app lacks the scope user:update:user:admin; add it to the app and activate it again, then run again.")
    assert more.startswith("The Zoom app lacks the scopes scim2:admin, user:update:user:admin; add them to the app and activate it again,")


def test_what_an_account_may_do_without_is_optional_whatever_refused_it() -> None:
    request = ("Zoom", "GET", "/v2/accounts/me/managed_domains", 400)
    scope = ScopeMissing(*request, "4711", "Invalid access token, does not contain scopes:[account:read:managed_domains:master]")
    assert _checks.not_checked("associated domains", scope) == (
        "Optional: associated domains were not checked, as the Zoom app lacks the scope account:read:managed_domains:master; add it, if "
        "your account can have it."
    )
    other = _checks.not_checked("associated domains", ApiError(*request, "300", "No."))
    assert other.startswith("Optional: associated domains were not checked. Zoom refused the request;")
