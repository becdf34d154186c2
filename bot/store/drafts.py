"""What is open in each conversation: a form, the last choice, and forms that wait, all that people wrote sealed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.ports import Draft
from bot.store.codec import draft_from_json, draft_to_json
from bot.store.sealing import Sealer
from bot.store.tables import drafts
from bot.store.upserts import insert_or_update

_PLAIN = ("id", "organization_id", "account_id", "form", "subject", "rev", "position", "touched_at")

_GET = sa.select(drafts).where(drafts.c.account_id == sa.bindparam("account_id"))
_PUT = insert_or_update(
    drafts,
    ["account_id"],
    lambda new: {name: new[name] for name in (*_PLAIN, "sealed", "saved_at") if name != "account_id"},
)
_DROP = sa.delete(drafts).where(drafts.c.account_id == sa.bindparam("account_id"))


class SqlDrafts:
    """`bot.ports.Drafts` by statements."""

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self._connection = session.connection
        self._sealer = sealer

    def get(self, account_id: str) -> Draft | None:
        """Return the draft of a conversation."""
        row = self._connection().execute(_GET, {"account_id": account_id}).one_or_none()
        if row is None:
            return None
        values, choice, kept, quoted = draft_from_json(self._sealer.open(row.sealed, row.id))
        plain = {name: getattr(row, name) for name in _PLAIN}
        return Draft(**plain, values=values, choice=choice, kept=kept, quoted=quoted)

    def put(self, draft: Draft, now: datetime) -> None:
        """Save a draft in place of any other of the same conversation."""
        row = {name: getattr(draft, name) for name in _PLAIN} | {"saved_at": now}
        words = draft_to_json(draft.values, draft.choice, draft.kept, draft.quoted)
        row["sealed"] = self._sealer.seal(words, draft.id)
        connection = self._connection()
        connection.execute(_PUT[connection.dialect.name], row)

    def drop(self, account_id: str) -> None:
        """Forget the draft of a conversation."""
        self._connection().execute(_DROP, {"account_id": account_id})
