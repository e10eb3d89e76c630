# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real runs, as noisy as they can be: no secret in what is printed, logged, registered, left in a file, or seen in the process list."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playing import SCOPE, Played, Player, account, person, seed, written
from sandbox import Sandbox

POLICY = {
    "scope_group": SCOPE,
    "scope_group_members": ["ada.byron@example.com", "cleo.park@example.com"],
    "attribute_mapping_prune": True,
    "license_defaults_default": "licensed",
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE]}],
}


def descendants(folder: Path) -> list[str]:
    """Ids of the processes that this one has started, of the host of a run in this folder, which is nobody's child, and of those that
    they have.
    """
    parents, hosts = dict[str, str](), list[str]()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[path.parent.name] = path.read_text().rpartition(")")[2].split()[1]
            command = path.with_name("cmdline").read_text("utf-8", "replace")
            hosts += [path.parent.name] if "_start.py\0host\0" in command and str(folder) in command else []
    found = [str(os.getpid()), *hosts]
    for parent in found:
        found += [child for child, its in parents.items() if its == parent and child not in found]
    return found[1:]


class Watch:
    """What the process list shows of other processes while a run goes on."""

    def __init__(self, folder: Path) -> None:
        self.commands, self.environments, self.modules = set[str](), set[str](), set[str]()
        self._folder = folder
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            for number in descendants(self._folder):
                with contextlib.suppress(OSError):
                    command, environment = (Path("/proc", number, name).read_text("utf-8", "replace") for name in ("cmdline", "environ"))
                    self.commands.add(command)
                    self.environments.add(environment)
                    if "_start.py" in command:
                        self.modules.add(number)


