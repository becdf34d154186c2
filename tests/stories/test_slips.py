"""A meeting slips: who owes the next move is asked, once more at most, and the pair hears before the programme."""

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import world


async def test_two_words_that_contradict_each_other_leave_it_open_and_neither_is_shown(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        assert any("A new time with Ben?" in text for text in ana.messages())
        await ben.type("we met")
        for hands in (ana, ben):
            assert any("Tue, Jan 19, 10:00 stays open" in text for text in hands.messages())
        assert not any("You met on" in text for text in ana.messages()), "what Ben said is not shown to her"
        assert not any("Noted: not on" in text for text in ben.messages()), "nor what Ana said to him"
        assert not any("A new time" in text for text in ana.messages()), "what was offered for it is taken back"
        asked = len(ana.messages()), len(ben.messages())
        await company.until("2027-01-28", "17:00")
        assert (len(ana.messages()), len(ben.messages())) == asked, "nobody is asked again"
        assert "slipping" not in await ada.command("status")
        await company.until("2027-01-29", "10:00")
        assert "Your agenda for Tue, Feb 2, 10:00" in ana.messages()[-1], "the next one comes as usual"


async def test_the_ladder_asks_who_owes_the_next_move_then_both_then_nobody(database: sa.Engine) -> None:
    """Not met on Tuesday, and Ana picks no time: she is reminded on day three, both hear on day five, then nobody."""
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        before = len(ana.messages()), len(ben.messages())
        await company.until("2027-01-22", "08:00")
        assert (len(ana.messages()), len(ben.messages())) == before
        await company.until("2027-01-22", "10:00")
        assert "A new time with Ben?" in ana.messages()[-1]
        assert len(ben.messages()) == before[1], "Ben owes nothing, and hears nothing"
        await company.until("2027-01-26", "10:00")
        for hands in (ana, ben):
            assert "In 3 working days your programme sees the word 'slipping', never why" in hands.messages()[-1]
        await company.until("2027-01-28", "17:00")
        assert "slipping" not in await ada.command("status")
        last = len(ana.messages()), len(ben.messages())
        await company.until("2027-01-29", "10:00")
        assert "slipping" in await ada.command("status")
        await company.until("2027-02-04", "17:00")
        assert (len(ana.messages()), len(ben.messages())) == last, "then silence, until somebody moves"


async def test_an_hour_that_was_suggested_is_the_others_turn(database: sa.Engine) -> None:
    """Ana picks a time, and Ben does not confirm it: it is Ben who is reminded, and Ana who hears nothing."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Not this time")
        await company.until("2027-01-25", "09:30")
        await ana.press("Another time")
        assert await ana.fill({"On which day?": "2027-02-03", "At what time?": "10:00"}) == {}
        await company.until("2027-01-25", "12:00")
        assert "Ana suggested Wed, Feb 3, 10:00" in ben.messages()[-1]
        heard, reminded = len(ana.messages()), len(ben.messages())
        await company.until("2027-02-02", "17:00")
        assert len(ana.messages()) == heard
        assert len(ben.messages()) == reminded + 1, "once"
        assert "Ana suggested Wed, Feb 3, 10:00" in ben.messages()[-1]
        await company.until("2027-02-03", "12:00")
        assert "A new time with Ben?" in ana.messages()[-1], "an hour that nobody confirmed is lost, and mended anew"


async def test_who_moves_a_meeting_twice_is_offered_something_easier_along_with_the_next_message(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        easier = "has moved twice. Slower, or a pause, is fine too."
        for day in ("2027-02-03", "2027-02-04"):
            await company.until("2027-01-26", "12:00")
            assert not [text for text in (*ana.messages(), *ben.messages()) if easier in text]
            before = len(ana.messages())
            await ana.command("move")
            assert await ana.fill({"On which day?": day, "At what time?": "10:00"}) == {}
            assert len(ana.messages()) == before, "it makes no message of its own"
            await ben.type("works")
        await company.until("2027-02-02", "10:00")
        for hands in (ana, ben):
            (told,) = [text for text in hands.messages() if easier in text]
            assert not told.startswith("Your meeting with"), "something else comes first"


async def test_a_meeting_may_be_reported_before_anybody_asks_and_said_again(database: sa.Engine) -> None:
    """Ben types 'we met' right after the talk; Ana is not asked any more. He may say so twice, and it is known."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        assert "no meeting lately" in await ben.command("we met")
        await company.until("2027-01-19", "10:50")
        await ben.type("We met!")
        assert any("You met on Tue, Jan 19" in text for text in ben.messages())
        await ben.type("we met")
        assert "You met on Tue, Jan 19" in ben.messages()[-1]
        await company.until("2027-01-20", "12:00")
        assert not any("get to talk?" in text for text in ana.messages())
