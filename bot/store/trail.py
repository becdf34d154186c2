"""The trail of grave deeds: who did what to what, when; ids only.

Deeds of the same moment stand in the order in which they were done, since their ids count up.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.records import AuditEntry
from bot.store.tables import audit
from bot.store.types import UtcDateTime

_ours = audit.c.organization_id == sa.bindparam("organization_id")
_LATEST = (
    sa.select(AuditEntry)
    .where(_ours, audit.c.action.in_(sa.bindparam("actions", expanding=True)))
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(sa.bindparam("count", type_=sa.Integer))
)
_SINCE = (
    sa.select(AuditEntry)
    .where(_ours, audit.c.action == sa.bindparam("action"), audit.c.at > sa.bindparam("since", type_=UtcDateTime))
    .order_by(audit.c.at, audit.c.id)
)


class SqlTrail:
    """`bot.ports.Trail` by queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def latest(self, organization_id: str, actions: Sequence[str], count: int) -> Sequence[AuditEntry]:
        """Return the last deeds of some kinds in a company, the newest first."""
        keys = {"organization_id": organization_id, "actions": list(actions), "count": count}
        return self._session.scalars(_LATEST, keys).all()

    def since(self, organization_id: str, action: str, since: datetime) -> Sequence[AuditEntry]:
        """Return the deeds of one kind after a moment, the oldest first."""
        keys = {"organization_id": organization_id, "action": action, "since": since}
        return self._session.scalars(_SINCE, keys).all()
