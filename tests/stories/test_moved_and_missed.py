"""A meeting moves after its agenda was sent, or away and back; a day's outage; two who answer at once."""

import asyncio
from datetime import timedelta

import sqlalchemy as sa

from bot.domain.cadence import local
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import Fingers, World, world


def heard(company: World, name: str, kind: str) -> list[str]:
    """Return when somebody got a message with a section of a kind, by the clocks of Berlin."""
    posts = company.chat.rooms.get(company.people[name].id, [])
    return [
        f"{local(post.at, company.zone):%a %d %b %H:%M}"
        for post in posts
        if kind in {section.kind for section in post.card.sections}
    ]


async def met(company: World) -> None:
    """Tuesday, 19 January: Ana and Ben have met; the next one is on Tuesday, 2 February, at ten."""
    await paired(company)
    await company.until("2027-01-19", "11:00")
    await company.hands("Ana").press("Yes, we met")


async def moves(company: World, hands: Fingers, day: str) -> None:
    """Let somebody suggest another day at ten, and Ben confirm it."""
    await hands.command("move")
    assert await hands.fill({"On which day?": day, "At what time?": "10:00"}) == {}
    await company.hands("Ben").type("works")


async def test_a_meeting_moved_after_its_agenda_was_sent_keeps_its_topics(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await company.until("2027-01-29", "10:00")
        await ana.press("Add topics")
        assert await ana.fill({"Topics, one a line": "How to say no"}) == {}
        await company.until("2027-02-01", "08:30")
        await moves(company, ana, "2027-02-04")
        await company.until("2027-02-03", "10:00")
        assert heard(company, "Ben", "brief")[-1] == "Wed 03 Feb 09:00"
        assert "You meet Ana: Thu, Feb 4, 10:00" in ben.messages()[-1]
        assert "How to say no" in ben.messages()[-1]
        await company.until("2027-02-05", "17:00")
        assert heard(company, "Ana", "agenda") == ["Fri 29 Jan 09:00"], "nobody is asked twice for the same meeting"
        assert heard(company, "Ana", "did_you_meet")[-1] == "Thu 04 Feb 10:45", "the hour that stands is asked about"


async def test_a_meeting_moved_away_and_back_is_as_if_it_had_never_moved(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await met(company)
        await company.until("2027-01-27", "10:00")
        await moves(company, company.hands("Ana"), "2027-02-10")
        await moves(company, company.hands("Ana"), "2027-02-02")
        await company.until("2027-02-11", "17:00")
        assert heard(company, "Ana", "agenda") == ["Fri 29 Jan 09:00"]
        assert heard(company, "Ben", "brief")[-1] == "Mon 01 Feb 09:00"
        assert heard(company, "Ana", "did_you_meet")[1:] == ["Tue 02 Feb 10:45"]


async def test_after_a_days_outage_nothing_moot_and_nothing_out_of_hours_leaves(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await met(company)
        await company.until("2027-02-01", "08:00")
        before = len(company.hands("Ben").messages())
        await company.jump(timedelta(hours=36))
        assert len(company.hands("Ben").messages()) == before, "eight in the evening, and the meeting is over"
        await company.until("2027-02-03", "10:00")
        assert heard(company, "Ana", "did_you_meet")[1:] == ["Wed 03 Feb 09:00"]
        assert len(heard(company, "Ben", "brief")) == 1, "a brief for a meeting of yesterday helps nobody"


async def test_two_who_answer_at_once_leave_one_meeting_and_neither_answer_is_shown(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await company.until("2027-01-20", "09:30")
        yes = next(button for button in company.hands("Ana").posts[-1].card.buttons if button.action == "meeting.yes")
        no = next(button for button in company.hands("Ben").posts[-1].card.buttons if button.action == "meeting.no")
        await asyncio.gather(ana.press_old(yes), ben.press_old(no))
        with company.app.store.unit() as unit:
            (facts,) = unit.mentorships.of_organization(company.organization_id, company.clock.now())
        assert [str(meeting.state) for meeting in facts.meetings][:1] == ["unsettled"]
        assert sorted(answer.met for answer in facts.answers) == [False, True]
        text = "\n".join([*ana.messages(), *ben.messages()])
        assert "stays open, and I ask nobody again" in text
