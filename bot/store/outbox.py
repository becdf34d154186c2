"""The side of the outbox that a unit of work sees: it queues, and knows what earlier cards were made of."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.ports import Earlier, Letter
from bot.store.codec import card_to_json
from bot.store.sealing import Sealer
from bot.store.tables import accounts, deliveries, people

_PUT = sa.insert(deliveries)
_named = deliveries.alias("named")
_originals = sa.select(sa.func.coalesce(_named.c.redraws, _named.c.id)).where(
    _named.c.id.in_(sa.bindparam("ids", expanding=True))
)
_EARLIER = (
    sa.select(deliveries.c.id, deliveries.c.account_id, deliveries.c.sections, deliveries.c.attempts > 0)
    .where(
        deliveries.c.organization_id == sa.bindparam("organization_id"),
        deliveries.c.id.in_(_originals),
    )
    .order_by(deliveries.c.seq)
)
"""A button carries the id of the delivery that drew its card last; what the card is made of is known of the first."""
_message = sa.bindparam("message_id", type_=sa.Text)
_STANDING = (
    sa.select(deliveries.c.id, deliveries.c.account_id, deliveries.c.sections, sa.true())
    .where(
        deliveries.c.account_id == sa.bindparam("account_id"),
        deliveries.c.state == sa.literal_column("'sent'"),
        deliveries.c.redraws.is_(None),
        sa.func.replace(deliveries.c.external_id, _message, "") != deliveries.c.external_id,
    )
    .order_by(deliveries.c.seq.desc())
    .limit(1)
)
"""A card that was too long for one message has the ids of all its messages in one."""

_HOLDING = (
    sa.select(deliveries.c.id)
    .join_from(deliveries, accounts, accounts.c.id == deliveries.c.account_id)
    .where(
        accounts.c.person_id == sa.bindparam("person_id"),
        deliveries.c.state.in_([sa.literal_column(f"'{state}'") for state in ("pending", "sending", "sent")]),
        deliveries.c.redraws.is_(None),
        deliveries.c.sections.cast(sa.Text).contains(sa.bindparam("section", type_=sa.Text)),
    )
    .order_by(deliveries.c.seq.desc())
    .limit(3)
)
_REDRAW = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("earlier_id"), deliveries.c.attempts == 0)
    .values(sealed=sa.bindparam("new"))
)
_later = deliveries.alias("later")
_arrived_later = sa.exists().where(
    _later.c.account_id == deliveries.c.account_id,
    _later.c.seq > deliveries.c.seq,
    _later.c.state == sa.literal_column("'sent'"),
)
_refused = sa.and_(
    deliveries.c.state == sa.literal_column("'dead'"),
    deliveries.c.redraws.is_(None),
    sa.not_(deliveries.c.reason.startswith("gave_up:")),
    deliveries.c.reason != "platform_not_configured",
)
_UNREACHABLE = (
    sa.select(people.c.id, sa.func.min(deliveries.c.finished_at))
    .join_from(deliveries, accounts, accounts.c.id == deliveries.c.account_id)
    .join(people, sa.and_(people.c.id == accounts.c.person_id, people.c.account_id == accounts.c.id))
    .where(deliveries.c.organization_id == sa.bindparam("organization_id"), _refused, sa.not_(_arrived_later))
    .group_by(people.c.id)
)
_HOLD = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("earlier_id"))
    .values(sections=sa.bindparam("all", type_=deliveries.c.sections.type))
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

    def extend(self, earlier: Earlier, sections: tuple[tuple[str, str], ...]) -> None:
        """Note that an earlier card holds more sections from now on; it is to be drawn anew."""
        self._hold(earlier, (*earlier.sections, *sections))

    def turn(self, earlier: Earlier, section: tuple[str, str], into: tuple[str, str]) -> None:
        """Note that one section of an earlier card is another one from now on; it is to be drawn anew."""
        self._hold(earlier, tuple(into if one == section else one for one in earlier.sections))

    def replace(self, earlier: Earlier, letter: Letter) -> None:
        """Draw an earlier card anew: in its own place where it has not left yet, else by a letter behind it."""
        if earlier.has_left or not self._redrawn(earlier.id, letter):
            self.put(replace(letter, redraws=earlier.id))

    def holding(self, person_id: str, kind: str, about: str) -> Sequence[str]:
        """Return the last few deliveries to somebody that hold a section, by their ids."""
        section = json.dumps((kind, about))
        return self._connection.scalars(_HOLDING, {"person_id": person_id, "section": section}).all()

    def earlier(self, organization_id: str, delivery_ids: Iterable[str]) -> Sequence[Earlier]:
        """Return what is known of some earlier deliveries, or of what they redraw, in the order of their queueing."""
        keys = {"organization_id": organization_id, "ids": list(delivery_ids)}
        return [Earlier(*row) for row in self._connection.execute(_EARLIER, keys)] if keys["ids"] else []

    def standing(self, account_id: str, message_id: str) -> Earlier | None:
        """Return the delivery to an account of which a message stands under a platform's id, if there is one."""
        keys = {"account_id": account_id, "message_id": message_id}
        row = self._connection.execute(_STANDING, keys).one_or_none() if message_id else None
        return Earlier(*row) if row else None

    def unreachable(self, organization_id: str) -> Mapping[str, datetime]:
        """Return the people whose account has refused for good what came last, each with the moment since when.

        Where a platform could not take a message for some time, or the message was an old one to be drawn anew, that
        tells nothing of the person. Only what was given up is looked through.
        """
        found = self._connection.execute(_UNREACHABLE, {"organization_id": organization_id})
        return {row[0]: row[1] for row in found}

    def _hold(self, earlier: Earlier, sections: tuple[tuple[str, str], ...]) -> None:
        self._connection.execute(_HOLD, {"earlier_id": earlier.id, "all": sections})

    def _redrawn(self, earlier_id: str, letter: Letter) -> bool:
        sealed = self._sealer.seal(card_to_json(letter.card), earlier_id)
        keys = {"earlier_id": earlier_id, "new": sealed}
        return self._connection.execute(_REDRAW, keys).rowcount == 1
