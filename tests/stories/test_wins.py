"""Ana tells what went well: read back first, told to Ben in his hours and within his budget, and kept by both."""

import json

import pytest
import sqlalchemy as sa

from tests.platforms import WAYS, on
from tests.stories.test_five_check_ins import MONDAY
from tests.stories.test_goals_and_actions import talked, two_mentors
from tests.stories.test_me import DATA, browser, links
from tests.world import read, world

TALK = "I gave my first talk <!channel>"


async def test_what_is_typed_is_read_back_and_told_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await company.until("2027-01-19", "22:00")
        await ana.type(f"win {TALK}")
        assert TALK in ana.messages()[-1]
        assert {"Share with Ben", "Only me"} <= set(ana.buttons())
        told = len(ben.posts)
        await company.until("2027-01-19", "23:00")
        assert TALK not in await ben.command("record"), "nothing is shared that was not read back"

        await ana.press("Share with Ben")
        assert ana.shown is not None
        assert "Ben hears of it" in read(ana.shown)
        await ana.press("Share with Ben")
        await company.until("2027-01-19", "23:30")
        assert len(ben.posts) == told, "not at night"
        await company.until("2027-01-20", "10:00")
        assert len(ben.posts) == told + 1
        assert "Something went well for Ana" in ben.messages()[-1]
        assert TALK in ben.messages()[-1]
        assert ben.posts[-1].card.summary == "About your mentoring"
        await company.until("2027-01-22", "17:00")
        assert "\n".join(ben.messages()).count(TALK) == 1
        assert not any("went well for" in text for text in ana.messages()), "Ana knows"


async def test_only_for_oneself_is_a_note_that_nobody_hears_of(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ana.type(f"win {TALK}")
        await ana.type("only me")
        assert "for you alone" in ana.messages()[-1]
        await company.until("2027-01-22", "17:00")
        assert TALK not in "\n".join([*ben.messages(), await ben.command("record")])


async def test_both_find_it_in_the_record_at_home_and_among_their_data(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company, browser(company.app) as page:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ben.command("home")
        await ben.press("Send a win")
        assert await ben.fill({"What went well?": "A new client"}) == {}
        for hands in (ana, ben):
            assert "A win of Ben's on Tue, Jan 19, 2027: A new client" in await hands.command("record")
            assert "Ben, on Tue, Jan 19: A new client" in await hands.command("home")
        await ana.command("me")
        everything = json.loads((await page.get(links(ana)[DATA])).content)
        assert ("win", "A new client") in {(row["question"], row["words"]) for row in everything["notes"]}
        await company.until("2027-03-05")
        assert "A new client" not in await ana.command("home"), "the record keeps what is long ago"
        assert "A new client" in await ana.command("search client")


async def test_of_several_those_hear_of_it_who_were_chosen(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, ben, carl = (company.hands(name) for name in ("Ana", "Ben", "Carl"))
        await two_mentors(company)
        await ana.type("win Carl: the plan is out")
        assert "the plan is out" in ana.messages()[-1]
        await ana.type("send")
        await ana.type("win all is well")
        await ana.type("Nobody")
        assert "choose one of the options" in ana.messages()[-1]
        await ana.type("share with all of them")
        await company.until("2027-01-18", "17:00")
        assert "the plan is out" in "\n".join(carl.messages())
        assert "the plan is out" not in "\n".join(ben.messages())
        for hands in (ben, carl):
            assert "all is well" in "\n".join(hands.messages())


async def test_many_of_them_cost_ben_no_more_messages_than_a_week_has(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await company.until("2027-01-25", "08:00")
        told = len(ben.posts)
        for day in range(25, 30):
            await company.until(f"2027-01-{day}", "11:00")
            await ana.command("win")
            assert await ana.fill({"What went well?": f"Good thing number {day}"}) == {}
        await company.until("2027-01-29", "18:00")
        assert len(ben.posts) <= told + 2
        await company.until("2027-02-02", "09:00")
        for day in range(25, 30):
            assert "\n".join(ben.messages()).count(f"number {day}") == 1, "what waits for a week's end comes then"


async def test_what_one_wrote_goes_when_one_is_erased(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await company.until("2027-01-19", "22:00")
        await ana.command("win")
        assert await ana.fill({"What went well?": TALK}) == {}
        assert TALK in await ben.command("record")
        await ana.command("erase me")
        await ana.press("Erase me")
        await ana.press("Yes, erase everything")
        await company.until("2027-01-22", "17:00")
        assert TALK not in "\n".join([*ben.messages(), await ben.command("record")])


async def test_without_a_mentorship_there_is_nobody_to_tell(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        assert "running mentorship" in await company.hands("Ana").command("win I am here")


async def test_in_german(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ben.type("language de")
        await ben.type("Erfolg Mein Team wächst")
        assert "Wer darf es lesen?" in ben.messages()[-1]
        await ben.type("Mit Ana teilen")
        assert "Ana erfährt davon" in ben.messages()[-1]
        await company.until("2027-01-20", "10:00")
        assert "Something went well for Ben" in ana.messages()[-1]


@pytest.mark.parametrize("way", WAYS)
async def test_on_every_platform(way: str, database: sa.Engine) -> None:
    async with on(way, database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair Ben Sample, Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.press("Yes, gladly")
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.type(f"win {TALK}")
        await ana.press("Share with Ben")
        await company.until("2027-01-18", "10:00")
        assert any("Something went well for Ana" in text and TALK in text for text in ben.messages())
        await ben.type("home")
        await ben.press("Send a win")
        assert await ben.fill({"What went well?": "It was a fine talk"}) == {}
        await company.until("2027-01-18", "17:00")
        assert any("It was a fine talk" in text for text in ana.messages())
