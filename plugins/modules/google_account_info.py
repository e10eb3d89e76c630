#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a Google Workspace customer is ready."""

from __future__ import annotations

DOCUMENTATION = r"""
module: google_account_info
short_description: Check that a Google Workspace customer is ready for provisioning
version_added: 1.0.0
description:
  - Reads the audit log of the Admin console, and reports whether Google's own provisioning (autoprovisioning) still writes to Zoom. It and
    this collection would undo each other's work. No API shows whether it is turned on, but the log shows what it does.
  - It needs the scope C(https://www.googleapis.com/auth/admin.reports.audit.readonly), and an administrator with the privilege Reports.
    Where that is not granted, the check passes and reports that it was not made.
  - A write into Zoom of the last 24 hours fails the check. An older one, and one whose service the log does not show, is only reported.
  - The module succeeds even if a check fails. See RV(failed_checks).
options:
  days:
    description: How many days of the log to read, V(180) at most.
    type: int
    default: 7
  max_events:
    description:
      - After this many entries of the log, no further page is read. A page has 1000 entries, the newest first.
      - RV(checks) says how far back the entries go if not all of them were read.
    type: int
    default: 5000
extends_documentation_fragment:
  - workspace_zoom.provisioning.google
  - workspace_zoom.provisioning.transport
  - workspace_zoom.provisioning.info
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Check whether Google's own provisioning still writes to Zoom
  workspace_zoom.provisioning.google_account_info:
    service_account_file: /etc/provisioning/google.json
    subject: admin@example.com
  register: google

- name: Fail with what to do if it does
  ansible.builtin.assert:
    that: google.failed_checks | length == 0
    fail_msg: "{{ google.failed_checks | join(' ') }}"
"""

RETURN = r"""
checks:
  description: What was checked, whether it passed, and what it means.
  returned: success
  type: list
  elements: dict
  sample: [{check: connector, passed: true, message: "Whether Google's own provisioning still writes to Zoom was not checked. ..."}]
failed_checks:
  description: The messages of the checks that did not pass.
  returned: success
  type: list
  elements: str
  sample: []
connector:
  description:
    - What the log shows of Google's own provisioning. Empty if it was not read.
    - C(writes) are into any service, C(last) is the time of the last one, C(applications) are their names as far as the log shows them, and
      C(complete) is false if there are older entries that were not read.
  returned: success
  type: dict
  sample:
    writes: 12
    writes_to_zoom: 12
    last: "2026-11-26T10:00:00+00:00"
    applications: [Zoom]
    events_read: 480
    complete: true
"""

from ..module_utils._frame._arguments import google_arguments
from ..module_utils._frame._module import run_module
from ..module_utils._frame._secrets import AnsibleModule
from ..module_utils._run._google_account_info import google_account_info


def main() -> None:
    spec = google_arguments(days={"type": "int", "default": 7}, max_events={"type": "int", "default": 5000})
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    run_module(module, google_account_info, libraries=("requests", "google-auth"))


if __name__ == "__main__":
    main()
