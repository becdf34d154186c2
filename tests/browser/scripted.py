"""A playground with a bot that knows its lines: `python -m tests.browser.scripted FOLDER`.

It prints the address that it serves on. Beside the page it has two more: /test/events tells which events came, and
/test/release lets one press of 'Take your time' go on.
"""

import asyncio
import dataclasses
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.http import http_app, listen, serve
from adapters.web.messenger import RoomMessenger
from adapters.web.playground import mount
from adapters.web.ports import PersonLine, PlanLine, Stage
from adapters.web.rooms import Rooms
from bot.domain.people import Account, Platform, Workspace
from bot.messages import (
    Answer,
    Button,
    Card,
    Event,
    Fact,
    Field,
    FieldKind,
    Form,
    Link,
    Option,
    Pressed,
    Quote,
    Section,
    Sender,
    Submitted,
    Typed,
    card,
)
from bot.ports import Parcel

NAMES = ("Ada Admin", "Ben Mentor", "Ana Mentee", "Chris Weber", "Dana Novak")
ROLES = ("programme admin", "mentor of Ana Mentee", "mentee of Ben Mentor", "", "")
PEOPLE = tuple(PersonLine(name.split()[0].lower(), name, role) for name, role in zip(NAMES, ROLES, strict=True))
SPACE = Workspace("space", "acme", Platform.PLAYGROUND, "play", "Playground")
TYPED_AS_IS = "  <b>How</b> do I\n    say *no*?  "

BRIEF = Card(
    (
        Section(
            "Tomorrow you meet Ben Mentor.",
            title="Check-in 2",
            facts=(Fact("When", "Tue, Mar 2, 10:00"), Fact("Where", "Room 4")),
            quotes=(Quote(TYPED_AS_IS, by="Ana Mentee"),),
            buttons=(
                Button("I'll be there", "confirm", "m1", "yes", style="primary"),
                Button("Move it", "move", "m1", opens=True),
                Button("Cancel it", "cancel", "m1", style="danger"),
            ),
            links=(Link("What the bot heard", "/test/events"),),
        ),
        Section(
            "You wanted to ask Dana for her notes.",
            title="Your action",
            buttons=(Button("Done", "done", "a1"), Button("Take your time", "slow", "a1")),
        ),
    ),
    note="Only the two of you see this.",
    footer=(Button("Not this week", "snooze", "m1"),),
)

MOVE = Form(
    "move",
    "m1",
    "Move check-in 2",
    (
        Field("day", "New day", FieldKind.DATE),
        Field("hour", "New hour", FieldKind.TIME, initial="10:00"),
        Field("why", "Why does it move?", hint="A few words are enough."),
        Field("more", "What should Ben know?", FieldKind.LONG, required=False),
        Field("where", "Where", FieldKind.CHOICE, (Option("room", "In a room"), Option("call", "By call"))),
        Field(
            "topics",
            "Topics",
            FieldKind.CHOICES,
            (Option("goals", "Goals"), Option("work", "Daily work"), Option("people", "People")),
            initial=("goals",),
        ),
        Field("mood", "How are you?", FieldKind.SCALE, required=False),
        Field("guest", "Who else comes?", FieldKind.PERSON),
    ),
    intro="Ben is asked before anything changes.",
    submit="Propose",
    rev=3,
)


class Script:
    """The bot. Also the playground's clock and its plan."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.events: list[Event] = []
        self.released = asyncio.Semaphore(0)
        self.moment = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
        self.coming = ["Ask for the agenda"]
        self.messenger = RoomMessenger(rooms, self)

    def now(self) -> datetime:
        return self.moment

    async def advance(self, by: timedelta) -> None:
        self.moment += by

    async def next_event(self) -> str | None:
        if not self.coming:
            return None
        self.moment += timedelta(days=3)
        await self.post("ana", card("What shall you talk about?"))
        return f"{self.coming.pop()}: Ana Mentee"

    def plan(self) -> list[PlanLine]:
        at = datetime(2027, 3, 4, 8, tzinfo=UTC)
        return [PlanLine(at, "Ana Mentee", what, "two working days before", "Ana and Ben") for what in self.coming]

    async def accept(self, event: Event) -> None:
        self.events.append(event)
        assert isinstance(event, Typed)
        if event.text == "fail":
            raise ValueError(event.text)
        await self.post(event.sender.address, BRIEF if event.text == "brief" else card(f"You said: {event.text}"))

    async def answer(self, event: Event) -> Answer:
        self.events.append(event)
        match event:
            case Typed(text=text):
                return Answer(show=card(f"The answer to '{text}'.", Button("And then?", "then", "x")))
            case Submitted(values=values):
                return self.moved(str(values["why"]))
            case Pressed(action="confirm"):
                return Answer(redrawn=card("You said you'll be there.", Button("I can't after all", "undo", "m1")))
            case Pressed(action="move"):
                return Answer(show=MOVE)
            case Pressed(action="slow"):
                await self.released.acquire()
            case Pressed(action="cancel"):
                raise RuntimeError("the words of somebody")
        return Answer(show=card("Noted."))

    def home(self, sender: Sender) -> Card | None:
        if sender.user == "dana":
            return None
        heard = sum(event.sender.user == sender.user for event in self.events)
        return card(
            f"Heard from you: {heard}",
            Button("I'll be there", "confirm", "m1"),
            Button("Move it", "move", "m1"),
            Button("Say it", "say", "m1"),
        )

    def moved(self, why: str) -> Answer:
        if len(why) < 5:
            return Answer(errors={"why": "Please say a little more."})
        return Answer(show=card("Ben is asked."))

    async def post(self, address: str, body: Card) -> None:
        account = Account(address, "acme", "space", address, Platform.PLAYGROUND, address, address=address)
        await self.messenger.send(Parcel(uuid4().hex, account, SPACE, body))


async def main(folder: Path) -> None:
    rooms = Rooms(folder / "rooms.sqlite3")
    script = Script(rooms)

    async def events(request: Request) -> Response:
        return JSONResponse([{"kind": type(event).__name__, **dataclasses.asdict(event)} for event in script.events])

    async def release(request: Request) -> Response:
        script.released.release()
        return Response()

    app = http_app([Route("/test/events", events), Route("/test/release", release, methods=["POST"])], dict)
    mount(app, Stage(script, rooms, lambda: PEOPLE, "play", script, script.plan, script.home, "Europe/Berlin"))
    with listen("127.0.0.1", 0) as opened:
        print(f"http://127.0.0.1:{opened.getsockname()[1]}", flush=True)
        await serve(app, opened)
    rooms.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
