# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody has thought of is a sentence too: no traceback, and not the error's own words, which may hold a secret."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run, run_module


class Left(BaseException):
    pass


@pytest.mark.parametrize("wrote", [True, False])
def test_a_defect_is_one_sentence_without_what_the_error_says(wrote: bool) -> None:
    said: dict[str, Any] = {}

    def fail_json(**result: Any) -> None:
        said.update(result)
        raise Left

    def work(run: Run) -> Any:
        if wrote:
            run.sent.append("POST /scim2/Users")
        raise KeyError("a-secret-of-the-test")

    module: Any = SimpleNamespace(params={}, check_mode=False, argument_spec={}, fail_json=fail_json, warn=said.update, no_log_values=set())
    with pytest.raises(Left):
        run_module(module, work, libraries=())
    assert said.keys() == {"msg", "exception"}
    assert said["msg"].startswith("This module met a defect of its own (KeyError at _module.py:")
    assert said["msg"].endswith("Please report this, with what ANSIBLE_DISPLAY_TRACEBACK=error adds to it.")
    assert ("Nothing was changed." in said["msg"]) is not wrote
    assert "a-secret" not in said["msg"]
