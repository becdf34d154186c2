"""Somebody steps back from a round: whatever the reason and the day, the other hears the same, and Ada sees counts.

Ben is proposed to Ana. He steps back before the round is approved, before he is invited, before he has answered, or
after his yes; Cem has a seat for Ana then.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.people import Platform
from bot.ports import Member
from bot.store import connect
from tests.databases import sqlite_file
from tests.rounds import approved, carried_on, decided, found, offers, pairs, wants
from tests.stories.test_erase import erased
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_leaving import noted_as_left
from tests.world import WORKSPACE, Fingers, World, world

StepsBack = Callable[[World, str], Awaitable[None]]


async def pauses(company: World, name: str) -> None:
    await company.hands(name).type("pause matching")


async def leaves(company: World, name: str) -> None:
    await noted_as_left(company, name)


async def is_deactivated(company: World, name: str) -> None:
    """The directory tells that the account is closed."""
    gone = Member(company.people[name].id, belongs=False)
    await company.app.take_note(Platform.PLAYGROUND, WORKSPACE, [gone])
    await company.app.tick()


async def is_erased(company: World, name: str) -> None:
    await erased(company, name)


async def says_no(company: World, name: str) -> None:
    hands = company.hands(name)
    if "Not this time" in hands.buttons():
        await hands.press("Not this time")
    else:
        await takes_it_back(company, name)


async def takes_it_back(company: World, name: str) -> None:
    hands = company.hands(name)
    await hands.command("end")
    await hands.press("End it")


async def is_silent(company: World, name: str) -> None:
    """Nothing is answered at all."""


GONE: tuple[StepsBack, ...] = (leaves, is_deactivated, is_erased)
BEFORE: tuple[StepsBack, ...] = (pauses, *GONE)
INVITED: tuple[StepsBack, ...] = (is_silent, says_no, takes_it_back, *GONE)
ACCEPTED: tuple[StepsBack, ...] = (says_no, takes_it_back, *GONE)


async def met(company: World) -> Fingers:
    """Monday: Ben and Cem offer what Ana wants, Ben suits her better; the round is found."""
    await company.hands("Ada").command("skills add Python")
    await offers(company.hands("Ben"), "Python 3")
    await offers(company.hands("Cem"), "Python 4")
    await wants(company.hands("Ana"), "Python 1")
    ada = await found(company)
    assert await pairs(ada) == {("Ben", "Ana")}
    return ada


def told_of_rounds(ada: Fingers) -> list[str]:
    return [text for text in ada.messages() if "Matching in Mentoring" in text]


async def invited_then(company: World, happens: StepsBack, *, who: str, other: str, after_a_yes: bool) -> list[str]:
    """Live until Friday; one steps back on Tuesday, and the other has said yes. Return what Ada was told."""
    ada = await met(company)
    await approved(company, ada)
    await company.until("2027-01-11", "10:30")
    for name in (other, who) if after_a_yes else (other,):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-12", "10:00")
    await happens(company, who)
    before = len(company.hands(other).messages())
    await company.until("2027-01-14", "17:00")
    assert len(company.hands(other).messages()) == before, "nothing is said before the day on which all hear"
    await decided(company, "2027-01-15")
    heard = company.hands(other).messages()[before:]
    assert heard == ["This mentorship did not come about. That happens often and says nothing about you."]
    return told_of_rounds(ada)


@pytest.mark.parametrize(
    ("who", "other", "after_a_yes", "ways"),
    [
        ("Ben", "Ana", False, INVITED),
        ("Ben", "Ana", True, ACCEPTED),
        ("Ana", "Ben", False, INVITED),
        ("Ana", "Ben", True, ACCEPTED),
    ],
    ids=["mentor", "mentor after a yes", "mentee", "mentee after a yes"],
)
async def test_the_other_hears_one_sentence_on_friday_and_ada_the_same_figures(
    who: str, other: str, after_a_yes: bool, ways: tuple[StepsBack, ...], tmp_path: Path
) -> None:
    told = {}
    for happens in ways:
        folder = tmp_path / happens.__name__
        folder.mkdir()
        database = connect(sqlite_file(folder))
        async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cem")) as company:
            told[happens.__name__] = await invited_then(
                company, happens, who=who, other=other, after_a_yes=after_a_yes
            )
            if who == "Ben":
                await company.hands("Ada").press("Match those who are left")
                await carried_on(company.app)
                ada = company.hands("Ada")
                assert "People with somebody: 1 of 1" in ada.messages()[-1]
                assert await pairs(ada) == {("Cem", "Ana")}
        database.dispose()
    first = told[ways[0].__name__]
    assert "Pairs that begin: 0" in first[-1]
    assert "People without anybody: 1" in first[-1]
    assert told == dict.fromkeys(told, first)


@pytest.mark.parametrize("approved_already", [False, True], ids=["found", "approved"])
async def test_who_steps_back_before_the_invitations_is_not_invited_and_the_other_is_told_honestly(
    approved_already: bool, tmp_path: Path
) -> None:
    heard, told = {}, {}
    for happens in BEFORE:
        folder = tmp_path / happens.__name__
        folder.mkdir()
        database = connect(sqlite_file(folder))
        async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cem")) as company:
            ada = await met(company)
            if approved_already:
                async with company.app._rounds._working:
                    await ada.press("Approve")
                    await ada.press("Yes, invite them")
                    await happens(company, "Ben")
                await carried_on(company.app)
            else:
                await happens(company, "Ben")
                await approved(company, ada)
            before = len(company.hands("Ana").messages())
            await company.until("2027-01-11", "12:00")
            heard[happens.__name__] = company.hands("Ana").messages()[1:]
            told[happens.__name__] = told_of_rounds(ada)
            assert before <= 2
            assert not any(
                "Shall we try?" in text for name in ("Ana", "Ben") for text in company.hands(name).messages()
            )
            await ada.press("Match those who are left")
            await carried_on(company.app)
            assert await pairs(ada) == {("Cem", "Ana")}
        database.dispose()
    (one_way, words), *_ = heard.items()
    assert len(words) == 1, one_way
    assert "Nobody for you yet\nNobody who fits has a free seat now. You come before others next time" in words[0]
    assert heard == dict.fromkeys(heard, words)
    assert told == dict.fromkeys(told, told["pauses"])
    assert "People without anybody: 1" in told["pauses"][-1]


async def test_a_mentee_who_has_gone_is_no_seat_and_no_name_in_a_fill_up_round(tmp_path: Path) -> None:
    """Ana leaves; the fill-up round has nobody who seeks, and Ben's seat is free again for Dan."""
    database = connect(sqlite_file(tmp_path))
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cem", "Dan")) as company:
        ada = await met(company)
        await approved(company, ada)
        await company.until("2027-01-11", "10:30")
        await leaves(company, "Ana")
        await decided(company, "2027-01-15")
        await ada.press("Match those who are left")
        await carried_on(company.app)
        assert "Nobody is there to be matched yet." in ada.messages()[-1]
        await ada.press("Discard")
        await wants(company.hands("Dan"), "Python 1")
        await found(company)
        assert await pairs(ada) == {("Ben", "Dan")}
    database.dispose()
