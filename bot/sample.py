"""A company that nobody works at, so that a fresh playground has somebody to play."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import Workspace
from bot.store.engine import reading, writing
from bot.store.roster import import_roster, playground
from bot.store.tables import organizations, people

COMPANY = "Sample Company"

_ADMIN = "ada@sample.example"

_PEOPLE = """\
name;e-mail;team;level;manager;time zone;country;languages;offers;wants;mentor capacity;working days;working hours
Ada Sample (admin);ada@sample.example;People;Lead;;Europe/Berlin;DE;English, German;;;;Mon-Fri;09:00-17:00
Ana Sample;ana@sample.example;Engineering;Junior;gus@sample.example;Europe/Berlin;DE;English, German;;Architecture, Speaking;;Mon-Fri;09:00-17:30
Ben Sample;ben@sample.example;Platform;Senior;ivy@sample.example;Europe/Berlin;DE;English;Architecture, Reviews;;2;Mon-Fri;09:00-17:00
Cleo Sample;cleo@sample.example;Design;Junior;hal@sample.example;America/New_York;US;English;;Research, Speaking;;Mon-Fri;09:00-17:00
Dan Sample;dan@sample.example;Sales;Senior;hal@sample.example;America/New_York;US;English, Spanish;Speaking, Negotiation;;2;Mon-Fri;08:30-16:30
Eva Sample;eva@sample.example;Support;Junior;jon@sample.example;Australia/Sydney;AU;English;;Reviews, Planning;;Mon-Thu;09:00-17:00
Finn Sample;finn@sample.example;Engineering;Senior;ivy@sample.example;Australia/Sydney;AU;English;Planning, Reviews;;1;Mon-Fri;08:00-16:00
Gus Sample;gus@sample.example;Engineering;Lead;ivy@sample.example;Europe/Berlin;DE;German, English;Planning;;1;Mon-Fri;08:00-16:00
Hal Sample;hal@sample.example;Design;Lead;;America/New_York;US;English;Research;;2;Mon-Fri;10:00-18:00
Ivy Sample;ivy@sample.example;Platform;Lead;;Europe/Berlin;DE;English;Architecture;Negotiation;1;Mon, Tue, Thu;09:00-15:00
Jon Sample;jon@sample.example;Support;Lead;;Australia/Sydney;AU;English;Planning, Speaking;;2;Mon-Fri;09:00-17:00
Kim Sample;kim@sample.example;Sales;Junior;dan@sample.example;America/New_York;US;English;;Negotiation;;Mon-Fri;09:00-17:00
"""


def sample_company(engine: sa.Engine, now: datetime) -> Workspace | None:
    """Load the sample into a database that holds no company yet, and return its workspace in the playground.

    None where somebody is there already; nothing is changed then.
    """
    with reading(engine) as connection:
        if connection.scalar(sa.select(sa.exists(sa.select(organizations.c.id)))):
            return None
    workspace = playground(engine, COMPANY)
    import_roster(engine, workspace.organization_id, workspace, _PEOPLE.encode(), now)
    with writing(engine) as connection:
        connection.execute(sa.update(people).where(people.c.email == _ADMIN).values(is_admin=True))
    return workspace
