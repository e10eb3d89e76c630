# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What makes a plan's document one that can be approved: its format, the version that wrote it, and a seal over all of it. Pure.

The seal shows that the document is the one that was written, not who wrote it: whoever is to be kept from writing another one must
not reach the place where it waits, or is given the seal by another way (provisioning_approved_seal).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "workspace_zoom.provisioning/plan/1"
VERSION = "1.0.0"  # of the collection, as galaxy.yml has it: another one may plan otherwise


def seal_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of everything but the seal itself, whatever the order of its keys."""
    whole = {name: value for name, value in document.items() if name != "seal"}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
