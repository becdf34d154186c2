"""A company installs the app in Slack: from the directory to the first pair, and to the day when somebody goes."""

import pytest
import sqlalchemy as sa

from bot.domain.people import Person
from bot.roster import read as read_roster
from bot.store.roster import bring_in
from tests.adapters.slack.company import SlackCompany, slack_company
from tests.adapters.slack.fake import TEAM
from tests.stories.test_five_check_ins import MONDAY


def everybody(company: SlackCompany) -> list[Person]:
    """Return the active people of the company, by name."""
    with company.app.store.unit() as unit:
        workspace = unit.people.workspace("slack", TEAM)
        return list(unit.people.everybody(workspace.organization_id)) if workspace else []


@pytest.mark.parametrize("by_socket", [False, True])
async def test_from_the_installation_to_the_first_meeting(database: sa.Engine, by_socket: bool) -> None:
    async with slack_company(database, MONDAY, by_socket=by_socket) as company:
        ada, ana, ben = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben"))
        company.joining("Gus Guest", is_restricted=True)
        company.joining("Robo", is_bot=True)
        await company.read_directory(admin=ada)
        assert [person.name for person in everybody(company)] == ["Ada Sample", "Ana Sample", "Ben Sample"]

        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.settle()
        assert "Both hear on" in ada.messages()[-1]
        await ana.go_home()
        await company.until("2027-01-11", "10:00")
        assert "Ben could be your mentor" in "\n".join(ana.messages()), "Ana has never said a word to the bot"
        assert "Ben could be your mentor" in str(ana.home), "her tab shows it too"
        await ana.press_at_home("Yes, gladly")
        await company.settle()
        assert "Asked of you now" not in str(ana.home), "answered there, it is asked no more"
        await ben.press("Yes, gladly")
        await company.until("2027-01-15", "09:30")
        assert "Three short questions" in "\n".join(ana.messages())
        assert "Three short questions" in str(ana.home)

        await ana.press("Introduce myself")
        answers = {"What brought you to where you are?": "a", "What would make these months worth your time?": "b"}
        assert await ana.fill({**answers, "On which day?": "2027-01-19", "At what time?": "10:00"}) == {}
        await company.until("2027-01-15", "10:00")
        await ben.press("Works for me")
        await company.settle()
        assert "You meet: Tue, Jan 19, 10:00" in str(ana.home), "Ben has pressed, and Ana's tab shows it"

        await ana.shortcut("add_to_agenda", message="How do I say <no>?")
        assert ana.form is not None
        assert await ana.fill({}) == {}
        await company.settle()
        await company.until("2027-01-18", "10:00")
        assert "How do I say <no>?" in "\n".join(ben.messages())


