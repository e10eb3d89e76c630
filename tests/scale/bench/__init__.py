# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark: whole runs of `ansible-playbook` against a sandbox in a process of its own, with latency and limits. `make bench` runs it.

worlds: companies as seeds. boxes: sandboxes. watch: one command measured with all its processes. plays: runs of a playbook. budget: the
least that can be asked, and what is allowed. scenarios, comparisons, tenants: what is measured. load: what the sandbox could serve.
table, page: what people read of it.
"""
