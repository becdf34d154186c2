"""Taking part in matching: by form and by typing, changed and paused, and what is secret stays so."""

import json

import sqlalchemy as sa

from bot.domain.profile import Ability, Entrant, Profile, Side
from bot.messages import FieldKind
from bot.store import Sealer, SqlStore
from tests.stories.test_five_check_ins import MONDAY, paired
from tests.stories.test_me import DATA, browser, links
from tests.world import KEY, World, read, world


def told(company: World, name: str) -> tuple[Entrant, dict[Side, list[tuple[str, int | None]]]]:
    """Return somebody as a round sees them, with the names of their skills."""
    with SqlStore(company.app._database, Sealer([KEY])).unit() as unit:
        skills = unit.skills.all(company.organization_id)
        everyone = list(unit.profiles.everyone(company.organization_id))
    found = next(one for one in everyone if one.person_id == company.people[name].id)
    said = {Side.OFFER: found.offers, Side.WANT: found.wants}
    return found, {side: [(skills.name(one.skill_id), one.level) for one in said[side]] for side in said}


async def test_monday_ana_joins_by_form_and_hears_what_was_understood(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.command("join")
        problems = await ana.fill({"What do you want to learn, the most wanted first?": ""})
        assert "One thing is enough" in problems["What do you want to learn, the most wanted first?"]
        await ana.fill(
            {"What do you want to learn, the most wanted first?": "Negotiating 1, Java Script (can do it)"}
        )
        back = ana.messages()[-1]
        assert "You would be: Mentee: I want to learn" in back
        assert "Negotiating (new to it), Java Script (can do it)" in back
        assert "Languages: English" in back
        assert ana.form is None, "all levels were said"
        found, said = told(company, "Ana")
        assert said == {Side.OFFER: [], Side.WANT: [("Negotiating", 1), ("Java Script", 3)]}
        assert (found.roles, found.formats, found.languages) == (("mentee",), ("one_on_one",), ("en",))
        assert (found.joined_at, found.paused, found.hours_a_month) == (company.clock.now(), False, 2)


async def test_levels_that_were_left_out_are_asked_for_and_may_stay_open(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ben = company.hands("Ben")
        await ben.command("join")
        await ben.fill({"What would you like to be?": "Both", "What can you help others with?": "SQL, Python 4; Go",
                        "What do you want to learn, the most wanted first?": "Writing"})  # fmt: skip
        assert "You offer: SQL, Python (do it well), Go" in ben.messages()[-1]
        assert ben.form and [field.label for field in ben.form.fields] == [
            "SQL, which you offer: how well do you know it?",
            "Go, which you offer: how well do you know it?",
            "Writing, which you want to learn: where do you stand now?",
        ]
        await ben.fill({"SQL, which you offer: how well do you know it?": "could teach it"})
        assert ben.shown and "SQL (could teach it), Python (do it well), Go" in read(ben.shown)
        found, said = told(company, "Ben")
        assert said[Side.OFFER] == [("SQL", 5), ("Python", 4), ("Go", None)]
        assert (found.roles, found.capacity) == (("mentor", "mentee"), 1)


async def test_joining_by_typing_with_slips(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("jion")
        assert "What would you like to be?" in ana.messages()[-1]
        await ana.type("a wizard")
        assert "Please choose one of the options." in ana.messages()[-1]
        await ana.type("3")
        await ana.type("excel 4\npublic  speaking: expert")
        await ana.type("Leading people")
        assert "In which forms?" in ana.messages()[-1]
        await ana.type("1, 3")
        await ana.type("English, Klingonish")
        assert "I do not know the language 'Klingonish'." in ana.messages()[-1]
        await ana.type("English, german")
        back, question = ana.messages()[-2:]
        assert "You offer: excel (do it well), public speaking (could teach it)" in back
        assert "English, German" in back
        assert "Leading people, which you want to learn: where do you stand now?" in question
        await ana.type("2")
        assert "Leading people (have tried it)" in ana.messages()[-1]
        found, _ = told(company, "Ana")
        assert (found.formats, found.languages) == (("one_on_one", "peer"), ("en", "de"))


async def test_everything_is_filled_in_with_what_the_roster_knows_and_what_was_said(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        with company.app.store.unit() as unit:
            person = unit.people.get(company.organization_id, company.people["Ben"].id)
            assert person
            unit.people.add(Profile(person.id, person.organization_id, languages=("pt",), capacity=7))
            python = unit.skills.add(person.organization_id, "Python", listed=True)
            unit.profiles.say(person, Side.OFFER, [Ability(python, 4)])
            unit.commit()
        ben = company.hands("Ben")
        assert "Paused" in await ben.command("leave the programme"), "the roster has brought him in"
        assert told(company, "Ben")[0].paused
        await ben.command("join")
        assert ben.form
        filled = {field.name: field.initial for field in ben.form.fields}
        assert (filled["part"], filled["offers"], filled["languages"]) == ("mentor", "Python 4", "Portuguese")
        assert "Some that your company knows: Python." in ben.form.fields[1].hint
        await ben.fill({})
        await ben.press("Time and goals")
        assert {field.name: field.initial for field in ben.form.fields}["capacity"] == "7"
        await ben.fill({"How many mentees at a time, at most?": "2", "How many hours a month can you give?": "4"})
        await ben.press("Change")
        await ben.fill({"What can you help others with?": "python"})
        found, said = told(company, "Ben")
        assert said[Side.OFFER] == [("Python", 4)], "a level that is not said again stays"
        assert (found.capacity, found.hours_a_month, found.paused) == (2, 4, False)


async def test_whoever_pauses_is_proposed_to_nobody_and_what_runs_goes_on(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        await paired(company)
        ana = company.hands("Ana")
        assert "do not take part in matching yet" in await ana.command("leave the programme")
        await ana.command("join")
        await ana.fill({"What do you want to learn, the most wanted first?": "SQL 1"})
        await ana.press("Pause my taking part")
        assert ana.shown and "Mentorships that run go on" in read(ana.shown)
        assert told(company, "Ana")[0].paused
        assert "Ben" in await ana.command("status")
        assert "You have paused" in await ana.command("profile")
        await ana.press("Take part again")
        assert not told(company, "Ana")[0].paused
        await ana.type("pause matching")
        assert told(company, "Ana")[0].paused
        await ana.type("resume matching")
        assert not told(company, "Ana")[0].paused


async def test_whom_ana_would_rather_not_meet_is_told_to_nobody_but_her(database: sa.Engine) -> None:
    async with world(database, MONDAY, names=("Ada", "Ana", "Ben", "Cleo")) as company, browser(company.app) as page:
        ada, ana, ben = (company.hands(name) for name in ("Ada", "Ana", "Ben"))
        await ana.command("join")
        await ana.fill({"What do you want to learn, the most wanted first?": "SQL 1"})
        await ana.press("Time and goals")
        wrong = await ana.fill({"With whom would you rather not be matched?": "Ana Sample"})
        assert "This is you" in wrong["With whom would you rather not be matched?"]
        await ana.fill({"With whom would you rather not be matched?": "Ben Sample, @Cleo Sample",
                        "What do you want to reach, in your own words?": "Become less shy"})  # fmt: skip
        assert ana.shown and "'me' shows it to you, and to nobody else" in read(ana.shown)
        assert not {"Ben", "Cleo", "shy"} & set(read(ana.shown).replace(",", " ").split())
        found, _ = told(company, "Ana")
        assert found.not_with == {company.people[name].id for name in ("Ben", "Cleo")}
        assert found.goal == "Become less shy"

        await ana.command("me")
        mine = json.loads((await page.get(links(ana)[DATA])).content)
        assert mine["not_with"] == [{"not_with": "Ben Sample"}, {"not_with": "Cleo Sample"}]
        assert mine["profile"][0]["goal"] == "Become less shy"
        await ben.command("me")
        theirs = (await page.get(links(ben)[DATA])).text
        assert "Ana Sample" not in theirs
        for command in ("skills", "status", "programs", "audit"):
            assert "shy" not in await ada.command(command)
        await ana.press("Time and goals")
        assert ana.form and ana.form.fields[-1].initial == "Ben Sample, Cleo Sample"
        await ana.fill({"With whom would you rather not be matched?": ""})
        assert told(company, "Ana")[0].not_with == frozenset(), "a cleared field is cleared"


async def test_the_language_of_a_device_stands_in_the_form_by_its_name(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        with company.app.store.unit() as unit:
            person = unit.people.get(company.organization_id, company.people["Ana"].id)
            assert person
            person.language = "de-AT"
            unit.commit()
        ana = company.hands("Ana")
        await ana.command("mitmachen")
        assert ana.form
        assert ana.form.fields[-1].initial == "Deutsch"
        assert await ana.fill({"Was möchtest du lernen, das Wichtigste zuerst?": "Verhandeln 1"}) == {}
        assert told(company, "Ana")[0].languages == ("de",)


async def test_ana_joins_in_german(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.type("language de")
        await ana.type("mitmachen")
        assert "Was möchtest du sein?" in ana.messages()[-1]
        for answer in ("Mentee: Ich möchte lernen", "überspringen", "Verhandeln Anfänger, Python (kann ich)"):
            await ana.type(answer)
        await ana.type("Einzeln")
        await ana.type("Deutsch, Englisch")
        back = ana.messages()[-1]
        assert "Verhandeln (neu für mich), Python (kann ich)" in back
        assert "Deutsch, Englisch" in back
        await ana.type("Vermittlung pausieren")
        assert "Pausiert" in ana.messages()[-1]


async def test_the_forms_ask_little_that_must_be_answered(database: sa.Engine) -> None:
    async with world(database, MONDAY) as company:
        ana = company.hands("Ana")
        await ana.command("join")
        assert ana.form
        empty = [field for field in ana.form.fields if field.required and not field.initial]
        assert (len(ana.form.fields), empty) == (5, []), "somebody with a phone names one skill and sends it"
        assert ana.form.fields[0].kind is FieldKind.CHOICE
