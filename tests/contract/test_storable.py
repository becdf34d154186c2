"""The one sign that PostgreSQL cannot hold is left out, wherever in an event it stands."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.engine.storable import NUL, storable
from bot.messages import Card, Filled, Form, Pressed, Sender, Submitted, Typed, Values
from bot.store import Sealer, SqlStore
from tests.contract.company import NOW
from tests.contract.seekers import ORG, Seekers
from tests.world import Chat, Dial, read

ADA = Sender("playground", "hall", "ada", name="Ada\0 Ada")


@pytest.fixture
def app(store: SqlStore, database: sa.Engine, sealer: Sealer) -> App:
    Seekers.founded(store, 2, 2)
    with store.unit() as unit:
        ada = unit.people.get(ORG, "ada")
        assert ada
        ada.is_admin = True
        unit.commit()
    clock = Dial(NOW)
    return App(database, sealer, clock, {"playground": Chat(clock)})


def names(app: App) -> set[str]:
    with app.store.unit() as unit:
        return {program.name for program in unit.programs.all(ORG)}


async def typed(app: App, text: str) -> str:
    answer = await app.answer(Typed((uuid4().hex,), ADA, text, slash=True))
    assert isinstance(answer.show, Card)
    return read(answer.show)


async def test_what_is_typed_or_stands_in_a_button(app: App) -> None:
    assert "programme Leadership?" in await typed(app, "programs add Leader\0ship")
    await app.answer(Pressed((uuid4().hex,), ADA, "programs.added", "", value="Leader\0ship"))
    assert names(app) == {"Mentoring", "Leadership"}
    assert "M0 would see states" in await typed(app, f"admins add M{NUL}0")


async def test_what_is_filled_into_a_form_at_once_or_in_parts(app: App) -> None:
    values: Values = {"name": "Leader\0ship"}
    await app.answer(Submitted((uuid4().hex,), ADA, "programs.add", "", values))
    answer = await app.answer(Filled((uuid4().hex,), ADA, "skills.add", "", {"names": "Py\0thon"}, begins=True))
    assert names(app) == {"Mentoring", "Leadership"}
    assert isinstance(answer.show, Form)
    assert answer.show.fields[0].initial == "Python"


async def test_what_waits_in_the_inbox(app: App) -> None:
    await app.accept(Pressed(("pressed",), ADA, "programs.added", "", value="Leader\0ship"))
    await app.tick()
    assert names(app) == {"Mentoring", "Leadership"}
    assert app.inbox.counts() == {"waiting": 0, "given_up": 0}


def test_all_that_an_event_is_made_of() -> None:
    ada = Sender("slack", "T\0", "U\0", name="A\0da")
    typed = Typed(("k\0",), ada, "a\0b", slash=True, places=(("#a\0", "C\0"),))
    assert storable(typed) == Typed(("k",), Sender("slack", "T", "U", name="Ada"), "ab", True, (("#a", "C"),))
    sent = Submitted(("k",), ada, "form", "s\0", {"many": ("a\0", "b"), "one": "c\0"}, rev=3)
    clean = Submitted(("k",), Sender("slack", "T", "U", name="Ada"), "form", "s", {"many": ("a", "b"), "one": "c"}, 3)
    assert storable(sent) == clean
