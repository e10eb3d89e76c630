# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a variable holds, option by option, and never the error."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._crossing import ZOOM
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._tenants._evaluated import evaluated


class AnsibleValueOmittedError(Exception):
    """By its name."""


def template(value: Any) -> Any:
    if value == "{{ omit }}":
        raise AnsibleValueOmittedError
    if "{{" in str(value):
        raise ValueError(f"bad template: {value}")
    return "filled" if value == "<one>" else value


def test_options_of_a_connection_are_evaluated_one_by_one() -> None:
    raw = {
        "account_id": "<one>",
        "client_id": "{{ omit }}",
        "access_token": "__omit_place_holder__1",
        "client_secret": "ab{{cd",
        "timeout": 5,
    }
    found = evaluated(ZOOM, raw, template)
    assert found.value == {"account_id": "filled", "timeout": 5}
    assert found.faults == ("zoom_connection.client_secret",)


def test_a_connection_that_is_a_template_itself_is_named_whole() -> None:
    assert evaluated(ZOOM, "ab{{cd", template).faults == (ZOOM,)
    assert evaluated(ZOOM, "{{ omit }}", template) == evaluated(ZOOM, None, template) == evaluated(ZOOM, "__omit_place_holder__1", template)
    assert evaluated(ZOOM, "some text", template).value == "some text"
