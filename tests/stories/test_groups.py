"""Ben mentors a group: who accepted begins, one of it leads in turn, and each speaks for themselves alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.world import Fingers, World, world

MONDAY = datetime(2027, 1, 11, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
MENTEES = ("Ana", "Carl", "Dora", "Eva")
PEOPLE = ("Ada", "Ben", *MENTEES)
TEN = ("Ana", "Carl", "Dora", "Eva", "Finn", "Gus", "Hal", "Ivy", "Jon", "Kim")


async def began(company: World, mentees: tuple[str, ...] = MENTEES, declines: tuple[str, ...] = ()) -> None:
    """Monday: Ada invites a group, all answer; Friday: Ana suggests Tuesday at ten, and Ben confirms."""
    names = ", ".join(f"@{name} Sample" for name in ("Ben", *mentees))
    await company.hands("Ada").command(f"pair group {names}")
    await company.until("2027-01-11", "10:00")
    for name in ("Ben", *mentees):
        await company.hands(name).press("Not this time" if name in declines else "Yes, gladly")
    await company.until("2027-01-15", "09:30")
    await introduced(company.hands("Ana"), {"On which day?": "2027-01-19", "At what time?": "10:00"})
    await company.until("2027-01-15", "10:00")
    ben = company.hands("Ben")
    assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1]
    await ben.press("Works for me")


async def introduced(hands: Fingers, hour: dict[str, str]) -> None:
    await hands.press("Introduce myself")
    answers = {
        "What brought you to where you are?": "Support, then testing",
        "What would make these months worth your time?": "Leading a project",
    }
    assert await hands.fill(answers | hour) == {}


async def reported(company: World, day: str) -> None:
    """Let Ben say that the group met, in his wrap of the next morning."""
    following = str(datetime.fromisoformat(day).date().replace(day=datetime.fromisoformat(day).day + 1))
    await company.until(following, "09:30")
    await company.hands("Ben").press("Yes, we met")


async def test_a_group_begins_with_who_accepted_and_all_hear_on_the_same_day(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        ada, ben, ana, eva = (company.hands(name) for name in ("Ada", "Ben", "Ana", "Eva"))
        asked = await ada.command("pair group @Ben Sample, @Ana Sample, @Carl Sample, @Dora Sample, @Eva Sample")
        assert "I ask Ben, Ana, Carl, Dora, and Eva" in "\n".join([asked, *ada.messages()])
        await company.until("2027-01-11", "10:00")
        assert "It would be for Ana, Carl, Dora, and Eva" in ben.messages()[-1]
        assert "Ben could be your mentor, in a small group" in ana.messages()[-1]
        assert not any(name in ana.messages()[-1] for name in ("Carl", "Dora", "Eva")), (
            "nobody sees who else is asked"
        )

        for name in ("Ben", "Ana", "Carl"):
            await company.hands(name).press("Yes, gladly")
        await eva.press("Not this time")
        await company.until("2027-01-14", "17:00")
        assert not any("begins" in text for text in ana.messages())
        await company.until("2027-01-15", "09:30")
        assert "Ben's group begins" in ana.messages()[-1]
        assert "Ben's group begins" in ben.messages()[-1]
        dora = company.hands("Dora")
        assert eva.messages()[-1] == dora.messages()[-1], "a no and no answer end in one sentence"
        assert "did not come about" in eva.messages()[-1]
        assert not any("Thank you, noted" in text for text in dora.messages()), "she never answered"
        assert any("This invitation is closed" in text for text in dora.messages())


async def test_a_group_that_is_too_small_ends_in_the_same_sentence_for_all(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await company.hands("Ada").command("pair group @Ben Sample, @Ana Sample, @Carl Sample")
        await company.until("2027-01-11", "10:00")
        await company.hands("Ben").press("Yes, gladly")
        await company.hands("Ana").press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        assert len({company.hands(name).messages()[-1] for name in ("Ben", "Ana", "Carl")}) == 1
        assert "did not come about" in company.hands("Ben").messages()[-1]


async def test_one_suggests_the_first_hour_and_the_mentor_confirms_it_with_one_tap(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ben, ana, carl, dora = (company.hands(name) for name in ("Ben", "Ana", "Carl", "Dora"))
        assert not any("suggested" in text for text in [*carl.messages(), *dora.messages()])
        assert "Ben confirmed: Tue, Jan 19, 10:00" in ana.messages()[-1]
        await introduced(carl, {})
        assert any("Carl: Leading a project" in text for text in ben.messages()), "all see each other's introduction"
        await company.until("2027-01-18", "10:00")
        assert "You meet Ben's group: Tue, Jan 19, 10:00" in dora.messages()[-1]


async def test_who_wants_another_first_hour_than_the_one_suggested_is_not_asked(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await company.hands("Ada").command("pair group @Ben Sample, @Ana Sample, @Carl Sample")
        await company.until("2027-01-11", "10:00")
        for name in ("Ben", "Ana", "Carl"):
            await company.hands(name).press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        ben, ana, carl = (company.hands(name) for name in ("Ben", "Ana", "Carl"))
        await carl.press("Introduce myself")
        early = carl.form
        await introduced(ana, {"On which day?": "2027-01-19", "At what time?": "10:00"})
        assert early is not None
        values = {
            "background": "Sales",
            "hopes": "Learning",
            "day": "2027-01-20",
            "hour": "11:00",
            "minutes": "45",
        }
        assert await carl.submit(early, values) == {}
        await company.until("2027-01-15", "10:00")
        assert "Ana suggested Tue, Jan 19, 10:00" in ben.messages()[-1], "what Ana suggested stands"
        await ben.press("Introduce myself")
        assert ben.form is not None
        assert "On which day?" in {field.label for field in ben.form.fields}, "the mentor may suggest another"


async def test_each_says_for_themselves_whether_they_were_there(database: sa.Engine) -> None:
    """Tuesday, after the talk: Ana, who leads, is asked whether they met. The others' briefs ask: were you there?"""
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ben, carl, dora, eva = (company.hands(name) for name in ("Ben", "Carl", "Dora", "Eva"))
        await company.until("2027-01-19", "11:00")
        before = {name: len(company.hands(name).messages()) for name in ("Carl", "Dora", "Eva")}
        for hands in (carl, dora, eva):
            assert "Were you there on Tue, Jan 19, 10:00?" in hands.messages()[-1]
            assert hands.posts[-1].edits >= 1, "the brief has turned, with no new message"
        await carl.press("I was not")
        assert "Noted" in carl.messages()[-1]
        await company.until("2027-01-20", "09:30")
        assert "Did you and Ben's group get to talk?" in ben.messages()[-1], "one absence settles nothing"
        await dora.press("I was there")
        assert "Two questions while it is fresh" in dora.messages()[-1]
        await ben.press("Yes, we met")
        assert any("You met on Tue, Jan 19" in text for text in ben.messages())
        assert not any("Dora" in text or "was there" in text for text in ben.messages()[1:]), "nobody's word is shown"
        await company.until("2027-01-21", "12:00")
        assert len(eva.messages()) == before["Eva"], "who has not said is not asked again"
        await eva.press("I was there")
        assert "A minute to look back?" in eva.messages()[-1], "what was reported already stays open to them"
        assert not any("look back" in text for text in carl.messages()), (
            "who was not there has nothing to look back on"
        )


