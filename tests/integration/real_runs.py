# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests play with a process of ansible-playbook of their own, as a user starts it, and why. All others play warm, see warm.py.

By file, by file and function, or with one case of its parameters. Real by itself is every play with settings of Ansible that tests seldom
give, with an ansible.cfg, or with -vvvv (`warm.fits`). Tests that start ansible-playbook or ansible-runner without a player are no part of
this: kills and Ctrl-C, CI examples, AWX jobs, molecule.
"""

from __future__ import annotations

REAL = {
    "test_in_place.py": "how Ansible starts a module, in place and otherwise",
    "test_module_host.py": "the process that a run's modules come from, and its end",
    "test_canaries_in_playbooks.py": "secrets in whatever Ansible writes, prints and lets others see",
    # each playbook and each role, for real and in check mode
    "test_company.py::test_the_company_converges_whatever_the_pages[None]": "the site with all its phases: in check mode, for real, again",
    "test_company.py::test_preflight_says_that_all_is_ready_and_changes_nothing": "preflight",
    "test_drift_playbook.py::test_a_tenant_that_can_not_be_read_fails_always": "drift",
    "test_offboard.py::test_a_login_that_can_not_be_revoked_does_not_keep_the_account_alive": "offboard",
    "test_undo.py::test_a_deletion_can_not_be_taken_back_and_is_named": "undo",
    "test_google_user_watch.py::test_the_playbook_keeps_the_channels_beside_the_memory_and_prints_no_token": "google_watch",
    "test_tenants.py::test_nobody_becomes_root_though_become_is_the_default": "each playbook under an ansible.cfg that becomes root",
    "test_tenants.py::test_a_role_used_alone_does_not_become_root": "each role under an ansible.cfg",
    "test_roles.py::test_variables_given_to_a_role_alone_reach_the_roles_that_it_begins_with": "a role alone, with its own entry points",
    # by its name, from where collections are installed
    "test_tenants.py::test_the_installed_playbook_runs_with_nothing_but_environment_variables_and_a_host_name": "a playbook by its name",
    # what Ansible itself ends a run with
    "test_errors.py::test_a_wrong_variable_is_named_and_nothing_is_written[unknown licence]": "a policy that our check refuses",
    "test_errors.py::test_a_wrong_variable_is_named_and_nothing_is_written[bad limit]": "a limit that our check refuses",
    "test_errors.py::test_a_wrong_credential_is_named_and_nothing_is_written[wrong Zoom secret]": "a module that fails",
    "test_secrets.py::test_nor_is_it_quoted_by_a_task_that_no_guard_stands_before[whole]": "templates that Ansible can't evaluate",
    "test_tenants.py::test_what_cannot_be_read_of_another_host_stops_nobody": "a vault that can't be opened, and several hosts",
    "test_tenants.py::test_two_tenants_run_side_by_side_and_share_nothing": "workers of several hosts at a time",
    # locks between processes
    "test_run_lock.py::test_an_emergency_waits_for_the_run_that_works_and_then_offboards": "a lock that is waited for",
    "test_run_lock.py::test_a_lock_of_a_run_that_was_killed_is_taken_over_and_said": "a lock whose process is gone",
    "test_run_lock.py::test_a_run_whose_lock_is_taken_from_it_writes_nothing_more": "a lock that is lost under way",
}


def is_real(file: str, function: str, case: str) -> bool:
    """`case`: the function with its parameters."""
    return not {file, f"{file}::{function}", f"{file}::{case}"}.isdisjoint(REAL)
