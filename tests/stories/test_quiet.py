"""Less from the bot: put off, fewer, pause and days off; why it wrote; and each of it undone."""

import sqlalchemy as sa

from bot.domain.people import Person
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.stories.test_typed_words import last, met
from tests.world import Fingers, World, read, world


def person(company: World, name: str) -> Person:
    """Return somebody as they are stored now."""
    with company.app.store.unit() as unit:
        found = unit.people.get(company.organization_id, company.people[name].id)
        assert found is not None
        return found


async def suggested(company: World) -> None:
    """Friday, January 15: Ana has suggested Tuesday at ten, and Ben is to confirm it."""
    ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
    await ada.command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    await ana.press("Yes, gladly")
    await ben.press("Yes, gladly")
    await company.until("2027-01-15", "09:30")
    await ana.press("Introduce myself")
    questions = ("What brought you to where you are?", "What would make these months worth your time?")
    await ana.fill(dict.fromkeys(questions, "x") | {"On which day?": "2027-01-19", "At what time?": "10:00"})
    await company.until("2027-01-15", "10:00")


def asked(hands: Fingers) -> int:
    """Count how often somebody was asked whether they have met."""
    return sum("Did you and" in text for text in hands.messages())


# Snooze


async def test_what_was_said_last_is_put_off_and_comes_again(database: sa.Engine) -> None:
    """Tuesday 10:45: Ana is asked whether they met. She puts it off to Wednesday afternoon."""
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.type("snooze until tomorrow 14:00")
        assert "Put off until Wed, Jan 20, 14:00." in ana.messages()[-1]
        assert "Put off until Wed, Jan 20, 14:00." in ana.messages()[-2], "the card says so too"
        assert asked(ana) == 0
        await company.until("2027-01-20", "13:55")
        assert asked(ana) == 0
        await company.until("2027-01-20", "14:05")
        assert asked(ana) == 1
        await ana.press("Yes, we met")
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())


