"""The same mentorship lived by typing alone: no button, no form."""

from datetime import timedelta

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY
from tests.world import world


async def test_a_pair_lives_by_typing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.type("Yes")
        await ben.type("accept")
        await company.until("2027-01-15", "09:30")

        await ana.type("introduce myself")
        assert "What brought you to where you are?" in ana.messages()[-1]
        await ana.type("Support, then testing")
        await ana.type("Leading a project")
        await ana.type("skip")
        assert "On which day?" in ana.messages()[-1]
        await ana.type("some day")
        assert "Please give a date" in ana.messages()[-1], "what makes no sense is asked again, with the mend"
        await ana.type("Tuesday")
        await ana.type("10am")
        await ana.type("45 minutes")
        await ana.type("Room 7")
        back = ana.messages()[-1]
        assert "Ben will see this" in back
        assert "Support, then testing" in back
        assert "Tue, Jan 19, 2027" in back, "what the partner will see is read back before it is shared"
        assert len(ben.messages()) == 3, "the invitation, the line that his yes was heard, and the word of Friday"
        await ana.type("send")
        await company.until("2027-01-15", "09:45")
        assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1]
        await ben.type("ok")
        await company.until("2027-01-15", "10:00")
        assert "Ben confirmed: Tue, Jan 19, 10:00" in ana.messages()[-1]
        assert "Room 7" in ana.messages()[-1]

        await company.until("2027-01-19", "11:00")
        await ana.type("We met!")
        assert any("You met on Tue, Jan 19" in text for text in ana.messages())
        await ana.type("reflect")
        await ana.type("Listening worked")
        await ana.type("skip")
        await ana.type("Draft the plan")
        await ana.type("in two weeks")
        assert "Who may read it?" in ana.messages()[-1], "the audience is asked last, once all was read back"
        await ana.type("only me")
        assert "Kept" in ana.messages()[-1]

        await company.until("2027-01-29", "09:30")
        await ana.type("agenda")
        await ana.type("How to say no")
        assert "'Draft the plan': what became of it?" in ana.messages()[-1]
        await ana.type("tried")
        await ana.type("It was too long")
        await ana.type("send")
        await company.until("2027-02-01", "09:30")
        assert "How to say no" in ben.messages()[-1]
        assert "Listening worked" not in "\n".join(ben.messages()), "what is only mine stays mine"


async def test_words_about_a_form_are_not_answers(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ada.type("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        await ana.press("Yes, gladly")
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        await ana.type("introduce")
        await ana.type("first answer")
        await ana.type("back")
        assert "What brought you" in ana.messages()[-1]
        await ana.type("cancel")
        assert "nothing was saved" in ana.messages()[-1]
        await ana.type("introduce")
        await company.jump(timedelta(minutes=31))
        await ana.type("status")
        assert "You can type" not in ana.messages()[-1]
        assert "Ben" in ana.messages()[-1], "half an hour later words fill no form by themselves"


async def test_unknown_words_get_a_menu_and_admin_words_are_refused_kindly(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("good morning")
        assert "You can type" in ana.messages()[-1]
        assert "pair @mentor" not in ana.messages()[-1]
        await ana.type("pair @Ben Sample, @Ada Sample")
        assert "Only those who run the programme" in ana.messages()[-1]
