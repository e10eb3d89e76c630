# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a company puts between pip and the world: an index of its own, a certificate of its own, a forward proxy."""

from __future__ import annotations

import contextlib
import datetime
import html
import re
import select
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = "127.0.0.1"


class Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Logs are what the tried command prints."""


def serve(handler: type[BaseHTTPRequestHandler], port: int = 0, certificate: Path | None = None) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer((HERE, port), handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def index(wheels: Path, seen: list[str]) -> type[BaseHTTPRequestHandler]:
    """An index of the simple form. `seen`: the paths that were asked for."""
    files: dict[str, list[str]] = {}
    for path in sorted(wheels.iterdir()):
        files.setdefault(_normal(path.name.partition("-")[0]), []).append(path.name)

    class Index(Quiet):
        def do_GET(self) -> None:
            seen.append(self.path)
            kind, name = ([*unquote(self.path).strip("/").split("/"), ""])[:2]
            if kind == "simple" and name in files:
                links = (f'<a href="/files/{html.escape(file)}">{html.escape(file)}</a>' for file in files[name])
                self._answer("text/html", f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode())
            elif kind == "files" and (wheels / Path(name).name).is_file():
                self._answer("application/octet-stream", (wheels / Path(name).name).read_bytes())
            else:
                self.send_error(404)

        do_HEAD = do_GET

        def _answer(self, kind: str, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    return Index


def proxy(leads_to: Mapping[str, int], seen: list[str]) -> type[BaseHTTPRequestHandler]:
    """Leads nowhere but to these names, each of which is a port here. `seen`: whatever it was asked for."""

    class Proxy(Quiet):
        def do_CONNECT(self) -> None:
            seen.append(self.path)
            port = leads_to.get(self.path.partition(":")[0])
            if port is None:
                self.send_error(502)
                return
            with socket.create_connection((HERE, port)) as far:
                self.send_response(200)
                self.end_headers()
                _join(self.connection, far)
            self.close_connection = True

        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(502)

        do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    return Proxy


def _join(near: socket.socket, far: socket.socket) -> None:
    other = {near: far, far: near}
    with contextlib.suppress(OSError):
        while True:
            for end in select.select([near, far], [], [])[0]:
                content = end.recv(65536)
                if not content:
                    return
                other[end].sendall(content)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def certificates(folder: Path, names: Iterable[str]) -> tuple[Path, Path]:
    """That of an authority which nobody knows, and that of a server with these names, with its key."""
    own, its = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of a company")])
    known = x509.SubjectKeyIdentifier.from_public_key(own.public_key())
    use = {"key_cert_sign": True, "crl_sign": True}
    authority = (
        _certificate(issuer, issuer, own)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(**use), critical=True)
        .add_extension(known, critical=False)
        .sign(own, hashes.SHA256())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, next(iter(names)))])
    server = (
        _certificate(subject, issuer, its)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(its.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known), critical=False)
        .sign(own, hashes.SHA256())
    )
    key = its.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths = folder / "authority.pem", folder / "server.pem"
    paths[0].write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(server.public_bytes(serialization.Encoding.PEM) + key)
    return paths


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.timezone.utc)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    dated = made.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=7))
    return dated.serial_number(x509.random_serial_number())


def _usage(**granted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
    )
    return x509.KeyUsage(**{**dict.fromkeys((*names, "encipher_only", "decipher_only"), False), **granted})
