# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option of modules that work in a run which holds a lock."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  lock_path:
    description:
      - The lock that M(workspace_zoom.provisioning.run_lock) took for this run (O(run_id)). The module renews it while it works, and before
        each write it makes sure that the lock is still this run's and that C(ansible-playbook) still runs. If not, it writes nothing more.
      - Without it, the module only stops when the process that started it ends. Check mode ignores it.
    type: path
"""
