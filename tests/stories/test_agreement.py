"""After the first talk Ana and Ben put down what they want of it: one writes, the other agrees or changes it."""

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.stories.test_groups import PEOPLE, began, reported
from tests.world import World, world

WANTED = {"I need help with …": "Saying no", "… by …": "2027-04-30", "I want …": "Two free evenings a week"}


async def talked(company: World) -> None:
    """Tuesday, 19 January: Ana and Ben have had their first talk. The week after, Ana is asked for the agreement."""
    await paired(company)
    await company.until("2027-01-19", "11:00")
    await company.hands("Ana").press("Yes, we met")
    await company.until("2027-01-22", "17:00")
    assert not any("Your agreement" in text for text in company.hands("Ana").messages()), "it waits for the next week"
    await company.until("2027-01-25", "09:30")


async def written(company: World, **changed: str) -> None:
    """Monday, 25 January: Ana writes it down, and Ben is asked."""
    ana = company.hands("Ana")
    await ana.press("Write it down")
    assert await ana.fill(WANTED | changed) == {}
    await company.until("2027-01-25", "10:00")


async def test_one_writes_it_and_the_other_agrees_with_a_tap(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        assert "Your agreement with Ben" in ana.messages()[-1]
        await ana.press("Write it down")
        assert ana.form is not None
        filled = {field.label: field.initial for field in ana.form.fields}
        assert filled["How often do you meet?"] == "2"
        assert filled["… by …"] == "2027-07-12"
        assert filled["Which hours and topics are off limits?"] == "Evenings and weekends."
        assert filled["Is there any conflict of interest?"] == "None that I know of."
        assert list(filled.values()).count("") == 2, "only what she wants is left to write"

        await written(company)
        asked = ben.messages()[-1]
        assert "Ana wrote this" in asked
        assert "To work on: Saying no\nBy: Fri, Apr 30, 2027\nWhat is wanted: Two free evenings a week" in asked
        assert "Rhythm: every two weeks" in asked
        assert "I asked Ben" in ana.messages()[-1], "her own card says how it stands"
        await ben.press("I agree")
        assert ben.shown is not None
        assert "holds from now on" in ben.shown.sections[0].text
        assert "This is what you agreed on" in ben.messages()[-1]
        assert "This is what you agreed on" in ana.messages()[-1], "her card turns, and no message comes"
        before = len(ana.messages()), len(ben.messages())
        await company.until("2027-01-28", "17:00")
        assert (len(ana.messages()), len(ben.messages())) == before


async def test_a_new_rhythm_holds_once_both_agree(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await written(company, **{"How often do you meet?": "every four weeks"})
        await company.until("2027-02-02", "11:00")
        await ana.press("Yes, we met")
        assert "Next: Tue, Feb 16" in "\n".join(ana.messages()), "nobody has agreed to another rhythm yet"
        await ben.press("I agree")
        await company.until("2027-02-16", "11:00")
        await ana.press("Yes, we met")
        assert "Next: Tue, Mar 16" in "\n".join(ana.messages())


async def test_the_other_changes_it_and_the_first_is_asked(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await written(company)
        await ben.press("Change it")
        assert ben.form is not None
        assert ben.form.fields[0].label == "Ana needs help with …"
        assert ben.form.fields[0].initial == "Saying no"
        assert await ben.fill({"Which hours and topics are off limits?": "Fridays, and my team."}) == {}
        assert "I asked Ana" in ben.messages()[-1]
        await company.until("2027-01-25", "10:30")
        assert "Ben wrote this" in ana.messages()[-1]
        assert "Off limits: Fridays, and my team." in ana.messages()[-1]
        assert "To work on: Saying no" in ana.messages()[-1], "what nobody changed stands"
        await ana.press("I agree")
        assert "This is what you agreed on" in ana.messages()[-1]
        assert "This is what you agreed on" in ben.messages()[-1]


async def test_nobody_agrees_to_what_they_have_not_seen(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await written(company)
        old = ben.button("I agree")
        await ben.press("Change it")
        behind = ben.form
        await company.until("2027-01-25", "11:00")
        await ana.command("agreement change")
        assert await ana.fill({"I want …": "Four free evenings"}) == {}
        await ben.press_old(old)
        assert ben.shown is not None
        assert "has changed meanwhile" in ben.shown.sections[0].text
        assert behind is not None
        await ben.submit(behind, {field.name: field.initial for field in behind.fields})
        assert "has changed meanwhile" in ben.shown.sections[0].text, "nor does an old form undo what is new"
        await ben.press("Show it")
        await ben.press("I agree")
        await company.until("2027-01-25", "12:00")
        assert "Four free evenings" in ana.messages()[-1]
        assert "This is what you agreed on" in ana.messages()[-1]


async def test_who_does_not_answer_is_reminded_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await company.until("2027-01-28", "17:00")
        assert sum("Your agreement with Ben" in text for text in ana.messages()) == 1
        await company.until("2027-01-29", "09:30")
        assert sum("Your agreement with Ben" in text for text in ana.messages()) == 2
        assert "Your agenda for" in ana.messages()[-1], "the reminder comes along with what would come anyway"
        await ana.press("Write it down")
        assert await ana.fill(WANTED) == {}
        await company.until("2027-02-12", "17:00")
        assert sum("Ana wrote this" in text for text in ben.messages()) == 2
        assert sum("Your agreement with Ben" in text for text in ana.messages()) == 2


async def test_it_is_written_and_agreed_to_by_typing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await paired(company)
        await ana.type("agreement")
        assert "comes after your first talk with Ben" in ana.messages()[-1]
        await company.until("2027-01-19", "11:00")
        await ana.type("we met")
        await company.until("2027-01-25", "09:30")
        await ana.type("agreement")
        assert "I need help with …" in ana.messages()[-1]
        for line in ("Saying no", "2027-04-30", "Two free evenings", "every week", *["skip"] * 4):
            await ana.type(line)
        back = ana.messages()[-1]
        assert "Ben will see this" in back
        assert "Two free evenings" in back
        assert len([text for text in ben.messages() if "Saying no" in text]) == 0
        await ana.type("send")
        await company.until("2027-01-25", "10:30")
        assert "Rhythm: every week" in ben.messages()[-1]
        await ben.type("I agree")
        assert any("holds from now on" in text for text in ben.messages())
        await ben.type("agreement")
        assert "This is what you agreed on" in ben.messages()[-1]
        assert "By: Fri, Apr 30, 2027" in ben.messages()[-1]


async def test_an_agreement_sent_unchanged_is_a_yes(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await written(company)
        await ben.press("Change it")
        assert await ben.fill({}) == {}
        assert "This is what you agreed on" in ana.messages()[-1]


async def test_a_groups_agreement_is_drafted_by_its_mentor_and_holds_at_three(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        await reported(company, "2027-01-19")
        await company.until("2027-01-25", "09:30")
        ben, ana, carl, dora = (company.hands(name) for name in ("Ben", "Ana", "Carl", "Dora"))
        assert not any("agreement" in text for text in ana.messages()), "the mentor begins it"
        await ben.press("Write it down")
        assert await ben.fill({"We work on …": "Leading without a title", "We want …": "One project each"}) == {}
        await company.until("2027-01-25", "10:00")
        assert "Leading without a title" in ana.messages()[-1]
        assert "Change it" not in ana.buttons(), "who drafts it changes it"
        await ana.press("I agree")
        assert "It holds once" in ana.messages()[-1]
        await carl.press("I agree")
        assert "This is what you agreed on" in carl.messages()[-1]
        assert "This is what you agreed on" in ben.messages()[-1]
        before = len(dora.messages())
        await company.until("2027-01-28", "17:00")
        assert len(dora.messages()) == before, "it holds, and nobody is reminded"


async def test_who_is_not_in_the_mentorship_finds_no_agreement(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada = company.hands("Ada")
        await talked(company)
        await written(company)
        await ada.press_old(company.hands("Ben").button("I agree"))
        assert ada.shown is not None
        assert "not yours to change" in ada.shown.sections[0].text
