"""The people of a company and their accounts."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.people import Account, Organization, Person, PersonStatus, Workspace
from bot.domain.profile import Profile
from bot.domain.reporting import chain
from bot.messages import Sender
from bot.store.tables import accounts, people, profiles, workspaces

_one_organization = people.c.organization_id == sa.bindparam("organization_id")

_PERSON = sa.select(Person).where(_one_organization, people.c.id == sa.bindparam("id"))
_ACTIVE = sa.select(people.c.id, people.c.name, people.c.email).where(
    _one_organization, people.c.status == PersonStatus.ACTIVE
)
_SEVERAL = (
    sa.select(Person)
    .where(_one_organization, people.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(people.c.name, people.c.id)
)
_EVERYBODY = (
    sa.select(Person).where(_one_organization, people.c.status == PersonStatus.ACTIVE).order_by(people.c.name)
)
_ACCOUNT = sa.select(Account).where(
    accounts.c.organization_id == sa.bindparam("organization_id"), accounts.c.id == sa.bindparam("id")
)
_ACCOUNTS = sa.select(Account).where(accounts.c.person_id == sa.bindparam("person_id"))
_BY_ACCOUNT = (
    sa.select(Person, Account)
    .join_from(accounts, people, people.c.id == accounts.c.person_id)
    .join(workspaces, workspaces.c.id == accounts.c.workspace_id)
    .where(
        workspaces.c.platform == sa.bindparam("platform"),
        workspaces.c.external_id == sa.bindparam("workspace"),
        accounts.c.external_id == sa.bindparam("user"),
    )
)
_BY_EXTERNAL_ID = (
    sa.select(Person)
    .join_from(accounts, people, people.c.id == accounts.c.person_id)
    .where(
        accounts.c.workspace_id == sa.bindparam("workspace_id"),
        accounts.c.external_id == sa.bindparam("external_id"),
    )
)
_BY_EMAIL = sa.select(Person).where(
    _one_organization,
    sa.func.lower(people.c.email) == sa.bindparam("email"),
    people.c.email != sa.literal_column("''"),
)
_IS_IN = sa.select(accounts.c.id).where(
    accounts.c.workspace_id == sa.bindparam("workspace_id"), accounts.c.person_id == sa.bindparam("person_id")
)
_OWNERS = sa.select(people.c.id, sa.func.lower(people.c.email)).where(
    _one_organization, sa.func.lower(people.c.email).in_(sa.bindparam("emails", expanding=True))
)
_MANAGERS = sa.select(profiles.c.person_id, profiles.c.manager_email).where(
    profiles.c.person_id.in_(sa.bindparam("ids", expanding=True)), profiles.c.manager_email != ""
)
_WORKSPACE = sa.select(Workspace).where(
    workspaces.c.platform == sa.bindparam("platform"), workspaces.c.external_id == sa.bindparam("external_id")
)


class SqlPeople:
    """`bot.ports.People` by queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, organization_id: str, person_id: str) -> Person | None:
        """Return one person of a company."""
        return self._session.scalar(_PERSON, {"organization_id": organization_id, "id": person_id})

    def some(self, organization_id: str, person_ids: Collection[str]) -> Mapping[str, Person]:
        """Return those of some people who are of a company, by their ids."""
        keys = {"organization_id": organization_id, "ids": list(person_ids)}
        return {person.id: person for person in self._session.scalars(_SEVERAL, keys)}

    def by_account(self, sender: Sender) -> tuple[Person, Account] | None:
        """Return who this is, if the bot knows the account."""
        keys = {"platform": sender.platform, "workspace": sender.workspace, "user": sender.user}
        row = self._session.execute(_BY_ACCOUNT, keys).one_or_none()
        return None if row is None else (row[0], row[1])

    def account(self, organization_id: str, account_id: str) -> Account | None:
        """Return one account of a company."""
        return self._session.scalar(_ACCOUNT, {"organization_id": organization_id, "id": account_id})

    def accounts(self, person_id: str) -> Sequence[Account]:
        """Return the accounts of a person, in no order that matters."""
        return self._session.scalars(_ACCOUNTS, {"person_id": person_id}).all()

    def workspace(self, platform: str, external_id: str) -> Workspace | None:
        """Return the workspace of a platform by the platform's own id."""
        return self._session.scalar(_WORKSPACE, {"platform": platform, "external_id": external_id})

    def everybody(self, organization_id: str) -> Sequence[Person]:
        """Return the active people of a company, by name."""
        return self._session.scalars(_EVERYBODY, {"organization_id": organization_id}).all()

    def by_external_id(self, workspace_id: str, external_id: str) -> Person | None:
        """Return the person behind a platform's user id in one workspace."""
        return self._session.scalar(_BY_EXTERNAL_ID, {"workspace_id": workspace_id, "external_id": external_id})

    def find(self, organization_id: str, text: str) -> Sequence[Person]:
        """Return the active people whose name or e-mail is `text`, ignoring case; by part of the name where none is.

        Names are compared here rather than by the database, since SQLite knows the capitals of English only.
        """
        wanted = text.strip().casefold()
        if not wanted:
            return []
        rows = self._session.execute(_ACTIVE, {"organization_id": organization_id}).all()
        exact = [row.id for row in rows if wanted in (row.name.casefold(), row.email.casefold())]
        ids = exact or [row.id for row in rows if wanted in row.name.casefold()]
        return list(self.some(organization_id, ids).values()) if ids else []

    def by_email(self, organization_id: str, email: str) -> Person | None:
        """Return who has an e-mail address, in any case, whether they still belong to the company or not."""
        keys = {"organization_id": organization_id, "email": email.lower()}
        return self._session.scalars(_BY_EMAIL, keys).first()

    def is_in(self, workspace_id: str, person_id: str) -> bool:
        """Tell whether a person has an account in a workspace."""
        keys = {"workspace_id": workspace_id, "person_id": person_id}
        return self._session.scalar(_IS_IN, keys) is not None

    def managers(self, person_ids: Collection[str]) -> Mapping[str, str]:
        """Return the e-mail addresses of some people's managers by person id, where they are known."""
        return {row[0]: row[1] for row in self._session.execute(_MANAGERS, {"ids": list(person_ids)})}

    def above(self, organization_id: str, person_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return everybody above some people in the company's hierarchy; a circle is gone round once."""
        boss: dict[str, str] = {}
        level = set(person_ids)
        while level:
            addresses = {one: email.lower() for one, email in self.managers(level).items()}
            keys = {"organization_id": organization_id, "emails": list(set(addresses.values()))}
            owners = {row[1]: row[0] for row in self._session.execute(_OWNERS, keys)} if addresses else {}
            found = {one: owners[email] for one, email in addresses.items() if email in owners}
            boss |= found
            level = set(found.values()) - boss.keys()
        return {one: chain(one, boss) for one in person_ids}

    def add(self, *rows: Organization | Workspace | Person | Account | Profile) -> None:
        """Save new rows."""
        self._session.add_all(rows)
