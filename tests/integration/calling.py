# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calling: a module in this process, its options checked by its own argument spec, against a sandbox."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar
from unittest import mock

import keys
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from sandbox import Sandbox

keys.reuse()
PACKAGE = "ansible_collections.workspace_zoom.provisioning.plugins.modules"


class Left(BaseException):
    """The module exited or failed; `result` as Ansible would have it."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__(str(result.get("msg")))
        self.result = result


class Module:
    """What modules use of AnsibleModule."""

    check_mode = False
    given: ClassVar[dict[str, Any]] = {}

    def __init__(self, argument_spec: dict[str, Any], supports_check_mode: bool) -> None:
        assert supports_check_mode
        self.argument_spec = argument_spec
        checked = ArgumentSpecValidator(argument_spec).validate(self.given)
        if checked.error_messages:
            raise Left({"failed": True, "msg": "; ".join(checked.error_messages)})
        self.params = checked.validated_parameters
        self.no_log_values: set[str] = set()
        self._diff = True

    def warn(self, sentence: str) -> None:
        """Nothing of the result."""

    def exit_json(self, **result: Any) -> None:
        raise Left({"failed": False, **result})

    def fail_json(self, **result: Any) -> None:
        assert "exception" not in result, result["exception"]  # a defect, whatever a test makes of its sentence
        raise Left({"failed": True, **result})


def call(called: str, box: Sandbox, /, *, check: bool = False, connection: Any = None, **options: Any) -> dict[str, Any]:
    """The module's result; `connection` in place of the sandbox's own."""
    side = "google_connection" if called.startswith("google") else "zoom_connection"
    given = {**(box.connections()[side] if connection is None else connection), **options}
    kind = type("Called", (Module,), {"check_mode": check, "given": given})
    module = importlib.import_module(f"{PACKAGE}.{called}")
    with mock.patch.object(module, "AnsibleModule", kind):
        try:
            module.main()
        except Left as left:
            return left.result
    raise AssertionError(f"{called} neither exited nor failed")


def thrice(called: str, box: Sandbox, /, **options: Any) -> dict[str, Any]:
    """In check mode without a write, for real with the same diff, and again without a change; the real run's result."""
    box.ledger.clear()
    check = call(called, box, check=True, **options)
    assert box.ledger.writes() == [], "check mode wrote"
    real = call(called, box, **options)
    assert not real["failed"], real
    assert (check["changed"], check.get("diff")) == (real["changed"], real.get("diff"))
    box.ledger.clear()
    again = call(called, box, **options)
    assert (again["failed"], again["changed"], box.ledger.writes()) == (False, False, []), again
    return real
