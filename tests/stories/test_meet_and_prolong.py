"""A meeting out of turn, more time, a new match: asked for by a word, and done only where both want it."""

from datetime import date

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import World, read, world


async def met(company: World) -> None:
    """Tuesday: Ana and Ben have had their first talk; the next one is on 2 February at ten."""
    await paired(company)
    await company.until("2027-01-19", "11:00")
    await company.hands("Ana").press("Yes, we met")


async def test_ana_meets_ben_out_of_turn_and_the_series_stays_as_it_is(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await company.until("2027-01-20", "10:00")
        offered = await ana.command("meet with Ben")
        assert "Pick one, Ben confirms with a tap. Your rhythm stays as it is." in offered
        assert ana.shown is not None
        labels = [button.label for button in ana.shown.buttons]
        assert labels == ["Thu, Jan 21, 10:00", "Fri, Jan 22, 10:00", "Mon, Jan 25, 10:00", "Another time"]
        await ana.press("Mon, Jan 25, 10:00")
        await company.until("2027-01-20", "11:00")
        assert "Ana would like to meet out of turn: Mon, Jan 25, 10:00" in ben.messages()[-1]
        assert "There is one out of turn already" in await ana.command("meet")
        await ben.press("Works for me")
        await company.until("2027-01-20", "12:00")
        assert "Ben confirmed: Mon, Jan 25, 10:00" in ana.messages()[-1]

        await company.until("2027-01-25", "11:00")
        assert "Did you and Ben get to talk?" in ana.messages()[-1]
        await ana.press("Yes, we met")
        known = next(text for text in ana.messages() if "You met on Mon, Jan 25" in text)
        assert "Next: Tue, Feb 2, 10:00" in known, "the regular one stands"
        await company.until("2027-02-02", "11:00")
        await ana.press("Yes, we met")
        assert any("Next: Tue, Feb 16, 10:00" in text for text in ana.messages()), "and so does the one after"


async def test_one_out_of_turn_that_does_not_suit_is_declined_without_a_slip(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await met(company)
        await ben.command("meet")
        await ben.press("Wed, Jan 20, 10:00")
        await company.until("2027-01-19", "12:00")
        await ana.press("Not this time")
        await company.until("2027-01-19", "13:00")
        assert "Not this time: Wed, Jan 20, 10:00 does not suit" in ben.messages()[-1]
        await company.until("2027-01-28", "17:00")
        assert "slipping" not in await ada.command("status")
        assert not any("A new time" in text for text in ana.messages())


async def test_one_out_of_turn_that_nobody_confirms_or_that_did_not_happen_is_let_go(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.command("meet")
        await ana.press("Thu, Jan 21, 10:00")
        await company.until("2027-01-21", "11:00")
        offered = await ana.command("meet")
        assert "Your rhythm stays as it is" in offered, "the one of the 21st is gone, and another may be asked for"
        await ana.press("Another time")
        assert await ana.fill({"On which day?": "2027-01-25", "At what time?": "15:00"}) == {}
        await company.until("2027-01-25", "10:00")
        await ben.press("Works for me")
        await company.until("2027-01-25", "16:00")
        await ana.type("we did not meet")
        assert "Noted: not on Mon, Jan 25, 15:00" in ana.messages()[-1], "the card of the agenda had asked"
        assert not any("A new time" in text for text in ana.messages())
        await company.until("2027-02-02", "11:00")
        assert "Did you and Ben get to talk?" in ana.messages()[-1]


async def test_the_first_meeting_comes_first(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        assert "no running mentorship" in await ana.command("meet")
        await paired(company)
        assert "Your first meeting comes first" in await ana.command("meet")


async def test_with_two_partners_the_bot_asks_which(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, ben, carl = (company.hands(name) for name in ("Ana", "Ben", "Carl"))
        await met(company)
        await ana.type("pair me with @Carl Sample")
        await company.until("2027-01-19", "12:00")
        await carl.press("Yes, gladly")
        await company.until("2027-01-22", "09:30")
        assert "Which mentorship do you mean?" in await ana.command("meet")
        await ana.press("Ben")
        assert ana.shown is not None
        assert "Ben confirms with a tap" in read(ana.shown)
        assert "I do not find" in await ben.command("meet with Nobody")


async def test_more_time_needs_both(database: sa.Engine) -> None:
    """Ana types 'prolong' in February; Ben is asked in his working hours, and says yes."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        asked = await ana.command("prolong")
        assert "agreed until Mon, Jul 12" in asked
        assert ends_on(company) == date(2027, 7, 12), "nothing is done before it is asked back"
        await ana.press("Three more months with Ben")
        assert ana.shown is not None
        assert "I ask Ben" in read(ana.shown)
        assert ends_on(company) == date(2027, 7, 12)
        await company.until("2027-01-19", "12:00")
        assert "Ana would like three more months with you after Mon, Jul 12" in ben.messages()[-1]
        await ben.press("Yes, three more months")
        assert ends_on(company) == date(2027, 10, 11)
        assert "agreed until Mon, Oct 11" in ben.messages()[-1]


async def test_silence_prolongs_nothing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("prolong")
        await ana.type("prolong")
        await company.until("2027-07-14", "10:00")
        assert "has ended" in "\n".join(ben.messages())


async def test_a_new_match_is_asked_back_and_told_without_blame(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        assert "nobody's fault" in await ana.command("new match")
        await ana.press("Leave it as it is")
        await company.until("2027-01-20", "10:00")
        assert not any("has ended" in text for text in ben.messages())
        await ana.command("new match with Ben")
        await ana.press("Yes, a new match")
        await company.until("2027-01-20", "12:00")
        assert "Your mentoring with Ana has ended, so that both can be matched anew" in ben.messages()[-1]
        assert "Your mentoring with Ben has ended, so that both can be matched anew" in ana.messages()[-1]


async def test_a_silent_pair_that_chooses_a_slower_rhythm_is_booked_anew(database: sa.Engine) -> None:
    """Two meetings pass without a word; Ana taps 'Every four weeks', and the next one is asked about again."""
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-02-12", "10:00")
        quiet = next(text for text in ana.messages() if "I book nothing more" in text)
        assert "programme sees that it is quiet, never why" in quiet
        await ana.press("Every four weeks")
        await company.until("2027-02-16", "11:00")
        assert "Did you and Ben get to talk?" in ana.messages()[-1]
        await ana.press("Yes, we met")
        assert any("Next: Tue, Mar 16, 10:00" in text for text in ana.messages())


def ends_on(company: World) -> date:
    with company.app.store.unit() as unit:
        (facts,) = unit.mentorships.of_organization(company.organization_id, company.clock.now())
        return facts.mentorship.ends_on
