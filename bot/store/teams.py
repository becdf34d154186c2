"""The teams to which the bot was added, so that it can read again who is in them."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.ports import Team
from bot.store.engine import reading, writing
from bot.store.tables import teams

_KEY = ("platform", "workspace", "external_id")
_one = sa.and_(*(teams.c[name] == sa.bindparam(f"that_{name}") for name in _KEY))
_MOVE = sa.update(teams).where(_one).values(address=sa.bindparam("address"))
_REMOVE = sa.delete(teams).where(_one)
_ALL = sa.select(teams).where(teams.c.platform == sa.bindparam("platform")).order_by(*(teams.c[n] for n in _KEY))


class Teams:
    """The teams of all platforms."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, team: Team) -> bool:
        """Note a team, or its new address; tell whether it was not known."""
        with writing(self._engine) as connection:
            if connection.execute(_MOVE, {**_key(team), "address": team.address}).rowcount:
                return False
            row = {name: getattr(team, name) for name in (*_KEY, "address")}
            connection.execute(sa.insert(teams), row)
            return True

    def remove(self, team: Team) -> None:
        """Forget a team; its people stay known."""
        with writing(self._engine) as connection:
            connection.execute(_REMOVE, _key(team))

    def all(self, platform: str) -> Sequence[Team]:
        """Return the teams of a platform, in no order that matters."""
        with reading(self._engine) as connection:
            return [Team(**row) for row in connection.execute(_ALL, {"platform": platform}).mappings()]


def _key(team: Team) -> dict[str, str]:
    return {f"that_{name}": getattr(team, name) for name in _KEY}
