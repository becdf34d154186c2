"""Who is forgotten without asking for it: whom a restored backup brought back, and who left the company long ago."""

from datetime import timedelta

import sqlalchemy as sa
import structlog

from bot.domain.keeping import Keeping
from bot.engine import Engine
from bot.ports import Clock
from bot.store.keeping import brought_back, date_words, erased_ids, leavers
from bot.store.tombstones import Tombstones

log = structlog.stdlib.get_logger(__name__)


class Erasures:
    """Forgets people, and dates what is to be forgotten. Logs tell how many, never who."""

    def __init__(
        self,
        database: sa.Engine,
        engine: Engine,
        clock: Clock,
        keeping: Keeping,
        tombstones: Tombstones | None = None,
    ) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._keeping = keeping
        self._tombstones = tombstones

    def replay(self) -> int:
        """Forget again whom a restored backup brought back, and return how many that were.

        The file of tombstones learns whom this database has forgotten otherwise, as through another copy of the bot.
        """
        if self._tombstones is None:
            return 0
        found = brought_back(self._database, self._tombstones.ids())
        for organization_id, person_id in found:
            self._engine.let_go(organization_id, person_id, erase=True)
        if found:
            log.warning("erased again after a backup was restored", people=len(found))
        self._tombstones.add(erased_ids(self._database))
        return len(found)

    def keep(self) -> int:
        """Forget who left the company long ago, date what was written in what has ended; return how many left."""
        found = leavers(self._database, self._clock.now() - timedelta(days=self._keeping.leaver_days))
        for organization_id, person_id in found:
            self._engine.let_go(organization_id, person_id, erase=True)
        if found:
            log.info("leavers erased", people=len(found))
        date_words(self._database, timedelta(days=self._keeping.content_days))
        return len(found)
