"""A small company for dated stories: a real database, the whole application, a chat, and a clock to turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from uuid import uuid4

import sqlalchemy as sa

from bot.app import App
from bot.domain.cadence import at_local, local
from bot.domain.ids import new_id
from bot.domain.people import Account, Organization, Person, Platform, Workspace
from bot.messages import Button, Card, Form, Pressed, Sender, Submitted, Typed, Values
from bot.ports import Parcel, SendFailed
from bot.store import Sealer

KEY = bytes(range(32))
WORKSPACE = "sample"
PACED_AT_MOST = timedelta(seconds=5)
PUBLIC_URL = "https://mentoring.example"


@dataclass
class Dial:
    """A clock that stands still until it is turned, or where it `runs`, goes on a little whenever it is read."""

    moment: datetime
    runs: timedelta = timedelta()

    def now(self) -> datetime:
        self.moment += self.runs
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)


@dataclass
class Post:
    """One message in a conversation, as it stands now."""

    id: str
    delivery_id: str
    card: Card
    at: datetime
    edits: int = 0


@dataclass
class Chat:
    """A chat platform in memory. It refuses what it is told to refuse, and remembers which delivery it has posted.

    For whom it `breaks`, it fails with an error that quotes what it was given.
    """

    clock: Dial
    rooms: dict[str, list[Post]] = field(default_factory=dict)
    refuses: dict[str, str] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)
    breaks: set[str] = field(default_factory=set)

    async def send(self, parcel: Parcel) -> str:
        room = self.rooms.setdefault(parcel.account.address, [])
        if reason := self.refuses.get(parcel.account.address):
            raise SendFailed(reason)
        if parcel.account.address in self.breaks:
            raise RuntimeError(read(parcel.card))
        if parcel.account.address in self.busy:
            raise SendFailed("busy", retry_after=60)
        for number, post in enumerate(room):
            if post.id == parcel.replaces:
                room[number] = replace(post, card=parcel.card, edits=post.edits + 1)
                return post.id
        post = Post(new_id(), parcel.delivery_id, parcel.card, self.clock.now())
        room.append(post)
        return post.id

    async def find(self, parcel: Parcel) -> str | None:
        room = self.rooms.get(parcel.account.address, [])
        return next((post.id for post in room if post.delivery_id == parcel.delivery_id), None)


class Hands(Protocol):
    """What a person can do on a platform, in words that are the same everywhere."""

    async def type(self, text: str) -> None: ...
    async def reply(self, to: str, text: str) -> None: ...
    async def command(self, text: str) -> str: ...
    async def press(self, label: str) -> None: ...
    async def fill(self, values: dict[str, str]) -> dict[str, str]: ...
    def messages(self) -> list[str]: ...
    def buttons(self) -> list[str]: ...
    def links(self) -> dict[str, str]: ...


async def settled(app: App, clock: Dial) -> None:
    """Let the bot finish what it has to do; what its pace holds back for some seconds leaves in these."""
    await app.tick()
    while (due := app.deliveries.next_due(clock.now())) is not None and due <= clock.now() + PACED_AT_MOST:
        clock.move_to(due)
        await app.tick()


class Fingers:
    """Somebody in the in-memory chat: types, presses the newest button of a label, fills the form that opened."""

    def __init__(self, app: App, chat: Chat, user: str) -> None:
        self._app = app
        self._chat = chat
        self._sender = Sender(Platform.PLAYGROUND, WORKSPACE, user, user)
        self.form: Form | None = None
        self.shown: Card | None = None

    @property
    def posts(self) -> list[Post]:
        return self._chat.rooms.get(self._sender.user, [])

    def messages(self) -> list[str]:
        return [read(post.card) for post in self.posts]

    def buttons(self) -> list[str]:
        """Return the labels of all buttons but the small ones that every card ends with."""
        return [b.label for post in self.posts for section in post.card.sections for b in section.buttons]

    def links(self) -> dict[str, str]:
        """Return the addresses of all links by label, the newest of each."""
        sections = (section for post in self.posts for section in post.card.sections)
        return {link.label: link.url for section in sections for link in section.links}

    async def type(self, text: str) -> None:
        await self._app.accept(Typed((uuid4().hex,), self._sender, text))
        await self._app.tick()

    async def reply(self, to: str, text: str) -> None:
        """Answer in the thread of the newest message that reads `to`."""
        post = next(post for post in reversed(self.posts) if to in read(post.card))
        await self._app.accept(Typed((uuid4().hex,), self._sender, text, about=post.id))
        await self._app.tick()

    async def command(self, text: str) -> str:
        answer = await self._app.answer(Typed((uuid4().hex,), self._sender, text, slash=True))
        await self._app.tick()
        self._open(answer.show)
        posts = self.messages()
        return read(self.shown) if self.shown else posts[-1] if posts else ""

    async def press(self, label: str) -> None:
        delivery_id, button = self._find(label)
        await self.press_old(button, delivery_id)

    async def press_old(self, button: Button, delivery_id: str = "") -> None:
        press = Pressed(
            (uuid4().hex,), self._sender, button.action, button.subject, button.value, button.rev, delivery_id
        )
        answer = await self._app.answer(press)
        await self._app.tick()
        self._open(answer.show)

    async def fill(self, values: dict[str, str]) -> dict[str, str]:
        assert self.form is not None, "no form is open"
        form, labels = self.form, {f.label: f for f in self.form.fields}
        answers: dict[str, str | tuple[str, ...]] = {f.name: f.initial for f in form.fields}
        for label, value in values.items():
            chosen = {option.label: option.value for option in labels[label].options}
            answers[labels[label].name] = chosen.get(value, value)
        return await self.submit(form, answers)

    async def submit(self, form: Form, answers: Values) -> dict[str, str]:
        event = Submitted((uuid4().hex,), self._sender, form.name, form.subject, answers, form.rev)
        answer = await self._app.answer(event)
        await self._app.tick()
        labels = {f.name: f.label for f in form.fields}
        if not answer.errors:
            self.form = None
            self._open(answer.show)
        return {labels[name]: problem for name, problem in answer.errors.items()}

    def button(self, label: str) -> Button:
        return self._find(label)[1]

    def _find(self, label: str) -> tuple[str, Button]:
        shown = [("", button) for button in self.shown.buttons] if self.shown else []
        posted = [(post.delivery_id, button) for post in self.posts for button in post.card.buttons]
        for delivery_id, button in [*shown, *reversed(posted)]:
            if button.label.startswith(label):
                return delivery_id, button
        raise AssertionError(f"no button {label!r} among {[button.label for _, button in posted]}")

    def _open(self, show: Form | Card | None) -> None:
        self.shown = show if isinstance(show, Card) else None
        self.form = show if isinstance(show, Form) else self.form


def read(card: Card) -> str:
    """Return a card as a person reads it."""
    parts: list[str] = []
    for section in card.sections:
        parts += [section.title, section.text]
        parts += [f"{fact.label}: {fact.value}" for fact in section.facts]
        parts += ["\n".join(filter(None, (q.asked, f"{q.by}: {q.words}"))) for q in section.quotes]
    return "\n".join(part for part in [*parts, card.note] if part)


@dataclass
class World:
    """The company, its application, and the moves that let time pass."""

    app: App
    clock: Dial
    chat: Chat
    organization_id: str
    zone: str
    people: dict[str, Person] = field(default_factory=dict)

    def hands(self, name: str) -> Fingers:
        return Fingers(self.app, self.chat, self.people[name].id)

    async def until(self, day: str, hour: str = "09:00") -> None:
        """Let time pass until a day and hour on the company's clocks; all that comes due on the way happens."""
        target = at_local(datetime.fromisoformat(day).date(), time.fromisoformat(hour), self.zone)
        while (earliest := self.app.looks.earliest()) is not None and earliest <= target:
            self.clock.move_to(earliest)
            await self.app.tick()
        self.clock.move_to(target)
        await self.app.tick()

    async def jump(self, by: timedelta) -> None:
        """Let time pass with nobody at work, as when the machine is down."""
        self.clock.move_to(self.clock.now() + by)
        await self.app.tick()

    def today(self) -> str:
        return f"{local(self.clock.now(), self.zone):%a %d %b %H:%M}"


@asynccontextmanager
async def world(
    engine: sa.Engine,
    start: datetime,
    zone: str = "Europe/Berlin",
    names: tuple[str, ...] = ("Ada", "Ana", "Ben"),
    public_url: str = PUBLIC_URL,
) -> AsyncIterator[World]:
    """Open a company of a few people; the first name runs the programme."""
    clock = Dial(start.astimezone(UTC))
    chat = Chat(clock)
    app = App(engine, Sealer([KEY]), clock, {Platform.PLAYGROUND: chat}, public_url)
    organization = Organization(new_id(), "Sample Company")
    workspace = Workspace(new_id(), organization.id, Platform.PLAYGROUND, WORKSPACE, "Sample")
    found = World(app, clock, chat, organization.id, zone)
    with app.store.unit() as unit:
        unit.people.add(organization)
        unit.people.add(workspace)
        for name in names:
            person = Person(new_id(), organization.id, f"{name} Sample", zone=zone, is_admin=name == names[0])
            account = Account(
                new_id(), organization.id, workspace.id, person.id, workspace.platform, person.id, person.id
            )
            unit.people.add(person)
            unit.people.add(account)
            person.account_id = account.id
            found.people[name] = person
        unit.commit()
    async with app.running():
        yield found
