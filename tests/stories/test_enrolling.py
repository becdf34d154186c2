"""Those who run the programme bring in a channel, a user group, a team: each is asked once, and may say not now."""

import pytest
import sqlalchemy as sa

from bot.domain.people import Person, Platform
from bot.messages import Pressed, Sender
from tests.adapters.slack.company import SlackCompany, slack_company
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM
from tests.adapters.teams.directory import Entry
from tests.adapters.teams.office import opened
from tests.stories.test_five_check_ins import MONDAY

ASKED = "Would you like to take part"


def invited(*people: SlackUser) -> list[bool]:
    return [ASKED in "\n".join(person.messages()) for person in people]


async def enrol(company: SlackCompany, admin: SlackUser, whom: str) -> str:
    """Type it, confirm it, and return what came of it."""
    await admin.command(f"enrol {whom}")
    await admin.press("Yes, ask them")
    await company.app.gathered()
    await company.settle()
    return admin.messages()[-1]


async def test_a_channel_is_asked_once_each_in_their_own_hours(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        # Monday: Ada runs the programme. In #mentoring are Ana and Ben, and some who are never in a pair.
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        ben = company.joining("Ben Sample", tz="America/New_York")
        guest, robot = company.joining("Gus Guest", is_restricted=True), company.joining("Robo", is_bot=True)
        channel = company.slack.channel("mentoring", ana.id, ben.id, guest.id, robot.id, "U0STRANGER")
        await company.read_directory(admin=ada)
        said = await ada.command("enrol #mentoring")
        assert "Shall I ask everybody in #mentoring" in said
        assert invited(ana, ben) == [False, False], "nobody is asked before she has confirmed it"
        await ada.press("Yes, ask them")
        await company.app.gathered()
        await company.settle()
        assert ada.messages()[-1].endswith("I ask 2 people, each in their own working hours.")

        # At ten in Berlin Ana is asked, with what the bot keeps, and Ben in New York in the afternoon.
        await company.until("2027-01-11", "10:00")
        assert invited(ana, ben, guest) == [True, False, False]
        assert "Who sees it" in ana.messages()[0]
        await company.until("2027-01-11", "16:00")
        assert invited(ana, ben, guest) == [True, True, False]

        # Ana says not now: her card says so, and nobody else hears of it.
        before = ada.messages()
        await ana.press("Not now")
        await company.settle()
        assert "Thank you, noted" in ana.messages()[-1]
        assert "Not now" not in ana.buttons()
        assert ada.messages() == before

        # Tuesday: the same channel asks nobody again. Cleo, who joins it on Wednesday, is asked; a guest is not.
        await company.until("2027-01-12", "10:00")
        assert "nobody to ask" in await enrol(company, ada, "#mentoring")
        await company.until("2027-01-13", "10:00")
        cleo = company.joining("Cleo Sample")
        await company.slack.join_channel(channel, cleo.id)
        await company.slack.join_channel(channel, company.joining("Gil Guest", is_restricted=True).id)
        await company.until("2027-01-13", "11:00")
        assert invited(cleo) == [True]
        await company.until("2027-03-13", "11:00")
        assert ["\n".join(one.messages()).count(ASKED) for one in (ana, ben, cleo)] == [0, 1, 1]


async def test_by_typing_a_user_group_is_asked(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.slack.groups["S0GUIDES"] = [ana.id]
        await company.read_directory(admin=ada)
        await ada.type("enrol @S0GUIDES")
        await company.settle()
        await ada.type("yes")
        await company.settle()
        await company.app.gathered()
        await company.settle()
        assert "I ask one person" in ada.messages()[-1]
        await company.until("2027-01-11", "10:00")
        await ana.type("not now")
        await company.settle()
        assert "Thank you, noted" in ana.messages()[-1]


async def test_who_takes_part_already_is_not_asked(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana, ben, eva = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben", "Eva"))
        company.slack.channel("mentoring", ana.id, ben.id, eva.id)
        await company.read_directory(admin=ada)
        await ada.command("pair @Ben Sample, @Ana Sample")
        assert "I ask one person" in await enrol(company, ada, "#mentoring")
        await company.until("2027-01-11", "12:00")
        assert invited(ana, ben, eva) == [False, False, True]


async def test_it_is_one_of_the_messages_of_the_week(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.slack.channel("mentoring", ana.id)
        await company.read_directory(admin=ada)
        await enrol(company, ada, "#mentoring")
        await company.until("2027-01-11", "10:00")
        [known] = [one for one in everybody(company) if one.name == "Ana Sample"]
        with company.app.store.unit() as unit:
            assert [told.kind for told in unit.touches.told_since(known.id, MONDAY)] == ["take_part"]


@pytest.mark.parametrize(
    ("without", "private", "with_app", "told"),
    [
        ("channels:read", False, True, "I am not allowed to read who is there"),
        ("groups:read", True, True, "I am not allowed to read who is there"),
        ("", True, False, "I do not see who is there"),
    ],
)
async def test_where_slack_does_not_tell_she_reads_the_mend(
    database: sa.Engine, without: str, private: bool, with_app: bool, told: str
) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.slack.channel("mentoring", ana.id, private=private, with_app=with_app)
        company.slack.scopes.discard(without)
        await company.read_directory(admin=ada)
        assert told in await enrol(company, ada, "#mentoring")
        await company.until("2027-01-12", "12:00")
        assert invited(ana) == [False]


async def test_only_who_runs_the_programme_can_and_it_is_noted(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.slack.channel("mentoring", ana.id)
        await company.read_directory(admin=ada)
        assert "Only those who run the programme" in await ana.command("enrol #mentoring")
        press = Pressed(("forged",), Sender(Platform.SLACK, TEAM, ana.id), "enrolling.sure", "C0000001")
        assert (await company.app.answer(press)).wanted is None
        assert "Whom shall I ask" in await ada.command("enrol #nowhere")
        await enrol(company, ada, "#mentoring")
        assert "Ada Sample brought in the people of a channel or team" in await ada.command("audit")


async def test_a_team_in_teams_is_asked_from_its_own_channel(database: sa.Engine) -> None:
    async with opened(database) as office:
        # Monday: Ada has the app in the team of mentors, and says 'enrol' there, to the bot.
        await office.hall("Ada").add_to_team(*office.ids)
        office.appoint("Ada")
        ada, ana = office.people["Ada"], office.people["Ana"]
        await office.hall("Ada").say("enrol")
        assert "Shall I ask everybody in that team" in "\n".join(ada.messages())
        await ada.press("Yes, ask them")
        await office.world.app.gathered()
        await office.world.app.tick()
        assert "I ask 3 people" in "\n".join(ada.messages())

        # Everybody is asked; Eva, who joins the team later, too.
        await office.world.until("2027-03-02", "16:00")
        assert ASKED in "\n".join(ana.messages())
        await ana.press("Not now")
        assert "Thank you, noted" in "\n".join(ana.messages())
        office.microsoft.directory.add(Entry("aad-eva", "Eva Roth", "eva@sample.example"))
        await office.hall("Ada").joins("29:aad-eva")
        await office.world.until("2027-03-03", "16:00")
        eva = office.microsoft.chats["a:aad-eva"]
        assert ASKED in str(eva[0].activity)


def everybody(company: SlackCompany) -> list[Person]:
    with company.app.store.unit() as unit:
        workspace = unit.people.workspace("slack", TEAM)
        return list(unit.people.everybody(workspace.organization_id)) if workspace else []


async def test_who_joins_by_the_card_is_asked_no_more(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.slack.channel("mentoring", ana.id)
        await company.read_directory(admin=ada)
        await enrol(company, ada, "#mentoring")
        await company.until("2027-01-11", "10:00")
        await ana.press("Join")
        assert await ana.fill({"What do you want to learn, the most wanted first?": "Negotiating 1"}) == {}
        await company.settle()
        assert "Join" not in ana.buttons()
        assert "Thank you, noted" in "\n".join(ana.messages())
        assert "nobody to ask" in await enrol(company, ada, "#mentoring")


async def test_a_large_place_is_brought_in_a_few_at_a_time(database: sa.Engine) -> None:
    """While many are brought in, no single transaction holds up those who write to the bot meanwhile."""
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        many = [company.joining(f"Person{number} Sample") for number in range(50)]
        company.slack.channel("mentoring", *(one.id for one in many))
        await company.read_directory(admin=ada)
        longest = lengths(database)
        assert "I ask 50 people" in await enrol(company, ada, "#mentoring")
        assert max(longest) < 200, longest


def lengths(database: sa.Engine) -> list[int]:
    """Return a list to which, as each transaction ends, the count of its statements is added."""
    found: list[int] = []
    counts: dict[object, int] = {}

    @sa.event.listens_for(database, "before_cursor_execute")
    def said(connection: sa.Connection, *rest: object) -> None:
        counts[connection] = counts.get(connection, 0) + 1

    @sa.event.listens_for(database, "commit")
    def ended(connection: sa.Connection) -> None:
        found.append(counts.pop(connection, 0))

    return found
