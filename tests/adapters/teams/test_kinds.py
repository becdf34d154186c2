"""Every kind of activity that Teams sends: what it is to the bot, and what Teams gets for it."""

from typing import Any

import pytest

from adapters.teams.happened import Installed, Joined, TeamAdded, TeamRemoved, happened
from adapters.teams.parse import Way, parse
from tests.adapters.teams.elsewhere import BOT
from tests.adapters.teams.user import TeamsUser

Json = dict[str, Any]

PRESSED = {"action": "meeting.held", "subject": "m1", "value": "", "rev": 0, "card": ""}
FORM = {"form": "agenda.write", "subject": "m1", "rev": 0, "shown": []}
PERSON = {"id": "29:ben"}
TEAM: Json = {
    "conversation": {"conversationType": "channel", "tenantId": "t", "id": "19:general@thread.tacv2"},
    "channelData": {"team": {"id": "19:team"}, "tenant": {"id": "t"}},
}
GROUP: Json = {"conversation": {"conversationType": "groupChat", "tenantId": "t", "id": "19:ana_ben"}}
MENTION: Json = {"type": "mention", "text": "<at>Mentronome</at>", "mentioned": BOT}


def said(**changed: Any) -> Json:
    return {"type": "message", **changed}


def invoke(name: str, value: Json, **changed: Any) -> Json:
    return {"type": "invoke", "name": name, "value": value, **changed}


def update(**changed: Any) -> Json:
    return {"type": "conversationUpdate", **changed}


def of_team(kind: str, **changed: Any) -> Json:
    return update(**TEAM | {"channelData": TEAM["channelData"] | {"eventType": kind}}, **changed)


KINDS: list[tuple[Json, object]] = [
    (said(text="agenda"), Way.MESSAGE),
    (said(text=None, value=PRESSED), Way.MESSAGE),
    (said(text="<at>Mentronome</at> home", entities=[MENTION], **TEAM), Way.MENTION),
    (said(text="a reply in a thread", **TEAM), None),
    (said(text=None, value=PRESSED, **TEAM), None),
    (said(text="<at>Mentronome</at> home", entities=[MENTION], **GROUP), Way.MENTION),
    (invoke("adaptiveCard/action", {"action": {"type": "Action.Execute", "data": PRESSED}}), Way.ACTION),
    (invoke("task/fetch", {"data": PRESSED}), Way.FETCH),
    (invoke("task/submit", {"data": FORM}), Way.SUBMIT),
    (invoke("task/fetch", {"data": PRESSED}, **GROUP), None),
    (invoke("task/submit", {"data": FORM}, **GROUP), None),
    (invoke("composeExtension/fetchTask", {"commandId": "send_a_win"}, **GROUP), Way.MENU),
    (invoke("composeExtension/submitAction", {"commandId": "send_a_win", "data": FORM}, **GROUP), Way.MENU_SUBMIT),
    (invoke("composeExtension/query", {"commandId": "send_a_win"}), None),
    (invoke("signin/tokenExchange", {"id": "1", "token": "x"}), None),
    (invoke("signin/failure", {"code": "x"}), None),
    (invoke("handoff/action", {"continuation": "x"}), None),
    (update(membersAdded=[BOT]), Installed),
    (of_team("teamMemberAdded", membersAdded=[BOT]), TeamAdded),
    (of_team("teamMemberAdded", membersAdded=[PERSON]), Joined),
    (of_team("teamMemberRemoved", membersRemoved=[PERSON]), None),
    (of_team("teamMemberRemoved", membersRemoved=[BOT]), TeamRemoved),
    (of_team("teamDeleted"), TeamRemoved),
    (of_team("teamRenamed"), None),
    (of_team("channelCreated"), None),
    ({"type": "installationUpdate", "action": "add"}, Installed),
    ({"type": "installationUpdate", "action": "add", **TEAM}, TeamAdded),
    ({"type": "installationUpdate", "action": "remove", **TEAM}, TeamRemoved),
    ({"type": "installationUpdate", "action": "remove"}, None),
    ({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, None),
    ({"type": "messageUpdate", "text": "agenda"}, None),
    ({"type": "messageDelete"}, None),
    ({"type": "typing"}, None),
    ({"type": "event", "name": "application/vnd.microsoft.readReceipt"}, None),
    ({"type": "event", "name": "application/vnd.microsoft.meetingStart"}, None),
    ({"type": "ofNextYear"}, None),
]


@pytest.mark.parametrize(("kind", "meant"), KINDS)
def test_what_it_is_to_the_bot(ana: TeamsUser, kind: Json, meant: object) -> None:
    activity = ana.activity(**kind)
    inbound, told = parse(activity), happened(activity)
    assert inbound is None or told is None
    assert (inbound.way if inbound else type(told) if told else None) == meant


@pytest.mark.parametrize("kind", [kind for kind, meant in KINDS if meant is None])
async def test_what_is_nothing_to_the_bot_is_taken_and_left_and_only_what_waits_for_an_answer_is_refused(
    ana: TeamsUser, kind: Json
) -> None:
    if kind["type"] == "invoke":
        with pytest.raises(AssertionError, match="400"):
            await ana.post(ana.activity(**kind))
    else:
        assert (await ana.post(ana.activity(**kind))).content == b""
    assert not ana.messages()
