"""A small company lives through three weeks; and every promise that is broken on purpose is found."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.__main__ import cli
from bot.domain.ids import new_id
from bot.messages import Card, Section
from bot.ports import Letter
from bot.simulation.company import Company, open_company
from bot.simulation.diary import Diary
from bot.simulation.life import ADMIN, START, Life, simulate
from bot.store.engine import reading, writing
from bot.store.tables import meetings, participants, people
from tests.unit.scenes import at

PEOPLE, WEEKS = 24, 3
READER = "P00003"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with open_company(tmp_path, START, lasting=False) as found:
        yield found


@pytest.fixture
async def life(company: Company) -> Life:
    """Two pairs that have lived for a week; the reader is at work in the next one and has heard of nothing in it."""
    life = Life(company, 4, WEEKS, seed=1)
    life.diaries[READER].away.clear()
    life.diaries[READER].pauses.clear()
    await life.begin()
    for number in range(6):
        await life.day(number)
    assert life.report().breaches == []
    return life


def noon(life: Life, days: int = 0) -> datetime:
    """Return a moment of the second week at which the reader is at work."""
    return life.diaries[READER].at_work(START + timedelta(days=7 + days, hours=1)) + timedelta(minutes=7)


async def told(life: Life, *cards: Card, when: datetime | None = None, to: str = READER) -> set[str]:
    """Let messages leave that nothing has asked for, and return what the witnesses say of them.

    Nobody is looked at, so that no other message is among them.
    """
    when, before = when or noon(life), len(life.report().breaches)
    with life.company.app.store.unit() as unit:
        for card in cards:
            unit.outbox.put(Letter(new_id(), life.company.organization.id, to, card, when))
        unit.commit()
    life.company.clock.moment = when
    await life.company.respond(())
    return {f"{one.promise}: {one.what}" for one in life.report().breaches[before:]}


def meeting_of(life: Life, person_id: str, **values: object) -> str:
    """Return a meeting of somebody's, after giving it some values."""
    mine = sa.select(participants.c.mentorship_id).where(participants.c.person_id == person_id)
    with writing(life.company.database) as connection:
        meeting_id = connection.scalar(sa.select(meetings.c.id).where(meetings.c.mentorship_id.in_(mine)))
        if values:
            connection.execute(sa.update(meetings).where(meetings.c.id == meeting_id).values(**values))
    assert meeting_id
    return str(meeting_id)


def words(text: str = "Hello", kind: str = "", about: str = "", summary: str = "About your mentoring") -> Card:
    return Card((Section(text, kind=kind, about=about),), summary=summary)


async def test_a_company_lives_through_three_weeks_and_every_promise_is_kept(tmp_path: Path) -> None:
    days: list[int] = []
    report = await simulate(tmp_path, PEOPLE, WEEKS, on_day=lambda: days.append(1))
    assert len(days) == WEEKS * 7
    assert report.breaches == []
    assert report.flawless
    assert report.turns > PEOPLE, "they live"
    assert report.marks > PEOPLE, "they write, and it is read by those for whom it is"
    assert report.unasked.total() > report.counted.total() > PEOPLE
    assert max(report.counted.values()) <= 2
    printed = "\n".join(report.lines())
    assert "Every promise was kept, on every message." in printed
    assert "Pairs with a first date by day 10" in printed


async def test_a_seed_tells_the_same_story_twice(tmp_path: Path) -> None:
    first, second = [await simulate(tmp_path / name, 10, 2, seed=7) for name in ("first", "second")]
    assert list(first.lines()) == list(second.lines())


async def test_a_bot_that_knows_no_budget_is_found_out(company: Company) -> None:
    life = Life(company, PEOPLE, WEEKS, seed=1)
    await life.begin()
    with writing(company.database) as connection:
        connection.execute(sa.update(people).values(unasked_a_week=50))
    for number in range(WEEKS * 7):
        await life.day(number)
    report = life.report()
    assert {breach.promise for breach in report.breaches} == {"within the budget"}
    assert not report.flawless
    assert any("2 a week are allowed, and these came: " in line for line in report.lines())


