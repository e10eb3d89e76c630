# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job's template gives to its host, on AWX's own path: its part of the account's rate, and the people that it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from awx_job import PLAYBOOKS
from company import Company
from controller import Controller

SHOW = """
- name: Show
  hosts: "{{ provisioning_hosts }}"
  connection: local
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
    - name: Show
      ansible.builtin.debug:
        msg:
          rate: "{{ (query('workspace_zoom.provisioning.connection', 'zoom_connection') | first).rate_share }}"
          only: "{{ provisioning_only | default(none) }}"
          waits: "{{ provisioning_lock_timeout | default(none) }}"
          problems: "{{ query('workspace_zoom.provisioning.tenant_problems', inventory_hostname, of_this_play=true) }}"
"""


def test_jobs_side_by_side_share_the_rate_and_named_people_reach_the_run(apart: Controller, company: Callable[..., Company]) -> None:
    found = company("oauth", "oauth")

    def shown(key: str, **answers: Any) -> dict[str, Any]:
        job = found.play(f"Zoom {key} (east)", answers, {"show.yml": SHOW}, playbook=f"{PLAYBOOKS}/show.yml")
        assert job.status == "successful", job.stdout
        (result,) = job.results("debug")
        assert result["msg"]["problems"] == [], "still the host's own account"
        return dict(result["msg"])

    planned = shown("plan")
    assert (float(planned["rate"]), planned["only"]) == (0.15, None)
    named = shown("apply for named people", apply_only="ada.byron@example.com\n{{ 6 * 7 }}@example.com")
    assert (float(named["rate"]), named["waits"]) == (0.55, "10m")
    assert named["only"] == "ada.byron@example.com\n{{ 6 * 7 }}@example.com", "no template"
