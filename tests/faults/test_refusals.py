"""A platform that loses answers, has too much to do, or refuses: nothing is doubled, lost, or held up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.ids import new_id
from bot.domain.people import Platform
from bot.messages import Sender, Typed
from bot.store import Sealer, connect
from tests.databases import sqlite_file
from tests.faults.company import ZONE, found_company
from tests.faults.post_office import BUSY_FOR, Fate, Postman, PostOffice, post_office
from tests.world import KEY, Dial, read

pytestmark = pytest.mark.faults

MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo(ZONE))
SECOND = timedelta(seconds=1)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_file(tmp_path))
    yield engine
    engine.dispose()


class Talk:
    """Ana's conversation with an application whose letters have the fates given, and arrive after that."""

    def __init__(self, database: sa.Engine, office: PostOffice, *fates: Fate) -> None:
        ahead = iter(fates)
        office.fate = lambda address: next(ahead, Fate.TAKEN) if address == "Ana" else Fate.TAKEN
        self.office = office
        self.people = found_company(database, ("Ana", "Ben"))
        self.clock = Dial(MONDAY)
        self.app = App(database, Sealer([KEY]), self.clock, {Platform.PLAYGROUND: Postman(office.port)})

    async def says(self, *names: str, who: str = "Ana") -> None:
        """Let somebody ask for people whom nobody knows; each answer repeats the name."""
        for name in names:
            await self.app.accept(Typed((new_id(),), self._sender(who), f"pair {name}, Ben Sample"))
        await self.app.tick()

    async def later(self, by: timedelta) -> None:
        self.clock.move_to(self.clock.now() + by)
        await self.app.tick()

    async def pairs_at_the_end_of_the_day(self) -> None:
        """Let Ben propose himself as Ana's mentor so that Ana is invited five minutes before both go home."""
        self.clock.move_to(MONDAY.replace(hour=16, minute=35))
        await self.app.answer(Typed((new_id(),), self._sender("Ben"), "pair Ben Sample, Ana Sample", slash=True))
        await self.later(timedelta(minutes=20))

    def heard(self, who: str = "Ana") -> list[str]:
        """Return the names that the answers repeat, as they arrived."""
        texts = [read(post.card) for post in self.office.at(who)]
        return [name for text in texts for name in ("Kay", "Lee", "Max") if name in text]

    def _sender(self, who: str) -> Sender:
        return self.people[who]


async def test_a_lost_answer_is_looked_up_and_not_sent_again(database: sa.Engine, office: PostOffice) -> None:
    talk = Talk(database, office, Fate.ANSWER_LOST)
    async with talk.app.running():
        await talk.says("Kay", "Lee")
        assert talk.heard() == ["Kay"], "while one letter is in doubt the next one waits"
        await talk.later(timedelta(minutes=1))
        assert talk.heard() == ["Kay", "Lee"]
        assert office.asked_for == [office.arrived[0].delivery_id]
        assert talk.app.deliveries.counts(talk.clock.now()) == {"waiting": 0, "due": 0, "dead": 0}


async def test_a_lost_letter_is_looked_up_and_sent_again(database: sa.Engine, office: PostOffice) -> None:
    talk = Talk(database, office, Fate.LOST)
    async with talk.app.running():
        await talk.says("Kay", "Lee")
        assert talk.heard() == []
        await talk.later(timedelta(minutes=1))
        assert talk.heard() == ["Kay", "Lee"]
        assert office.asked_for == [office.arrived[0].delivery_id]


async def test_a_lookup_that_is_refused_leaves_the_doubt(database: sa.Engine, office: PostOffice) -> None:
    talk = Talk(database, office, Fate.ANSWER_LOST)
    office.busy_lookups = 1
    async with talk.app.running():
        await talk.says("Kay", "Lee")
        await talk.later(timedelta(minutes=1))
        assert (talk.heard(), office.busy_lookups) == (["Kay"], 0)
        await talk.later(timedelta(minutes=5))
        assert talk.heard() == ["Kay", "Lee"]


async def test_a_prompt_in_doubt_at_the_end_of_the_day_is_not_said_again_next_morning(
    database: sa.Engine, office: PostOffice
) -> None:
    talk = Talk(database, office, Fate.ANSWER_LOST)
    async with talk.app.running():
        await talk.pairs_at_the_end_of_the_day()
        assert len(office.at("Ana")) == 1
        await talk.later(timedelta(minutes=10))
        assert talk.app.deliveries.counts(talk.clock.now())["waiting"] == 0, (
            "it was looked up at once, in whatever hour"
        )
        await talk.later(timedelta(hours=20))
        assert len(office.at("Ana")) == 1


async def test_a_prompt_lost_at_the_end_of_the_day_comes_next_morning(
    database: sa.Engine, office: PostOffice
) -> None:
    talk = Talk(database, office, Fate.LOST)
    async with talk.app.running():
        await talk.pairs_at_the_end_of_the_day()
        await talk.later(timedelta(minutes=10))
        assert office.at("Ana") == []
        await talk.later(timedelta(hours=20))
        assert len(office.at("Ana")) == 1


async def test_a_busy_platform_is_left_alone_for_as_long_as_it_asked(database: sa.Engine, office: PostOffice) -> None:
    talk = Talk(database, office, Fate.BUSY)
    async with talk.app.running():
        await talk.says("Kay", "Lee")
        await talk.says("Max", who="Ben")
        assert talk.heard("Ben") == ["Max"], "other conversations go on"
        await talk.later((BUSY_FOR - 1) * SECOND)
        assert talk.heard() == []
        await talk.later(SECOND)
        assert talk.heard() == ["Kay", "Lee"]
        assert office.asked_for == [], "what was refused has not arrived, and is not looked for"


async def test_a_refused_letter_is_shown_and_the_next_one_goes_out(database: sa.Engine, office: PostOffice) -> None:
    talk = Talk(database, office, Fate.REFUSED)
    async with talk.app.running():
        await talk.says("Kay", "Lee")
        assert talk.heard() == ["Lee"]
        await talk.later(timedelta(days=1))
        assert talk.heard() == ["Lee"], "it is not tried again"
        (dead,) = talk.app.deliveries.dead_letters()
        assert (dead.reason, dead.attempts) == ("blocked", 1)
        assert talk.app.ready()["dead_letters"] == "ok, 1 given up"
