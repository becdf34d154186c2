"""Ana and the bot on Teams, from her first word to a meeting moved: by typing, pressing and filling in."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from adapters.teams.app import Teams
from bot.domain.people import Account, Platform
from bot.messages import (
    Answer,
    Button,
    Card,
    Event,
    Fact,
    Field,
    FieldKind,
    Form,
    Pressed,
    Quote,
    Section,
    Submitted,
    Typed,
    card,
)
from bot.ports import Parcel
from tests.adapters.teams.fakes import HandClock, Script
from tests.adapters.teams.microsoft import Microsoft
from tests.adapters.teams.test_send import WORKSPACE
from tests.adapters.teams.user import TeamsUser

TOPICS = Form(
    "agenda.topics",
    "m1",
    "Topics for Ben",
    (Field("first", "What first?", max_length=60), Field("more", "And then?", FieldKind.LONG, required=False)),
)


class SmallBot(Script):
    """Asks for topics, repeats them to their author, and lets the meeting be moved: enough of a bot for one story."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: list[str] = []
        self.moved = False

    def brief(self) -> Card:
        when = "Thursday, 10:00" if self.moved else "Tuesday, 10:00"
        move = () if self.moved else (Button("Move it", "meeting.move", "m1"),)
        return Card(
            (
                Section(
                    "Here is what Ben will see." if self.topics else "You meet Ben soon.",
                    title="Your next meeting",
                    facts=(Fact("When", when),),
                    quotes=tuple(Quote(topic, "Ana") for topic in self.topics),
                    buttons=(Button("Add topics", "agenda.add", "m1", opens=True), *move),
                ),
            )
        )

    async def answer(self, event: Event) -> Answer:
        await super().answer(event)
        match event:
            case Pressed(action="agenda.add"):
                return Answer(show=TOPICS)
            case Pressed(action="meeting.move"):
                self.moved = True
                return Answer(redrawn=self.brief())
            case Submitted(values=values):
                errors = TOPICS.check(values, str)
                if errors:
                    return Answer(show=TOPICS, errors=errors)
                self.topics = [str(value) for value in values.values() if value]
        return Answer()


@pytest.fixture
def script() -> SmallBot:
    return SmallBot()


@pytest.fixture
async def ana(app: Starlette, microsoft: Microsoft) -> AsyncIterator[TeamsUser]:
    async with TeamsUser(app, microsoft, "Ana Lopez", zone="Europe/Madrid", language="es-ES") as ana:
        yield ana


async def test_a_meeting_is_prepared_and_moved(
    ana: TeamsUser, script: SmallBot, teams: Teams, microsoft: Microsoft, clock: HandClock
) -> None:
    # Monday: Ana writes to the bot for the first time.
    await ana.type("hello, who are you?")
    (event,) = script.accepted
    assert isinstance(event, Typed)
    assert (event.text, event.sender.zone, event.sender.language) == ("hello, who are you?", "Europe/Madrid", "es-ES")
    account = Account("a1", "o1", "w1", "p1", Platform.TEAMS, event.sender.user, event.sender.address)

    # Friday: the bot writes by itself, with a new token and keys that have changed since.
    clock.pass_(days=4)
    brief_id = await teams.messenger.send(Parcel("d1", account, WORKSPACE, script.brief()))
    assert ana.messages() == ["Your next meeting\nYou meet Ben soon.\nWhen: Tuesday, 10:00"]
    assert ana.buttons() == ["Add topics", "Move it"]

    # She opens the form, is told what is wrong, and mends it.
    await ana.press("Add topics")
    assert ana.form == ("Topics for Ben", ("What first?", "And then?"))
    long = "How do I say **no** to <at>everyone</at> who asks me for just one more little thing?"
    errors = await ana.fill({"What first?": long, "And then?": "1. {{DATE(x)}}\n2. a_b_c"})
    assert set(errors) == {"What first?"}
    assert await ana.fill({"What first?": "How do I say **no** to <at>everyone</at>?"}) == {}
    assert ana.dialog_text == ""

    # The bot draws its message anew; her words stand there as she typed them.
    replaced = Parcel("d2", account, WORKSPACE, script.brief(), replaces=brief_id)
    assert await teams.messenger.send(replaced) == brief_id
    (message,) = ana.messages()
    assert "How do I say **no** to <at>everyone</at>?" in message
    assert "1. {{DATE(x)}}\n2. a_b_c" in message

    # Tuesday does not suit her: the card changes as she presses.
    await ana.press("Move it")
    assert "When: Thursday, 10:00" in ana.messages()[0]
    assert ana.buttons() == ["Add topics"]
    assert [type(event) for event in script.answered] == [Pressed, Submitted, Submitted, Pressed]


async def test_a_typed_command_is_answered_by_message(
    app: Starlette, microsoft: Microsoft, teams: Teams, script: SmallBot
) -> None:
    """The driver of the story tests waits until the bot has done what it does after its acknowledgement."""

    async def settle() -> None:
        for event in script.accepted:
            account = Account("a1", "o1", "w1", "p1", Platform.TEAMS, event.sender.user, event.sender.address)
            await teams.messenger.send(Parcel("d1", account, WORKSPACE, card("You can type: agenda, pause.")))
        script.accepted.clear()

    async with TeamsUser(app, microsoft, "Ana Lopez", settle=settle) as ana:
        assert await ana.command("help") == "You can type: agenda, pause."
        assert await ana.command("help") == "You can type: agenda, pause."
        assert len(ana.messages()) == 2
