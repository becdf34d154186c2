"""The bot is stopped while a round runs, and while it invites; the next start goes on, and nothing is there twice."""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.domain.proposing import MOST_MENTEES
from bot.engine import rounds as steps
from bot.matching.order import Order
from bot.matching.people import Member
from bot.rounds.round import RoundStatus
from bot.store import Sealer
from bot.store.queues import Run, Runs
from bot.store.tables import participants, rounds
from scheduler.rounds import RoundRunner
from scheduler.solving import Lost
from tests.rounds import carried_on, decided, found
from tests.stories.test_rounds import MENTEES, MENTORS, joined
from tests.world import KEY, PUBLIC_URL, World


class Slow(Runs):
    """Reading a company takes until it is let go, as where there are many people in it."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine, Sealer([KEY]))
        self.begun, self.over = threading.Event(), threading.Event()

    def entered(self, run: Run) -> AbstractContextManager[tuple[Order, Iterator[Member]]]:
        self.begun.set()
        self.over.wait()
        raise Lost


@asynccontextmanager
async def started_anew(company: World, database: sa.Engine) -> AsyncIterator[World]:
    """Start the bot again over the same database; the chat and the clock have gone on."""
    app = App(database, Sealer([KEY]), company.clock, company.app.messengers, PUBLIC_URL)
    async with app.running():
        yield replace(company, app=app)


def status(database: sa.Engine) -> list[RoundStatus]:
    with database.connect() as connection:
        return list(connection.scalars(sa.select(rounds.c.status)))


async def test_a_round_that_runs_when_the_bot_stops_is_found_by_the_next_start(database: sa.Engine) -> None:
    slow = Slow(database)
    async with joined(database) as company:
        app = company.app
        app._rounds = RoundRunner[Run](slow, app.engine.rounds, company.clock, app.threads)
        ada = company.hands("Ada")
        await ada.command("match")
        assert await ada.fill({}) == {}
        running = asyncio.create_task(app.run_rounds())
        await asyncio.to_thread(slow.begun.wait)
    await running
    slow.over.set()
    assert status(database) == [RoundStatus.RUNNING]
    async with started_anew(company, database) as company:
        await carried_on(company.app)
        ada = company.hands("Ada")
        assert status(database) == [RoundStatus.READY]
        assert "People with somebody: 2 of 3" in ada.messages()[-1]
        told = [text for text in ada.messages() if "Matching in Mentoring" in text]
        assert len(told) == 2, "the card that was there, drawn anew, and the one word that it is ready"
        await ada.press("The pairs")
        assert ada.shown
        assert len(ada.shown.sections) == 2


async def test_a_round_that_invites_when_the_bot_stops_invites_the_others_after_the_next_start(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 1 - MOST_MENTEES)  # one pair at a time
    async with joined(database) as company:
        ada = await found(company)
        async with company.app._rounds._working:
            await ada.press("Approve")
            await ada.press("Yes, invite them")
            with database.connect() as connection:
                (round_id,) = connection.scalars(sa.select(rounds.c.id))
            assert company.app.engine.rounds.invite(company.organization_id, round_id), "there is more to come"
            assert mentored(database) == {1: 2}
    async with started_anew(company, database) as company:
        await carried_on(company.app)
        assert status(database) == [RoundStatus.INVITED]
        assert mentored(database) == {1: 4}, "each of four is in one mentorship"
        await company.until("2027-01-11", "10:30")
        for name in ("Ben", "Ana", "Cem", "Dan"):
            asked = [text for text in company.hands(name).messages() if "Shall we try?" in text]
            assert len(asked) == 1, name
        for name in (*MENTORS, "Ana", "Dan"):
            await company.hands(name).press("Yes, gladly")
    async with started_anew(company, database) as company:
        await decided(company, "2027-01-15")
        ada = company.hands("Ada")
        assert "Pairs that begin: 2" in ada.messages()[-1]
        assert len([text for text in ada.messages() if "All have heard." in text]) == 1, "the newest card alone"
        for name in (*MENTEES, *MENTORS):
            heard = [text for text in company.hands(name).messages() if "are a pair" in text]
            assert len(heard) == (name != "Eva"), name


async def test_two_copies_of_the_bot_run_and_invite_a_round_once(database: sa.Engine) -> None:
    async with joined(database) as company, started_anew(company, database) as other:
        ada = company.hands("Ada")
        await ada.command("match")
        assert await ada.fill({}) == {}
        await asyncio.gather(carried_on(company.app), carried_on(other.app))
        await carried_on(other.app)
        assert "People with somebody: 2 of 3" in ada.messages()[-1]
        before = len(ada.messages())
        with database.connect() as connection:
            (round_id,) = connection.scalars(sa.select(rounds.c.id))
        other.app.engine.rounds.tell(company.organization_id, round_id)
        await other.app.tick()
        assert len(ada.messages()) == before, "whichever copy comes later says nothing more"
        await ada.press("Approve")
        await ada.press("Yes, invite them")
        await asyncio.gather(carried_on(company.app), carried_on(other.app))
        assert mentored(database) == {1: 4}


def mentored(database: sa.Engine) -> Counter[int]:
    """Count people by the number of mentorships they are in."""
    with database.connect() as connection:
        return Counter(Counter(connection.scalars(sa.select(participants.c.person_id))).values())
