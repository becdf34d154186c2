"""Somebody leaves, or becomes somebody's manager: told kindly, and handed over as far as the mentee wants it."""

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.stories.test_informal import manages
from tests.world import World, read, world


async def noted_as_left(company: World, name: str) -> None:
    ada = company.hands("Ada")
    await ada.command(f"left {name} Sample")
    await ada.press(f"Yes, {name} has left")


async def test_a_mentor_leaves_and_the_mentee_hears_it_kindly(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await paired(company)
        await company.until("2027-01-15", "12:00")
        before = len(ben.messages())
        asked = await ada.command("left Ben Sample")
        assert "Has Ben Sample left the company?" in asked
        await ada.press("Leave it as it is")
        await company.until("2027-01-15", "13:00")
        assert not any("moved on" in text for text in ana.messages()), "it is asked back first"

        await noted_as_left(company, "Ben")
        await company.until("2027-01-18", "10:00")
        assert "Ben has moved on, so your mentoring has ended" in ana.messages()[-1]
        assert "the record, goals and open steps" in ana.messages()[-1]
        await company.until("2027-02-05", "17:00")
        assert len(ben.messages()) == before, "who has left is not written to"
        assert not any("get to talk?" in text for text in ana.messages())


async def test_a_mentee_leaves_and_the_mentor_is_thanked(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        await noted_as_left(company, "Ana")
        await company.until("2027-01-18", "10:00")
        assert "Ana has moved on, so your mentoring has ended. Thank you" in company.hands("Ben").messages()[-1]


async def test_only_who_runs_the_programme_notes_that_somebody_left(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana = company.hands("Ada"), company.hands("Ana")
        await paired(company)
        assert "Only those who run the programme" in await ana.command("left Ben Sample")
        await ada.command("left Ben Sample")
        assert ada.shown is not None
        await ana.press_old(ada.shown.buttons[0])
        assert ana.shown is not None
        assert "Only those who run the programme" in read(ana.shown)
        assert "Somebody else" in await ada.command("left Ada Sample")
        assert "Who has left?" in await ada.command("left Nobody")


async def test_a_departure_before_the_day_of_the_answers_ends_in_the_same_sentence(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await company.hands("Ada").command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        for hands in (ana, ben):
            await hands.press("Yes, gladly")
        await noted_as_left(company, "Ben")
        await company.until("2027-01-14", "17:00")
        assert len(ana.messages()) == 1
        await company.until("2027-01-15", "09:30")
        assert "did not come about" in ana.messages()[-1]


async def test_the_mentee_chooses_what_the_next_mentor_sees(database: sa.Engine) -> None:
    """Ben leaves in January. Ana brings her open step along to Carl, and neither her goal nor what Ben wrote."""
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, ben, carl = (company.hands(name) for name in ("Ana", "Ben", "Carl"))
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        await ana.press("Reflect")
        await ana.fill({"What worked, and why?": "Listening to Ben", "One next step of yours": "Ask for the budget"})
        await ana.command("goal")
        assert ana.form is not None
        await ana.fill({ana.form.fields[0].label: "Lead the spring release"})
        await company.until("2027-01-20", "09:30")
        await ben.type("reflect")
        await ben.type("skip")
        await ben.type("skip")
        await ben.type("Introduce Ana to Kim")
        await ben.type("skip")
        await ben.type("send")
        await noted_as_left(company, "Ben")
        await company.until("2027-01-25", "10:00")
        await company.hands("Ada").command("pair @Carl Sample, @Ana Sample")
        await company.until("2027-01-25", "11:00")
        for hands in (ana, carl):
            await hands.press("Yes, gladly")
        await company.until("2027-01-29", "09:30")
        assert "You and Carl are a pair" in ana.messages()[-1]
        assert "Bring something along" in ana.buttons()
        assert "Bring something along" not in carl.buttons()

        await ana.press("Bring something along")
        assert ana.form is not None
        (parts,) = ana.form.fields
        assert [option.label for option in parts.options] == ["My goals", "My open steps"]
        assert parts.initial == (), "nothing is shared by itself"
        assert await ana.submit(ana.form, {"parts": ("steps",)}) == {}
        assert "Change what I bring along" in ana.buttons()
        await first_hour(company)
        await company.until("2027-02-01", "10:00")
        brief = carl.messages()[-1]
        assert "You meet Ana: Tue, Feb 2, 10:00" in brief
        assert "My open steps from before\nAsk for the budget" in brief
        everything = "\n".join(carl.messages())
        assert not any(word in everything for word in ("spring release", "Listening", "Kim"))


async def test_what_was_brought_along_can_be_taken_back_before_it_is_read(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana, carl = company.hands("Ana"), company.hands("Carl")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        await ana.command("goal")
        assert ana.form is not None
        await ana.fill({ana.form.fields[0].label: "Lead the spring release"})
        await ana.command("new match")
        await ana.press("Yes, a new match")
        await ana.type("pair me with @Carl Sample")
        await company.until("2027-01-20", "10:00")
        await carl.press("Yes, gladly")
        await company.until("2027-01-22", "09:30")
        await ana.press("Bring something along")
        assert ana.form is not None
        await ana.submit(ana.form, {"parts": ("goals",)})
        await ana.press("Change what I bring along")
        assert ana.form is not None
        assert ana.form.fields[0].initial == ("goals",)
        await ana.submit(ana.form, {"parts": ()})
        await first_hour(company, "2027-01-26")
        await company.until("2027-01-25", "10:00")
        assert any("You meet Ana" in text for text in carl.messages())
        assert not any("spring release" in text for text in carl.messages())


async def test_who_never_had_another_mentor_is_offered_nothing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        assert "Bring something along" not in company.hands("Ana").buttons()


async def test_a_mentor_becomes_the_manager_and_both_are_offered_a_new_match(database: sa.Engine) -> None:
    """Wednesday: the roster says that Ben manages Ana from now on. The nightly round finds it."""
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await company.until("2027-01-19", "11:00")
        await ana.press("Yes, we met")
        await company.until("2027-01-20", "10:00")
        manages(company, "Ben", "Ana")
        await company.app.keep_house()
        await company.until("2027-01-20", "11:00")
        for hands, other in ((ana, "Ben"), (ben, "Ana")):
            assert f"So your mentoring with {other} rests from now on" in hands.messages()[-1]
            assert "Shall there be a new match?" in hands.messages()[-1]
        assert "Nothing is paused" in await ana.command("resume"), "it cannot go on while the lines are so"
        await company.until("2027-02-05", "17:00")
        assert not any("Your agenda for" in text for text in ana.messages())
        await ben.press("A new match")
        await ben.press("Yes, a new match")
        await company.until("2027-02-08", "10:00")
        assert any("so that both can be matched anew" in text for text in ana.messages())


async def test_a_pair_that_rested_before_does_not_go_on_under_a_manager(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await ana.command("pause Ben")
        await ana.press("Pause: Ben")
        await company.until("2027-01-18", "10:00")
        manages(company, "Ben", "Ana")
        await ben.press("Go on")
        assert ben.shown is not None
        assert "outside one's own reporting line" in read(ben.shown)


async def first_hour(company: World, day: str = "2027-02-02") -> None:
    """Carl suggests a first hour at ten, and Ana confirms it."""
    ana, carl = company.hands("Ana"), company.hands("Carl")
    await carl.press("Introduce myself")
    answers = {
        "What brought you to where you are?": "Sales",
        "What would make these months worth your time?": "Passing it on",
        "On which day?": day,
        "At what time?": "10:00",
    }
    assert await carl.fill(answers) == {}
    await ana.command("status")
    await ana.type("works for me")
