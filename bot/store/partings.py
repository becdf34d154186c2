"""Why people were not the right match, as they let those who run the programme know."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.parting import Parting
from bot.store.tables import partings

_LATEST = (
    sa.select(Parting)
    .where(partings.c.organization_id == sa.bindparam("organization_id"))
    .order_by(partings.c.said_at.desc(), partings.c.mentorship_id, partings.c.person_id)
    .limit(sa.bindparam("count"))
)


class SqlPartings:
    """`bot.ports.Partings` by queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, mentorship_id: str, person_id: str) -> Parting | None:
        """Return what somebody said of one mentorship."""
        return self._session.get(Parting, (mentorship_id, person_id))

    def add(self, parting: Parting) -> None:
        """Save what somebody says of a mentorship."""
        self._session.add(parting)

    def remove(self, parting: Parting) -> None:
        """Forget what somebody said of a mentorship."""
        self._session.delete(parting)

    def latest(self, organization_id: str, count: int) -> Sequence[Parting]:
        """Return what was said last in a company, the newest first."""
        return self._session.scalars(_LATEST, {"organization_id": organization_id, "count": count}).all()