async def test_a_message_at_night_is_found(life: Life) -> None:
    night = life.diaries[READER].tonight(noon(life))
    assert await told(life, words(), when=night) == {"in working hours only: words outside working hours"}


async def test_the_third_message_of_a_week_is_found_and_the_first_two_are_not(life: Life) -> None:
    assert await told(life, words(), words()) == set()
    assert await told(life, words()) == {
        "within the budget: 2 a week are allowed, and these came: words on Mon; words on Mon; words on Mon"
    }


async def test_a_brief_after_its_meeting_began_is_found(life: Life) -> None:
    meeting_id = meeting_of(life, READER, state="confirmed", starts_at=START, timed_at=START)
    assert await told(life, words("", "brief", meeting_id)) == {"nothing moot: brief: the meeting has begun"}


async def test_a_question_that_was_answered_is_found(life: Life) -> None:
    meeting_id = meeting_of(life, READER, state="held", starts_at=START, settled_at=START)
    assert "nothing moot: did_you_meet: the meeting is held" in await told(
        life, words("", "did_you_meet", meeting_id)
    )


async def test_the_same_words_about_the_same_hour_are_found(life: Life) -> None:
    soon = START + timedelta(days=14)
    meeting_id = meeting_of(life, READER, state="confirmed", starts_at=soon, timed_at=START)
    brief = words("", "brief", meeting_id)
    assert await told(life, brief) == set()
    assert await told(life, brief, when=noon(life, days=1)) == {"nothing twice: brief", "one brief a week: brief"}
    meeting_of(life, READER, starts_at=soon + timedelta(days=1))
    assert "nothing twice" not in str(await told(life, brief, when=noon(life, days=7))), (
        "another hour is no repetition"
    )


async def test_private_words_in_a_message_to_somebody_else_are_found(life: Life) -> None:
    meeting_id = meeting_of(life, READER)
    with reading(life.company.database) as connection:
        mentorship_id = connection.scalar(sa.select(meetings.c.mentorship_id).where(meetings.c.id == meeting_id))
        others = connection.scalars(
            sa.select(participants.c.person_id).where(participants.c.mentorship_id == mentorship_id)
        ).all()
    partner = next(one for one in others if one != READER)
    pen = life.crowd.pen
    alone, shared = (pen.write(READER, meeting_id, "a form", private=private) for private in (True, False))
    assert not any("private words" in one for one in await told(life, words(alone), words(shared)))
    assert any("only for its author" in one for one in await told(life, words(alone), to=partner))
    assert any("those of the mentorship" in one for one in await told(life, words(shared), to=ADMIN))
    summary = words(summary=shared)
    assert any("in a notification" in one for one in await told(life, summary)), "not even to its author"


DIARY = Diary(
    "Europe/Berlin",
    "DE",
    "BE",
    (0, 1, 2, 3),
    time(8),
    time(16),
    [(date(2027, 3, 1), date(2027, 3, 2))],
    [(at("2027-03-09 12:00"), at("2027-03-10 12:00"))],
)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2027-02-24 08:00", ""),
        ("2027-02-24 07:59", "outside working hours"),
        ("2027-02-24 16:00", "outside working hours"),
        ("2027-02-26 10:00", "on a day off"),
        ("2027-03-02 10:00", "while away"),
        ("2027-03-08 10:00", "on a holiday"),
        ("2027-03-10 11:59", "while paused"),
        ("2027-03-10 12:00", ""),
    ],
)
def test_a_diary_says_when_nobody_may_write(moment: str, why: str) -> None:
    assert DIARY.closed(at(moment)) == why


def test_working_days_leave_out_what_is_off() -> None:
    assert DIARY.working_days(at("2027-02-25 10:00"), at("2027-03-09 10:00")) == 3, "3, 4 and 9 March"
    assert DIARY.at_work(at("2027-02-25 16:00")) == at("2027-03-03 08:00")


def test_the_command_prints_the_report_and_tells_by_its_exit_code() -> None:
    result = CliRunner().invoke(cli, ["simulate", "--people", "8", "--weeks", "2", "--seed", "2"])
    assert result.exit_code == 0, result.output
    assert "8 people, 2 weeks, seed 2" in result.output
    assert "Every promise was kept, on every message." in result.output
