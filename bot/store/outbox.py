"""The side of the outbox that a unit of work sees: it queues, and knows what earlier cards were made of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from bot.ports import Earlier, Letter
from bot.store.codec import card_to_json
from bot.store.sealing import Sealer
from bot.store.tables import deliveries

_PUT = sa.insert(deliveries)
_EARLIER = (
    sa.select(deliveries.c.id, deliveries.c.account_id, deliveries.c.sections, deliveries.c.attempts > 0)
    .where(
        deliveries.c.organization_id == sa.bindparam("organization_id"),
        deliveries.c.id.in_(sa.bindparam("ids", expanding=True)),
    )
    .order_by(deliveries.c.seq)
)
_REDRAW = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("earlier_id"), deliveries.c.attempts == 0)
    .values(sealed=sa.bindparam("new"))
)


class SqlOutbox:
    """`bot.ports.Outbox` by statements."""

    def __init__(self, connection: sa.Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def put(self, letter: Letter) -> None:
        """Queue a card in this unit of work."""
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
        self._connection.execute(_PUT, row)

    def replace(self, earlier: Earlier, letter: Letter) -> None:
        """Draw an earlier card anew: in its own place where it has not left yet, else by a letter behind it."""
        if earlier.has_left or not self._redrawn(earlier.id, letter):
            self.put(replace(letter, redraws=earlier.id))

    def earlier(self, organization_id: str, delivery_ids: Iterable[str]) -> Sequence[Earlier]:
        """Return what is known of some earlier deliveries, in the order in which they were queued."""
        keys = {"organization_id": organization_id, "ids": list(delivery_ids)}
        return [Earlier(*row) for row in self._connection.execute(_EARLIER, keys)] if keys["ids"] else []

    def _redrawn(self, earlier_id: str, letter: Letter) -> bool:
        sealed = self._sealer.seal(card_to_json(letter.card), earlier_id)
        keys = {"earlier_id": earlier_id, "new": sealed}
        return self._connection.execute(_REDRAW, keys).rowcount == 1
