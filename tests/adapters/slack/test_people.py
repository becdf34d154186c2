"""Who is in a workspace: read page by page, kept up by events, and nobody taken in who does not belong."""

from typing import Any

import pytest

from adapters.slack.app import SlackEndpoint
from bot.messages import Answer, card
from bot.ports import CannotList, Unlisted
from tests.adapters.slack.driver import SlackUser
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.receiver import ScriptedReceiver
from tests.adapters.slack.things import Fault


def belonging(receiver: ScriptedReceiver) -> list[str]:
    return [member.name for member in receiver.noted if member.belongs]


async def test_the_whole_directory_is_read_page_by_page(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    names = [f"Person {number}" for number in range(8)]
    for name in names:
        slack.join(name)
    slack.join("Eve Elsewhere", team="T0OTHER")
    assert await endpoint.people.read(TEAM)
    assert belonging(receiver) == names
    first = receiver.noted[0]
    assert (first.email, first.zone, first.language) == ("person.0@company.example", "Europe/Berlin", "en")
    assert [method for method, _ in slack.calls] == ["users.list"] * 3


@pytest.mark.parametrize(
    "flags",
    [
        {"deleted": True},
        {"is_bot": True},
        {"is_workflow_bot": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0PARTNER"},
        {"id": "USLACKBOT"},
    ],
)
async def test_who_does_not_belong(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, flags: dict[str, Any]
) -> None:
    slack.join("Ana Lima")
    slack.join("Gus Guest", **flags)
    await endpoint.people.read(TEAM)
    assert belonging(receiver) == ["Ana Lima"]
    assert len(receiver.noted) == 2, "whoever is known already has to be parted from"


async def test_somebody_of_another_workspace_of_the_organization_belongs_where_they_are_in(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.join("Ola Org", team_id="T0HOME", enterprise_user={"id": "W1", "teams": ["T0HOME", TEAM]})
    slack.join("Oz Org", team_id="T0HOME", enterprise_user={"id": "W2", "teams": ["T0HOME"]})
    await endpoint.people.read(TEAM)
    assert belonging(receiver) == ["Ola Org"]


async def test_an_address_that_was_never_confirmed_or_not_granted_is_none(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.join("Ana Lima", is_email_confirmed=False)
    await endpoint.people.read(TEAM)
    slack.join("Ben Ode")
    slack.scopes.remove("users:read.email")
    await endpoint.people.read(TEAM)
    assert [member.email for member in receiver.noted] == ["", "", ""]


async def test_slack_asks_to_wait_and_the_reading_goes_on(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    slack.join("Ana Lima")
    slack.faults["users.list"] = [Fault("ratelimited", 429, retry_after=0)]
    assert await endpoint.people.read(TEAM)
    assert belonging(receiver) == ["Ana Lima"]


@pytest.mark.parametrize("fault", [Fault("missing_scope"), Fault(raw="<h1>bad gateway</h1>", status=502)])
async def test_a_directory_that_cannot_be_read_is_left(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, fault: Fault
) -> None:
    slack.faults["users.list"] = [fault]
    assert not await endpoint.people.read(TEAM)
    assert receiver.noted == []


async def test_who_joins_changes_and_leaves(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    ana = SlackUser.joining(slack, "Ana Lima")
    await slack.send_event({"type": "team_join", "user": slack.profiles[ana.id]})
    slack.profiles[ana.id]["deleted"] = True
    await slack.send_event({"type": "user_change", "user": slack.profiles[ana.id]})
    assert [(member.user, member.belongs) for member in receiver.noted] == [(ana.id, True), (ana.id, False)]
    assert [member.arrives for member in receiver.noted] == [True, False]
    receiver.failure = RuntimeError("the database is away")
    answer = await slack.send_event({"type": "user_change", "user": slack.profiles[ana.id]})
    assert answer.status_code == 503, "Slack tells it again"


async def test_a_guest_is_told_kindly_and_reaches_nothing(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    guest = SlackUser.joining(slack, "Gus Guest", is_restricted=True)
    receiver.script = lambda event: Answer(card("All is well."))
    assert "for the people of this company" in await guest.command("status")
    await guest.type("hello")
    await guest.go_home()
    await guest.shortcut("send_a_win")
    await endpoint.close()
    assert (receiver.answered, receiver.stored, guest.home) == ([], [], None)


async def test_who_cannot_be_looked_up_in_time_is_taken_as_they_come(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    ana = SlackUser.joining(slack, "Ana Lima")
    slack.faults["users.info"] = [Fault("internal_error"), Fault(silent=True)]
    await ana.type("hello")
    await ana.type("hello again")
    await ana.type("and again")
    assert [event.sender.name for event in receiver.stored] == ["", "", "Ana Lima"]


async def test_people_are_looked_up_once(slack: FakeSlack, endpoint: SlackEndpoint) -> None:
    ana = SlackUser.joining(slack, "Ana Lima", locale="de-DE", tz="Asia/Tokyo")
    for _ in range(3):
        await ana.type("hello")
    assert [method for method, _ in slack.calls] == ["users.info"]


async def test_who_is_in_a_channel_or_a_user_group_is_read_page_by_page(
    slack: FakeSlack, endpoint: SlackEndpoint
) -> None:
    ids = [slack.join(f"Person {number}") for number in range(7)]
    slack.join("Somebody Else")
    channel = slack.channel("mentoring", *ids, "U0STRANGER")
    slack.groups["S0GUIDES"] = ids[:2]
    found = await endpoint.people.members(TEAM, channel.id)
    assert [member.user for member in found] == ids, "who is not in the directory is nobody's to ask"
    slack.calls.clear()
    assert [member.user for member in await endpoint.people.members(TEAM, "S0GUIDES")] == ids[:2]
    assert [method for method, _ in slack.calls] == ["usergroups.users.list"], "they are known by now"


@pytest.mark.parametrize(
    ("without", "private", "with_app", "place", "reason"),
    [
        ("channels:read", False, True, "", Unlisted.SCOPE),
        ("groups:read", True, True, "", Unlisted.SCOPE),
        ("usergroups:read", False, True, "S0GUIDES", Unlisted.SCOPE),
        ("", True, False, "", Unlisted.HIDDEN),
        ("", False, True, "C0NOWHERE", Unlisted.HIDDEN),
        ("", False, True, "S0NOBODY", Unlisted.HIDDEN),
    ],
)
async def test_what_slack_does_not_tell_has_its_reason(
    slack: FakeSlack,
    endpoint: SlackEndpoint,
    without: str,
    private: bool,
    with_app: bool,
    place: str,
    reason: Unlisted,
) -> None:
    slack.groups["S0GUIDES"] = []
    channel = slack.channel("mentoring", private=private, with_app=with_app)
    slack.scopes.discard(without)
    with pytest.raises(CannotList) as failed:
        await endpoint.people.members(TEAM, place or channel.id)
    assert failed.value.reason is reason


@pytest.mark.parametrize(
    "fault", [Fault("fatal_error"), Fault("not_in_channel"), Fault(raw="<h1>502</h1>", status=502)]
)
async def test_what_goes_wrong_for_now_is_told_so(slack: FakeSlack, endpoint: SlackEndpoint, fault: Fault) -> None:
    slack.faults["conversations.members"] = [fault]
    with pytest.raises(CannotList) as failed:
        await endpoint.people.members(TEAM, "C0000001")
    assert failed.value.reason is (Unlisted.HIDDEN if fault.code == "not_in_channel" else Unlisted.AWAY)


async def test_who_comes_into_a_channel_is_told_on(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    channel, ana = slack.channel("mentoring"), slack.join("Ana Lima")
    await slack.join_channel(channel, ana)
    assert [(place, member.name) for place, member in receiver.came] == [(channel.id, "Ana Lima")]
    slack.faults["users.info"] = [Fault("user_not_found")]
    answer = await slack.join_channel(channel, "U0STRANGER", team="T0PARTNER")
    assert answer is not None and answer.status_code == 200
    assert len(receiver.came) == 1
    receiver.failure = RuntimeError("the database is away")
    answer = await slack.join_channel(channel, ana)
    assert answer is not None and answer.status_code == 503, "Slack tells it again"
