"""The bot mentioned in a channel: the answer comes in one's own chat, and the channel sees nothing of it."""

import pytest

from bot.messages import Answer, Button, Field, FieldKind, Form, Typed, card
from tests.adapters.teams.elsewhere import CHANNEL, Hall, employ
from tests.adapters.teams.fakes import Script
from tests.adapters.teams.microsoft import Microsoft, Trouble
from tests.adapters.teams.user import TeamsUser

THREAD = f"{CHANNEL};messageid=1771290107407"
FORM = Form("agenda.write", "m1", "Your agenda", (Field("topics", "Topics", FieldKind.LONG),))


@pytest.fixture
def hall(microsoft: Microsoft, ana: TeamsUser, script: Script) -> Hall:
    employ(microsoft, ana)
    microsoft.directory.teams["19:some-team@thread.tacv2"] = ["29:aad-ana-lopez"]
    script.on["status"] = Answer(show=card("You meet Ben on Tuesday.", Button("Move it", "scheduling.move", "m1")))
    script.on["agenda"] = Answer(show=FORM)
    return Hall(microsoft, ana)


async def test_a_command_in_a_channel_is_answered_in_ones_own_chat(
    hall: Hall, script: Script, ana: TeamsUser
) -> None:
    assert await hall.say("status") == []
    assert ana.messages() == ["You meet Ben on Tuesday."]
    (event,) = script.answered
    assert isinstance(event, Typed)
    assert (event.text, event.slash) == ("status", True), "it fills no form that is open elsewhere"
    assert '"a:aad-ana-lopez"' in event.sender.address


async def test_a_form_comes_as_a_card_to_fill_in(hall: Hall, script: Script, ana: TeamsUser) -> None:
    await hall.say("agenda")
    assert ana.form == ("Your agenda", ("Topics",))
    assert await ana.fill({"Topics": "Saying no"}) == {}


async def test_a_mention_alone_asks_for_help(hall: Hall, script: Script) -> None:
    await hall.say("")
    (event,) = script.answered
    assert isinstance(event, Typed)
    assert event.text == "help"


async def test_what_others_say_in_a_channel_is_none_of_the_bots_business(hall: Hall, script: Script) -> None:
    assert await hall.say("status", mentions=False) == []
    assert not script.answered
    assert not script.accepted


async def test_who_cannot_be_written_to_is_told_that_and_nothing_else(
    hall: Hall, script: Script, microsoft: Microsoft, ana: TeamsUser
) -> None:
    microsoft.directory.teams.clear()
    (reply,) = await hall.say("status")
    assert reply.startswith("I cannot write to you. Please add me")
    assert not script.answered
    assert ana.messages() == []


async def test_who_has_blocked_the_bot_is_told_that_too(
    hall: Hall, script: Script, microsoft: Microsoft, ana: TeamsUser
) -> None:
    microsoft.blocked.add(ana.chat)
    (reply,) = await hall.say("status")
    assert "Tuesday" not in reply
    assert "unblock me" in reply


async def test_what_passes_is_worth_asking_again(hall: Hall, script: Script, microsoft: Microsoft) -> None:
    microsoft.trouble.append(Trouble(503))
    (reply,) = await hall.say("status")
    assert "in a minute" in reply
    assert await hall.say("status") == []
    assert len(script.answered) == 1


async def test_a_chat_is_opened_once(hall: Hall, microsoft: Microsoft, ana: TeamsUser) -> None:
    await hall.say("status")
    await hall.say("status")
    assert microsoft.calls["create"] == 1
    assert len(ana.messages()) == 2


async def test_a_card_of_ours_is_not_pressed_in_a_channel(hall: Hall, script: Script) -> None:
    data = {"action": "scheduling.move", "subject": "m1", "value": "", "rev": 0, "card": ""}
    pressed = hall.in_team(type="message", value=data, replyToId="1:1")
    await hall.user.post(pressed)
    assert not script.answered