async def test_an_answer_is_for_oneself_for_the_mentor_or_for_the_group(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        await reported(company, "2027-01-19")
        ben = company.hands("Ben")
        for name, audience in (("Carl", "Only me"), ("Dora", "Share with Ben"), ("Eva", "Share with Ben's group")):
            hands = company.hands(name)
            await hands.press("I was there")
            await hands.press("Reflect")
            assert hands.form is not None
            (who,) = (field for field in hands.form.fields if field.name == "audience")
            assert [one.label for one in who.options] == ["Only me", "Share with Ben", "Share with Ben's group"]
            await hands.fill({"What worked, and why?": f"{name} was heard", "Who may read this?": audience})
        reads = {name: await company.hands(name).command("record") for name in ("Ben", "Ana", "Carl", "Dora", "Eva")}
        readers = {
            of: {name for name, text in reads.items() if f"{of} was heard" in text} for of in ("Carl", "Dora", "Eva")
        }
        all_of_them = {"Ana", "Ben", "Carl", "Dora", "Eva"}
        assert readers == {"Carl": set(), "Dora": {"Dora", "Ben"}, "Eva": all_of_them}, (
            "what is only mine is no chat's"
        )
        await ben.press("Reflect")
        assert ben.form is not None
        (who,) = (field for field in ben.form.fields if field.name == "audience")
        assert [one.label for one in who.options] == ["Only me", "Share with Ben's group"]


async def test_they_lead_in_turn_and_all_see_the_topics(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        await reported(company, "2027-01-19")
        carl, dora, ben = (company.hands(name) for name in ("Carl", "Dora", "Ben"))
        await company.until("2027-01-29", "10:00")
        assert "Your agenda for Tue, Feb 2, 10:00" in carl.messages()[-1], "Ana led the first, Carl leads this one"
        await carl.press("Add topics")
        await carl.fill({"Topics, one a line": "Asking for feedback"})
        await company.until("2027-02-01", "10:00")
        for hands in (dora, ben):
            assert "Carl: Asking for feedback" in hands.messages()[-1]
        await dora.press("Add a topic")
        await dora.fill({"Topics, one a line": "Saying no"})
        assert "Dora: Saying no" in carl.messages()[-1], "the agenda is shared and kept current"
        await company.until("2027-02-02", "11:00")
        await ben.type("we met")
        await company.until("2027-02-12", "10:00")
        assert "Your agenda for Tue, Feb 16, 10:00" in dora.messages()[-1]


async def test_a_slip_of_the_group_is_mended_by_who_leads_and_confirmed_with_one_tap(database: sa.Engine) -> None:
    """The group did not meet on Tuesday, says Ben. Ana, who leads, picks Thursday, and Ben confirms for all."""
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ben, ana, carl = (company.hands(name) for name in ("Ben", "Ana", "Carl"))
        await company.until("2027-01-19", "11:00")
        await ben.type("we did not meet")
        await company.until("2027-01-19", "12:00")
        assert "Pick one, Ben confirms with a tap." in "\n".join(ana.messages())
        assert not any("A new time" in text for text in [*ben.messages(), *carl.messages()]), "who leads mends"
        await ana.press("Thu, Jan 21, 10:00")
        await company.until("2027-01-20", "10:00")
        assert "Ana suggested Thu, Jan 21, 10:00" in ben.messages()[-1]
        assert not any("suggested" in text for text in carl.messages())
        await ben.press("Works for me")
        await company.until("2027-01-21", "11:00")
        assert any("Were you there on Thu, Jan 21, 10:00?" in text for text in carl.messages())


async def test_who_finds_no_new_date_hears_it_before_the_programme_and_only_the_mentor_may_slow_it_down(
    database: sa.Engine,
) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ben, carl = company.hands("Ben"), company.hands("Carl")
        await company.until("2027-01-19", "11:00")
        await ben.type("we did not meet")
        await company.until("2027-01-26", "12:00")
        assert "Ben's group has no date yet" in carl.messages()[-1]
        assert {"Suggest a time"} == set(carl.buttons()) & {"Suggest a time", "Every four weeks", "Pause"}
        assert "Slower or a pause is fine" in "\n".join(ben.messages())
        assert {"Suggest a time", "Every four weeks", "Pause"} <= set(ben.buttons())


async def test_a_group_of_ten_costs_each_one_message_and_its_lead_and_mentor_two(database: sa.Engine) -> None:
    """The week of the first check-in, in which nobody says a word but by being asked."""
    async with world(database, MONDAY, names=("Ada", "Ben", *TEN)) as company:
        await began(company, TEN)
        await reported(company, "2027-01-19")
        await company.until("2027-01-28", "23:00")
        before = {name: len(company.hands(name).messages()) for name in ("Ben", *TEN)}
        await company.until("2027-02-05", "23:00")
        got = {name: len(company.hands(name).messages()) - before[name] for name in ("Ben", *TEN)}
        assert got == {"Ben": 2, "Carl": 2} | dict.fromkeys(set(TEN) - {"Carl"}, 1)


async def test_one_leaves_a_group_and_it_goes_on(database: sa.Engine) -> None:
    """Ana, who leads next, ends it for herself; Carl leads instead, and nobody is told who left."""
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ana, carl, dora = (company.hands(name) for name in ("Ana", "Carl", "Dora"))
        await company.until("2027-01-18", "10:00")
        assert "You meet Ben's group" in carl.messages()[-1]
        await ana.command("end")
        await ana.press("End it: Ben's group")
        assert "Your time in Ben's group has ended" in ana.messages()[-1]
        await company.until("2027-01-18", "17:00")
        assert not any("has ended" in text for text in [*carl.messages(), *dora.messages()])
        await company.until("2027-01-19", "11:00")
        assert "Did you and Ben's group get to talk?" in carl.messages()[-1]
        assert any("Were you there" in text for text in dora.messages())
        await company.hands("Ben").type("we met")
        assert not any("Were you there" in text for text in carl.messages()), "who leads is asked once, not twice"
        await ana.command("end")
        assert ana.shown is not None
        assert "no mentorship for which this is possible" in ana.shown.sections[0].text


async def test_the_rhythm_of_a_group_is_its_mentors_word(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        await began(company)
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await ana.command("pause Ben")
        await ana.press("Pause: Ben's group")
        assert ana.shown is not None
        assert "its mentor says so" in ana.shown.sections[0].text
        await ben.command("pause Ana")
        await ben.press("Pause: Ben's group")
        await company.until("2027-01-18", "10:00")
        assert "Your mentoring with Ben's group is paused" in ana.messages()[-1]


async def test_a_group_needs_two_mentees_and_takes_ten(database: sa.Engine) -> None:
    names = ("Ada", "Ben", *TEN, "Lea")
    async with world(database, MONDAY, names=names) as company:
        ada = company.hands("Ada")
        everybody = ", ".join(f"{name} Sample" for name in (*TEN, "Lea"))
        assert "two to ten mentees" in await ada.command(f"pair group Ben Sample, {everybody}")
        assert "two to ten mentees" in await ada.command("pair group Ben Sample, Ana Sample")
        assert "make a group" in await ada.command("pair Ben Sample, Ana Sample, Carl Sample")
        assert "named twice" in await ada.command("pair group Ben Sample, Ana Sample, Carl Sample, Ana Sample")


async def test_a_form_brings_a_group_together_too(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=PEOPLE) as company:
        ada, people = company.hands("Ada"), company.people
        await ada.command("pair")
        group = {"In which form?": "A group: one mentor, up to ten mentees", "Mentor": people["Ben"].id}
        wrong = await ada.fill({**group, "Mentee": people["Ana"].id, "More mentees, for a group": "Nobody Known"})
        assert "I know nobody" in wrong["More mentees, for a group"]
        others = "Carl Sample\nDora Sample, Eva Sample"
        assert await ada.fill({**group, "Mentee": people["Ana"].id, "More mentees, for a group": others}) == {}
        await company.until("2027-01-11", "10:00")
        for name in MENTEES:
            assert "Ben could be your mentor, in a small group" in company.hands(name).messages()[-1]
