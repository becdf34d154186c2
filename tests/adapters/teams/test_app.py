"""What Teams gets back for each press and each form, and what stands in the chat afterwards."""

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.applications import Starlette

from adapters.teams.app import Teams
from adapters.teams.limits import REQUEST_BYTES
from bot.domain.people import Account, Platform
from bot.messages import Answer, Button, Card, Event, Field, FieldKind, Form, Pressed, Quote, Section, Submitted, card
from bot.ports import Parcel
from tests.adapters.teams.fakes import Script
from tests.adapters.teams.microsoft import Microsoft, Trouble
from tests.adapters.teams.test_send import WORKSPACE
from tests.adapters.teams.user import TeamsUser

Say = Callable[[Card], Awaitable[str]]

ASKED = card("Did you meet?", Button("Yes", "held", "m1"), Button("Reflect", "reflect", "m1", opens=True))
DONE = card("You met.")
FORM = Form(
    "reflection",
    "m1",
    "After your meeting",
    (Field("topic", "Topic"), Field("mood", "Mood", FieldKind.SCALE, required=False)),
    rev=4,
)


@pytest.fixture
def say(teams: Teams, ana: TeamsUser, script: Script) -> Say:
    """Write to Ana, as the outbox would, at the address that came with her first word."""

    async def send(said: Card) -> str:
        if not script.accepted:
            await ana.type("hello")
        address = script.accepted[0].sender.address
        account = Account("a", "o", "w", "p", Platform.TEAMS, ana.user_id, address)
        return await teams.messenger.send(Parcel("d1", account, WORKSPACE, said))

    return send


async def test_what_is_typed_is_stored_before_it_is_acknowledged(ana: TeamsUser, script: Script) -> None:
    await ana.type("agenda")
    (event,) = script.accepted
    assert event.sender.name == "Ana Lopez"
    assert not script.answered


async def test_what_cannot_be_stored_is_not_acknowledged(ana: TeamsUser, script: Script) -> None:
    async def full(event: Event) -> None:
        raise OSError("the disk is full")

    script.accept = full  # type: ignore[method-assign]
    with pytest.raises(OSError, match="full"):
        await ana.type("agenda")


async def test_typed_words_are_stored_while_the_login_is_down(
    ana: TeamsUser, script: Script, microsoft: Microsoft
) -> None:
    microsoft.login_down = True
    await ana.type("agenda")
    assert len(script.accepted) == 1


# A button


async def test_the_pressed_card_is_redrawn_in_the_answer(ana: TeamsUser, script: Script, say: Say) -> None:
    script.on["held"] = Answer(redrawn=DONE)
    await say(ASKED)
    await ana.press("Yes")
    assert ana.messages() == ["You met."]
    (event,) = script.answered
    assert isinstance(event, Pressed)
    assert (event.action, event.subject, event.card) == ("held", "m1", "d1")


async def test_a_redrawn_card_can_be_pressed_again(ana: TeamsUser, script: Script, say: Say) -> None:
    script.on["held"] = Answer(redrawn=card("You met.", Button("Undo", "undo", "m1")))
    await say(ASKED)
    await ana.press("Yes")
    await ana.press("Undo")
    assert [event.card for event in script.answered if isinstance(event, Pressed)] == ["d1", "d1"]


async def test_a_press_that_changes_nothing_is_thanked_for(ana: TeamsUser, say: Say) -> None:
    await say(ASKED)
    await ana.press("Yes")
    assert ana.messages() == ["Did you meet?"]
    assert ana.notices == ["Thank you, noted."]


async def test_what_a_press_shows_comes_as_a_message(ana: TeamsUser, script: Script, say: Say) -> None:
    script.on["held"] = Answer(redrawn=DONE, show=card("Ben has not answered yet."))
    await say(ASKED)
    await ana.press("Yes")
    assert ana.messages() == ["You met.", "Ben has not answered yet."]


