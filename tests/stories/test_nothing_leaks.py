"""What people write is nowhere where those who run or operate the bot look: a marked word in every field and line.

A pair and a group live for some weeks, and a round brings two others together. Everybody opens every form that there
is, writes marked words into each of its fields, and types marked words behind each command. Then all is searched that
Ada and an operator can see.
"""

import base64
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
import structlog
from click.testing import CliRunner

from adapters.http import http_app
from bot import logs
from bot.__main__ import cli
from bot.engine.tables import Tables
from bot.flow import Topic
from bot.messages import Form
from bot.store import Sealer
from bot.store.purpose import prepare
from tests.marks import Marks
from tests.rounds import approved, found, offers, wants
from tests.stories.test_five_check_ins import MONDAY
from tests.surfaces import Surfaces
from tests.world import KEY, World, world

PAIRED = ("Ana", "Ben", "Cleo", "Dan", "Eva")
NAMES = ("Ada", *PAIRED, "Fay", "Gil")


@pytest.fixture
def logged() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = StringIO()
    logs.configure("debug", "json", stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def begun(company: World) -> None:
    ada = company.hands("Ada")
    await ada.command("pair @Ben Sample, @Ana Sample")
    await ada.command("pair group @Cleo Sample, @Dan Sample, @Eva Sample")
    await company.until("2027-01-11", "10:00")
    for name in PAIRED:
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-01-15", "09:30")


async def confirmed(company: World) -> None:
    """Let whoever is asked for a word on an hour agree to it."""
    for name in NAMES[1:]:
        hands = company.hands(name)
        if "Works for me" in hands.buttons():
            await hands.press("Works for me")


async def matched(company: World, marks: Marks, ada: Surfaces) -> None:
    """Gil offers what Fay wants, and both name more that nobody else has; a round proposes them to each other."""
    await company.hands("Ada").command("skills add Python")
    await offers(company.hands("Gil"), f"Python 3, {marks.mark('Gil', 'an offer')}")
    fay = company.hands("Fay")
    await wants(fay, f"Python 1, {marks.mark('Fay', 'a wish')}")
    await fay.press("Time and goals")
    goal = f"Python, and {marks.mark('Fay', 'a goal')}"
    assert await fay.fill({"What do you want to reach, in your own words?": goal}) == {}
    hands = await found(company)
    await ada.look_around()
    await approved(company, hands)
    await company.jump(timedelta(hours=1))
    await ada.look_around()


async def parted(company: World, marks: Marks) -> None:
    """Ana and Eva were no match, and Ana says why."""
    ana = company.hands("Ana")
    await ana.command("new match")
    await ana.press("Yes, a new match")
    await ana.press("Say what did not fit")
    assert ana.form
    marks.taken.add(("Ana", ana.form.name))
    why = {
        "What did not fit?": "Something else",
        "May those who run the programme read it?": "Yes, with my name, and nobody else",
    }
    assert await ana.fill(why) == {}


async def lived(company: World, marks: Marks, ada: Surfaces) -> None:
    """First dates, first talks, a mentor who leaves and one who follows; and marked words all the way."""
    await begun(company)
    await marks.talk("Ana", "Ben", "Dan", but=Topic.QUIET)
    await marks.fill_in("Ana", "Ben", "Dan")
    await company.until("2027-01-18", "09:30")
    await confirmed(company)
    await company.until("2027-01-19", "11:00")
    for name in ("Ana", "Cleo"):
        await company.hands(name).press("Yes, we met")
    company.chat.refuses[company.people["Dan"].id] = "account_inactive"
    company.chat.breaks.add(company.people["Ben"].id)
    await company.hands("Dan").type(marks.mark("Dan", "a line whose answer does not arrive"))
    await marks.fill_in("Ana", "Ben", "Cleo")
    await marks.fill_in("Ana")
    company.chat.refuses.clear()
    company.chat.breaks.clear()
    await company.until("2027-02-01", "12:00")
    await ada.look_around()
    await matched(company, marks, ada)
    hands = company.hands("Ada")
    await hands.command("left Ben Sample")
    await hands.press("Yes, Ben has left")
    await hands.command("pair @Eva Sample, @Ana Sample")
    await company.until("2027-02-02", "12:00")
    for name in ("Ana", "Eva"):
        await company.hands(name).press("Yes, gladly")
    await company.until("2027-02-08", "12:00")
    await marks.fill_in("Ana", "Dan")
    await marks.talk("Ana", "Cleo", "Dan")
    await parted(company, marks)
    await ada.look_around()


async def test_marked_words_are_nowhere_where_others_look(
    database: sa.Engine, logged: StringIO, tmp_path: Path
) -> None:
    prepare(database, "platform", Sealer([KEY]))
    async with world(database, MONDAY, names=NAMES) as company:
        marks, ada = Marks(company), Surfaces(company)
        await lived(company, marks, ada)
        operator = await operators_view(company, tmp_path)
        summaries = [post.card.summary for room in company.chat.rooms.values() for post in room]
        read_by_themselves = "\n".join(text for name in NAMES[1:] for text in company.hands(name).messages())
    assert {name for name, _ in marks.taken} == {"Ana", "Ben", "Cleo", "Dan"}, "mentors, a mentee, one of a group"
    written = {form for _, form in marks.taken}
    by_admins = {one.name for one in ada.seen if isinstance(one, Form)}
    assert Tables().forms.keys() - written == by_admins - written, "every form was filled in"
    assert len(marks.found_in(read_by_themselves)) > 20, "what partners share, they read"
    assert marks.found_in(repr(ada.seen)) == []
    assert marks.found_in(logged.getvalue()) == []
    assert marks.found_in("\n".join(summaries)) == []
    for place, text in operator.items():
        assert marks.found_in(text) == [], place
    for file in tmp_path.glob("mentronome.db*"):
        assert marks.found_in(file.read_bytes().decode("latin-1")) == [], file.name


async def operators_view(company: World, folder: Path) -> dict[str, str]:
    """Return what an operator sees: probes, metrics, and the letters that could not be sent."""
    app = http_app([], company.app.ready, metrics=company.app.metrics)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        seen = {path: (await client.get(path)).text for path in ("/readyz", "/metrics", "/livez", "/nothing")}
    environment = {
        "MENTRONOME_DATABASE_URL": f"sqlite:///{folder / 'mentronome.db'}",
        "MENTRONOME_SECRET_KEY": base64.b64encode(KEY).decode(),
        "MENTRONOME_DATA_DIR": str(folder / "data"),
    }
    letters = CliRunner().invoke(cli, ["admin", "letters"], env=environment)
    assert "account_inactive" in letters.output, letters
    return {**seen, "letters": letters.output}