async def test_a_guest_is_paired_with_nobody(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana = company.joining("Ada Sample"), company.joining("Ana Sample")
        company.joining("Gus Guest", is_ultra_restricted=True)
        await company.read_directory(admin=ada)
        said = await ada.command("pair @Gus Guest, @Ana Sample")
        await company.settle()
        assert "Both hear" not in "\n".join([said, *ada.messages()])
        await company.until("2027-01-12", "17:00")
        assert ana.messages() == []


async def test_a_deactivated_mentor_is_told_of_kindly(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana, ben = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben"))
        await company.read_directory(admin=ada)
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        for person in (ana, ben):
            await person.press("Yes, gladly")
        await company.until("2027-01-15", "12:00")
        before = len(ben.messages())

        company.slack.profiles[ben.id]["deleted"] = True
        company.slack.left.add(ben.id)
        await company.slack.send_event({"type": "user_change", "user": company.slack.profiles[ben.id]})
        await company.until("2027-01-18", "10:00")
        assert "Ben has moved on, so your mentoring has ended" in ana.messages()[-1]
        assert len(ben.messages()) == before, "who has left is not written to"
        assert [person.name for person in everybody(company)] == ["Ada Sample", "Ana Sample"]

        assert await company.endpoint.people.read(TEAM)
        assert [person.name for person in everybody(company)] == ["Ada Sample", "Ana Sample"], (
            "no night brings him back"
        )


async def test_who_is_in_the_roster_already_is_the_same_person(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        await company.read_directory(admin=ada)
        [known] = everybody(company)
        roster = b"name,email,time zone\nAna Maria Sample,Ana.Sample@company.example,Asia/Tokyo\n"
        bring_in(database, known.organization_id, read_roster(roster))

        ana = company.joining("Ana Sample")
        await company.slack.send_event({"type": "team_join", "user": company.slack.profiles[ana.id]})
        names = {person.name: person for person in everybody(company)}
        assert set(names) == {"Ada Sample", "Ana Maria Sample"}
        assert names["Ana Maria Sample"].zone == "Asia/Tokyo", "what the roster says of her stays"
        assert names["Ana Maria Sample"].account_id


async def test_two_people_never_share_an_address(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        await company.read_directory(admin=ada)
        company.joining("Ada Sample Again", profile={"email": "ada.sample@company.example"})
        assert await company.endpoint.people.read(TEAM)
        assert [(person.name, person.email) for person in everybody(company)] == [
            ("Ada Sample", "ada.sample@company.example"),
            ("Ada Sample Again", ""),
        ]


async def test_whose_account_is_opened_again_is_back_and_what_has_ended_stays_so(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        # Ana and Ben are a pair; then Ben's account is closed, and Ana hears of it.
        ada, ana, ben = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben"))
        await company.read_directory(admin=ada)
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-01-11", "10:00")
        for person in (ana, ben):
            await person.press("Yes, gladly")
        await company.until("2027-01-15", "12:00")
        ben_now = company.slack.profiles[ben.id]
        ben_now["deleted"] = True
        await company.slack.send_event({"type": "user_change", "user": ben_now})
        await company.until("2027-01-18", "10:00")
        assert "Ben has moved on" in ana.messages()[-1]

        # In February it is open again, as Slack tells or a night shows: he is there, and in no mentorship.
        await company.until("2027-02-08", "10:00")
        ben_now["deleted"] = False
        await company.slack.send_event({"type": "user_change", "user": ben_now})
        assert "Ben Sample" in [person.name for person in everybody(company)]
        assert "You are in no mentorship now" in await ben.command("home")
        await ada.command("pair @Ben Sample, @Ana Sample")
        await company.until("2027-02-09", "16:00")
        assert "Ana" in ben.messages()[-1], "he can be paired again"


async def test_a_night_brings_back_whose_account_is_open_again_but_not_whom_she_noted_as_gone(
    database: sa.Engine,
) -> None:
    async with slack_company(database, MONDAY) as company:
        ada, ana, ben = (company.joining(f"{name} Sample") for name in ("Ada", "Ana", "Ben"))
        await company.read_directory(admin=ada)
        company.slack.profiles[ben.id]["deleted"] = True
        assert await company.endpoint.people.read(TEAM)
        await ada.command("left Ana Sample")
        await ada.press("Yes, Ana has left")
        assert [person.name for person in everybody(company)] == ["Ada Sample"]

        company.slack.profiles[ben.id]["deleted"] = False
        assert await company.endpoint.people.read(TEAM)
        assert [person.name for person in everybody(company)] == ["Ada Sample", "Ben Sample"]

        # Ana joins the workspace anew.
        await company.slack.send_event({"type": "team_join", "user": company.slack.profiles[ana.id]})
        assert [person.name for person in everybody(company)] == ["Ada Sample", "Ana Sample", "Ben Sample"]


async def test_who_comes_back_runs_no_programme_by_it(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ada = company.joining("Ada Sample")
        await company.read_directory(admin=ada)
        for gone in (True, False):
            company.slack.profiles[ada.id]["deleted"] = gone
            await company.slack.send_event({"type": "user_change", "user": company.slack.profiles[ada.id]})
        assert [(person.name, person.is_admin) for person in everybody(company)] == [("Ada Sample", False)]
