"""Who works at the company as Teams knows it: people, the teams that have the app, and who has it for themselves."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Entry:
    """One person, guest or bot of the directory; `key` is how the directory's id is called in what Teams answers."""

    aad: str
    name: str
    email: str = ""
    role: str = "user"
    key: str = "aadObjectId"
    tenant: str = ""
    id: str = ""
    login: str = ""

    def __post_init__(self) -> None:
        self.id = self.id or f"29:{self.aad}"

    def shown(self, tenant: str) -> Json:
        given, _, surname = self.name.partition(" ")
        return {
            "id": self.id,
            self.key: self.aad,
            "name": self.name,
            "givenName": given,
            "surname": surname,
            "email": self.email,
            "userPrincipalName": self.login or self.email,
            "tenantId": self.tenant or tenant,
            "userRole": self.role,
        }


@dataclass
class Directory:
    """`page` is how many members come at once, however many are asked for."""

    entries: dict[str, Entry] = field(default_factory=dict)
    teams: dict[str, list[str]] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    page: int = 2

    def add(self, *entries: Entry) -> None:
        self.entries |= {entry.id: entry for entry in entries}

    def may_be_written_to(self, id_: str) -> bool:
        return id_ in self.installed or any(id_ in members for members in self.teams.values())

    def members(self, conversation: str) -> list[Entry] | None:
        """Who is in a team or in a personal chat; None where the app is not there."""
        if conversation in self.teams:
            return [self.entries[id_] for id_ in self.teams[conversation]]
        if conversation.startswith("a:"):
            found = self.entries.get(f"29:{conversation.removeprefix('a:')}")
            return [found] if found else []
        return None

    def paged(self, members: list[Entry], token: str, tenant: str) -> Json:
        start = int(token or 0)
        shown = [entry.shown(tenant) for entry in members[start : start + self.page]]
        more = start + self.page < len(members)
        return {"members": shown, **({"continuationToken": str(start + self.page)} if more else {})}
