# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every refusal that Zoom documents for a call of ours is explained: its cause, and what to do next."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run._explain import explain, is_room
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import Answer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_wire import zoom_error

# Texts of Zoom's SCIM2 and Users OpenAPI (zoom-api.md 9): actions of ours that may meet it, HTTP status, REST's code, text.
# Left out are those about fields that are never sent: PMI, host key, vanity name, password and the like.
# ruff: noqa: E501
# fmt: off
DOCUMENTED: list[tuple[list[str], int, str, str]] = [
    (['create', 'create_group', 'deactivate', 'rename_group', 'update'], 400, '', 'The request body must be in JSON format.'),
    (['create', 'create_group', 'deactivate', 'rename_group', 'update'], 400, '', 'The request JSON must not be empty.'),
    (['create_group'], 400, '', 'The "DisplayName" of the request is invalid.'),
    (['create_group'], 400, '', 'Create group failed.'),
    (['delete_group'], 400, '', 'Cannot delete account default group.'),
    (['rename_group'], 400, '', 'The "Operations" of the request is invalid.'),
    (['rename_group'], 400, '', 'The request body size exceeds the 100,000 character limit. Please reduce the payload size or contact Zoom Support to request a limit increase.'),
    (['create', 'deactivate', 'update'], 400, '', 'Account has not enabled Single Sign-On.'),
    (['create'], 400, '', 'The "userName" of the request is invalid.'),
    (['create'], 400, '', 'The email "{email}" is already in use.'),
    (['update'], 400, '', 'User is inactive or locked.'),
    (['update'], 400, '', 'Cannot change the email of Admin user.'),
    (['update'], 400, '', 'Cannot update Zoom Room user to free'),
    (['update'], 400, '', 'Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.'),
    (['deactivate'], 400, '', 'User is force inactive.'),
    (['deactivate'], 400, '', 'Cannot activate or deactivate Zoom Room and Admin users.'),
    (['create_group', 'delete_group', 'rename_group'], 403, '', 'The request was denied due to insufficient permissions: "Group:Edit".'),
    (['create', 'deactivate', 'update'], 403, '', 'The request was denied due to insufficient permissions: "User:Edit".'),
    (['delete_group', 'rename_group'], 404, '', 'Group does not exist.'),
    (['deactivate', 'update'], 404, '', 'User does not exist.'),
    (['create_group'], 409, '', 'Group {groupName} exists.'),
    (['create', 'update'], 409, '', 'The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.'),
    (['create', 'update'], 409, '', 'Cannot add paid users.'),
    (['create', 'update'], 409, '', 'The Zoom United Plan is invalid.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom United Plan.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace Business Plus.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace Enterprise Premier.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace for Education School and Campus Plus.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace for Education Enterprise Premier.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace for Education Enterprise Student.'),
    (['create', 'update'], 409, '', 'Cannot create more users with Zoom Workplace Pro Plus.'),
    (['update'], 409, '', "Email ''{email}'' has already been used."),
    (['deactivate'], 400, '', 'The request json did not contains valid active field.'),
    (['revoke'], 400, '124', 'Access token is expired. Invalid access token.'),
    (['create_group', 'remove', 'rename_group'], 400, '200', 'Only available for Paid account.'),
    (['delete_group'], 400, '200', 'Only available for Paid account,{accountId}.'),
    (['delete_group'], 400, '200', 'Group cannot be deleted. Information Barriers policies have been applied to this group.'),
    (['add'], 400, '200', 'Only available for paid account,{accountId}.'),
    (['delete'], 400, '200', 'Cannot delete a user out of your account.'),
    (['delete'], 400, '200', 'Cannot delete a Zoom Rooms user.'),
    (['delete'], 400, '200', 'Unable to delete this deactivated user. Please contact Zoom support team for more information.'),
    (['license'], 400, '200', 'A Zoom Room user cannot be changed to a free user type: $userId'),
    (['license'], 400, '200', 'A Zoom Room user cannot be changed to a no-meeting-license user type: $userId.'),
    (['license'], 400, '200', "Only an account administrator can change a user's name."),
    (['rename'], 400, '200', 'Only an account administrator can change email.'),
    (['create_group'], 400, '300', 'Invalid parameter: name.'),
    (['create_group'], 400, '300', 'Validation Failed.'),
    (['create_group'], 400, '300', 'It has reached the maximum number of groups. You can clean up some groups then add.'),
    (['license'], 400, '300', "Your account can't set user type as On-prem."),
    (['license'], 400, '300', 'The subscription "{subscriptionId}" you entered does not exist. Please choose a different subscription and try again.'),
    (['delete'], 400, '300', "The transfer-to email address cannot be the same as the unlinked or deleted user's email address."),
    (['delete'], 400, '300', 'Unable to unlink API user(s).'),
    (['delete'], 400, '300', 'This user has published events on Zoom Events and cannot be deleted or unlinked.'),
    (['delete'], 400, '300', 'This user has published events on Zoom Events and you do not specify a target user to transfer data.'),
    (['delete'], 400, '300', 'The destination user does not have a Zoom Events license and cannot receive this data.'),
    (['delete'], 400, '300', 'The destination user does not have a $license or higher license and cannot receive this data.'),
    (['license'], 400, '300', 'Your request could not be completed because the name contains an invalid word: {name}'),
    (['license'], 400, '300', 'You cannot change the user type to "Basic" because this user has an upcoming Zoom Events scheduled.'),
    (['license'], 400, '300', 'The value provided for "plan_united_type" parameter is invalid. Try again with a valid value.'),
    (['license'], 400, '300', 'You can\'t change the "type" or "plan_united_type" or "zoom_one_type" at the same time.'),
    (['license'], 400, '300', "You can't turn off your Zoom One license now because you are having Zoom One as your basic plan type."),
    (['delete'], 400, '1000', 'The user cannot be changed because they are a Call-queue manager or Auto-receptionist operator.'),
    (['rename'], 400, '1000', 'Admin can not change other admins email.'),
    (['delete', 'license', 'revoke'], 404, '1001', 'User does not exist: $userId.'),
    (['rename'], 404, '1001', 'User does not exist: $email.'),
    (['remove'], 400, '1010', 'Group does not belong to this account:{accountId}.'),
    (['delete'], 400, '1107', 'You can not disassociate a user with managed domain.'),
    (['license'], 400, '1108', 'Permission requirements to change the user type of this user were not met.'),
    (['license'], 400, '1109', 'Host is not a paid user.'),
    (['delete'], 400, '1117', 'You can not disassociate an Admin user.'),
    (['delete'], 400, '1120', 'A valid invitation to join the Zoom account was not found for this user.'),
    (['license'], 400, '1120', "A valid invitation to join the Zoom account wasn't found for this user. This error happens if you add a user to your account but the user didn't accept the invitation and the invitation expired, making the `userId` invalid."),
    (['license'], 400, '2033', 'Your request to convert the user type to "Basic" was not approved because you have already reached the maximum basic user limit allowed in your account. For additional help regarding this issue, contact the Zoom Customer Support team.'),
    (['license'], 400, '2034', 'Your request to convert this user\'s plan type to "{0}" wasn\'t approved because your account has reached the permitted maximum number of "{1}" users. Purchase additional licenses or contact the Zoom support team to provision additional users in your account.'),
    (['license'], 400, '2038', 'Your request to convert the plan type of this user was not approved at this time because your account has reached the permitted maximum number. Please purchase additional licenses or contact the Zoom support team to provision additional users in your account.'),
    (['license'], 400, '2038', 'Your request to convert the plan type of this user was not approved at this time because the subscription "{subscriptionId}" doesn’t have enough licenses available to assign. Please choose a different subscription and try again.'),
    (['license'], 400, '2039', "You can't turn off your Zoom United license now because you don't have enough basic licenses."),
    (['license'], 400, '2039', "You can't turn off your Zoom One license now because you don't have enough basic licenses."),
    (['license'], 400, '2039', 'No permission'),
    (['license'], 400, '2300', 'This API endpoint is not recognized.'),
    (['license'], 400, '3412', 'Your request to convert the user type of this "{$userType}" user to a "Basic" user was not approved at this time because your account has reached the permitted maximum number of "{$maxAllowedNumber}" Basic users. Remove existing basic user(s) from your "Users" list or the "Pending Users" list before attempting to convert a user to a Basic user.'),
    (['license'], 400, '3412', 'Your request to convert the user type of a "Basic" user to a "{$userType}" user was not approved at this time because your account has reached the permitted maximum number of "{$maxAllowedNumber}" paying users. Please purchase additional licenses or remove existing paying user(s) from your "Users" list or the "Pending Users" list before attempting to convert a user to a paying user.'),
    (['license'], 400, '3412', 'Your request to convert the user type of a "{$userType}" user to a "No-Meeting License" user was not approved at this time because your account has reached the permitted maximum number of "{$maxAllowedNumber}" No-Meeting License users. Remove the existing No-Meeting License user(s) from your "Users" list or the "Pending Users" list before attempting to convert a user to a No-Meeting License user.'),
    (['license'], 400, '3412', 'Your request to convert the user type of this basic user to a "{$userType}" user was not approved at this time because the subscription "{$subscriptionId}" has reached the permitted maximum number of "{$maxAllowedNumber}" paying users. Please choose a different subscription and try again.'),
    (['license'], 400, '4100', 'User is already taken by another user from your account. Choose another "Personal Link Name".'),
    (['add', 'delete_group', 'remove', 'rename_group'], 404, '4130', 'A group with this {groupId} does not exist.'),
    (['delete_group'], 404, '4130', 'Group does not exist.'),
    (['remove'], 404, '4131', 'Group member does not exist.'),
    (['create_group'], 409, '4132', 'The group name "{groupName}" is already in use.'),
    (['rename_group'], 409, '4132', 'Group name {groupName} is already in use.'),
    (['license'], 401, '124', 'Invalid access token.'),
    (['license'], 401, '124', 'Access token is expired.'),
    (['license'], 400, '300', 'Request Body should be a valid JSON object.'),
    (['license'], 400, '4711', 'Invalid access token, does not contain scopes:[user:read:list_users:admin].'),
    (['rename'], 400, '', "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account."),
]
# fmt: on
# Seen on tenants or likely, without a place in the documents.
SEEN: list[tuple[list[str], int, str, str]] = [
    (["license"], 400, "104", "Invalid access token, does not contain permissions."),
    (["license"], 400, "200", "You have exceeded the limit of license assignments for your account."),
    (["rename"], 429, "429", "You have reached the maximum daily rate limit for this API."),
    (["rename"], 400, "300", "The email address of a user can be changed 3 times within 24 hours. Please try again later."),
    (
        ["rename"],
        400,
        "300",
        "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.",
    ),
    (["create_group"], 429, "429", "You have reached the maximum daily rate limit for this API."),
    (["update"], 400, "", "The display name cannot contain more than 10 Chinese characters."),
    (["create"], 400, "", 'The "userType" of the request is invalid.'),
    (["deactivate"], 403, "", "Something about rights that nobody has seen yet."),
]
CASES = [(action, *rest) for actions, *rest in [*DOCUMENTED, *SEEN] for action in actions]


