#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google's notifications about users."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_user_watch
short_description: Have Google send notifications about users
version_added: 1.0.0
description:
  - Keeps one notification channel of the Directory API open for each kind of event. Google then sends the address of a user who was added,
    changed or deleted to O(address), where the event source C(workspace_zoom.provisioning.google_user_watch) of ansible-rulebook listens.
  - A channel ends by itself after two days at most. Call this module by a schedule, for example every six hours. A channel that ends within
    O(renew_before) is followed by a new one, and is stopped after that was opened.
  - Google has notifications about users only. It has none about members of groups.
  - It needs the scope C(https://www.googleapis.com/auth/admin.directory.user.readonly).
options:
  state:
    description: V(present) keeps channels open. V(absent) stops all that O(channels_path) names.
    type: str
    choices: [present, absent]
    default: present
  address:
    description:
      - The https URL of the event source. Google must be able to reach it, and must trust its certificate.
      - Needed to open channels.
    type: str
  token:
    description:
      - A secret of 16 to 256 characters, which Google sends with each notification. Give each tenant a random one of its own.
      - If it changes, new channels are opened and the former ones are stopped. Needed to open channels.
    type: str
  events:
    description: Kinds of events. Each takes a channel.
    type: list
    elements: str
    choices: [add, delete, makeAdmin, undelete, update]
    default: [add, delete, undelete, update]
  ttl:
    description: How long to ask for, in seconds, or with s, m, h or d behind the number. Google grants two days at most.
    type: str
    default: 2d
  renew_before:
    description:
      - How long before the end of a channel a new one is opened. It must be longer than the time between two calls of this module.
      - If Google grants less than twice this time, half of what it grants is used instead.
    type: str
    default: 12h
  channels_path:
    description: File with the channels that are open, for the next call. It does not hold the token.
    type: path
    required: true
extends_documentation_fragment:
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
attributes:
  check_mode:
    description: Can run in check mode and reports which channels it would open and stop, without a request.
    support: full
  diff_mode:
    description: Returns details on what has changed, or would change.
    support: full
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Have Google report changes of users
  workspace_zoom.provisioning.google_user_watch:
    address: https://events.example.com/google
    token: "{{ vault_google_watch_token }}"
    channels_path: state/channels.jsonl
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
"""

RETURN = r"""
channels:
  description: The channels that are open. In check mode, those that stay open.
  returned: success
  type: list
  elements: dict
  sample: [{event: update, id: 01234567-89ab-cdef-0123-456789abcdef, expires: "2026-11-29T07:00:00+00:00"}]
opened:
  description: Events for which a channel was or, in check mode, would be opened.
  returned: success
  type: list
  elements: str
  sample: [update]
stopped:
  description: Events of the channels that were or, in check mode, would be stopped.
  returned: success
  type: list
  elements: str
  sample: [update]
valid_until:
  description: When the first of them ends, unless this module is called before.
  returned: when channels are open
  type: str
  sample: "2026-11-29T07:00:00+00:00"
"""

from ..module_utils._frame._arguments import google_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_user_watch import google_user_watch

EVENTS = ["add", "delete", "makeAdmin", "undelete", "update"]


def main() -> None:
    spec = google_arguments(
        state={"type": "str", "choices": ["present", "absent"], "default": "present"},
        address={"type": "str"},
        token={"type": "str", "no_log": True},
        events={"type": "list", "elements": "str", "choices": EVENTS, "default": ["add", "delete", "undelete", "update"]},
        ttl={"type": "str", "default": "2d"},
        renew_before={"type": "str", "default": "12h"},
        channels_path={"type": "path", "required": True},
    )
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_user_watch, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
