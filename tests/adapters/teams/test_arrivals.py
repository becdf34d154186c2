"""The app comes to people and into teams, goes, and comes back."""

import pytest

from adapters.teams.address import Address
from adapters.teams.app import Teams
from bot.messages import Pressed
from bot.ports import CannotList, Unlisted
from tests.adapters.teams.directory import Entry
from tests.adapters.teams.elsewhere import BOT, CHANNEL, TEAM, Hall, Json, employ
from tests.adapters.teams.fakes import Script
from tests.adapters.teams.microsoft import TENANT, Microsoft, Trouble
from tests.adapters.teams.reading import read
from tests.adapters.teams.user import TeamsUser


@pytest.fixture
def hall(microsoft: Microsoft, ana: TeamsUser) -> Hall:
    employ(microsoft, ana)
    return Hall(microsoft, ana)


async def test_whoever_installs_the_app_is_known_before_they_are_greeted(hall: Hall, script: Script) -> None:
    await hall.install()
    assert script.members["aad-ana-lopez"].email == "ana-lopez@sample.example"
    assert {event.action for event in script.accepted if isinstance(event, Pressed)} == {"home.installed"}
    assert len(script.accepted) == 2, "Teams tells it twice, under two ids"
    assert len({key for event in script.accepted for key in event.keys}) == 2
    assert {Address.load(event.sender.address).conversation for event in script.accepted} == {"a:aad-ana-lopez"}


async def test_whom_teams_does_not_tell_is_greeted_as_they_come(
    hall: Hall, script: Script, microsoft: Microsoft
) -> None:
    microsoft.trouble.extend([Trouble(503), Trouble(503)])
    await hall.install()
    assert not script.members
    assert len(script.accepted) == 2


async def test_taking_the_app_off_says_nothing_to_the_engine(hall: Hall, script: Script) -> None:
    await hall.take_off()
    assert not script.accepted
    assert not script.answered


async def test_a_team_is_greeted_once_in_the_channel_and_its_people_are_read(
    hall: Hall, script: Script, microsoft: Microsoft
) -> None:
    everybody = [Entry(f"aad-{number}", f"Person {number}", f"p{number}@sample.example") for number in range(5)]
    microsoft.directory.add(*everybody)
    await hall.add_to_team(*(entry.id for entry in everybody))
    (greeting,) = microsoft.chats[CHANNEL]
    assert "stays in each person's own chat" in read(greeting.card).text
    assert sorted(script.members) == [f"aad-{number}" for number in range(5)]
    assert microsoft.calls["members"] == 3, "two at a time"
    assert not script.accepted, "nobody is written to"


async def test_guests_bots_and_strangers_do_not_belong(hall: Hall, script: Script, microsoft: Microsoft) -> None:
    found = [
        Entry("aad-eva", "Eva Roth", "Eva.Roth@sample.example", key="objectId"),
        Entry("aad-gus", "Gus Guest", "gus@elsewhere.example", role="guest"),
        Entry("aad-gil", "Gil Guest", "gil@elsewhere.example", login="gil_elsewhere.example#EXT#@sample.example"),
        Entry("aad-sam", "Sam Stranger", "sam@other.example", tenant="another-tenant"),
        Entry("bot", "A Bot", id="28:another-bot"),
    ]
    microsoft.directory.add(*found)
    await hall.add_to_team(*(entry.id for entry in found))
    assert {user for user, member in script.members.items() if member.belongs} == {"aad-eva"}
    eva = script.members["aad-eva"]
    assert (eva.name, eva.email) == ("Eva Roth", "eva.roth@sample.example")
    assert Address.load(eva.address) == Address("", microsoft.service_url, TENANT, "29:aad-eva")
    assert {member.email for member in script.members.values() if not member.belongs} == {""}


async def test_who_joins_the_team_later_is_known(hall: Hall, script: Script, microsoft: Microsoft) -> None:
    await hall.add_to_team("29:aad-ana-lopez")
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    await hall.joins("29:aad-eva")
    assert set(script.members) == {"aad-ana-lopez", "aad-eva"}
    assert microsoft.calls["member"] == 1
    assert [(place, member.user, member.arrives) for place, member in script.came] == [(TEAM, "aad-eva", True)]


