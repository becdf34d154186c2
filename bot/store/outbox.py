"""The side of the outbox that a unit of work sees: it queues, and knows what earlier cards were made of."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.ports import Letter
from bot.store.codec import card_to_json
from bot.store.sealing import Sealer
from bot.store.tables import deliveries

_PUT = sa.insert(deliveries)
_SECTIONS = sa.select(deliveries.c.account_id, deliveries.c.sections).where(
    deliveries.c.organization_id == sa.bindparam("organization_id"), deliveries.c.id == sa.bindparam("id")
)
_REDRAW_UNSENT = sa.update(deliveries).where(
    deliveries.c.id == sa.bindparam("earlier_id"), deliveries.c.state == "pending", deliveries.c.attempts == 0
)


class SqlOutbox:
    """`bot.ports.Outbox` by statements."""

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self._session = session
        self._sealer = sealer

    def put(self, letter: Letter) -> None:
        """Queue a card in this unit of work. What redraws a card that has not left yet takes its place there."""
        if letter.redraws and self._redrawn(letter, letter.redraws):
            return
        row = {
            "id": letter.id,
            "organization_id": letter.organization_id,
            "account_id": letter.account_id,
            "state": "pending",
            "sealed": self._sealer.seal(card_to_json(letter.card), letter.id),
            "sections": letter.sections,
            "redraws": letter.redraws,
            "due_at": letter.due_at,
            "valid_until": letter.valid_until,
        }
        self._session.execute(_PUT, row)

    def sections(self, organization_id: str, delivery_id: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
        """Return the account and the sections of an earlier delivery."""
        keys = {"organization_id": organization_id, "id": delivery_id}
        row = self._session.execute(_SECTIONS, keys).one_or_none()
        return None if row is None else (row[0], row[1])

    def _redrawn(self, letter: Letter, earlier_id: str) -> bool:
        sealed = self._sealer.seal(card_to_json(letter.card), earlier_id)
        keys = {"earlier_id": earlier_id, "sealed": sealed, "sections": letter.sections}
        result: sa.CursorResult[object] = self._session.connection().execute(_REDRAW_UNSENT, keys)
        return result.rowcount == 1
