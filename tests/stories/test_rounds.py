"""Ada matches her programme: proposals with reasons, changed, compared, approved; then all hear on one day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from tests.rounds import carried_on
from tests.stories.test_five_check_ins import MONDAY
from tests.world import Fingers, World, read, world

MENTORS = {"Ben": "Python 5, Negotiating 4", "Cem": "Negotiating 5, SQL 4"}
MENTEES = {"Ana": "Python 3", "Dan": "Negotiating 3", "Eva": "Basket weaving 1"}
NAMES = ("Ada", *MENTORS, *MENTEES)


@asynccontextmanager
async def joined(engine: sa.Engine) -> AsyncIterator[World]:
    """Monday: two mentors with a seat each have joined, and three who want to learn; Eva wants what nobody offers."""
    async with world(engine, MONDAY, names=NAMES) as company:
        await company.hands("Ada").command("skills add Python, Negotiating, SQL")
        for name, offers in MENTORS.items():
            await join(
                company.hands(name),
                {
                    "What would you like to be?": "Mentor: I want to help others",
                    "What can you help others with?": offers,
                },
            )
        for name, wants in MENTEES.items():
            await join(company.hands(name), {"What do you want to learn, the most wanted first?": wants})
        yield company


async def join(hands: Fingers, answers: dict[str, str]) -> None:
    await hands.command("join")
    assert await hands.fill(answers) == {}


async def proposed(company: World) -> Fingers:
    """Ada begins a round and waits for its end."""
    ada = company.hands("Ada")
    await ada.command("match")
    assert await ada.fill({}) == {}
    await carried_on(company.app)
    return ada


def shown(hands: Fingers) -> str:
    assert hands.shown is not None
    return read(hands.shown)


async def test_a_round_is_begun_watched_and_proposes_with_reasons(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = company.hands("Ada")
        await ada.command("match")
        assert ada.form and ada.form.title == "Match Mentoring"
        await ada.fill({})
        assert "I am about to begin." in ada.messages()[-1]
        await carried_on(company.app)
        assert "These are proposals, and nobody has heard of them." in ada.messages()[-1]
        assert "People with somebody: 2 of 3" in ada.messages()[-1]
        await ada.press("The pairs")
        assert "Ben Sample – Ana Sample" in shown(ada)
        assert "Ben offers Python, which is wanted" in shown(ada)
        assert "2 levels ahead in Python" in shown(ada)
        assert "Cem Sample – Dan Sample" in shown(ada)
        for name in (*MENTORS, *MENTEES):
            assert "proposals" not in " ".join(company.hands(name).messages()), "nobody else has heard of it"


async def test_where_nobody_has_joined_ada_reads_how_people_do(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = await proposed(company)
        assert "Nobody is there to be matched yet. Who types 'join' takes part" in ada.messages()[-1]
        assert "Approve" not in ada.messages()[-1]
        for name in ("Ben", "Ana"):
            await join(company.hands(name), {"What do you want to learn, the most wanted first?": "Python 1"})
        await ada.press("Run again")
        await carried_on(company.app)
        assert "People with somebody: 0 of 2" in ada.messages()[-1]


async def test_the_report_says_why_somebody_has_nobody(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = await proposed(company)
        await ada.press("Report")
        assert "How well the pairs fit" in shown(ada)
        assert "nobody offers what they want: 1" in shown(ada)
        assert "By lot" in shown(ada)
        await ada.press("Who they are")
        assert "nobody offers what they want: Eva Sample" in shown(ada)


async def test_pairs_are_parted_pinned_and_swapped_before_a_new_run(database: sa.Engine) -> None:
    """Ada does not want Ben and Ana together; with that said nobody can be invited before a new run."""
    async with joined(database) as company:
        ada = await proposed(company)
        await ada.command("proposal Ana Sample")
        await ada.press("Change")
        await ada.press("Not these two")
        assert "You have said: not these two" in shown(ada)
        await ada.press("Approve")
        assert "Please run the round again first." in shown(ada)
        await ada.press("Run again")
        await carried_on(company.app)
        assert "People with somebody: 1 of 3" in ada.messages()[-1]
        await ada.command("proposal Ana Sample")
        assert "No round that waits for an approval proposes anybody for Ana Sample." in shown(ada)


async def test_a_what_if_stands_beside_the_first_run_and_only_one_of_the_two_is_approved(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = await proposed(company)
        await ada.press("What if …")
        assert (
            await ada.fill({"Different teams and functions": "twice as much", "Help with goals": "not at all"}) == {}
        )
        await carried_on(company.app)
        assert "This is a what-if" in ada.messages()[-1]
        assert "People with somebody: 2 of 3 (2 of 3)" in ada.messages()[-1]
        await ada.press("Approve")
        assert "I invite 2 pairs" in shown(ada)
        await ada.press("Yes, invite them")
        await carried_on(company.app)
        states = [message for message in ada.messages() if "This round was discarded" in message]
        assert states, "the first run is discarded"


async def test_people_decide_and_who_is_left_is_matched_anew(database: sa.Engine) -> None:
    """All are invited; Dan declines; when all hear, Ada learns how many began, and matches those who are left."""
    async with joined(database) as company:
        ada = await proposed(company)
        await ada.press("Approve")
        await ada.press("Yes, invite them")
        await carried_on(company.app)
        await company.until("2027-01-11", "10:00")
        for name in ("Ben", "Ana", "Cem"):
            await company.hands(name).press("Yes, gladly")
        await company.hands("Dan").press("Not this time")
        assert "Nobody offers yet what you want to learn." in company.hands("Eva").messages()[-1]
        await company.until("2027-01-15", "09:30")
        await carried_on(company.app)
        await company.until("2027-01-15", "10:00")
        assert "All have heard." in ada.messages()[-1]
        assert "Pairs that begin: 1" in ada.messages()[-1]
        assert "Dan" not in ada.messages()[-1], "who declined is told to nobody"
        await ada.press("Match those who are left")
        await carried_on(company.app)
        assert "People with somebody: 0 of 2" in ada.messages()[-1]


async def test_pressed_twice_and_by_somebody_else(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada = await proposed(company)
        approve = ada.button("Approve")
        await ada.press("Approve")
        await ada.press("Yes, invite them")
        await ada.press_old(approve)
        assert "Approved. I invite them" in shown(ada)
        assert "Approved. I invite them" in ada.messages()[-1]
        ben = company.hands("Ben")
        await ben.press_old(approve)
        assert "Approved" not in " ".join(ben.messages())
        assert "Only those who run the programme can do this." in shown(ben)


async def test_who_does_not_run_the_programme_any_more_is_told_nothing_of_a_round(database: sa.Engine) -> None:
    async with joined(database) as company:
        ada, ben = company.hands("Ada"), company.hands("Ben")
        await ada.command("admins add Ben Sample")
        await ada.press("Yes, add")
        await ada.command("match")
        assert await ada.fill({}) == {}
        await ben.command("admins remove Ada Sample")
        await ben.press("Yes, take off")
        before = len(ada.messages())
        await carried_on(company.app)
        assert ada.messages()[before - 1 :] == ["This round is not there any more."], "the card she has says it"
        assert "These are proposals" in await ben.command("match")
