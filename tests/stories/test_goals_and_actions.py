"""What Ana wants to reach, and the steps that she takes on: asked after, told of, and celebrated with Ben."""

from datetime import timedelta

import sqlalchemy as sa

from tests.stories.test_five_check_ins import MONDAY, paired
from tests.world import Fingers, World, read, world

GOAL, SIGN = "What do you want to reach?", "How will you both see that it is reached?"
STEP = "One next step of yours"


async def talked(company: World) -> None:
    """Tuesday, 19 January: Ana and Ben have had their first talk."""
    await paired(company)
    await company.until("2027-01-19", "11:00")
    await company.hands("Ana").press("Yes, we met")


async def two_mentors(company: World) -> None:
    ada = company.hands("Ada")
    await ada.command("pair @Carl Sample, @Ana Sample")
    await ada.command("pair @Ben Sample, @Ana Sample")
    await company.until("2027-01-11", "10:00")
    for name in ("Ana", "Ana", "Ben", "Carl"):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")


async def took_on(company: World, name: str, *steps: str) -> None:
    """Let somebody take on steps in their reflection, one a minute."""
    hands, reflect = company.hands(name), company.hands("Ana").button("Reflect")
    for step in steps:
        await company.jump(timedelta(minutes=1))
        await hands.press_old(reflect)
        assert await hands.fill({STEP: step, "Until when?": "2027-05-01"}) == {}


async def met_again(company: World) -> None:
    """Tuesday, 2 February: they meet a second time. The week after, who has no goal is asked for one."""
    await talked(company)
    await company.until("2027-02-02", "11:00")
    await company.hands("Ana").press("Yes, we met")
    await company.until("2027-02-05", "17:00")
    assert not any("A goal for" in text for text in company.hands("Ana").messages())
    await company.until("2027-02-08", "09:30")


def asked_in(hands: Fingers) -> list[str]:
    assert hands.form is not None
    return [field.label for field in hands.form.fields]


# Goals