@pytest.fixture
def minted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every token that a sandbox has issued."""
    made, real = list[str](), secrets.token_urlsafe

    def token_urlsafe(size: int | None = None) -> str:
        value = real(size)
        if size == 48:  # others are marks of pages
            made.append(value)
        return value

    monkeypatch.setattr(secrets, "token_urlsafe", token_urlsafe)
    yield made


def needles(box: Sandbox, minted: list[str]) -> set[str]:
    zoom = box.connections()["zoom_connection"]
    key = json.loads(Path(box.connections()["google_connection"]["service_account_file"]).read_text())["private_key"]
    found = {zoom["client_secret"], *minted, *(line for line in key.splitlines()[1:-1] if len(line) > 20)}
    pair = base64.b64encode(f"{zoom['client_id']}:{zoom['client_secret']}".encode()).decode().rstrip("=")
    return {piece for text in (*found, pair) for piece in (text[:24], text[-16:])} - {pair[:24]}


def assert_nowhere(found: set[str], texts: dict[str, str]) -> None:
    for where, text in texts.items():
        plain = text.replace("\\/", "/")
        assert not [secret for secret in found if secret in plain], (where, [secret for secret in found if secret in plain][:2])


def files(folder: Path) -> dict[str, str]:
    """All that a run left, but what it was given."""
    given = {*folder.glob("vars*.json"), folder / "book.yml"}
    return {str(path): path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file() and path not in given}


def noisy(player: Player) -> dict[str, str]:
    return {
        "ANSIBLE_DEBUG": "1",
        "ANSIBLE_LOG_PATH": str(player.folder / "ansible.log"),
        "ANSIBLE_LOCAL_TEMP": str(player.folder / "local"),
        "ANSIBLE_REMOTE_TEMP": str(player.folder / "remote"),
        "ANSIBLE_INJECT_INVOCATION": "true",
        "ANSIBLE_CALLBACKS_ENABLED": "record,workspace_zoom.provisioning.provisioning_plan",
        "PROVISIONING_PLAN_DIR": str(player.folder / "plan"),
    }


def connections(box: Sandbox, *, contents: bool) -> dict[str, Any]:
    """As variables of the host; the key itself, as a dictionary, in place of its path."""
    found = {name: dict(given) for name, given in box.connections().items()}
    if contents:
        google = found["google_connection"]
        google["service_account_contents"] = json.loads(Path(google.pop("service_account_file")).read_text())
    return found


def company(player: Player) -> Sandbox:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.park")]
    return player.start(seed(people, {"zoom-users": ["ada.byron", "bob.stone"]}, [account("ada.byron"), account("bob.stone")]))


def is_private(path: Path) -> bool:
    return stat.S_IMODE(path.lstat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("kind", ["succeeds", "fails"])
def test_a_run_as_noisy_as_can_be_shows_no_secret_and_leaves_private_files(
    player: Player, minted: list[str], kind: str, record_property: Callable[..., None]
) -> None:
    box = company(player)
    given = {**POLICY, **connections(box, contents=kind == "succeeds")}
    zoom = given["zoom_connection"]
    if kind == "fails":
        said = f"{zoom['client_secret']} Basic {base64.b64encode((zoom['client_id'] + ':' + zoom['client_secret']).encode()).decode()}"
        body = {"detail": said * 20, "status": "400"}
        box.faults.add(method="POST", path="/scim2/Users", status=400, times=None, body=body)
    mask = os.umask(0)
    try:
        with Watch(player.folder) as watch:
            played = player.play(None, given, "--diff", "-vvvv", env=noisy(player))
    finally:
        os.umask(mask)
    assert (played.status == 0) == (kind == "succeeds"), played.output[-3000:]
    assert played.module_calls > 5
    assert sum(written(box).values()) > 3
    assert len(watch.modules) > 3, "modules were seen while they ran"
    found = needles(box, minted)
    assert len(found) > 30
    left = files(player.folder)
    assert any(name.endswith(".jsonl") and "journal" in name for name in left)
    assert "cleo.park@example.com" in left[str(player.folder / "ansible.log")]
    assert_nowhere(found, {"output": played.output, "results": json.dumps(played.tasks), **left})
    assert_nowhere(found, {"commands": "\n".join(watch.commands), "environments": "\n".join(watch.environments)})
    ours = [*(player.folder / "state").rglob("*"), player.folder / "state", *(player.folder / "plan").rglob("*"), player.folder / "plan"]
    assert [str(path) for path in ours if not is_private(path)] == []
    record_property("secrets looked for in all that a noisy run left", len(found))


# ---- one task each, in one playbook: refusals that need Ansible itself

INFO = "workspace_zoom.provisioning.zoom_user_info"
MEMBERS = "workspace_zoom.provisioning.google_group_members_info"


def play(player: Player, tasks: list[dict[str, Any]], **variables: Any) -> Played:
    book = player.folder / "book.yml"
    local = {"ansible_python_interpreter": sys.executable}
    book.write_text(yaml.safe_dump([{"hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks, "vars": local}]))
    return player.play(None, variables, "-vvv", playbook=str(book), env={"ANSIBLE_INJECT_INVOCATION": "true"})


def task(name: str, module: str, given: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, module: given, "ignore_errors": True, **more}


def test_what_ansible_itself_refuses_plain_http_shared_folders_and_unchecked_certificates(player: Player, minted: list[str]) -> None:
    box = company(player)
    zoom, google = (connections(box, contents=True)[name] for name in ("zoom_connection", "google_connection"))
    shared, link = player.folder / "shared", player.folder / "link"
    shared.mkdir()
    shared.chmod(0o777)
    link.symlink_to(player.folder)
    secret = zoom["client_secret"]
    tasks = [
        task("binary", INFO, {**zoom, "client_secret": secret.encode()}),
        task("unchecked", INFO, {**zoom, "validate_certs": False}),
        task("plain", INFO, {**zoom, "api_url": "http://api.zoom.example"}),
        task("plain token", INFO, {**zoom, "oauth_url": "http://zoom.example/oauth/token"}),
        task("plain Google", MEMBERS, {**google, "groups": [SCOPE], "groups_settings_url": "http://googleapis.example"}),
        task("shared", INFO, {**zoom, "run_id": "r1", "dest": str(shared / "accounts.jsonl")}),
        task("link", INFO, {**zoom, "memory_path": str(link / "memory.jsonl"), "dest": str(player.folder / "accounts.jsonl")}),
    ]
    played = play(player, tasks)
    found = {row["task"]: row["result"] for row in played.tasks}
    failed = {row["task"] for row in played.tasks if row["status"] == "failed"}
    assert failed == {row["name"] for row in tasks} - {"unchecked"}, played.output
    for name in ("plain", "plain token", "plain Google"):
        assert "plain HTTP" in found[name]["msg"]
        assert "provisioning_insecure" in found[name]["msg"]
    assert "others can write to the folder" in found["shared"]["msg"]
    assert "is a link" in found["link"]["msg"]
    assert "validate_certs is false" in " ".join(played.output.split())
    assert_nowhere(needles(box, minted), {"output": played.output, "results": json.dumps(played.tasks), **files(player.folder)})


def test_plain_http_is_allowed_by_one_variable_and_a_shared_state_folder_by_none(player: Player) -> None:
    """The host is none that exists: with leave, the run gets as far as looking for it."""
    box = company(player)
    given = {**POLICY, **connections(box, contents=False)}
    given["zoom_connection"]["api_url"] = "http://api.zoom.invalid"
    refused = player.play(None, given)
    assert "Zoom's api_url (ZOOM_API_URL) is plain HTTP to api.zoom.invalid" in refused.failure
    given["zoom_connection"]["max_attempts"] = 1
    allowed = player.play(None, {**given, "provisioning_insecure": True})
    assert "Zoom could not be reached at api.zoom.invalid" in allowed.failure
    state = player.folder / "state"
    state.chmod(0o775)
    shared = player.play(None, {**given, "provisioning_insecure": True})
    assert f"others can write to the folder {state}" in shared.failure
    assert box.ledger.writes() == []


def test_a_module_that_dies_before_it_can_answer_shows_nothing(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what Python prints in its last moment, Ansible makes a result."""
    from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils import _in_place

    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "aTokenOfTheEnvironment")
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----\n"
    options = {"client_secret": "aSecretOfAnOption", "service_account_contents": {"private_key": key}, "name": "a name"}
    said = f"Traceback: a name, aSecretOfAnOption, aTokenOfTheEnvironment, {json.dumps(key)}"
    hidden = _in_place.hidden(said, options)
    assert "a name" in hidden
    for secret in ("aSecretOfAnOption", "aTokenOfTheEnvironment", "MIIEvQIBADANBgkqhkiG9w0BAQ"):
        assert secret not in hidden
    start = Path(_in_place.__file__).with_name("_start.py")
    done = subprocess.run([sys.executable, "-P", str(start), "zoom_user_info"], input="{", capture_output=True, text=True, check=False)
    assert done.returncode != 0
