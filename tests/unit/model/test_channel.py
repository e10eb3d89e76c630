# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wanted of Google's notification channels, and which wishes are refused."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._channel import Channel, Wish, mark_of, parse_wish
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError

TOKEN = "0123456789abcdef"
GIVEN: dict[str, Any] = {
    "state": "present",
    "address": "https://events.example.com/google",
    "token": TOKEN,
    "events": ["update", "add", "update"],
    "ttl": "2d",
    "renew_before": "12h",
}


def test_a_wish_has_each_event_once_and_seconds() -> None:
    assert parse_wish(GIVEN) == Wish(("update", "add"), "https://events.example.com/google", TOKEN, 172800, 43200)


def test_to_stop_all_neither_address_nor_token_is_needed() -> None:
    assert parse_wish({"state": "absent", "address": None, "token": None}).events == ()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("address", value) for value in (None, "", "http://events.example.com/", "https://", "https://me:pw@example.com/", "https://[x")),
        *(
            ("address", value)
            for value in ("events.example.com", "https://b\u00fccher.example/", "https://example.com/a b", "https://e.com/#x")
        ),
        *(("token", value) for value in (None, "short", "x" * 257, "with a blank in it", "with\nline\nends\nin\nit", "\u00fc" * 20)),
        *(("ttl", value) for value in ("3d", "59s", "soon")),
        *(("renew_before", value) for value in ("2d", "later")),
        ("events", []),
    ],
)
def test_a_wish_that_google_would_refuse_is_refused_first_by_the_name_of_the_option(option: str, value: Any) -> None:
    with pytest.raises(PolicyError, match=option) as caught:
        parse_wish({**GIVEN, option: value})
    assert TOKEN not in str(caught.value)


def test_a_channel_is_read_as_it_was_written_and_its_mark_does_not_show_the_token() -> None:
    made = Channel("id", "resource", "add", "https://events.example.com/google", mark_of(TOKEN, "id"), 1, 2)
    assert Channel.of(made.record()) == made
    assert TOKEN not in str(made.record())
    assert mark_of(TOKEN, "id") != mark_of(TOKEN, "other")