async def test_a_goal_that_could_be_sharper_gets_one_hint_and_is_kept_as_written(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met_again(company)
        assert "A goal for your time with Ben" in ana.messages()[-1]
        await ana.press("Name a goal")
        assert await ana.fill({GOAL: "Improve my technical skills"}) == {}
        assert ana.form is not None, "the same form again, with a hint"
        assert "One thought" in ana.form.fields[0].hint
        assert ana.form.fields[0].initial == "Improve my technical skills"
        assert await ana.fill({}) == {}
        assert ana.shown is not None
        assert "Your goal is kept" in read(ana.shown)
        assert "Your goal is kept" in ana.messages()[-1], "the question itself turns into thanks"

        await company.until("2027-02-15", "09:30")
        assert "The goal: Improve my technical skills" in ben.messages()[-1], "the mentor's brief names it"
        assert not any("no goal written down" in text for text in ben.messages())


async def test_a_hint_is_no_duty_and_what_was_sent_first_is_kept(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met_again(company)
        await ana.press("Name a goal")
        assert await ana.fill({GOAL: "Be a better listener"}) == {}
        await company.until("2027-02-09")
        assert "Be a better listener" in await ana.command("goals"), "the second form was closed, and nothing is lost"


async def test_a_goal_that_names_what_one_will_see_gets_no_hint(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met_again(company)
        for answers in (
            {GOAL: "Lead a project", SIGN: "My team asks for a second one"},
            {GOAL: "Speak at 2 meetups"},
            {GOAL: "Write a proposal", "Until when?": "2027-04-30"},
        ):
            await ana.command("goal")
            assert await ana.fill(answers) == {}
            assert ana.form is None
        listed = await ana.command("goals")
        assert "One will see it by: My team asks for a second one" in listed
        assert "Until: Fri, Apr 30, 2027" in listed


async def test_what_is_typed_behind_the_word_begins_the_form(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await met_again(company)
        await ana.type("goal Lead 1 review")
        assert SIGN in ana.messages()[-1], "the goal itself is not asked for again"
        for words in ("skip", "skip", "send"):
            await ana.type(words)
        assert "Lead 1 review" in await ana.command("goals")

        await ana.command("agenda How to say no; Delegating")
        assert ana.form is not None
        assert ana.form.fields[0].initial == "How to say no\nDelegating"
        assert await ana.fill({}) == {}
        await ana.type("agenda Estimates")
        await ana.type("send")
        await ana.command("agenda")
        assert ana.form.fields[0].initial == "How to say no\nDelegating\nEstimates", "behind those that she had"


async def test_who_is_in_two_mentorships_names_one_or_chooses_and_types_nothing_twice(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Carl")) as company:
        ana = company.hands("Ana")
        await two_mentors(company)
        for command, first in (("goal", GOAL), ("agenda", "Topics, one a line")):
            await ana.command(f"{command} Lead 1 review")
            await ana.press("Carl")
            assert ana.form is not None
            assert {field.label: field.initial for field in ana.form.fields}[first] == "Lead 1 review"
            await ana.command(f"{command} Ben: Speak at 2 meetups")
            assert {field.label: field.initial for field in ana.form.fields}[first] == "Speak at 2 meetups"
            assert "Ben" in ana.form.intro
        await ana.command("agenda Carl")
        assert ana.form is not None
        assert (ana.form.fields[0].initial, "Carl" in ana.form.intro) == ("", True), "a name is no topic"


async def test_a_goal_that_is_reached_is_good_news_for_both(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met_again(company)
        await ana.press("Name a goal")
        assert await ana.fill({GOAL: "Hold 1 review", SIGN: "Two find it useful"}) == {}
        await company.until("2027-02-12", "09:30")
        assert "Your goal: Hold 1 review" in ana.messages()[-1], "the agenda keeps it in view"
        await ana.command("goals")
        await ana.press("Reached")
        assert ana.shown is not None
        assert "Wonderful" in read(ana.shown)
        await company.until("2027-02-15", "09:30")
        assert "Ana has reached this goal: Hold 1 review" in ben.messages()[-1]
        assert "The goal:" not in ben.messages()[-1]
        await company.until("2027-02-16", "11:00")
        await ana.press("Yes, we met")
        await company.until("2027-03-01", "09:30")
        assert "You meet Ana" in ben.messages()[-1]
        assert "reached" not in ben.messages()[-1], "good news is told once"


async def test_a_goal_is_worded_anew_let_go_and_taken_up_again(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met_again(company)
        await ana.press("Name a goal")
        assert await ana.fill({GOAL: "Hold 1 review"}) == {}
        await ana.command("goals")
        await ana.press("Change")
        assert await ana.fill({GOAL: "Hold 2 reviews", "Until when?": "2027-03-31"}) == {}
        assert "Hold 2 reviews" in await ben.command("goals")
        assert "Hold 1 review" not in await ben.command("goals")
        await ana.command("goals")
        await ana.press("Let go")
        assert "Ana has let go of this." in await ben.command("goals")
        await ana.press("Not yet")
        assert "Ana wants to reach this." in await ben.command("goals")
        await ana.command("goals")
        await ana.press("Let go")
        await company.until("2027-02-12", "09:30")
        assert "Your agenda for" in ana.messages()[-1]
        assert "Your goal" not in ana.messages()[-1], "what one has let go of is not held up to one"


async def test_a_goal_is_named_by_typing(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await ana.type("goal")
        for line in ("Get better", "skip", "skip"):
            await ana.type(line)
        assert "Ben will see this" in ana.messages()[-1]
        await ana.type("send")
        assert "One thought" in ana.messages()[-1]
        for line in ("Hold a design review", "Two colleagues find it useful", "2027-03-31", "send"):
            await ana.type(line)
        assert "Your goal is kept" in ana.messages()[-1]
        await ana.type("goals")
        assert "Hold a design review" in ana.messages()[-1]
        assert "Get better" not in await ben.command("goals")


async def test_a_mentor_hears_along_with_the_brief_that_there_is_no_goal(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ben = company.hands("Ben")
        await met_again(company)
        assert not any("no goal written down" in text for text in ben.messages()), "it is no message of its own"
        await company.until("2027-02-15", "09:30")
        assert "You meet Ana" in ben.messages()[-1]
        assert "Ana has no goal written down yet" in ben.messages()[-1]
        assert "Goals are for those who learn" in await ben.command("goal")


async def test_nobody_settles_the_goal_of_another(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await met_again(company)
        await ana.press("Name a goal")
        assert await ana.fill({GOAL: "Hold 1 review"}) == {}
        await ana.command("goals")
        for label in ("Reached", "Change"):
            await ben.press_old(ana.button(label))
            assert ben.shown is not None
            assert "not yours to change" in read(ben.shown)
        assert "Ana wants to reach this." in await ben.command("goals")


# Steps


async def test_a_step_is_asked_after_before_the_next_meeting_and_its_outcome_is_told(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await took_on(company, "Ana", "Draft the plan", "Ask Carla")
        await company.until("2027-01-29", "09:30")
        agenda = ana.messages()[-1]
        assert "What came of these steps" in agenda
        assert "until Sat, May 1, 2027: Draft the plan" in agenda
        await ana.press("Add topics")
        assert asked_in(ana) == [
            "Topics, one a line",
            "'Draft the plan': what became of it?",
            "'Draft the plan': what happened?",
            "'Ask Carla': what became of it?",
            "'Ask Carla': what happened?",
        ]
        answers = {
            "Topics, one a line": "The budget",
            "'Draft the plan': what became of it?": "Done",
            "'Draft the plan': what happened?": "It is two pages, and it helped",
        }
        assert await ana.fill(answers) == {}
        await company.until("2027-02-01", "09:30")
        brief = ben.messages()[-1]
        assert "Ana did this: Draft the plan\nIt is two pages, and it helped" in brief
        assert "Ana: The budget" in brief
        assert "Ask Carla" not in brief, "what is still open is Ana's own"

        await company.until("2027-02-02", "11:00")
        await ana.press("Yes, we met")
        await company.until("2027-02-12", "09:30")
        assert "Ask Carla" in ana.messages()[-1]
        assert "Draft the plan" not in ana.messages()[-1], "what is done is not asked after again"
        await company.until("2027-02-15", "09:30")
        assert "Draft the plan" not in ben.messages()[-1], "nor told again"


async def test_what_is_told_after_the_brief_was_sent_comes_onto_it(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await took_on(company, "Ana", "Draft the plan", "Ask Carla")
        await company.until("2027-02-01", "09:30")
        messages = len(ben.messages())
        await ana.command("done 1")
        assert len(ben.messages()) == messages
        assert "Ana did this: Draft the plan" in ben.messages()[-1]
        await ana.press("Tell what came of it")
        assert await ana.fill({"'Draft the plan': what happened?": "Everybody liked it"}) == {}
        assert "Ana did this: Draft the plan\nEverybody liked it" in ben.messages()[-1]
        assert len(ben.messages()) == messages
        await ana.command("agenda")
        assert await ana.fill({"'Ask Carla': what happened?": "She answers on Monday"}) == {}
        assert "Ana is still at it: Ask Carla\nShe answers on Monday" in ben.messages()[-1], "without a new topic too"


async def test_at_most_five_steps_are_asked_after_at_once(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await talked(company)
        await took_on(company, "Ana", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")
        await company.until("2027-01-29", "09:30")
        assert "Open besides: 2" in ana.messages()[-1]
        assert "fifth" in ana.messages()[-1]
        assert "sixth" not in ana.messages()[-1]
        await ana.press("Add topics")
        assert sum("what became of it?" in label for label in asked_in(ana)) == 5
        assert await ana.fill({"'first': what became of it?": "Let go"}) == {}
        await company.until("2027-01-29", "10:00")
        await ana.press("Add topics")
        assert "'sixth': what became of it?" in asked_in(ana)


async def test_steps_are_listed_and_marked_by_a_tap_or_a_word(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await talked(company)
        assert "You have no open step" in await ana.command("actions")
        await took_on(company, "Ana", "Draft the plan", "Ask Carla", "Read chapter 3")
        await ana.type("actions")
        listed = ana.messages()[-1]
        assert "1. With Ben\nUntil: Sat, May 1, 2027\n: Draft the plan" in listed
        assert "2. With Ben" in listed
        await ana.type("done 2")
        assert "Done, well done" in ana.messages()[-1]
        assert "Ask Carla" in ana.messages()[-1]
        await ana.type("done 7")
        assert "Your open steps" in ana.messages()[-1]
        assert "Ask Carla" not in ana.messages()[-1]
        assert "2. With Ben" in ana.messages()[-1]
        await ana.press("Not done yet")
        await ana.command("actions")
        assert ana.shown is not None
        assert "Ask Carla" in read(ana.shown), "a wrong tap is taken back"
        await ana.press("Done")
        assert ana.shown is not None
        assert "Draft the plan" in read(ana.shown).split("1. With Ben")[0]


async def test_a_mentors_own_step_stands_on_the_brief_and_is_told_of_there(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await took_on(company, "Ben", "Introduce Ana to Carla")
        await company.until("2027-02-01", "09:30")
        assert "this is still with you: Introduce Ana to Carla" in ben.messages()[-1]
        await ben.press("Add a topic, or tell what came of it")
        told = {
            "Topics, one a line": "Your talk in March",
            "'Introduce Ana to Carla': what became of it?": "Tried",
            "'Introduce Ana to Carla': what happened?": "She is away until Friday",
        }
        assert await ben.fill(told) == {}
        assert "Ben: Your talk in March" in ana.messages()[-1], "both see all topics on the day before"
        assert "still with you" not in ben.messages()[-1]


async def test_topics_of_a_meeting_that_fell_through_are_there_for_the_next(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await talked(company)
        await company.until("2027-01-29", "09:30")
        await ana.press("Add topics")
        assert await ana.fill({"Topics, one a line": "How to say no"}) == {}
        await company.until("2027-02-02", "11:00")
        await ana.press("Not this time")
        await ana.press("Wait for the next one")
        await company.until("2027-02-12", "09:30")
        await ana.press("Add topics")
        assert ana.form is not None
        assert ana.form.fields[0].initial == "How to say no"
        assert "left from last time" in ana.form.fields[0].hint
        assert await ana.fill({}) == {}
        await company.until("2027-02-16", "11:00")
        await ana.press("Yes, we met")
        await company.until("2027-02-26", "09:30")
        await ana.press("Add topics")
        assert ana.form.fields[0].initial == "", "what was talked about is not left over"


async def test_nobody_settles_the_step_of_another(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana, ben = company.hands("Ana"), company.hands("Ben")
        await talked(company)
        await took_on(company, "Ana", "Draft the plan")
        await ana.command("actions")
        for label in ("Done", "Tell what came of it"):
            await ben.press_old(ana.button(label))
            assert ben.shown is not None
            assert "not yours to change" in read(ben.shown)
        assert "Draft the plan" in await ana.command("actions")


async def test_the_sixth_agenda_looks_at_the_whole(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await talked(company)
        for day in ("2027-02-02", "2027-02-16", "2027-03-02", "2027-03-16", "2027-03-30"):
            await company.until(day, "11:00")
            assert not any("Your review" in text for text in ana.messages())
            await ana.press("Yes, we met")
        await company.until("2027-04-09", "09:30")
        assert "Your review: Tue, Apr 13, 10:00" in ana.messages()[-1]
        assert "does the rhythm still fit" in ana.messages()[-1]
        await ana.press("Our goals")
        assert ana.shown is not None
        assert "Goals with Ben" in read(ana.shown)
        await ana.press("Our agreement")
        assert "Your agreement with Ben" in read(ana.shown)
