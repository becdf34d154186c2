"""A company that nobody works at, so that a fresh playground has somebody to play."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import Workspace
from bot.store.engine import reading
from bot.store.importing import import_roster, playground
from bot.store.tables import people

COMPANY = "Sample Company"

_ADMIN = "ada@sample.example"

_PEOPLE = """\
name;e-mail;team;level;manager;tz;country;languages;offers;wants;capacity;days;hours
Ada Sample (admin);ada@sample.example;People;Lead;;Europe/Berlin;DE;en, de;;;;;9-17
Ana Sample;ana@sample.example;Engineering;Junior;Gus Sample;Europe/Berlin;DE;en, de;;Architecture, Speaking;;;9-17:30
Ben Sample;ben@sample.example;Platform;Senior;Ivy Sample;Europe/Berlin;DE;en;Architecture, Reviews;;2;;9-17
Cleo Sample;cleo@sample.example;Design;Junior;Hal Sample;America/New_York;US;en;;Research, Speaking;;;9-17
Dan Sample;dan@sample.example;Sales;Senior;Hal Sample;America/New_York;US;en, es;Speaking, Negotiation;;2;;8:30-16:30
Eva Sample;eva@sample.example;Support;Junior;Jon Sample;Australia/Sydney;AU;en;;Reviews, Planning;;Mon-Thu;9-17
Finn Sample;finn@sample.example;Engineering;Senior;Ivy Sample;Australia/Sydney;AU;en;Planning, Reviews;;1;;8-16
Gus Sample;gus@sample.example;Engineering;Lead;Ivy Sample;Europe/Berlin;DE;de, en;Planning;;1;;8-16
Hal Sample;hal@sample.example;Design;Lead;;America/New_York;US;en;Research;;2;;10-18
Ivy Sample;ivy@sample.example;Platform;Lead;;Europe/Berlin;DE;en;Architecture;Negotiation;1;Mon, Tue, Thu;9-15
Jon Sample;jon@sample.example;Support;Lead;;Australia/Sydney;AU;en;Planning, Speaking;;2;;9-17
Kim Sample;kim@sample.example;Sales;Junior;Dan Sample;America/New_York;US;en;;Negotiation;;;9-17
"""


def sample_company(engine: sa.Engine, now: datetime) -> Workspace | None:
    """Load the sample into a database that holds no people yet, and return its workspace in the playground.

    None where somebody is there already; nothing is changed then.
    """
    with reading(engine) as connection:
        if connection.scalar(sa.select(sa.exists(sa.select(people.c.id)))):
            return None
    workspace = playground(engine, COMPANY)
    import_roster(engine, workspace.organization_id, workspace, _PEOPLE.encode(), now, admins=(_ADMIN,))
    return workspace
