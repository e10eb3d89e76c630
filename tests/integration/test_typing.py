# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type: refused before any read, in a sentence that says how to write it; or, where it is blank, unset."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._typed import KINDS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import VARIABLES
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plain import plain
from calling import call
from playing import SCOPE, Played, Player, account, kinds, person, reported_changes, seed, written
from sandbox import Sandbox


def validated(variables: dict[str, Any], names: list[str] | None = None, **options: Any) -> dict[str, Any]:
    """policy_validate, given a host's variables as its action plugin gives them."""
    given: dict[str, Any] = {}
    odd: dict[str, list[str]] = {}
    for name, value in variables.items():
        role = VARIABLES[name].role
        given.setdefault(role or "shared", {})[name.removeprefix(f"{role}_") if role else name] = plain(value, name, odd)
    return call("policy_validate", None, connection={}, variables=names or [*variables], odd=odd, **given, **options)  # type: ignore[arg-type]


def refused(variables: dict[str, Any], names: list[str] | None = None, **options: Any) -> str:
    found = validated(variables, names, **options)
    assert found["failed"], found
    assert found.get("partial") is None
    return str(found["msg"])


def test_all_unknown_variables_are_reported_at_once_each_with_what_was_meant() -> None:
    typed = ["scope_exclude_group", "license_default", "attribute_mapping_max_deactivation", "attribute_maping_prune", "license_server"]
    assert refused({}, typed) == (
        "attribute_maping_prune is no variable of this collection; did you mean attribute_mapping_prune? "
        "attribute_mapping_max_deactivation is no variable of this collection; did you mean attribute_mapping_max_deactivations? "
        "license_default is no variable of this collection; did you mean license_defaults_default? "
        "scope_exclude_group is no variable of this collection; did you mean scope_exclude_groups?"
    )


SHAPED = [name for name, row in VARIABLES.items() if KINDS[row.kind].words]


@pytest.mark.parametrize("name", SHAPED)
def test_a_list_or_dictionary_given_as_json_text_is_refused_with_the_way_to_write_it(name: str) -> None:
    kind = KINDS[VARIABLES[name].kind]
    example = VARIABLES[name].example or kind.example
    assert refused({name: example}) == (
        f"{name} must be {kind.words}, not str; write it in YAML, or as -e '{json.dumps({name: json.loads(example)}, ensure_ascii=False)}'."
    )


def test_every_list_and_dictionary_is_among_them() -> None:
    assert {name for name, row in VARIABLES.items() if isinstance(row.default, list | dict)} - set(SHAPED) == {
        "zoom_connection",
        "google_connection",
    }


