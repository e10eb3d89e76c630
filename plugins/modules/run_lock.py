#!/usr/bin/python
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock of a state folder."""

from __future__ import annotations

DOCUMENTATION = r"""
module: run_lock
short_description: Let one run at a time work on a tenant
version_added: 1.0.0
description:
  - Takes or releases a lock, which is a file in the state folder. While one run holds it, another run waits up to O(timeout), and then
    fails with one sentence that says who works there. Nothing was changed then.
  - The lock belongs to the C(ansible-playbook) process. If that ends without releasing it, the next run takes it over.
  - A run on another machine or in another container can't see that process. It takes the lock over once it was not renewed for 15
    minutes. Modules that are given O(workspace_zoom.provisioning.zoom_scim_users#module:lock_path) renew it while they work.
  - The file is taken in one step, on network file systems as well. No service and no C(flock) is needed.
  - The playbooks C(site), C(offboard) and C(undo) use it. If you call the roles or modules by yourself, use it around them.
options:
  path:
    description: Path of the lock. If its folder does not exist, it is created with access for its owner only.
    type: path
    required: true
  state:
    description: V(present) takes the lock, V(absent) releases it. A lock of another run is never released.
    type: str
    choices: [present, absent]
    default: present
  run_id:
    description: Identifier of this run.
    type: str
    required: true
  run_host:
    description: The inventory host that this run works on.
    type: str
  timeout:
    description: How long to wait for another run, in seconds, or with s, m, h, d or w behind the number. V(0s) does not wait.
    type: str
    default: 0s
  pid:
    description: >-
      The process that holds the lock, and whose end releases it. By default, it is the C(ansible-playbook) that runs this task.
    type: int
attributes:
  check_mode:
    description: Does nothing. Check mode keeps files of its own and changes nothing, so it needs no lock.
    support: full
  diff_mode:
    description: Has no diff.
    support: none
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

EXAMPLES = r"""
- name: Provision, alone
  block:
    - name: Lock the state of this tenant
      workspace_zoom.provisioning.run_lock:
        path: state/run.lock
        run_id: "{{ my_run }}"
        timeout: 30m

    - name: Bring every account up to date
      workspace_zoom.provisioning.zoom_scim_users:
        people_path: state/people.jsonl
        run_id: "{{ my_run }}"
        lock_path: state/run.lock
        account_id: "{{ vault_zoom_account_id }}"
        client_id: "{{ vault_zoom_client_id }}"
        client_secret: "{{ vault_zoom_client_secret }}"
  always:
    - name: Release the lock
      workspace_zoom.provisioning.run_lock:
        path: state/run.lock
        run_id: "{{ my_run }}"
        state: absent
"""

RETURN = r"""
path:
  description: Path of the lock.
  returned: when it is held
  type: str
  sample: state/run.lock
holder:
  description: Who holds it, with the process, and since when.
  returned: when it is held
  type: dict
  sample: {run_id: 20261127T080000-1, run_host: company, user: ada, host: control, pid: 4711, since: "2026-11-27T08:00:00+00:00"}
stale:
  description: Whose lock it was, of a run that ended without releasing it.
  returned: when such a lock was taken over
  type: dict
  sample: {run_id: 20261126T080000-1, run_host: company, user: ada, host: control, pid: 1174, since: "2026-11-26T08:00:00+00:00"}
"""

from ansible.module_utils.basic import AnsibleModule

from ..module_utils._frame._arguments import Spec
from ..module_utils._frame._module import run_module
from ..module_utils._run._run_lock import run_lock


def main() -> None:
    spec: Spec = {
        "path": {"type": "path", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "run_id": {"type": "str", "required": True},
        "run_host": {"type": "str"},
        "timeout": {"type": "str", "default": "0s"},
        "pid": {"type": "int"},
    }
    run_module(AnsibleModule(argument_spec=spec, supports_check_mode=True), run_lock, libraries=())


if __name__ == "__main__":
    main()
