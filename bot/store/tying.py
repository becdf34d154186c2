"""Two workspaces of one company, as Slack's and Teams' are, tied by the operator before the second is used."""

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.people import Platform
from bot.store.engine import writing
from bot.store.tables import workspaces

_KNOWN = sa.select(workspaces.c.organization_id).where(
    workspaces.c.platform == sa.bindparam("platform"), workspaces.c.external_id == sa.bindparam("external_id")
)


class CannotTie(Exception):
    """Workspaces that cannot be of one company; the message is one line that says why."""


def tie(engine: sa.Engine, first: tuple[Platform, str], second: tuple[Platform, str]) -> None:
    """Let the second workspace be of the same company as the first, each by its platform and the platform's own id.

    Twice changes nothing. Raises CannotTie where the first is not known, or the second is of another company already.
    """
    with writing(engine) as connection:
        company = connection.scalar(_KNOWN, _keys(first))
        if company is None:
            raise CannotTie(f"Nobody of {first[1]} is known yet: let somebody write to the bot there first.")
        other = connection.scalar(_KNOWN, _keys(second))
        if other not in (None, company):
            raise CannotTie(f"{second[1]} has a company of its own already: tie it before the bot is used there.")
        if other is None:
            row = {"id": new_id(), "organization_id": company, "name": second[1], **_keys(second)}
            connection.execute(sa.insert(workspaces).values(**row))


def _keys(one: tuple[Platform, str]) -> dict[str, str]:
    return {"platform": one[0], "external_id": one[1]}