async def test_who_is_in_a_team_is_told_page_by_page(hall: Hall, teams: Teams, microsoft: Microsoft) -> None:
    everybody = [Entry(f"aad-{number}", f"Person {number}") for number in range(5)]
    microsoft.directory.add(*everybody)
    await hall.add_to_team(*(entry.id for entry in everybody))
    found = await teams.rosters.members(TENANT, TEAM)
    assert [member.user for member in found] == [entry.aad for entry in everybody]


async def test_why_teams_does_not_tell_who_is_there(hall: Hall, teams: Teams, microsoft: Microsoft) -> None:
    with pytest.raises(CannotList) as failed:
        await teams.rosters.members(TENANT, TEAM)
    assert failed.value.reason is Unlisted.HIDDEN, "no team that has the app"
    await hall.add_to_team("29:aad-ana-lopez")
    microsoft.trouble.append(Trouble(503))
    with pytest.raises(CannotList) as failed:
        await teams.rosters.members(TENANT, TEAM)
    assert failed.value.reason is Unlisted.AWAY
    microsoft.directory.teams.clear()
    with pytest.raises(CannotList) as failed:
        await teams.rosters.members(TENANT, TEAM)
    assert failed.value.reason is Unlisted.HIDDEN, "taken out, and nobody has told the bot"


async def test_a_team_that_was_not_known_is_read_whole_when_somebody_joins(
    hall: Hall, script: Script, microsoft: Microsoft
) -> None:
    microsoft.directory.add(Entry("aad-eva", "Eva Roth"))
    microsoft.directory.teams[TEAM] = ["29:aad-ana-lopez"]
    await hall.joins("29:aad-eva")
    assert set(script.members) == {"aad-ana-lopez", "aad-eva"}
    assert CHANNEL not in microsoft.chats


async def test_each_night_the_teams_are_read_again(
    hall: Hall, script: Script, microsoft: Microsoft, teams: Teams
) -> None:
    microsoft.trouble.append(Trouble(429))
    microsoft.trouble.append(Trouble(429))
    await hall.add_to_team("29:aad-ana-lopez")
    assert CHANNEL not in microsoft.chats, "a greeting that Teams refuses is let be"
    assert not script.members
    assert await teams.rosters.read_all() == 1
    assert set(script.members) == {"aad-ana-lopez"}


async def test_a_team_without_the_app_is_read_no_more(
    hall: Hall, script: Script, microsoft: Microsoft, teams: Teams
) -> None:
    await hall.add_to_team("29:aad-ana-lopez")
    await hall.take_out_of_team()
    assert not script.known_teams
    assert await teams.rosters.read_all() == 0
    await hall.add_to_team("29:aad-ana-lopez")
    assert len(microsoft.chats[CHANNEL]) == 2, "greeted again, since it was added again"


@pytest.mark.parametrize("told", [{"eventType": "teamDeleted"}, {"eventType": "x", "membersRemoved": [BOT]}])
async def test_a_team_that_is_gone_is_forgotten(hall: Hall, script: Script, told: Json) -> None:
    await hall.add_to_team("29:aad-ana-lopez")
    await hall.user.post(hall.in_team(type="conversationUpdate", **told))
    assert not script.known_teams


@pytest.mark.parametrize(
    "told",
    [
        {"type": "conversationUpdate", "eventType": "teamRenamed"},
        {"type": "conversationUpdate", "eventType": "channelCreated"},
        {"type": "conversationUpdate", "membersRemoved": [{"id": "29:aad-eva"}]},
        {"type": "installationUpdate", "action": "add-upgrade"},
        {"type": "installationUpdate", "action": "remove-upgrade"},
    ],
)
async def test_what_changes_nothing_is_ignored(hall: Hall, script: Script, told: Json) -> None:
    await hall.user.post(hall.in_team(**told))
    assert not script.known_teams
    assert not script.accepted
    assert not script.members
