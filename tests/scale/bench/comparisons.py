# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user would take instead: a loop over a module for one account, and a tool that syncs Google with a SCIM service."""

from __future__ import annotations

import base64
from pathlib import Path

import requests

from . import foreign, worlds
from .boxes import Box
from .plays import HERE, Bench, Measured, Tree, older, with_counts
from .rows import Row, ended_well, last_words, row
from .scenarios import START, tenant

LOOP = """\
- hosts: all
  connection: local
  gather_facts: false
  module_defaults:
    group/workspace_zoom.provisioning.zoom: "{{ zoom_connection }}"
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
  tasks:
    - name: Accounts
      workspace_zoom.provisioning.zoom_scim_user:
        user_name: "{{ item.email }}"
        given_name: "{{ item.given }}"
        family_name: "{{ item.family }}"
        department: "{{ item.department }}"
        license: basic
      loop: "{{ people }}"
      loop_control:
        label: "{{ item.email }}"
"""


def loop(bench: Bench, size: int = 200) -> list[Row]:
    """Since modules are run from one process, a loop is cheaper too: what it cost before is the measure; it is shown as it is now, too."""
    with older(START) as start:
        before, now = _looped(bench, size, start), _looped(bench, size, HERE)
    with tenant(bench, worlds.company(size, known=False)) as boxes:
        ours = bench.play(boxes, bench.new("state"), worlds.POLICY)
    found = row(f"{size} people, first sync", ours)
    ended_well(found, ours)
    times = before.cpu / ours.cpu
    found.promise(f"15 times fewer CPU seconds than the loop of {START} (it is {times:.1f} times)", times >= 15)
    found.notes.append(f"{now.cpu / ours.cpu:.1f} times fewer CPU seconds than the loop takes now")
    named = "a loop over zoom_scim_user, which knows no scope, licences or groups"
    rows = [found, row(f"{size} people, {named}, with {START}", before), row(f"{size} people, {named}, now", now)]
    rows[1].notes += [last_words(before.output)] * bool(before.status)
    rows[2].notes += [last_words(now.output)] * bool(now.status)
    return rows


def _looped(bench: Bench, size: int, tree: Tree) -> Measured:
    with tenant(bench, worlds.company(size, known=False)) as boxes:
        source = bench.new("loop") / "loop.yml"
        source.write_text(LOOP)
        people = [worlds.person(number) for number in range(size)]
        return bench.play(boxes, bench.new("state"), {"people": people}, source=source, tree=tree)


def google_to_scim(bench: Bench, size: int = 10_000) -> list[Row]:
    """The same company, limits, latency and job: it knows neither licences nor groups of Zoom, so ours are left out as well."""
    made = foreign.environment()
    if isinstance(made, str):
        return [Row(f"{size:,} people, g2g-scim-sync", notes=[made])]
    with tenant(bench, worlds.company(size, known=False)) as boxes:
        (box,) = boxes.boxes
        theirs = [_theirs(bench, made, box) for _run in range(2)]
    with tenant(bench, worlds.company(size, known=False)) as boxes:
        state = bench.new("state")
        ours = [bench.play(boxes, state, worlds.ACCOUNTS_ONLY) for _run in range(2)]
    asked = [sum(row("", run).requests for run in runs) for runs in (ours, theirs)]
    rows = []
    for name, their, our in zip(("first sync", "nothing to do"), theirs, ours, strict=True):
        other, found = row(f"{size:,} people, {name}, g2g-scim-sync", their), row(f"{size:,} people, {name}, accounts only", our)
        ended_well(found, our)
        if name == "nothing to do":
            found.promise(f"fewer requests ({found.requests:,} of {other.requests:,})", found.requests < other.requests)
            found.promise(f"fewer requests in both runs together ({asked[0]:,} of {asked[1]:,})", asked[0] < asked[1])
        else:
            found.promise(f"fewer seconds ({found.seconds:,.0f} of {other.seconds:,.0f})", found.seconds < other.seconds)
        other.notes += foreign.said(their)
        rows += [found, other]
    return rows


def _theirs(bench: Bench, python: Path, box: Box) -> Measured:
    folder = bench.new("g2g")
    config = folder / "config.toml"
    config.write_text(foreign.config(box.google["service_account_file"], worlds.DOMAIN, box.google["subject"], "/Staff", token(box)))
    box.clear()
    measured = bench.command([str(python), str(foreign.RUN), box.url, str(config)], foreign.clean(), folder)
    return with_counts(measured, [box], 0.0)


def token(box: Box) -> str:
    """As any client gets one."""
    pair = base64.b64encode(f"{box.zoom['client_id']}:{box.zoom['client_secret']}".encode()).decode()
    asked = {"grant_type": "account_credentials", "account_id": box.zoom["account_id"]}
    answer = requests.post(box.zoom["oauth_url"], data=asked, headers={"Authorization": f"Basic {pair}"}, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["access_token"])
