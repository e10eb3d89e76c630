# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as a module can be given them, and what is lost on the way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

Odd = dict[str, list[str]]


def plain(value: Any, where: str, odd: Odd) -> Any:
    """The value in JSON's types. What is of another, such as a date, becomes text; its place goes to `odd`, with its type and text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item, f"{where}.{key}", odd) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{where}[{number}]", odd) for number, item in enumerate(value, 1)]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if is_vaulted(value):
        return str(value)
    odd[where] = [kind(value), str(value)]
    return str(value)


def shape(value: Any) -> Any:
    """Option -> the name of its value's type, for what may hold secrets; of what is no dictionary, its type. None and '' stay."""
    if isinstance(value, Mapping):
        return {str(key): kind(item) for key, item in value.items()}
    return None if value is None or value == "" else kind(value)


def kind(value: Any) -> str:
    """The type's name without Ansible's own subclasses."""
    if isinstance(value, Mapping):
        return "dict"
    if value is None or is_vaulted(value):
        return "NoneType" if value is None else "str"
    known = (bool, str, int, float, list, datetime, date, time)
    return next((base.__name__ for base in known if isinstance(value, base)), type(value).__name__)


def is_vaulted(value: Any) -> bool:
    """Text that `ansible-vault encrypt_string` made, as ansible-core before 2.19 and since keep it: a type of its own, and no str."""
    return getattr(value, "__ENCRYPTED__", False) is True or type(value).__name__ == "EncryptedString"
