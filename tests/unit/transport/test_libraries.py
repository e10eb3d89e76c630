# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Libraries that are missing are reported together, with one line that installs them."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _libraries
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._libraries import missing_libraries


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Libraries to be missing."""
    names: list[str] = []
    monkeypatch.setattr(_libraries, "import_error", lambda library: "Traceback" if library in names else None)
    monkeypatch.setattr(_libraries.sys, "executable", "/opt/with space/python")
    return names


def test_where_all_are_there_nothing_is_said(without: list[str]) -> None:
    assert missing_libraries(["requests", "jmespath"]) == ""


def test_all_that_are_missing_are_named_also_those_of_the_next_module(without: list[str]) -> None:
    without += ["jmespath", "google-auth"]
    assert missing_libraries(["jmespath"]) == (
        "Python libraries that this collection needs are missing for /opt/with space/python: google-auth, jmespath. Nothing was changed; "
        "install them: '/opt/with space/python' -m pip install 'google-auth[requests]>=2.38' 'jmespath>=1.0'"
    )


def test_a_module_does_its_work_without_a_library_that_only_others_need(without: list[str]) -> None:
    without += ["google-auth"]
    assert missing_libraries(["requests"]) == ""
