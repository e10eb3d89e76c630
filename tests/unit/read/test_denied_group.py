# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A group that Google denies: of another company, or of the customer's own."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._directory import DeniedGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import Forbidden

ERROR = Forbidden("Google", "GET", "/groups/crew@x.org/members", 403, "forbidden", "Not Authorized to access this resource/api")


@pytest.mark.parametrize(
    ("addresses", "sentence"),
    [
        (
            ["ada@x.com"],
            "scope_groups names the group crew@x.org, but no user of this Google customer has an address at x.org; nothing",
        ),
        (["ada@x.com", "ada@X.org"], "scope_groups names the group crew@x.org, which Google does not let this customer read, so nothing"),
    ],
)
def test_whose_it_is_is_said_by_the_addresses_of_all_users(addresses: list[str], sentence: str) -> None:
    users = [Person(id="1", email=addresses[0], aliases=addresses[1:])]
    told = str(DeniedGroup("crew@x.org", "scope_groups", ERROR).among(users))
    assert told.startswith(sentence)
    assert "check the address" in told.lower()
    assert told.endswith(".")
