"""Why somebody was not the right match."""

import sqlalchemy as sa

from bot.domain.parting import Misfit
from bot.store.tables.base import key, metadata, owner, within
from bot.store.types import UtcDateTime, choice

partings = sa.Table(
    "partings",
    metadata,
    key("mentorship_id"),
    key("person_id"),
    owner(),
    sa.Column("misfit", choice(Misfit), nullable=False),
    sa.Column("said_at", UtcDateTime, nullable=False),
    within("mentorship_id", "mentorships"),
    within("person_id", "people"),
    sa.Index(None, "organization_id", "said_at"),
)
"""One word of one person about one mentorship; there is none of whoever did not want it to be read."""
