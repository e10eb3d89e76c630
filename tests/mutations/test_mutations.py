# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of the policy is wrong for a night or two, and is then put right; MUTATIONS and SEED in the environment try more, or others.

Every fifth company is the demo's, the others are random worlds, in half of which some more people work. In each, the policy is carried
out until nothing is left to do, whatever its limits say: that is the first state. Then a line goes wrong, for one run or two, and the right
policy comes back; the next line starts from there. In every tenth company somebody is hired and somebody leaves before the line is put
right: of these two it is only asked that nobody has two accounts, and a seat that comes free may be given to others.

While the line is wrong, nobody gets a second account, no more than three people get another sign-in address, and no more is removed than
the limits of that very policy allow: a limit that is the wrong line itself counts as it is written.

Putting the line right must lead back to the first state: the same accounts with the same addresses, names, states, licences and groups. It
takes one run of the right policy. Where a limit blocks the way back, as after two groups too many in scope, the administrator ignores the
limits for one run. What the right policy does not decide, such as members whom an inclusive Zoom group got too many, the licence of
somebody without a rule, or an account of somebody excluded, is taken back from the journals of the wrong runs, as playbooks/undo.yml does.
Only that is: whoever is in scope has their account, address, state and names before. How often each was needed is printed.

Not even that brings back what a line deleted, as the action `delete` may within its limit: then the account that is made anew has the same
address and is the person's only one, and one that is nobody's is gone. Where seats are short, who got one in between keeps it. Whoever is
protected keeps a display name or licence that a line gave them, as an undo leaves them alone. Google's id stays in an account where a line
put it, as it is true whatever was wrong. So does a department that a line wrote where Google has none: whether Zoom clears one is
undocumented, so an empty value is never written.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from tiers import more

from .trial import trials

LINES = 5  # of one company
SHARD = 15
SHARDS = -(-int(os.environ.get("MUTATIONS", more("15", "1000"))) // SHARD)
FIRST_SEED = int(os.environ.get("SEED", "0"))

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_wrong_line_costs_little_and_the_right_one_leads_back(shard: int, record_property: Callable[[str, object], None]) -> None:
    tried, number = [], (FIRST_SEED + shard) * 1000
    while len(tried) < SHARD:
        tried += trials(number, LINES)
        number += 1
    faults = [str(trial) for trial in tried if trial.faults]
    record_property("random one-line changes of a policy were tried", len(tried))
    record_property("of them led back to the first state once the line was right", len(tried) - len(faults))
    record_property("of these after one run without limits", sum(trial.allowed for trial in tried))
    record_property("of these after taking back what the right policy does not decide", sum(bool(trial.undone) for trial in tried))
    assert faults == [], "\n".join(faults)
