# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the `google` part of a seed. Everything has a default; what is not understood is an error that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from .rules.group_settings import NAMES, seeded
from .rules.membership import as_member
from .rules.scopes import full_scope
from .store.entities import MANAGER, MEMBER, OWNER, Group, Member, User, is_email, moment
from .store.grants import Grants
from .store.store import Store, Taken

KEYS = ("customer", "domains", "domain_aliases", "admin", "scopes", "service_account_role", "org_units", "users", "groups")
TEXTS = ("given", "family", "display", "org_unit", "title", "department", "cost_center", "employee_id", "manager", "location", "language")
FLAGS = ("admin", "suspended", "archived")
TIMES = ("created", "last_login", "deleted")
FOUNDED = "2005-01-01T00:00:00Z"  # a seed's people were there before any Zoom account; who comes later is made now
USER_KEYS = {*TEXTS, *FLAGS, *TIMES, "email", "id", "aliases", "guest", "phone", "custom", "fields"}
LISTS = {"members": MEMBER, "managers": MANAGER, "owners": OWNER}
GROUP_KEYS = {*LISTS, "email", "id", "name", "description", "aliases", "everyone", "settings"}


class SeedError(ValueError):
    """A seed that does not describe a customer; the text names the key."""


def known(given: Any, keys: Iterable[str], where: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise SeedError(f"{where}: a mapping is needed, not {given!r}")
    if unknown := sorted(map(str, set(given) - set(keys))):
        raise SeedError(f"{where}: unknown key {', '.join(unknown)}")
    return given


def fill(store: Store, grants: Grants, given: Mapping[str, Any]) -> None:
    """Users first, then groups, then who is in them."""
    known(given, KEYS, "google")
    store.customer = str(given.get("customer", store.customer))
    store.domains = [str(domain).lower() for domain in given.get("domains") or store.domains]
    store.domain_aliases = _domain_aliases(store, given.get("domain_aliases") or {})
    grants.admin = str(given.get("admin", f"admin@{store.domains[0]}"))
    if "scopes" in given:
        grants.scopes = {full_scope(scope) for scope in _texts(given["scopes"], "google.scopes")}
    grants.role = bool(given.get("service_account_role", grants.role))
    for unit in given.get("org_units") or ():
        row = known({"path": unit} if isinstance(unit, str) else unit, ("path", "description"), "google.org_units")
        store.add_org_unit(str(row["path"]), str(row.get("description", "")))
    for row in given.get("users") or ():
        add_user(store, {"created": FOUNDED, **row} if isinstance(row, Mapping) else row)
    _admin(store, grants.admin)
    rows = [(add_group(store, row), row) for row in given.get("groups") or ()]
    for group, row in rows:
        fill_group(store, group, row)


def _domain_aliases(store: Store, given: Any) -> dict[str, str]:
    """Alias domain -> the domain whose users and groups get an address in it too."""
    found = {str(alias).lower(): str(domain).lower() for alias, domain in known(given, given, "google.domain_aliases").items()}
    for alias, domain in found.items():
        if domain not in store.domains or alias in store.domains:
            raise SeedError(f"google.domain_aliases: {alias}: must be a domain of its own, of one of {', '.join(store.domains)}")
    return found


def _admin(store: Store, email: str) -> None:
    """The subject must be someone."""
    user = store.user_by(email)
    if user is None:
        user = add_user(store, {"email": email, "given": "Workspace", "family": "Administrator", "created": FOUNDED})
    user.admin = True


def add_user(store: Store, given: Any) -> User:
    """A person as seeds and tests describe one."""
    email = str(given.get("email", "")) if isinstance(given, Mapping) else ""
    where = f"google.users {email or repr(given)}"
    row = known(given, USER_KEYS, where)
    if not is_email(email) or not store.is_ours(email):
        raise SeedError(f"{where}: an address in {', '.join(store.domains)} is needed")
    for name in (*TEXTS, *TIMES):
        if row.get(name) is not None and isinstance(row[name], (dict, list, bool)):
            raise SeedError(f"{where}: {name}: {row[name]!r} is no text")
    times = {name: _moment(row[name], store, f"{where}: {name}") if row.get(name) else None for name in TIMES}
    user = User(
        id=str(row.get("id") or store.new_user_id(email)),
        email=email,
        given=str(row.get("given") or email.partition("@")[0].partition(".")[0].capitalize()),
        family=str(row.get("family") or email.partition("@")[0].rpartition(".")[2].capitalize()),
        created=times["created"] or store.now(),
        display=str(row.get("display") or ""),
        org_unit=store.add_org_unit(str(row.get("org_unit") or "/")).path,
        aliases=_texts(row.get("aliases") or [], f"{where}: aliases"),
        admin=bool(row.get("admin")),
        suspended=bool(row.get("suspended")),
        archived=bool(row.get("archived")),
        guest=_guest(row.get("guest")),
        last_login=times["last_login"],
        deleted=times["deleted"],
        fields=_fields(row, where),
    )
    user.suspended_at = store.now() if user.suspended else None
    user.archived_at = store.now() if user.archived else None
    if user.id in store.users or user.id in store.bin:
        raise SeedError(f"{where}: the id {user.id} is another user's")
    if user.deleted:
        # straight to the bin: its addresses may be someone else's by now
        store.keep_deleted(user)
        return user
    try:
        return store.put_user(user)
    except Taken as error:
        raise SeedError(f"{where}: {error}") from None


def _guest(value: Any) -> str:
    return str(value) if isinstance(value, str) else "guest@partner.example.net" if value else ""


def _fields(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Google's own lists from a seed's short keys; `fields` holds more of them as they are."""
    names = {"title": "title", "department": "department", "cost_center": "costCenter", "location": "location"}
    organization = {theirs: str(row[ours]) for ours, theirs in names.items() if row.get(ours)}
    fields: dict[str, Any] = {}
    if organization:
        fields["organizations"] = [{**organization, "primary": True, "customType": ""}]
    if row.get("employee_id"):
        fields["externalIds"] = [{"value": str(row["employee_id"]), "type": "organization"}]
    if row.get("manager"):
        fields["relations"] = [{"value": str(row["manager"]), "type": "manager"}]
    if row.get("phone"):
        numbers = row["phone"] if isinstance(row["phone"], list) else [row["phone"]]
        fields["phones"] = [{"value": str(number), "type": "work"} for number in numbers]
    if row.get("language"):
        fields["languages"] = [{"languageCode": str(row["language"]), "preference": "preferred"}]
    if row.get("custom"):
        fields["customSchemas"] = {name: dict(known(values, values, f"{where}: custom")) for name, values in row["custom"].items()}
    fields.update(row.get("fields") or {})
    return fields


def add_group(store: Store, given: Any) -> Group:
    """Without members: they may come later in the seed. An address outside the domains is another customer's group."""
    email = str(given.get("email", "")) if isinstance(given, Mapping) else ""
    where = f"google.groups {email or repr(given)}"
    row = known(given, GROUP_KEYS, where)
    if not is_email(email):
        raise SeedError(f"{where}: an address is needed")
    aliases = tuple(_texts(row.get("aliases") or [], f"{where}: aliases"))
    try:
        group = store.put_group(email, str(row.get("name") or ""), str(row.get("description") or ""), aliases, str(row.get("id") or ""))
    except Taken as error:
        raise SeedError(f"{where}: {error}") from None
    try:
        group.settings = seeded(known(row.get("settings") or {}, NAMES, f"{where}: settings"))
    except ValueError as error:
        raise SeedError(f"{where}: settings: {error}") from None
    return group


def fill_group(store: Store, group: Group, row: Mapping[str, Any]) -> None:
    where = f"google.groups {group.email}"
    for name, role in LISTS.items():
        for email in _texts(row.get(name) or [], f"{where}: {name}"):
            member = as_member(store, email, role)
            if member is None:
                raise SeedError(f"{where}: {name}: nobody has the address {email}")
            if member.type == "GROUP" and role != MEMBER:
                raise SeedError(f"{where}: {name}: the group {email} can be a member only")
            if member.id in group.members:
                raise SeedError(f"{where}: {name}: {email} is there twice")
            store.join(group, member)
    if row.get("everyone"):
        store.join(group, Member(store.customer, "CUSTOMER"))


def _texts(value: Any, where: str) -> list[str]:
    if not isinstance(value, (list, tuple, set, frozenset)) or not all(isinstance(item, str) for item in value):
        raise SeedError(f"{where}: a list of texts is needed, not {value!r}")
    return list(value)


def _moment(value: Any, store: Store, where: str) -> datetime:
    try:
        return moment(value, store.now())
    except ValueError:
        raise SeedError(f"{where}: {value!r} is no ISO time and no 'N days ago'") from None
