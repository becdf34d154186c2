"""Six weeks, message by message: who gets what when, for a pair, a mentor of three, and a group of ten.

The lists are the default message calendar. Each line is one message by the clocks of Berlin; what stands behind its
day and hour are the kinds of its sections.
"""

from datetime import date, timedelta

import sqlalchemy as sa

from bot.domain.cadence import local
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_groups import TEN, began, reported
from tests.world import Fingers, World, world

SIX_WEEKS = [date(2027, 1, 11) + timedelta(days=n) for n in range(47)]
AGREEMENT = {"I need help with …": "Saying no", "I want …": "Two free evenings a week"}
GOAL = {
    "What do you want to reach?": "Lead the spring release by May",
    "How will you both see that it is reached?": "It is out, and two people say it went well",
}
ANSWERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Add topics", {"Topics, one a line": "How to say no"}),
    ("Add a topic, or tell what came of it", {"Topics, one a line": "How to say no"}),
    ("Yes, we met", {}),
    ("Reflect", {"One next step of yours": "Say no once this week"}),
    ("Write it down", AGREEMENT),
    ("I agree", {}),
    ("Name a goal", GOAL),
)
"""What people press who answer everything, and what they write then."""


def heard(company: World, name: str) -> list[str]:
    """Return what somebody got, one line a message, without the reflection that opens when they say that they met."""
    lines = []
    for post in company.chat.rooms.get(company.people[name].id, []):
        kinds = [section.kind for section in post.card.sections if section.kind]
        if kinds and kinds != ["reflection"]:
            lines.append(f"{local(post.at, company.zone):%a %d %b %H:%M} {', '.join(kinds)}")
    return lines


async def answer_all(company: World, hands: Fingers) -> None:
    """Let somebody answer everything that is asked of them."""
    for label, values in ANSWERS:
        buttons = hands.buttons().count(label)
        for _ in range(min(buttons, 1) if values else buttons):
            await hands.press(label)
            if values and hands.form is not None:
                known = {field.label for field in hands.form.fields}
                assert await hands.fill({name: value for name, value in values.items() if name in known}) == {}


async def live(company: World, names: tuple[str, ...], since: date) -> None:
    """Let the weeks pass; each day from half past eleven on, those who are named answer everything, one by one."""
    for day in SIX_WEEKS:
        if day >= since:
            for number, name in enumerate(names):
                await company.until(str(day), f"11:{30 + 5 * number}")
                await answer_all(company, company.hands(name))


async def begun(company: World, mentees: tuple[str, ...]) -> None:
    """Monday: Ada pairs Ben with some mentees, all accept; Friday: each suggests a first hour, Ben confirms them."""
    ben = company.hands("Ben")
    for name in mentees:
        await company.hands("Ada").command(f"pair @Ben Sample, @{name} Sample")
    await company.until("2027-01-11", "10:00")
    for name in mentees:
        await company.hands(name).press("Yes, gladly")
        await ben.press("Yes, gladly")
    await company.until("2027-01-15", "09:30")
    for number, name in enumerate(mentees):
        hands = company.hands(name)
        await hands.press("Introduce myself")
        answers = {
            "What brought you to where you are?": "Support, then testing",
            "What would make these months worth your time?": "Leading a project",
            "On which day?": f"2027-01-{20 + number}",
            "At what time?": "10:00",
        }
        assert await hands.fill(answers) == {}
    for _ in mentees:
        await ben.press("Works for me")


