#!/usr/bin/env bash
# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# metadata.sh <bin folder of the gates' environment>: documentation of plugins and roles, changelog fragments, and a licence for each file.
set -euo pipefail

gates="$1"
cd "$(git rev-parse --show-toplevel)"
# What it does not know, of this collection or of ansible-core, is an error.
"$gates/antsibull-docs" lint-collection-docs --plugin-docs --skip-rstcheck --validate-collection-refs all --disallow-unknown-collection-refs .
echo "antsibull-docs: the documentation of all plugins and roles is well-formed"
"$gates/antsibull-changelog" lint
echo "antsibull-changelog: all fragments are well-formed"
"$gates/reuse" --root . lint --quiet || "$gates/reuse" --root . lint
echo "reuse: $("$gates/reuse" --root . lint | grep -m1 'Files with license information')"