def test_an_address_where_a_list_of_addresses_is_due() -> None:
    assert refused({"scope_groups": "zoom-users@example.com"}).startswith("scope_groups must be a list of addresses, not str;")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "choice": ({"attribute_mapping_verify_unlisted": "allways"}, "verify_unlisted is 'allways'; known are on_create, always."),
    "boolean": ({"attribute_mapping_prune": "maybe"}, "attribute_mapping_prune is 'maybe'; write true or false."),
    "boolean by a letter": ({"attribute_mapping_reactivate": "y"}, "attribute_mapping_reactivate is 'y'; write true or false."),
    "shared boolean": ({"provisioning_allow_losses": 5}, "provisioning_allow_losses is 5; write true or false."),
    "boolean by a number": ({"group_mapping_exclusive": 2}, "group_mapping_exclusive is 2; write true or false."),
    "count": ({"scope_max_removals": "many"}, "scope_max_removals is 'many'; write a whole number, such as 10."),
    "negative count": ({"scope_max_removals": -1}, "scope_max_removals is -1; write a whole number"),
    "count of seats": ({"license_defaults_reserve": "x"}, "license_defaults_reserve is 'x'; write a whole number"),
    "half a day": ({"license_defaults_reclaim_after_days": 1.5}, "license_defaults_reclaim_after_days is 1.5; write a whole number"),
    "true as a count": ({"license_defaults_reserve": True}, "license_defaults_reserve is True; write a whole number"),
    "limit": ({"group_mapping_max_removals": 2.5}, "group_mapping_max_removals is 2.5; write a count such as 5 or a share"),
    "list as text": (
        {"scope_group": ["a@example.com"]},
        "scope_group must be text, not list; a list of groups whose members are in scope is scope_groups.",
    ),
    "number as text": ({"scope_group_name": 7}, 'is the number 7; quote it as you typed it, such as scope_group_name: "7".'),
    "licence as a number": ({"license_defaults_default": 2}, "license_defaults_default is the number 2; quote it"),
    "action": ({"offboard_action": "downgrade"}, "offboard_action is 'downgrade'; known are deactivate, disassociate, delete."),
    "switch of a playbook": ({"undo_creations": "perhaps"}, "undo_creations is 'perhaps'; write true or false."),
    "member": ({"scope_group_members": ["ada"]}, "scope_group_members holds 'ada', which is no address"),
    "scope group": ({"scope_group": "ada"}, "scope_group holds 'ada', which is no address"),
    "protected as text": ({"attribute_mapping_protected": {"users": "ceo@example.com"}}, "protected.users must be a list of"),
    "protected role": ({"attribute_mapping_protected": {"roles": [True]}}, "protected.roles holds True, which is no role"),
    "org unit": ({"scope_org_units": [7]}, "scope_org_units holds 7, which is no org unit path"),
    "expression": ({"attribute_mapping_attributes": {"title": 7}}, "attribute_mapping_attributes.title must be a JMESPath expression"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_value_of_the_wrong_type_is_named(name: str) -> None:
    variables, sentence = WRONG[name]
    assert sentence in refused(variables)


def test_all_wrong_types_are_reported_at_once() -> None:
    said = refused({"attribute_mapping_prune": "maybe", "scope_users": "ada@example.com", "provisioning_allow_losses": 5}, ["scop_users"])
    for part in (
        "scop_users is no variable",
        "attribute_mapping_prune is 'maybe'",
        "scope_users must be a list",
        "provisioning_allow_losses is 5",
    ):
        assert part in said


@pytest.mark.parametrize("text", ["true", "False", "yes", "NO", "on", "off", "1", "0", True, False, 1, 0])
def test_a_boolean_may_be_written_as_ansible_reads_it(text: Any) -> None:
    groups = [{"name": "Sales", "users": ["ada@example.com"]}]
    found = validated({"group_mapping_exclusive": text, "group_mapping_groups": groups})
    assert found["confirm_members"] is (str(text).lower() in ("true", "yes", "on", "1"))


UNQUOTED = {
    "on": "the boolean true; quote it as you typed it, such as name: \"on\".",
    "off": "the boolean false; quote it",
    "007": 'the number 7; quote it as you typed it, such as name: "7".',
    "1.10": "the number 1.1; quote it",
    "2026-01-31": 'a date to YAML, 2026-01-31; quote it as you typed it, such as name: "2026-01-31".',
    "2026-01-31 10:00:00": "a datetime to YAML",
    "1:30": "the number 90; quote it",
}  # fmt: skip


@pytest.mark.parametrize("typed", UNQUOTED)
def test_a_group_named_by_something_that_yaml_reads_otherwise_is_to_be_quoted(typed: str) -> None:
    groups = yaml.safe_load(f"- name: Sales\n  users: [ada@example.com]\n- name: {typed}\n  users: [ada@example.com]\n")
    assert f"group_mapping_groups[2].name is {UNQUOTED[typed]}" in refused({"group_mapping_groups": groups})
    former = yaml.safe_load(f"- name: Sales\n  users: [ada@example.com]\n  previous_names: [Old, {typed}]\n")
    assert f"group_mapping_groups[1].previous_names[2] is {UNQUOTED[typed].partition(';')[0]}" in refused({"group_mapping_groups": former})


def test_a_rule_named_by_a_number_is_to_be_quoted() -> None:
    rules = [{"name": 7, "license": "basic", "users": ["ada@example.com"]}]
    assert 'license_defaults_rules[1].name is the number 7; quote it as you typed it, such as name: "7".' in refused(
        {"license_defaults_rules": rules}
    )


def test_the_modules_of_one_group_refuse_a_name_that_is_a_number() -> None:
    sentence = '{} is the number 7; quote it as you typed it, such as {}: "7".'
    found = call("zoom_group", None, connection={}, name=7)  # type: ignore[arg-type]
    assert found["msg"] == sentence.format("name", "name")
    found = call("zoom_group", None, connection={}, name="Sales", previous_names=[7])  # type: ignore[arg-type]
    assert found["msg"].startswith("previous_names[1] is the number 7; quote it")
    found = call("zoom_group_members", None, connection={}, group=7, members=[])  # type: ignore[arg-type]
    assert found["msg"] == sentence.format("group", "group")


KEYS: dict[str, tuple[dict[str, Any], str]] = {
    "protected": ({"attribute_mapping_protected": {"user": []}}, "has 'user', which it does not know; did you mean users?"),
    "deprovision": ({"attribute_mapping_deprovision": {"suspend": "delete"}}, "'suspend', which is no reason; did you mean suspended?"),
    "its action": (
        {"attribute_mapping_deprovision": {"deleted": {"action": "delete", "transferto": "a@example.com"}}},
        "attribute_mapping_deprovision.deleted has 'transferto', which it does not know; did you mean transfer_to?",
    ),
    "rule": (
        {"license_defaults_rules": [{"license": "basic", "group": ["a@example.com"]}]},
        "license_defaults_rules[1] has 'group', which it does not know; did you mean groups?",
    ),
    "group": (
        {"group_mapping_groups": [{"name": "Sales", "org_unit": ["/Sales"]}]},
        "group_mapping_groups[1] has 'org_unit', which it does not know; did you mean org_units?",
    ),
    "seats": ({"license_defaults_seats": {"license": 5}}, "license_defaults_seats has 'license'; did you mean licensed?"),
}  # fmt: skip


@pytest.mark.parametrize("name", KEYS)
def test_an_unknown_key_is_named_with_what_was_meant(name: str) -> None:
    variables, sentence = KEYS[name]
    assert sentence in refused(variables)


CONNECTIONS = {
    "near miss": ({"zoom_connection": {"clientid": "str"}}, "has 'clientid', which it does not know; did you mean client_id?"),
    "text": ({"google_connection": "str"}, "google_connection must be a dictionary of options, not str"),
    "number": ({"zoom_connection": {"client_secret": "int"}}, "zoom_connection.client_secret must be text, not int; quote it"),
    "list as a number": ({"zoom_connection": {"timeout": "list"}}, "zoom_connection.timeout must be a number, not list."),
    "list as a boolean": ({"google_connection": {"validate_certs": "list"}}, "google_connection.validate_certs must be true or false"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONNECTIONS)
def test_the_keys_and_types_of_a_connection_are_checked_without_its_values(name: str) -> None:
    connections, sentence = CONNECTIONS[name]
    assert sentence in refused({}, connections=connections)


def test_a_connection_with_every_option_passes() -> None:
    zoom = {"account_id": "str", "client_secret": "str", "timeout": "int", "validate_certs": "bool", "ca_path": "NoneType"}
    google = {"service_account_contents": "dict", "subject": "str", "max_attempts": "str"}
    assert not validated({}, connections={"zoom_connection": zoom, "google_connection": google})["failed"]
    assert not validated({}, connections={"zoom_connection": None, "google_connection": ""})["failed"]


NEVER_EMPTY = ("provisioning_only", "")


@pytest.mark.parametrize("blank", [None, ""])
@pytest.mark.parametrize("name", VARIABLES)
def test_a_blank_variable_is_an_unset_one(name: str, blank: Any) -> None:
    if VARIABLES[name].kind != "connection" and (name, blank) != NEVER_EMPTY:
        assert validated({name: blank}) == validated({})


@pytest.mark.parametrize("blank", ["", " \n", []])
def test_a_run_for_named_people_is_none_for_everybody_where_a_survey_is_left_empty(blank: Any) -> None:
    assert "provisioning_only is given, but names nobody" in validated({"provisioning_only": blank})["msg"]


def test_a_blank_key_of_a_dictionary_is_an_unset_one() -> None:
    groups = [{"name": "Sales", "users": ["ada@example.com"]}]
    rules = [{"license": "basic", "users": ["ada@example.com"]}]
    assert validated({"group_mapping_groups": groups}) == validated(
        {"group_mapping_groups": [{**groups[0], "exclusive": None, "state": "", "previous_names": None, "where": None, "org_units": ""}]}
    )
    assert validated({"license_defaults_rules": rules}) == validated(
        {"license_defaults_rules": [{**rules[0], "name": None, "groups": None}]}
    )
    blanks = {"attribute_mapping_deprovision": {"suspended": None}, "license_defaults_seats": {"licensed": None}}
    assert validated({**blanks, "attribute_mapping_protected": {"users": None, "roles": ""}}) == validated({})


# Playbooks: what only Ansible itself can get wrong.


@pytest.fixture
def people() -> dict[str, Any]:
    return seed([person("ada.byron"), person("bob.stone")], {"zoom-users": ["ada.byron"]}, [account("bob.stone"), account("cleo.park")])


TYPED = {
    "scope_exclude_group": ["no-zoom@example.com"],
    "scope_users": "ada.byron@example.com",
    "attribute_mapping_verify_unlisted": "allways",
    "license_defaults_reserve": "x",
    "zoom_connection": {"clientid": "an-identifier", "client_secret": "do-not-print-this-secret"},
}
SAID = (
    "scope_exclude_group is no variable of this collection; did you mean scope_exclude_groups?",
    "scope_users must be a list of addresses, not str;",
    "attribute_mapping_verify_unlisted is 'allways'; known are on_create, always.",
    "license_defaults_reserve is 'x';",
    "zoom_connection has 'clientid', which it does not know; did you mean client_id?",
    "group_mapping_groups[1].name is a date to YAML, 2026-01-31; quote it",
)
UNQUOTED_GROUPS = "group_mapping_groups:\n  - name: 2026-01-31\n    users: [ada.byron@example.com]\n"
PLAYBOOKS: dict[str, dict[str, Any]] = {
    "site": {},
    "drift": {},
    "preflight": {},
    "offboard": {"offboard_users": ["bob.stone@example.com"], "offboard_ignore_scope": True},
    "undo": {"undo_run": "a-run"},
}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_every_playbook_reports_all_that_is_wrong_before_it_sends_a_request(player: Player, people: dict[str, Any], playbook: str) -> None:
    box = player.start(people)
    file = player.folder / "groups.yml"
    file.write_text(UNQUOTED_GROUPS)
    played = player.play(box, {"scope_groups": [SCOPE], **TYPED, **PLAYBOOKS[playbook]}, "-e", f"@{file}", "-vvv", playbook=playbook)
    assert played.status != 0
    for sentence in SAID:
        assert sentence in played.failure, played.failure
    assert box.ledger.entries == []
    assert "do-not-print-this-secret" not in played.output


@pytest.mark.parametrize("role", ["attribute_mapping", "license_defaults", "group_mapping", "scope", "run"])
def test_a_role_alone_tells_the_same(player: Player, people: dict[str, Any], role: str) -> None:
    box = player.start(people)
    playbook = player.folder / "alone.yml"
    playbook.write_text(
        "- hosts: all\n  connection: local\n  gather_facts: false\n"
        "  vars: {ansible_python_interpreter: '{{ ansible_playbook_python }}'}\n"
        f"  roles: [workspace_zoom.provisioning.{role}]\n"
    )
    played = player.play(box, {"scope_groups": SCOPE, "scop_users": []}, playbook=str(playbook))
    assert "scop_users is no variable of this collection; did you mean scope_users?" in played.failure
    assert "scope_groups must be a list of addresses, not str" in played.failure
    assert box.ledger.entries == []


def test_ansibles_own_check_of_the_specs_is_left_to_ours_in_site_yml_and_made_of_a_role_that_is_used_alone(
    player: Player, people: dict[str, Any]
) -> None:
    """Each is a task; tests/unit/model/test_variables.py holds ours to refuse whatever Ansible's would."""
    box = player.start(people)
    assert own_checks(player.play(box, {"scope_groups": [SCOPE]}, "--check")) == []
    playbook = player.folder / "alone.yml"
    playbook.write_text(
        "- hosts: all\n  connection: local\n  gather_facts: false\n"
        "  vars: {ansible_python_interpreter: '{{ ansible_playbook_python }}'}\n"
        "  roles: [workspace_zoom.provisioning.attribute_mapping]\n"
    )
    alone = own_checks(player.play(box, {"scope_groups": [SCOPE]}, "--check", playbook=str(playbook)))
    assert alone == [("attribute_mapping", "main"), ("scope", "begin"), ("run", "main"), ("scope", "read_google")]


def own_checks(played: Played) -> list[tuple[str, str]]:
    """Role and entry point of each spec that Ansible has checked."""
    assert played.status == 0, played.output
    named = [re.search(r"(\w+) : Validating arguments against arg spec '(\w+)'", task["task"]) for task in played.tasks]
    return [(found[1], found[2]) for found in named if found]


def test_a_result_or_a_task_s_variable_on_the_command_line_is_refused(player: Player, people: dict[str, Any]) -> None:
    """Extra variables win over all that a run finds out: problems would be none, and a limit any number."""
    box = player.start(people)
    handed_on = ("provisioning_request=3", "provisioning_tenant_a_plan=3")
    typed = ("provisioning_problems=[]", "scope_limit=500", "scope_tenant_problems=", *handed_on)
    played = player.play(box, {"scope_groups": [SCOPE]}, *(word for text in typed for word in ("-e", text)))
    assert "provisioning_problems is what this collection finds out by itself; take it out of the extra variables" in played.failure
    assert "scope_tenant_problems is what this collection finds out" in played.failure
    assert "scope_limit is no variable of this collection; " in played.failure
    assert "provisioning_request" not in played.failure and "provisioning_tenant_" not in played.failure
    assert box.ledger.entries == []


def blanks(blank: Any) -> dict[str, Any]:
    given = dict.fromkeys(VARIABLES.keys() - {"scope_groups", "provisioning_state_dir"}, blank)
    return {**given, NEVER_EMPTY[0]: None}


@pytest.mark.parametrize("blank", [None, ""])
def test_a_site_with_every_variable_blank_does_what_it_does_without_them(player: Player, people: dict[str, Any], blank: Any) -> None:
    scope = {"scope_groups": [SCOPE]}
    box = player.start(people)
    unset = player.play(box, scope, "--check")
    assert unset.status == 0, unset.output
    check, real = player.converge(box, {**blanks(blank), **scope})
    assert reported_changes(check) == reported_changes(unset)
    assert kinds(real)["create"] == 1
    assert written(box) == {}
    assert real.attention() == unset.attention()


def test_the_other_playbooks_and_a_scope_group_take_blanks_too(player: Player, people: dict[str, Any]) -> None:
    box = player.start(people)
    scope = {**blanks(""), "scope_group": SCOPE, "scope_group_members": ["ada.byron@example.com"], "provisioning_run_id": "first"}
    assert player.play(box, scope).status == 0
    drift = player.play(box, scope, playbook="drift")
    assert drift.status == 0, drift.output
    ready = player.play(box, scope, playbook="preflight")
    assert ready.status == 0, ready.output
    undone = player.play(box, {**scope, "undo_run": "first", "provisioning_run_id": ""}, playbook="undo")
    assert undone.status == 0, undone.output
    nobody = player.play(box, {**scope, "offboard_users": None}, playbook="offboard")
    assert nobody.failure == "offboard_users is empty; name at least one person, by address."
    left = player.play(box, {**scope, "offboard_users": "bob.stone@example.com"}, playbook="offboard")
    assert left.status == 0, left.output
    assert box.zoom.find("bob.stone@example.com").status == "inactive"


def test_text_given_on_the_command_line_is_read_as_it_is_meant(player: Player, people: dict[str, Any]) -> None:
    """-e name=value is text: false must be false in conditionals, and a number a number."""
    box = player.start(people)
    scope = {"scope_group": SCOPE, "scope_group_members": ["bob.stone@example.com"]}
    typed = ("scope_group_exclusive=false", "scope_max_removals=0", "provisioning_allow_losses=no", "attribute_mapping_prune=false")
    played = player.play(box, scope, *(word for text in typed for word in ("-e", text)))
    assert played.status == 0, played.output
    assert written(box)["google_remove"] == 0
    assert written(box)["google_add"] == 1
    played = player.play(box, scope, "-e", "scope_group_exclusive=true", "-e", "scope_max_removals=5")
    assert played.status == 0, played.output
    assert written(box)["google_remove"] == 1


def test_zero_is_a_limit_and_false_is_no_blank(player: Player, people: dict[str, Any]) -> None:
    box = player.start(people)
    variables = {"scope_groups": [SCOPE], "attribute_mapping_prune": True, "attribute_mapping_max_deactivations": 0}
    played = player.play(box, variables)
    assert "1 account would be deactivated" in played.failure
    silent = player.play(box, {"scope_groups": [SCOPE], "attribute_mapping_prune": False})
    assert silent.status == 0, silent.output
    assert "bob.stone" not in "".join(silent.attention())
    shown = player.play(box, {"scope_groups": [SCOPE], "attribute_mapping_prune": ""})
    assert "attribute_mapping_prune: true" in next(text for text in shown.attention() if "bob.stone" in text)
    assert box.zoom.find("bob.stone@example.com").status == "active"


def test_variables_may_be_templates_and_vaulted(player: Player, people: dict[str, Any]) -> None:
    box = player.start(people)
    variables = {
        "company_scope": [SCOPE],
        "scope_groups": "{{ company_scope }}",
        "scope_group_exclusive": "{{ 1 == 2 }}",
        "scope_max_removals": "{{ 2 + 3 }}",
        "scope_exclude_users": "{{ nothing_such | default(omit) }}",
        "license_defaults_reserve": "{{ undefined_here | default('') }}",
    }
    played = player.play(box, variables, "--check")
    assert played.status == 0, played.output
    secret = box.connections()["zoom_connection"]["client_secret"]
    vaulted = VaultLib([("default", VaultSecret(b"a-password"))]).encrypt(secret).decode().splitlines()
    (player.folder / "password").write_text("a-password")
    file = player.folder / "vaulted.yml"
    file.write_text(f"""zoom_connection:
  <<: {json.dumps({key: value for key, value in box.connections()["zoom_connection"].items() if key != "client_secret"})}
  client_secret: !vault |
    {(chr(10) + "    ").join(vaulted)}
""")
    given = ("-e", f"@{file}", "--vault-password-file", str(player.folder / "password"))
    played = player.play(box, variables, "--check", *given)
    assert played.status == 0, played.output
    played = player.play(box, {**variables, "scope_users": "{{ no_such_variable }}"}, "--check")
    assert "scope_users" in played.failure
    assert "no_such_variable" in played.failure


def test_a_word_as_scim_rate_that_nobody_knows_is_refused_before_anything_is_read() -> None:
    with Sandbox.start(seed([], {}, [])) as box:
        done = call("zoom_user_info", box, scim_rate="fast")
        assert done["msg"] == "scim_rate of zoom_connection is 'fast'; known are auto and a number of requests a second, such as 5."
        assert box.ledger.entries == []
        assert [call("zoom_user_info", box, scim_rate=rate)["failed"] for rate in ("auto", "7", 7, 0.5)] == [False] * 4
