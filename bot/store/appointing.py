"""Whom the operator lets run the programme: the first admin, who then appoints others in the chat."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.people import PersonStatus
from bot.store.engine import writing
from bot.store.tables import accounts, people
from bot.store.touches import LOOK_BY

_who: sa.BindParameter[str] = sa.bindparam("who")
_WANTED = sa.select(people.c.organization_id, people.c.id, people.c.name).where(
    people.c.status == PersonStatus.ACTIVE,
    sa.or_(
        sa.func.lower(people.c.email) == sa.func.lower(_who),
        people.c.id.in_(sa.select(accounts.c.person_id).where(accounts.c.external_id == _who)),
    ),
)
_APPOINT = sa.update(people).where(people.c.id == sa.bindparam("person_id")).values(is_admin=True)


def appoint(engine: sa.Engine, who: str, now: datetime) -> Sequence[str]:
    """Let somebody run the programme, by e-mail address or by the platform's id of the person; return their name.

    Where nobody or more than one person is meant, nothing is changed, and the names are returned.
    """
    if not who.strip():
        return []
    with writing(engine) as connection:
        found = connection.execute(_WANTED, {"who": who.strip()}).all()
        if len(found) == 1:
            [(organization_id, person_id, _)] = found
            connection.execute(_APPOINT, {"person_id": person_id})
            look = {"organization_id": organization_id, "person_id": person_id, "look_at": now, "changes": 1}
            connection.execute(LOOK_BY[engine.dialect.name], look)
    return [row.name for row in found]
