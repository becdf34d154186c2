"""What comes again, or too late, or in another order: one effect, and never an error."""

from typing import Any

from adapters.teams.happened import happened
from adapters.teams.parse import parse
from tests.adapters.teams.elsewhere import BOT, CHANNEL, TEAM
from tests.adapters.teams.office import Office
from tests.adapters.teams.reading import read

Json = dict[str, Any]

HOURS = {"action": "typed.run", "subject": "", "value": "working hours", "rev": 0, "card": ""}
MENTION = {"type": "mention", "text": "<at>Mentronome</at>", "mentioned": BOT}


async def test_the_same_words_pressed_and_typed_again_have_one_effect(office: Office) -> None:
    ana = office.people["Ana"]
    await office.hall("Ana").install()
    await ana.type("hello")
    said = len(ana.messages())

    typed = ana.activity(type="message", text="help")
    for _ in range(3):
        await ana.post(typed)
    assert len(ana.messages()) == said + 1

    data = {"action": "home.show", "subject": "", "value": "", "rev": 0, "card": ""}
    pressed = ana.activity(type="message", value=data, replyToId="1:1")
    for _ in range(3):
        await ana.post(pressed)
    assert len(ana.messages()) == said + 2


async def test_a_dialog_asked_for_again_opens_again(office: Office) -> None:
    ana = office.people["Ana"]
    await ana.type("hello")
    fetched = ana.activity(type="invoke", name="task/fetch", value={"data": HOURS})
    bodies = [(await ana.post(fetched)).json() for _ in range(3)]
    assert bodies[0]["task"]["type"] == "continue"
    assert read(bodies[0]["task"]["value"]["card"]["content"]).inputs
    assert bodies[1:] == bodies[:1] * 2

    called = ana.activity(type="invoke", name="composeExtension/fetchTask", value={"commandId": "send_a_win"})
    first, again = [(await ana.post(called)).json() for _ in range(2)]
    assert "running mentorship" in read(first["task"]["value"]["card"]["content"]).text
    assert again == first


async def test_a_form_sent_in_again_has_one_effect_and_closes(office: Office) -> None:
    ana = office.people["Ana"]
    await ana.type("hello")
    opened = (await ana.post(ana.activity(type="invoke", name="task/fetch", value={"data": HOURS}))).json()
    form = read(opened["task"]["value"]["card"]["content"])
    filled = {entry["id"]: entry.get("value", "") for entry in form.inputs} | form.actions[-1]["data"]
    sent = ana.activity(type="invoke", name="task/submit", value={"data": filled})
    first = await ana.post(sent)
    assert "Kept. I write from" in first.text
    said = ana.messages()
    again = await ana.post(sent)
    assert (again.status_code, again.content) == (200, b""), "which closes a dialog"
    assert ana.messages() == said


async def test_the_same_mention_again_is_answered_once(office: Office) -> None:
    ana, hall = office.people["Ana"], office.hall("Ana")
    await hall.install()
    await ana.type("hello")
    said = len(ana.messages())
    mentioned = hall.in_team(type="message", text="<at>Mentronome</at> home", entities=[MENTION])
    for _ in range(3):
        await ana.post(mentioned)
    assert len(ana.messages()) == said + 1
    assert CHANNEL not in office.microsoft.chats


async def test_the_same_installation_again_greets_once(office: Office) -> None:
    ana, hall = office.people["Ana"], office.hall("Ana")
    await hall.install()
    said = ana.messages()
    for _ in range(2):
        await ana.post(hall.installation("add"))
        await ana.post(hall.update(membersAdded=[BOT]))
    assert ana.messages() == said


async def test_a_team_that_tells_of_members_before_it_tells_of_itself(office: Office) -> None:
    hall = office.hall("Ada")
    office.microsoft.directory.teams[TEAM] = office.ids
    told = hall.in_team(type="conversationUpdate", membersAdded=[{"id": office.ids[1]}], eventType="teamMemberAdded")
    await hall.user.post(told)
    assert [name for name, _ in office.known()] == ["Ada Sample", "Ana Sample", "Ben Sample"]
    await hall.add_to_team(*office.ids)
    assert len(office.known()) == 3


async def test_words_from_somebody_whose_installation_was_never_told(office: Office) -> None:
    ben = office.people["Ben"]
    await ben.type("help")
    welcome, help_ = ben.messages()
    assert "Who sees it" in welcome
    assert "You can type these words" in help_
    await office.hall("Ben").install()
    assert len(ben.messages()) == 2, "greeted already"


async def test_an_old_installation_that_comes_after_words_changes_nothing(office: Office) -> None:
    ben, hall = office.people["Ben"], office.hall("Ben")
    late = hall.installation("add")
    await ben.type("home")
    said = ben.messages()
    await ben.post(late)
    assert ben.messages() == said


def test_what_teams_tells_and_the_bot_does_not_need_is_ignored_on_purpose() -> None:
    around = {
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "id": "1",
        "from": {"id": "29:ana", "aadObjectId": "aad-ana"},
        "recipient": BOT,
        "conversation": {"conversationType": "personal", "tenantId": "t", "id": "a:1"},
        "channelData": {"tenant": {"id": "t"}},
    }
    ignored: list[Json] = [
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageReaction", "reactionsRemoved": [{"type": "like"}]},
        {
            "type": "messageUpdate",
            "text": "agenda",
            "channelData": {"eventType": "editMessage", "tenant": {"id": "t"}},
        },
        {"type": "messageDelete", "channelData": {"eventType": "softDeleteMessage", "tenant": {"id": "t"}}},
        {"type": "typing"},
        {"type": "event", "name": "application/vnd.microsoft.meetingStart"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {"lastReadMessageId": "1"}},
        {"type": "invoke", "name": "composeExtension/query", "value": {"commandId": "add_to_agenda"}},
        {"type": "invoke", "name": "signin/tokenExchange", "value": {"id": "1", "token": "x"}},
        {"type": "invoke", "name": "signin/failure", "value": {"code": "resourcematchfailed"}},
        {"type": "invoke", "name": "handoff/action", "value": {"continuation": "x"}},
        {"type": "conversationUpdate", "topicName": "a new name"},
        {"type": "conversationUpdate", "membersRemoved": [BOT]},
        {"type": "installationUpdate", "action": "remove"},
        {"type": "installationUpdate", "action": "add-upgrade"},
        {"type": 7},
        {},
    ]
    for activity in ignored:
        assert parse({**around, **activity}) is None, activity
        assert happened({**around, **activity}) is None, activity