async def test_a_mentee_and_her_mentor(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await begun(company, ("Ana",))
        await live(company, ("Ana", "Ben"), date(2027, 1, 16))
        assert heard(company, "Ana") == [
            "Mon 11 Jan 09:50 invitation",
            "Fri 15 Jan 09:00 kickoff",
            "Fri 15 Jan 09:30 booked",
            "Wed 20 Jan 10:45 did_you_meet",
            "Mon 25 Jan 09:00 agreement",
            "Mon 01 Feb 09:00 agenda",
            "Wed 03 Feb 10:45 did_you_meet",
            "Mon 15 Feb 09:00 agenda",
            "Wed 17 Feb 10:45 did_you_meet",
        ]
        assert heard(company, "Ben") == [
            "Mon 11 Jan 09:50 invitation",
            "Fri 15 Jan 09:00 kickoff",
            "Fri 15 Jan 09:30 confirm",
            "Tue 19 Jan 09:00 brief",
            "Mon 25 Jan 11:50 agree, reflection",
            "Tue 02 Feb 09:00 brief",
            "Tue 16 Feb 09:00 brief, reflection",
        ]


async def test_a_mentor_of_three_gets_one_message_for_all_of_them(database: sa.Engine) -> None:
    mentees = ("Ana", "Carl", "Dora")
    async with world(database, MONDAY, names=("Ada", "Ben", *mentees)) as company:
        await begun(company, mentees)
        await live(company, (*mentees, "Ben"), date(2027, 1, 16))
        assert heard(company, "Ben") == [
            "Mon 11 Jan 09:50 invitation, invitation, invitation",
            "Fri 15 Jan 09:00 kickoff, kickoff, kickoff",
            "Fri 15 Jan 09:30 confirm",
            "Tue 19 Jan 09:00 brief, brief, brief",
            "Mon 25 Jan 11:50 agree, agree, agree, reflection, reflection, reflection",
            "Tue 02 Feb 09:00 brief, brief, brief",
            "Tue 16 Feb 09:00 brief, brief, brief, reflection, reflection, reflection",
        ]
        for name in mentees:
            kinds = [line.split(" ", 4)[4] for line in heard(company, name)]
            assert kinds == [
                *("invitation", "kickoff", "booked", "did_you_meet", "agreement"),
                *("agenda", "did_you_meet", "agenda", "did_you_meet"),
            ]


async def test_a_mentor_of_people_around_the_world_hears_on_friday_in_one_message(database: sa.Engine) -> None:
    mentees = {"Ana": "Europe/Berlin", "Carl": "America/New_York", "Dora": "Australia/Sydney"}
    async with world(database, MONDAY, names=("Ada", "Ben", *mentees)) as company:
        with company.app.store.unit() as unit:
            for name, zone in mentees.items():
                person = unit.people.get(company.organization_id, company.people[name].id)
                assert person is not None
                person.zone = zone
            unit.commit()
        for name in mentees:
            await company.hands("Ada").command(f"pair @Ben Sample, @{name} Sample")
        await company.until("2027-01-12", "16:00")
        for name in mentees:
            await company.hands(name).press("Yes, gladly")
            await company.hands("Ben").press("Yes, gladly")
            assert "You will hear on Fri, Jan 15" in company.hands(name).messages()[-1]
        assert company.hands("Ben").messages()[-1].count("You will hear on Fri, Jan 15") == len(mentees)
        await company.until("2027-01-15", "17:00")
        assert heard(company, "Ben")[-1] == "Fri 15 Jan 09:00 kickoff, kickoff, kickoff"
        assert heard(company, "Ana")[-1] == "Fri 15 Jan 09:00 kickoff"
        assert heard(company, "Carl")[-1] == "Fri 15 Jan 15:00 kickoff", "nine in New York"
        assert heard(company, "Dora")[-1] == "Thu 14 Jan 23:00 kickoff", "nine in Sydney"


async def test_a_mentor_in_ten_pairs_gets_one_message_and_not_ten(database: sa.Engine) -> None:
    """Their first meetings are on the ten days from Wednesday the 20th on: one brief holds the five of that week."""
    async with world(database, MONDAY, names=("Ada", "Ben", *TEN)) as company:
        await begun(company, TEN)
        await company.until("2027-01-20", "12:00")
        assert heard(company, "Ben") == [
            f"Mon 11 Jan 09:50 {', '.join(['invitation'] * 10)}",
            f"Fri 15 Jan 09:00 {', '.join(['kickoff'] * 10)}",
            "Fri 15 Jan 09:30 confirm",
            f"Tue 19 Jan 09:00 {', '.join(['brief'] * 5)}",
        ]


async def test_who_wants_fewer_answers_on_the_card_of_the_week(database: sa.Engine) -> None:
    """Ana gets one message a week: 'did you meet?' stands on the agenda's card, and so Ben is not asked either."""
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await begun(company, ("Ana",))
        await ana.type("fewer")
        await live(company, ("Ana", "Ben"), date(2027, 1, 16))
        assert heard(company, "Ana") == [
            "Mon 11 Jan 09:50 invitation",
            "Fri 15 Jan 09:00 kickoff",
            "Fri 15 Jan 09:30 booked",
            "Wed 20 Jan 10:45 did_you_meet",
            "Mon 25 Jan 09:00 agreement",
            "Mon 01 Feb 09:00 agenda, did_you_meet",
            "Mon 15 Feb 09:00 agenda, did_you_meet",
        ]
        assert "You met on Wed, Feb 3" in "\n".join(ana.messages())
        assert not [line for line in heard(company, "Ben") if "wrap" in line]


async def test_a_group_of_ten_costs_each_one_message_a_meeting_and_two_whoever_leads(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ben", *TEN)) as company:
        await began(company, TEN)
        for day in ("2027-01-19", "2027-02-02"):
            await reported(company, day)
        await company.until("2027-02-05", "17:00")
        before = {name: len(heard(company, name)) for name in ("Ben", *TEN)}
        await company.until("2027-02-19", "17:00")
        cost = {name: heard(company, name)[before[name] :] for name in ("Ben", *TEN)}
        assert cost.pop("Dora") == ["Fri 12 Feb 09:00 agenda, goal", "Tue 16 Feb 10:45 did_you_meet"], "her turn"
        assert cost.pop("Ben") == ["Mon 15 Feb 09:00 brief, goal", "Wed 17 Feb 09:00 wrap"]
        for name, lines in cost.items():
            assert [line.split(",")[0] for line in lines] == ["Mon 15 Feb 09:00 brief"], f"{name}: one message"
