# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is written of a Google group and its members: the calls of each action, and how each is proven."""

from __future__ import annotations

import time

from .._model._google_group import differing, shows
from .._plan._change_data import GoogleMember
from .._transport._errors import Conflict, NotFound
from .._transport._google_directory import Directory
from ._attempt import Answered, Attempt, NotDone

_TRIES_AFTER_CREATE = 6  # a group just created answers 404 for a while (google-directory-api.md 15)


def create_google_group(directory: Directory, attempt: Attempt) -> Answered:
    return directory.insert_group(attempt.change.after)


def update_google_fields(directory: Directory, attempt: Attempt) -> Answered:
    return _proven(attempt, directory.patch_group(attempt.change.group, attempt.change.after))


def _proven(attempt: Attempt, answer: Answered) -> Answered:
    """The answer shows the object as it is now."""
    wrong = differing(answer, attempt.change.after)
    if wrong:
        shown = ", ".join(f"{name} {answer.get(name, '')!r}" for name in sorted(wrong))
        raise NotDone(f"Google answered success, but shows {shown}; look at the group in Google's Admin console.")
    return answer


def update_google_settings(directory: Directory, attempt: Attempt) -> Answered:
    """A group just created answers 404 for a while here too."""
    for tried in range(1, _TRIES_AFTER_CREATE + 1):
        try:
            _proven(attempt, directory.patch_group_settings(attempt.change.group, attempt.change.after))
            break
        except NotFound:
            if attempt.change.group_id or tried == _TRIES_AFTER_CREATE:
                raise
            time.sleep(0.5 * 2**tried)
    return {}


def read_google_settings_back(directory: Directory, attempt: Attempt) -> Answered | None:
    return {} if shows(directory.group_settings(attempt.change.group), attempt.change.after) else None


def delete_google_group(directory: Directory, attempt: Attempt) -> Answered:
    directory.delete_group(attempt.change.group)
    return {}


def read_google_group_back(directory: Directory, attempt: Attempt) -> Answered | None:
    """The group where it is as it should be; after a deletion, nothing where it is gone."""
    gone = attempt.change.action == "google_delete"
    try:
        found = directory.group(attempt.change.group)
    except NotFound:
        return {} if gone else None
    return found if not gone and shows(found, attempt.change.after) else None


def add_google_member(directory: Directory, attempt: Attempt) -> Answered:
    member, group = attempt.change.needs(GoogleMember), attempt.change.group
    for tried in range(1, _TRIES_AFTER_CREATE + 1):
        try:
            directory.insert_member(group, member.email, member.role)
            break
        except Conflict as error:
            if error.code == "duplicate" or "already exists" in error.message:
                break
            raise
        except NotFound as error:
            if not member.new_group or tried == _TRIES_AFTER_CREATE or "groupKey" not in error.message:
                raise
            time.sleep(0.5 * 2**tried)
    return {}


def change_google_role(directory: Directory, attempt: Attempt) -> Answered:
    member = attempt.change.needs(GoogleMember)
    directory.patch_member(attempt.change.group, member.email, member.role)
    return {}


def remove_google_member(directory: Directory, attempt: Attempt) -> Answered:
    directory.delete_member(attempt.change.group, attempt.change.needs(GoogleMember).email)
    return {}


def read_google_member_back(directory: Directory, attempt: Attempt) -> Answered | None:
    """Whether the member is as they should be. Of a removal that was refused the list has the last word (`_google_removals.py`)."""
    member, removed = attempt.change.needs(GoogleMember), attempt.change.action == "google_remove"
    try:
        found = directory.member(attempt.change.group, member.email)
    except NotFound:
        return {} if removed else None
    return {} if not removed and found.get("role", member.role) == member.role else None
