# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module host is told and asked, and what is no such thing."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host import _protocol
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host._protocol import (
    bind,
    can_host,
    connect,
    fits,
    is_ours,
    receive,
    send,
)

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_a_message_comes_as_it_was_sent_with_its_files(pair: Pair) -> None:
    file = os.memfd_create("options")
    os.write(file, b"whole")
    message = {"name": "zoom_user_info", "environment": {"LATIN": "caf\udce9", "LONG": "x" * 100_000}}
    send(pair[0], message, (file,))
    os.close(file)
    found, (got,) = receive(pair[1], 1)
    assert found == message
    assert os.pread(got, 100, 0) == b"whole"
    os.close(got)


@pytest.mark.parametrize(
    "content", [b"[]", b"{", b"\xff\xfe", b"null", struct.pack("!I", 2**31), b""], ids=["list", "cut", "bytes", "null", "huge", "empty"]
)
def test_what_is_no_message_is_refused(pair: Pair, content: bytes) -> None:
    pair[0].sendall(content if len(content) == 4 and content != b"null" else struct.pack("!I", len(content)) + content)
    with pytest.raises(ValueError):
        receive(pair[1])


@pytest.mark.parametrize("content", [b"", b"\x00", struct.pack("!I", 10) + b"{"], ids=["nothing", "part of a length", "part of a message"])
def test_a_line_that_ends_is_told_from_a_message(pair: Pair, content: bytes) -> None:
    pair[0].sendall(content)
    pair[0].close()
    with pytest.raises(EOFError):
        receive(pair[1])


def test_files_of_what_is_no_message_are_closed_again(pair: Pair) -> None:
    before = len(os.listdir("/proc/self/fd"))
    socket.send_fds(pair[0], [struct.pack("!I", 4)], [0])
    pair[0].sendall(b"null")
    with pytest.raises(ValueError):
        receive(pair[1], 1)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_socket_may_lie_deeper_than_its_name_may_be_long(tmp_path: Path) -> None:
    place = tmp_path / ("deep" * 40) / "host"
    place.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as line:
        bind(listener, place)
        listener.listen(1)
        connect(line, place)
        other, _address = listener.accept()
        with other:
            assert is_ours(other)
            assert is_ours(line)
    assert len(str(place)) > 108


@pytest.mark.parametrize("name", ["ZOOM_CLIENT_SECRET", "GCP_SERVICE_ACCOUNT_FILE", "https_proxy", "REQUESTS_CA_BUNDLE", "HOME"])
def test_a_tasks_own_credentials_and_proxies_fit_any_host(name: str) -> None:
    assert fits({"PATH": "/bin", name: "other"}, {"PATH": "/bin", name: "one"})
    assert fits({"PATH": "/bin"}, {"PATH": "/bin", name: "one"})


@pytest.mark.parametrize("name", ["PYTHONPATH", "LD_PRELOAD", "LANG", "OPENSSL_CONF", "GCE_METADATA_HOST", "TZ", "PATH", "MY_ZOOM_THING"])
def test_what_may_decide_how_python_starts_does_not(name: str) -> None:
    assert not fits({name: "other"}, {name: "one"})
    assert not fits({}, {name: "one"})
    assert not fits({name: "other"}, {})


def test_there_is_no_host_where_paths_mean_another_folder_for_each_module() -> None:
    assert can_host({}) == can_host({"PYTHONPATH": "/lib:/other"})
    assert not can_host({"PYTHONPATH": "/lib:other"})
    assert not can_host({"PYTHONPATH": "/lib:"})


@pytest.mark.parametrize("name", ["fork", "pidfd_open", "memfd_create"])
def test_there_is_no_host_where_the_kernel_or_python_lacks_what_it_needs(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delattr(_protocol.os, name)
    assert not can_host({})


def test_a_call_is_json(pair: Pair) -> None:
    call = _protocol.Call("run_lock", "/", {"A": "b"})
    send(pair[0], call.message)
    assert _protocol.Call(**receive(pair[1])[0]) == call