async def test_a_form_that_cannot_open_as_a_dialog_lies_in_the_chat(ana: TeamsUser, script: Script, say: Say) -> None:
    script.on["held"] = Answer(redrawn=DONE, show=FORM)
    script.on["reflection"] = wrong_once
    await say(ASKED)
    await ana.press("Yes")
    assert ana.form == ("After your meeting", ("Topic", "Mood"))
    assert await ana.fill({"Topic": "bad", "Mood": "4"}) == {"Topic": "Please say more."}
    assert ana.messages()[0] == "You met."
    assert await ana.fill({"Topic": "better"}) == {}
    assert ana.messages() == ["You met.", "Thank you, noted."]
    last = script.answered[-1]
    assert isinstance(last, Submitted)
    assert (last.values, last.rev) == ({"topic": "better", "mood": "4"}, 4)


def wrong_once(event: Event) -> Answer:
    assert isinstance(event, Submitted)
    return Answer(show=FORM, errors={"topic": "Please say more."}) if event.values["topic"] == "bad" else Answer()


async def test_a_card_that_grew_too_long_goes_on_below(ana: TeamsUser, script: Script, say: Say) -> None:
    quotes = tuple(Quote(f"{number} " + "so much to say " * 130) for number in range(30))
    script.on["held"] = Answer(redrawn=Card((Section("Long", quotes=quotes),)))
    await say(ASKED)
    await ana.press("Yes")
    assert ana.messages()[0].startswith("Long")
    everything = "\n".join(ana.messages())
    assert all(quote.words in everything for quote in quotes)


async def test_what_cannot_be_shown_does_not_spoil_the_answer(
    ana: TeamsUser, script: Script, say: Say, microsoft: Microsoft
) -> None:
    script.on["held"] = Answer(redrawn=DONE, show=card("Not to be shown."))
    await say(ASKED)
    microsoft.trouble.append(Trouble(429))
    await ana.press("Yes")
    assert ana.messages() == ["You met."]


# A client that knows no Action.Execute


@pytest.fixture
async def ben(app: Starlette, microsoft: Microsoft, ana: TeamsUser) -> TeamsUser:
    """Ana at an old client."""
    return TeamsUser(app, microsoft, "Ana Lopez", modern=False)


async def test_an_old_client_sends_a_message_and_sees_the_same(ben: TeamsUser, script: Script, say: Say) -> None:
    script.on["held"] = Answer(redrawn=DONE, show=FORM)
    script.on["reflection"] = wrong_once
    await say(ASKED)
    await ben.press("Yes")
    assert ben.messages()[0] == "You met."
    assert await ben.fill({"Topic": "bad"}) == {"Topic": "Please say more."}
    assert await ben.fill({"Topic": "better"}) == {}
    assert ben.messages() == ["You met.", "Thank you, noted."]


async def test_where_its_card_cannot_be_updated_it_stays_as_it_was(
    ben: TeamsUser, script: Script, say: Say, microsoft: Microsoft
) -> None:
    script.on["held"] = Answer(redrawn=DONE, show=card("Ben has not answered yet."))
    await say(ASKED)
    microsoft.refuses_updates = True
    await ben.press("Yes")
    assert ben.messages() == ["Did you meet?", "Ben has not answered yet."]


# A dialog


async def test_a_form_opens_as_a_dialog_keeps_what_was_wrong_and_closes(
    ana: TeamsUser, script: Script, say: Say
) -> None:
    script.on["reflect"] = Answer(show=FORM)
    script.on["reflection"] = wrong_once
    await say(ASKED)
    await ana.press("Reflect")
    assert ana.form == ("After your meeting", ("Topic", "Mood"))
    assert await ana.fill({"Mood": "2"}) == {"Topic": "Please fill this in."}
    assert len(script.answered) == 1
    assert await ana.fill({"Topic": "bad", "Mood": "2"}) == {"Topic": "Please say more."}
    assert await ana.fill({"Topic": "better"}) == {}
    assert ana.dialog_text == ""
    last = script.answered[-1]
    assert isinstance(last, Submitted)
    assert last.values == {"topic": "better", "mood": "2"}


