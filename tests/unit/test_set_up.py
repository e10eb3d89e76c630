# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What set-up says and hands on, without any installation; `make fresh` tries the whole of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox import needs
from uv_as_pip import for_uv, of_pip

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "requirements" / "environment.sh"

# What uv is given of pip's settings


def test_options_of_pip_come_from_its_files_and_from_variables_and_the_latter_win() -> None:
    listed = """\
:env:.index-url='https://variable.example/simple'
download.proxy='http://of-another-command.example'
global.index-url='https://file.example/simple'
global.extra-index-url='\\nhttps://a.example/simple\\nhttps://b.example/simple'
global.retries='1'
install.retries='2'
install.timeout=''
"""
    assert of_pip(listed) == {
        "index-url": "https://variable.example/simple",
        "extra-index-url": "\nhttps://a.example/simple\nhttps://b.example/simple",
        "retries": "2",
    }


def added(options: dict[str, str], environment: dict[str, str] | None = None) -> dict[str, str]:
    """What is added by these options; not what always is."""
    always = for_uv({}, {})
    return {name: text for name, text in for_uv(options, environment or {}).items() if name not in always}


def test_indexes_and_folders_of_wheels_are_handed_on() -> None:
    assert added({"index-url": "https://a.example", "extra-index-url": "https://b.example\nhttps://c.example", "find-links": "/a /b"}) == {
        "UV_DEFAULT_INDEX": "https://a.example",
        "UV_INDEX": "https://b.example https://c.example",
        "UV_FIND_LINKS": "/a,/b",
    }
    assert for_uv({}, {})["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_a_certificate_is_handed_on_from_where_pip_reads_it(tmp_path: Path) -> None:
    assert added({"cert": "/company.pem"}, {"SSL_CERT_FILE": "/other.pem"}) == {"SSL_CERT_FILE": "/company.pem"}
    assert added({"cert": str(tmp_path)}) == {"SSL_CERT_DIR": str(tmp_path)}
    assert added({}, {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "/company.pem"}) == {"SSL_CERT_FILE": "/company.pem"}
    assert added({"client-cert": "/me.pem"}) == {"SSL_CLIENT_CERT": "/me.pem"}


def test_a_proxy_of_pip_goes_before_those_of_the_environment() -> None:
    names = {f"{kind}_proxy" for kind in ("http", "https", "all")}
    assert added({"proxy": "http://proxy.example"}) == dict.fromkeys(names | {name.upper() for name in names}, "http://proxy.example")


def test_what_the_user_says_to_uv_itself_stays() -> None:
    assert added({"index-url": "https://a.example"}, {"UV_DEFAULT_INDEX": "https://own.example"}) == {}


# What is said where there is no Python that can do it


def told(folder: Path, *arguments: str, **commands: str) -> str:
    """What the script prints before it ends, on a PATH of these commands, each of which is a script."""
    tools = folder / "tools"
    tools.mkdir()
    for name, text in commands.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    shell = shutil.which("sh") or "/bin/sh"
    command = [shell, str(SCRIPT), "new", str(folder / "environment"), *arguments]
    done = subprocess.run(command, env={"PATH": str(tools)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (folder / "environment").exists()
    return done.stderr.strip()


OLD = 'case "$2" in *exit*) exit 1;; *version_info*) echo 3.9.18;; esac'


def test_a_python_that_is_too_old_is_named_with_its_version(tmp_path: Path) -> None:
    sentence = told(tmp_path, python3=OLD)
    assert sentence.startswith("Python 3.11 or newer is needed, and python3 is 3.9.18. Install one, or say where it is")


def test_without_any_python_that_is_said(tmp_path: Path) -> None:
    assert told(tmp_path).startswith("Python 3.11 or newer is needed, and no python3 was found.")


def test_a_named_python_is_taken_at_its_word(tmp_path: Path) -> None:
    assert told(tmp_path, "python3.99").startswith("There is no Python that runs as python3.99.")


def test_a_named_python_that_is_too_old_is_named_with_its_version(tmp_path: Path) -> None:
    assert told(tmp_path, "mine", mine=OLD).startswith("Python 3.11 or newer is needed, and mine is 3.9.18.")


def test_a_python_without_venv_is_said_with_the_package_to_install(tmp_path: Path) -> None:
    without = f'case "$2" in *ensurepip*) exit 1;; *) exec {sys.executable} "$@";; esac'
    sentence = told(tmp_path, python3=without)
    assert "can't make virtual environments" in sentence
    assert sentence.endswith(f"apt install python3-venv (or python{sys.version_info.major}.{sys.version_info.minor}-venv).")


# What the sandbox and the demo lack


def test_all_that_is_missing_is_said_in_one_line_with_the_command_that_installs_it(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("# why\n-r other.txt\nrequests[socks]>=999\nno-such-library>=1.0\npytest>=1\nno-such-other\n")
    sentence = needs.missing("The demo", wanted, tmp_path / "not there.txt")
    assert sentence == (
        "The demo needs requests, no-such-library and no-such-other, which this Python does not have or only in an older version. "
        f"Install what is missing: {sys.executable} -m pip install 'requests[socks]>=999' 'no-such-library>=1.0' no-such-other"
    )


def test_one_that_is_missing_is_said_too(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("no-such-library\n")
    assert needs.missing("The sandbox", wanted).startswith("The sandbox needs no-such-library, which this Python")


@pytest.mark.parametrize("path", [needs.SANDBOX, needs.COLLECTION], ids=lambda path: path.stem)
def test_what_is_needed_is_listed_where_it_is_looked_for_and_is_here(path: Path) -> None:
    assert path.exists()
    assert needs.missing("The demo", path) == ""