async def test_what_came_again_can_be_put_off_again(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        for day in ("20", "21", "22"):
            await ana.type(f"snooze until {day}.1.")
            await company.until(f"2027-01-{day}", "08:55")
            assert asked(ana) == 0
            await company.until(f"2027-01-{day}", "09:05")
            assert asked(ana) == 1


async def test_a_snooze_over_a_weekend_ends_on_monday_morning(database: sa.Engine) -> None:
    """Friday, January 29: Ana is asked for topics. Saturday is no working day, so the card comes again on Monday."""
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await company.until("2027-01-29", "09:30")
        assert any("Your agenda for" in text for text in ana.messages())
        await ana.type("snooze bis Samstag")
        assert "Put off until Mon, Feb 1, 09:00." in ana.messages()[-1]
        await company.until("2027-01-31", "20:00")
        assert not any("Your agenda for" in text for text in ana.messages())
        await company.until("2027-02-01", "09:05")
        assert "You meet Ben: Tue, Feb 2, 10:00" in ana.messages()[-1], "it has turned into the brief meanwhile"


async def test_a_bare_snooze_is_until_the_next_working_day_and_may_be_changed(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.type("snooze")
        assert "Put off until Wed, Jan 20, 09:00." in ana.messages()[-1]
        await ana.type("snooze until Thursday")
        assert "Put off until Thu, Jan 21, 09:00." in ana.messages()[-1]
        await company.until("2027-01-20", "12:00")
        assert asked(ana) == 0
        await company.until("2027-01-21", "09:05")
        assert asked(ana) == 1


async def test_a_time_after_the_meeting_is_refused_kindly(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ben = company.hands("Ben")
        await suggested(company)
        await ben.type("snooze until Wednesday")
        assert "That is after your meeting on Tue, Jan 19, 10:00." in ben.messages()[-1]
        assert "Works for me" in ben.buttons(), "nothing was put off"
        await ben.type("snooze until Monday")
        assert "Put off until Mon, Jan 18, 09:00." in ben.messages()[-1]
        assert "Put off until Mon, Jan 18, 09:00." in ben.messages()[-3], "the card says so too"
        await company.until("2027-01-18", "09:30")
        assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1]


async def test_what_would_come_too_late_stays_when_the_rest_is_put_off(database: sa.Engine) -> None:
    """Friday, January 29: one card asks for topics and for the agreement; only that can wait until Wednesday."""
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await company.until("2027-01-29", "09:30")
        await ana.type("snooze until Wednesday")
        assert "Put off until Wed, Feb 3, 09:00, but for what would come too late then." in ana.messages()[-1]
        assert "Add topics" in ana.buttons()


async def test_snooze_without_anything_to_put_off_or_any_sense_says_so(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("snooze until Monday")
        assert "nothing to put off" in ana.messages()[-1]
        await ana.type("snooze until the cows come home")
        assert "For example 'snooze until Monday'" in ana.messages()[-1]


# Fewer, and why


async def test_every_unasked_card_ends_with_why_and_fewer(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        assert [button.label for button in ana.posts[-1].card.footer] == ["Why this?", "Fewer"]
        await ana.press("Fewer")
        assert ana.shown is not None
        assert "at most once a week" in read(ana.shown)
        assert person(company, "Ana").unasked_a_week == 1
        await ana.press("Back to two")
        assert person(company, "Ana").unasked_a_week is None
        await ana.type("fewer")
        await ana.type("fewer")
        assert person(company, "Ana").unasked_a_week == 1
        await ana.type("back to two")
        assert person(company, "Ana").unasked_a_week is None


async def test_who_wants_fewer_gets_one_message_a_week(database: sa.Engine) -> None:
    """The week of a check-in: the brief and the question whether they met would be two messages."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("fewer")
        await company.until("2027-01-31", "20:00")
        before = len(ana.posts)
        await company.until("2027-02-07", "20:00")
        assert len(ana.posts) - before <= 1
        assert ben.messages()


async def test_why_says_what_the_last_card_came_for(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("why")
        assert "I have not written lately." in ana.messages()[-1]
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.type("why this?")
        assert "your word keeps the rhythm" in ana.messages()[-1]
        assert "'snooze until Monday'" in ana.messages()[-1]
        await ana.press("Why this?")
        assert ana.shown is not None
        assert "your word keeps the rhythm" in read(ana.shown)


# Pause


async def test_pause_until_a_day_asks_what_is_meant_and_stops_the_bot_for_oneself(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("pause until 8 February")
        assert "What shall rest until Mon, Feb 8, 2027?" in ana.messages()[-1]
        assert last(ana) == ["Pause: Ben", "Only what I hear from you", "Leave it as it is"]
        await ana.press("Only what I hear from you")
        assert ana.shown is not None
        assert "nothing unasked before Mon, Feb 8" in read(ana.shown)
        before = len(ana.posts)
        await company.until("2027-02-07", "20:00")
        assert len(ana.posts) == before
        assert any("You meet Ana: Tue, Feb 2" in text for text in ben.messages()), "the meeting stays as it is"
        await company.until("2027-02-08", "09:30")
        assert len(ana.posts) > before


async def test_pause_me_needs_no_question_and_resume_ends_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("pause mich bis 1. März")
        await ana.type("pause me until 1 March")
        assert "nothing unasked before Mon, Mar 1" in ana.messages()[-1]
        await ana.type("resume")
        assert "write to you again" in ana.messages()[-1]
        assert person(company, "Ana").paused_until is None
        await ana.type("resume")
        assert "Nothing is paused" in ana.messages()[-1]


async def test_a_mentorship_pauses_for_both_until_the_day_named(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met(company)
        await ana.type("pause Ben until 1 March")
        assert last(ana) == ["Pause: Ben", "Leave it as it is"]
        await ana.type("pause: ben")
        await company.until("2027-01-20", "09:30")
        assert "paused until Mon, Mar 1" in "\n".join(ben.messages())
        before = len(ana.posts) + len(ben.posts)
        await company.until("2027-02-28", "20:00")
        assert len(ana.posts) + len(ben.posts) == before
        await company.until("2027-03-01", "09:30")
        assert "You meet Ben: Tue, Mar 2, 10:00" in ana.messages()[-1], "it goes on by itself"


async def test_a_pause_that_names_no_day_that_lies_ahead_is_asked_about(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        for words in ("pause until yesterday", "pause until I feel better", "pause until today"):
            await ana.type(words)
            assert "For example 'pause until Monday'" in ana.messages()[-1]
        await ana.type("pause Nobody until Monday")
        assert "I do not find that" in ana.messages()[-1]
        assert person(company, "Ana").paused_until is None


async def test_without_a_mentorship_a_pause_is_ones_own(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("pause")
        assert "nothing unasked before Mon, Feb 8" in ana.messages()[-1], "four weeks, where no day is named"
        await ana.type("go on now")
        assert person(company, "Ana").paused_until is None


# Days off


async def test_days_off_are_dates_without_a_reason_shown_and_taken_back(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await ana.type("away from 1 to 5 February, my knee is operated on")
        assert "You are away: Mon, Feb 1, 2027 to Fri, Feb 5, 2027." in ana.messages()[-1]
        assert last(ana) == ["Move the meeting of Tue, Feb 2, 10:00", "Undo"]
        await ana.type("away from 1 to 5 February")
        assert person(company, "Ana").away == (("2027-02-01", "2027-02-05"),), "said twice, noted once"
        await ana.type("away")
        assert last(ana) == ["Take back: Mon, Feb 1, 2027 to Fri, Feb 5, 2027"]
        button = ana.button("Take back")
        await ana.press_old(button)
        await ana.press_old(button)
        assert person(company, "Ana").away == ()
        assert ana.shown is not None
        assert "No days off are noted" in read(ana.shown)


async def test_nothing_is_written_while_somebody_is_away_and_back_ends_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met(company)
        await company.until("2027-01-25", "08:00")
        await ana.type("away until Friday next week")
        await ana.type("away until 5 February")
        before = len(ana.posts)
        await company.until("2027-02-01", "12:00")
        assert len(ana.posts) == before
        await ana.type("back")
        assert any("Welcome back" in text for text in ana.messages())
        assert person(company, "Ana").away == ()
        await company.until("2027-02-02", "12:00")
        assert asked(ana) == 1


async def test_back_before_an_absence_shows_it_and_changes_nothing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("away from 1 to 5 February")
        await ana.type("back")
        assert last(ana) == ["Take back: Mon, Feb 1, 2027 to Fri, Feb 5, 2027"]
        await ana.type("away whenever")
        assert "For example 'away until Friday'" in ana.messages()[-1]
        assert person(company, "Ana").away == (("2027-02-01", "2027-02-05"),)


# Hours and language


async def test_working_hours_are_told_in_a_form(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.command("working hours")
        wrong = {"Your time zone": "Atlantis", "Until when?": "08:00", "And of which region?": "XX"}
        problems = await ana.fill({**wrong, "Public holidays of which country?": "Germany"})
        assert set(problems) == {"Your time zone", "Until when?", "And of which region?"}
        right = {
            "Your time zone": "lisbon",
            "From when?": "10:00",
            "Until when?": "16:00",
            "And of which region?": "be",
        }
        assert await ana.fill({**right, "Public holidays of which country?": "Germany"}) == {}
        assert ana.shown is not None
        assert "from 10:00 to 16:00 in Lisbon" in read(ana.shown)
        me = person(company, "Ana")
        assert (me.zone, me.country, me.region, me.working_days) == ("Europe/Lisbon", "DE", "BE", (0, 1, 2, 3, 4))


async def test_working_hours_can_be_typed(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("working hours")
        for words in ("skip", "Monday, Tuesday, thursday", "8", "14:30", "Deutschland", "BY", "Deutsch"):
            await ana.type(words)
        me = person(company, "Ana")
        assert (me.working_days, me.country, me.region, me.language) == ((0, 1, 3), "DE", "BY", "de")
        assert (f"{me.day_starts:%H:%M}", f"{me.day_ends:%H:%M}") == ("08:00", "14:30")


async def test_the_language_is_one_word(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("language german")
        assert person(company, "Ana").language == "de"
        await ana.type("language klingon")
        assert last(ana) == ["English", "Deutsch"]
        await ana.type("en")
        assert person(company, "Ana").language == "en"
