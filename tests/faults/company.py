"""A company whose people all run the programme, so that each of them can say something that has its own answer."""

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Sender
from bot.store import Sealer, SqlStore
from tests.world import KEY, WORKSPACE

ZONE = "Europe/Berlin"


def found_company(database: sa.Engine, names: tuple[str, ...]) -> dict[str, Sender]:
    """Save a company of these people and return them as the platform names them; the name is the address."""
    organization = Organization(new_id(), "Sample Company")
    workspace = Workspace(new_id(), organization.id, Platform.PLAYGROUND, WORKSPACE, "Sample")
    with SqlStore(database, Sealer([KEY])).unit() as unit:
        unit.people.add(organization, workspace)
        for name in names:
            person = Person(new_id(), organization.id, f"{name} Sample", zone=ZONE, is_admin=True)
            account = Account(new_id(), organization.id, workspace.id, person.id, workspace.platform, name, name)
            person.account_id = account.id
            unit.people.add(person, account)
        unit.commit()
    return {name: Sender(Platform.PLAYGROUND, WORKSPACE, name, name) for name in names}
