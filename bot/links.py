"""Addresses that a person's browser follows: sealed, short-lived, and holding ids alone."""

import base64
import json
from datetime import UTC, datetime

from bot.ports import LinkKind, Ticket
from bot.store.sealing import Sealer, Unsealable

PATH = "/l/"
"""What stands before the token in the path of every link."""

PURPOSE = "link"
"""What tokens are sealed for, in place of a row's id: nothing else that was sealed opens as a link."""


class SealedLinks:
    """`bot.ports.Links`: a ticket, sealed into the last part of an address below `base_url`.

    Nothing of a link is stored, so that any copy of the service which knows the key can read it.
    """

    def __init__(self, sealer: Sealer, base_url: str) -> None:
        self._sealer = sealer
        self._base_url = base_url.rstrip("/")

    def url(self, ticket: Ticket) -> str:
        """Return an address that leads to what the ticket names until it expires, to the second."""
        ids = (ticket.organization_id, ticket.subject_id, ticket.reader_id)
        sealed = self._sealer.seal(json.dumps([ticket.kind, *ids, int(ticket.expires_at.timestamp())]), PURPOSE)
        return f"{self._base_url}{PATH}{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"

    def read(self, token: str, now: datetime) -> Ticket | None:
        """Return the ticket of a token; None where it has expired or is none of ours, and nothing tells which."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            kind, organization_id, subject_id, reader_id, expires = json.loads(self._sealer.open(sealed, PURPOSE))
            known = LinkKind(kind)
        except (ValueError, Unsealable):
            return None
        expires_at = datetime.fromtimestamp(expires, UTC)
        return Ticket(known, organization_id, subject_id, reader_id, expires_at) if now < expires_at else None
