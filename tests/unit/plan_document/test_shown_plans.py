# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comment that is made anew from plan.json alone: whatever wrote that file, nothing that an apply could take from it stays unseen."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._sealed_plan import seal_of
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _show
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, die, note_new_state, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build

Row = dict[str, Any]

LEFT = {"before": {"status": "active"}, "after": {"status": "inactive"}, "reason": "out_of_scope", "changed": True, "loss": True}
MADE = {"before": {}, "after": {"status": "active"}, "reason": "in_scope", "changed": True}


def document(number: int = 3) -> Row:
    changes = [{"email": f"new{place}@x.com", "action": "create", **MADE} for place in range(number)]
    changes += [{"email": f"gone{place}@x.com", "action": "deactivate", **LEFT} for place in range(number)]
    blocked = [{"email": "stuck@x.com", "reason": "limit", "message": "stuck@x.com is blocked; raise it."}]
    tenant = Tenant("company", account="acc")
    take(tenant, "zoom_scim_users", {"changes": changes, "failed_items": [], "withheld": blocked, "attention": [], "digest": "a" * 64})
    return build([tenant], check_mode=True, time="2026-11-26T07:00:00+00:00")


def saved(folder: Path, made: Row, *, sealed: bool = True) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps({**made, "seal": seal_of(made)} if sealed else made))
    return path


def test_a_plan_is_shown_as_its_own_run_showed_it_with_the_seal_in_the_third_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, document(), sealed=False)
    assert _show.main([str(path), "--name", "trial", "--title", "Trial", "--where", "here"]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[:3] == [
        "<!-- workspace_zoom.provisioning plan trial -->",
        f"<!-- digest {document()['digest']} -->",
        f"<!-- seal {document()['seal']} -->",
    ]
    assert text.index("### Blocked") < text.index("### Deactivate accounts (3)") < text.index("### Create accounts (3)")


def test_the_comment_with_its_seal_keeps_within_the_limit(tmp_path: Path) -> None:
    text = _show.shown(_show.read(saved(tmp_path, document(3000))), limit=20_000, where="there")
    assert 20_000 * 0.9 < len(text) <= 20_000
    assert "of 3000 removals are not shown here**, as a comment holds no more; plan.json (there) has all of them" in text


def test_a_plan_of_which_nothing_can_be_read_is_shown_as_such(tmp_path: Path) -> None:
    dead = Tenant("company")
    die(dead, "Zoom refused the token.", "x")
    made = build([dead], check_mode=True, time="2026-11-26T07:00:00+00:00")
    assert "Zoom refused the token." in _show.shown(_show.read(saved(tmp_path, made)))
    nobody = build([], check_mode=True, time="2026-11-26T07:00:00+00:00")
    assert "no tenant was read" in _show.shown(_show.read(saved(tmp_path, nobody)))


def first(made: Row) -> Row:
    row: Row = made["tenants"][0]["changes"][0]
    return row


def hide_a_removal(made: Row) -> None:
    first(made)["loss"] = False
    for counts in (made["summary"], made["tenants"][0]["summary"]):
        counts["losses"] -= 1


def call_it_something_else(made: Row) -> None:
    first(made).update(kind="accounts.create", loss=True)


FORGED: dict[str, tuple[Callable[[Row], object], str]] = {
    "a removal among the gains": (hide_a_removal, "does not count 'accounts.deactivate' among the removals"),
    "a removal that is called a gain": (call_it_something_else, "calls the action 'deactivate' 'accounts.create'"),
    "a row that is said not to be made": (lambda made: first(made).update(changed=False), "has other rows than it counts"),
    "other counts": (lambda made: made["tenants"][0]["summary"].update(losses=0), "has other rows than it counts"),
    "other sums": (lambda made: made["summary"].update(losses=0), "counts other tenants than it has"),
    "a better outcome": (lambda made: made["tenants"][0].update(outcome="changes"), "calls the outcome 'changes'"),
    "a better outcome of all": (lambda made: made.update(outcome="no_change"), "counts other tenants than it has"),
    "one tenant twice": (lambda made: made["tenants"].append(made["tenants"][0]), "counts other tenants than it has"),
    "a row without its fields": (lambda made: first(made).pop("email"), "does not fit its schema at '$.tenants[0].changes[0]'"),
    "another format": (lambda made: made.update(format="x"), "does not have the format"),
    "what is made already": (lambda made: made.update(check_mode=False), "was written by a run that has made its changes"),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_plan_that_hides_something_is_not_shown(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    forge, sentence = FORGED[kind]
    made = deepcopy(document())
    forge(made)
    assert _show.main([str(saved(tmp_path, made))]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err
    assert told.err.startswith("The plan is not shown, and can't be applied: plan.json ")


def test_another_seal_than_the_documents_is_no_seal(tmp_path: Path) -> None:
    made = document()
    first(made)["email"] = "somebody@x.com"
    with pytest.raises(ValueError, match="its seal does not fit"):
        _show.read(saved(tmp_path, made, sealed=False))


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{", b"[" * 100_000, b'"x"', b"{}"])
def test_what_is_no_document_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"plan\.json (is no JSON|does not have the format)"):
        _show.read(path)


def test_neither_a_link_nor_a_folder_nor_a_file_without_end_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, link = saved(tmp_path, document(), sealed=False), tmp_path / "link"
    link.symlink_to(target)
    for path in (link, tmp_path, tmp_path / "nothing"):
        with pytest.raises(ValueError, match="is no file"):
            _show.read(path)
    monkeypatch.setattr(_show, "MOST", 100)
    with pytest.raises(ValueError, match="is larger than"):
        _show.read(target)


def test_a_run_that_finds_nothing_of_an_earlier_one_says_so_once(tmp_path: Path) -> None:
    run = {"memory_path": str(tmp_path / "memory.jsonl"), "journal_dir": str(tmp_path / "journal")}
    new = Tenant("company")
    note_new_state(new, run)
    note_new_state(new, run)
    assert [row["reason"] for row in new.notes] == ["no_state"]
    made = build([new], check_mode=False, time="2026-11-26T07:00:00+00:00")["tenants"][0]
    assert (made["outcome"], made["summary"]["attention"], made["phases"]) == ("no_change", 1, [])
    (tmp_path / "journal").mkdir()
    note_new_state(new := Tenant("company"), run)
    assert new.notes, "an empty folder tells nothing"
    (tmp_path / "journal" / "1.jsonl").write_text("")
    note_new_state(new := Tenant("company"), run)
    assert new.notes == []


def test_no_text_takes_the_comment_for_ever(tmp_path: Path) -> None:
    """A pattern that begins anew at each of its beginnings holds a runner for hours."""
    made = document()
    made["tenants"][0]["changes"][0]["reason"] = "urn:." * 100_000
    begun = time.process_time()
    _show.shown(_show.read(saved(tmp_path, made)))
    assert time.process_time() - begun < 20