async def test_a_long_form_is_turned_part_by_part_and_sent_once(ana: TeamsUser, script: Script, say: Say) -> None:
    first, second = ("Topic", "Why", "Since when"), ("Who", "Where", "What else")
    asked = Form("reflection", "m1", "Long", tuple(Field(label.lower(), label) for label in (*first, *second)))
    script.on["reflect"] = Answer(show=asked)
    script.on["reflection"] = lambda event: Answer(show=asked, errors={"why": "Please say more."})
    await say(ASKED)
    await ana.press("Reflect")
    assert ana.part == first
    await ana.press("Next part")
    assert ana.part == second
    await ana.press("Back")
    assert ana.part == first
    await ana.press("Next part")
    written = dict.fromkeys((*first, *second), "so")
    assert await ana.fill(written) == {"Why": "Please say more."}
    assert ana.part == first, "where something is to be mended"
    script.on["reflection"] = Answer()
    assert await ana.fill({"Why": "because"}) == {}
    sent = [event.values for event in script.answered if isinstance(event, Submitted)]
    assert len(sent) == 2
    assert sent[1] == {label.lower(): text for label, text in (written | {"Why": "because"}).items()}


async def test_a_form_may_lead_to_the_next_and_to_a_card_with_buttons(
    ana: TeamsUser, script: Script, say: Say
) -> None:
    script.on["reflect"] = Answer(show=FORM)
    script.on["reflection"] = Answer(show=Form("actions", "m1", "Next steps", (Field("step", "Step"),)))
    script.on["actions"] = Answer(show=card("Share it?", Button("Share", "share", "m1")))
    script.on["share"] = Answer(redrawn=card("Shared."))
    await say(ASKED)
    await ana.press("Reflect")
    assert await ana.fill({"Topic": "Growth"}) == {}
    assert ana.form == ("Next steps", ("Step",))
    assert await ana.fill({"Step": "Speak up"}) == {}
    assert ana.dialog_text == "Share it?"
    await ana.press("Share")
    assert ana.dialog_text == "Shared."


async def test_errors_without_their_form_are_said(ana: TeamsUser, script: Script, say: Say) -> None:
    script.on["reflect"] = Answer(show=FORM)
    script.on["reflection"] = Answer(errors={"topic": "This meeting was moved."})
    await say(ASKED)
    await ana.press("Reflect")
    await ana.fill({"Topic": "Growth"})
    assert ana.dialog_text == "This meeting was moved."


async def test_a_button_for_a_form_that_makes_no_sense_any_more_shows_todays_state(
    ana: TeamsUser, script: Script, say: Say
) -> None:
    await say(ASKED)
    script.on["reflect"] = Answer(redrawn=DONE)
    await ana.press("Reflect")
    assert ana.dialog_text == "You met."
    ana.close()
    script.on["reflect"] = Answer()
    await ana.press("Reflect")
    assert ana.notices == ["Thank you, noted."]


async def test_people_are_chosen_by_the_directorys_id(
    app: Starlette, microsoft: Microsoft, script: Script, say: Say
) -> None:
    script.on["reflect"] = Answer(show=Form("pair", "", "Pair", (Field("who", "Mentor", FieldKind.PERSON),)))
    await say(ASKED)
    admin = TeamsUser(app, microsoft, "Ana Lopez", people={"Ben Ode": "aad-ben"})
    await admin.press("Reflect")
    assert await admin.fill({"Mentor": "Ben Ode"}) == {}
    last = script.answered[-1]
    assert isinstance(last, Submitted)
    assert last.values == {"who": "aad-ben"}


# Requests that are none


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"[]", b"7", b"null", b'{"a":' * 50_000, b"\xff\xfe", b"1" * 5000]
)
async def test_a_body_that_is_no_activity_is_refused(app: Starlette, script: Script, body: bytes) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        assert (await client.post("/api/messages", content=body)).status_code == 400
    assert not script.accepted


async def test_a_body_without_end_is_not_read_to_its_end(app: Starlette, ana: TeamsUser, script: Script) -> None:
    large = ana.activity(type="message", text="x" * REQUEST_BYTES)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        assert (await client.post("/api/messages", content=json.dumps(large))).status_code == 400
    assert not script.accepted