def refusal(action: str, status: int, code: str, text: str) -> ApiError:
    """As the transport reads it from either API."""
    body = {"code": int(code), "message": text} if code else {"detail": text, "status": status, "schemas": ["urn:x:Error"]}
    return zoom_error(Answer(status, body, {}), body, "PATCH", "/somewhere")


@pytest.mark.parametrize(("action", "status", "code", "text"), CASES)
def test_a_documented_refusal_has_a_cause_and_a_next_step(action: str, status: int, code: str, text: str) -> None:
    group = "Sales" if action in ("create_group", "rename_group", "delete_group", "add", "remove") else ""
    change = Change(action, "" if group else "ada@example.com", "", group=group)
    told = explain(change, refusal(action, status, code, text))
    why = told.partition(" refused, as ")[2].partition(" [")[0]
    assert "Zoom did not accept it" not in why
    assert "; " in why or ", " in why, "what to do follows the cause"
    assert text.rstrip(".")[:40] in told, "Zoom's own words stand behind it"


def test_most_that_is_documented_is_a_case() -> None:
    assert len(CASES) > 100, len(CASES)


def test_a_name_is_not_taken_for_a_seat_and_a_subscription_not_for_a_lack_of_seats() -> None:
    change = Change("license", "ada@example.com", "")
    word = "Your request could not be completed because the name contains an invalid word: Ada"
    assert "its name holds a word" in explain(change, refusal("license", 400, "300", word))
    several = (
        'the subscription "x" doesn\u2019t have enough licenses available to assign. Please choose a different subscription and try again.'
    )
    assert "Multiple Subscription Quoting" in explain(change, refusal("license", 400, "2038", several))
    missing = 'The subscription "x" you entered does not exist. Please choose a different subscription and try again.'
    assert "Multiple Subscription Quoting" in explain(change, refusal("license", 400, "300", missing))


def test_only_a_text_about_rooms_alone_or_the_role_member_makes_an_account_a_zoom_room() -> None:
    both = "Cannot activate or deactivate Zoom Room and Admin users."
    accounts = {role: Account("1", "ada@example.com", "active", role_id=role) for role in (None, "1", "2", "Rcustom")}
    assert [role for role, account in accounts.items() if is_room(account, both)] == ["2"]
    assert all(is_room(account, "A Zoom Room user cannot be changed to a free user type: 1") for account in accounts.values())
