# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory by what one more person costs: 100,000 are to fit in 400 MB. `make footprint` measures as many as wanted."""

from __future__ import annotations

import pytest
from footprint import peaks
from tiers import more

FEW, MANY = 1_000, more(5_000, 11_000)
ROOM = (400e6 - 40e6) / 100_000  # bytes a person, beside the libraries


@pytest.mark.stretched
@pytest.mark.parametrize("new", [False, True], ids=["nothing to do", "first contact"])
def test_a_hundred_thousand_people_fit_in_400_mb(new: bool) -> None:
    few, many = peaks(FEW, new=new), peaks(MANY, new=new)
    for module, most in many.items():
        each = (most - few[module]) / (MANY - FEW)
        assert each < ROOM, f"{module} takes {each:.0f} bytes a person"
