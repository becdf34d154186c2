"""A long form in parts, with the real house behind it: forth and back, left and taken up again, sent once."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.slack.app import SlackEndpoint
from adapters.slack.limits import LABEL
from adapters.slack.text import shortened
from bot.engine import Engine
from bot.engine.storable import NUL
from bot.flow import FormFlow
from bot.messages import (
    Answer,
    Field,
    FieldKind,
    Filled,
    Form,
    Option,
    Pressed,
    Sender,
    Show,
    Submitted,
    Typed,
    Values,
    card,
)
from bot.store import Sealer, SqlStore
from bot.turn import Replies, Turn
from tests.adapters.slack.company import SlackCompany, slack_company
from tests.adapters.slack.driver import MISSING, SlackUser
from tests.adapters.slack.fake import TEAM, FakeSlack
from tests.adapters.slack.filling import Given
from tests.adapters.slack.receiver import HandClock, ScriptedReceiver
from tests.adapters.slack.sample import EVERYTHING
from tests.adapters.slack.test_conditions import NOT_SAVED, away
from tests.adapters.slack.things import Fault
from tests.stories.test_five_check_ins import MONDAY
from tests.world import KEY

FIRST = ("Your time zone", "On which days do you work?", "From when?", "Until when?")
LAST = ("Public holidays of which country?", "And of which region?", "In which language do I write?")
SENT = "This form was sent or left already."
KEPT = "Kept. I write from 07:00 to 15:00 in Vienna."


async def opened(company: SlackCompany) -> SlackUser:
    """Ana looks at the first part of the form for her working hours."""
    ana = company.joining("Ana Sample")
    assert await company.endpoint.people.read(TEAM)
    await ana.command("working hours")
    assert labels(ana) == FIRST
    return ana


def labels(ana: SlackUser) -> tuple[str, ...]:
    return ana.form.labels if ana.form else ()


def stands(ana: SlackUser, label: str) -> object:
    """What stands in a field of the window on top."""
    [view] = ana.slack.windows[ana.id]
    block = next(one for one in view.content["blocks"] if one.get("label", {}).get("text") == label)
    element = block["element"]
    return view.written.get(block["block_id"], element.get("initial_value") or element.get("initial_time"))


async def test_what_was_filled_in_stays_forth_and_back_and_is_sent_once(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        assert "Part 1 of 2" in str(ana.window)
        ana.write({"Your time zone": "Vienna", "From when?": "07:00", "Until when?": "15:00"})
        assert await ana.send() == {}
        assert labels(ana) == LAST
        assert "Part 2 of 2" in str(ana.window)
        ana.write({"Public holidays of which country?": "AT", "And of which region?": "9"})
        await ana.go_back()
        assert (labels(ana), stands(ana, "Your time zone")) == (FIRST, "Vienna")
        await ana.send()
        assert stands(ana, "And of which region?") == "9", "what was not sent yet has stayed as well"
        await ana.send()
        assert ana.window == KEPT
        assert await hours_of(company, ana) == ("Europe/Vienna", "07:00", "15:00", "9")


async def hours_of(company: SlackCompany, ana: SlackUser) -> tuple[str, ...]:
    with company.app.store.reading() as unit:
        found = unit.people.by_account(Sender("slack", TEAM, ana.id))
        assert found is not None
        me = found[0]
        return me.zone, f"{me.day_starts:%H:%M}", f"{me.day_ends:%H:%M}", me.region


async def test_nothing_that_somebody_wrote_travels_in_the_window_to_come(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        await ana.send()
        [view] = company.slack.windows[ana.id]
        assert set(view.content["private_metadata"]) <= set('{}":,spnr0123456789abcdef')


async def test_a_part_is_checked_before_it_is_left_forth(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": ""})
        assert await ana.send() == {"Your time zone": MISSING}
        ana.write({"Your time zone": "   "})
        assert await ana.send() == {"Your time zone": "Please fill this in."}
        assert labels(ana) == FIRST


async def test_what_is_wrong_in_an_earlier_part_is_mended_there_and_nothing_else_is_lost(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        wrong = {"Your time zone": "Nowhere", "From when?": "07:00", "Until when?": "06:00"}
        problems = await ana.fill(wrong | {"Public holidays of which country?": "AT", "And of which region?": "9"})
        assert problems == {
            "Your time zone": "I do not know this zone. A large city in it works, or 'Europe/Berlin'.",
            "Until when?": "This is before the day begins. Please check both hours.",
        }
        assert labels(ana) == FIRST
        assert stands(ana, "Your time zone") == "Nowhere"
        ana.write({"Your time zone": "Vienna", "Until when?": "15:00"})
        await ana.send()
        assert stands(ana, "And of which region?") == "9"
        assert await ana.send() == {}
        assert ana.window == KEPT


async def test_what_is_wrong_in_the_last_part_stands_at_its_field(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        problems = await ana.fill({"Public holidays of which country?": "Atlantis"})
        assert list(problems) == ["Public holidays of which country?"]
        assert labels(ana) == LAST
        assert stands(ana, "Public holidays of which country?") == "Atlantis"


async def test_a_form_that_was_closed_in_the_middle_opens_as_it_was_left(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": "Vienna"})
        await ana.send()
        ana.close()
        await ana.command("working hours")
        assert (labels(ana), stands(ana, "Your time zone")) == (FIRST, "Vienna")
        assert (await hours_of(company, ana))[0] == "Europe/Berlin", "nothing was sent"


async def test_each_part_that_comes_again_has_one_effect(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": "Vienna"})
        await ana.send()
        first = company.slack.requests[-1]
        again = (await company.slack.replay(first)).json()
        assert again["response_action"] == "update"
        assert [block["block_id"] for block in again["view"]["blocks"] if block["type"] == "input"] == [
            *("country", "region", "language")
        ]
        await ana.send()
        last = company.slack.requests[-1]
        for request in (first, last):
            answer = (await company.slack.replay(request)).json()
            assert SENT in str(answer["view"]["blocks"])
        ana.close()
        await ana.command("working hours")
        assert stands(ana, "Your time zone") == "Europe/Vienna", "as it was sent, and not as it was filled in before"


async def test_next_pressed_twice_leads_to_the_same_part(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": "Vienna"})
        [view] = company.slack.windows[ana.id]
        seen = (dict(view.content), view.hash, dict(view.written))
        await ana.send()
        view.content, view.hash, view.written = seen
        await ana.send()
        assert labels(ana) == LAST
        await ana.send()
        assert (await hours_of(company, ana))[0] == "Europe/Vienna"


async def test_who_finishes_by_typing_has_sent_it(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": "Vienna", "From when?": "07:00", "Until when?": "15:00"})
        await ana.send()
        await ana.type("resume")
        await company.settle()
        assert "Public holidays of which country?" in ana.messages()[-1], "the first part was answered in the window"
        for words in ("skip", "skip", "English"):
            await ana.type(words)
            await company.settle()
        assert KEPT in ana.messages()[-1]
        before = ana.messages()
        ana.write({"And of which region?": "9"})
        assert await ana.send() == {}
        await company.settle()
        assert (ana.window, ana.messages()) == (SENT, before)
        assert await hours_of(company, ana) == ("Europe/Vienna", "07:00", "15:00", "")


async def test_what_was_typed_meanwhile_is_not_lost(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        await ana.send()
        for words in ("resume", "back", "15:00"):
            await ana.type(words)
            await company.settle()
        assert await ana.send() == {}
        assert (await hours_of(company, ana))[2] == "15:00"


async def test_other_forms_that_open_meanwhile_take_nothing_away(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        [view] = company.slack.windows[ana.id]
        ana.write({"Your time zone": "Vienna"})
        await ana.shortcut("send_a_win")
        company.slack.windows[ana.id] = [view]
        await ana.send()
        await ana.shortcut("send_a_win")
        company.slack.windows[ana.id] = [view]
        assert await ana.send() == {}
        assert (await hours_of(company, ana))[0] == "Europe/Vienna"


async def test_a_window_that_has_changed_meanwhile_is_left_alone(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        await ana.send()
        ana.write({"And of which region?": "9"})
        [view] = company.slack.windows[ana.id]
        company.slack.faults["views.update"] = [Fault("hash_conflict")]
        payload = {**ana.interaction("block_actions"), **ana.in_window(view), "actions": [BACK]}
        assert (await company.slack.send_interaction(payload)).status_code == 200
        assert (labels(ana), stands(ana, "And of which region?")) == (LAST, "9")
        await ana.go_back()
        assert labels(ana) == FIRST


BACK = {"type": "button", "action_id": "back", "block_id": "b1", "text": {"type": "plain_text", "text": "Back"}}


async def test_with_the_database_away_each_part_stays_as_it_was_filled(database: sa.Engine) -> None:
    async with slack_company(database, MONDAY) as company:
        ana = await opened(company)
        ana.write({"Your time zone": "Vienna"})
        with away(database):
            assert NOT_SAVED in "".join((await ana.send()).values())
        assert (labels(ana), stands(ana, "Your time zone")) == (FIRST, "Vienna")
        await ana.send()
        [view] = company.slack.windows[ana.id]
        payload = {**ana.interaction("block_actions"), **ana.in_window(view), "actions": [BACK]}
        with away(database):
            assert NOT_SAVED in "".join((await ana.send()).values())
            answer = await company.slack.send_interaction(payload)
        assert answer.status_code == 503, "Slack marks the button"
        assert labels(ana) == LAST
        assert await ana.send() == {}
        assert (await hours_of(company, ana))[0] == "Europe/Vienna"


async def test_a_part_that_is_kept_slowly_leads_on_all_the_same(
    ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver
) -> None:
    receiver.script = lambda event: Answer(EVERYTHING)
    await ana.command("join")
    ana.write({"Format": "In a group"})
    assert "One moment" in await slowly(ana, hasty, receiver)
    assert "Part 2 of 2" in str(ana.window)
    ana.write({"How sure are you?": "4"})
    receiver.script = lambda event: (
        Answer(EVERYTHING, {"focus": "More precise?"}) if isinstance(event, Submitted) else Answer(EVERYTHING)
    )
    assert "One moment" in await slowly(ana, hasty, receiver)
    assert "Part 1 of 2" in str(ana.window)
    assert "More precise?" in str(ana.window)


async def slowly(ana: SlackUser, hasty: SlackEndpoint, receiver: ScriptedReceiver) -> str:
    """Send what is on the screen while the house is slow; return what stands there until it is done."""
    receiver.ready.clear()
    assert await ana.send() == {}
    meanwhile = str(ana.window)
    receiver.ready.set()
    await hasty.close()
    return meanwhile


def test_words_of_a_message_stand_once_in_the_part_that_takes_them(engine: Engine) -> None:
    notes = Field("notes", "Notes", FieldKind.LONG)
    form = Form("any.form", "s1", "Anything", (*(Field(f"f{n}", f"{n}?") for n in range(5)), notes))
    engine._tables.forms["any.form"] = FormFlow(lambda turn, subject: form, lambda turn, form, values: ())
    engine._tables.actions["any.open"] = lambda turn, press: (Show(form),)
    ana = Sender("slack", TEAM, "U1")
    engine.handle(Pressed((), ana, "any.open", "s1", quoted="What she said"))
    first = Filled((), ana, "any.form", "s1", {f"f{n}": "x" for n in range(3)}, begins=True)
    last = Filled((), ana, "any.form", "s1", {"f3": "", "f4": "", "notes": "What she said, and more"}, checked=False)
    shown = [engine.handle(event).show for event in (first, last, first)]
    assert [form.fields[-1].initial for form in shown if isinstance(form, Form)] == [
        *("What she said", "What she said, and more", "What she said, and more")
    ]


def test_what_was_finished_while_its_last_part_was_on_its_way_is_not_sent_again(engine: Engine) -> None:
    form = Form("any.form", "s1", "Anything", (Field("f0", "Whatever", required=False),))
    sent: list[Values] = []

    def submit(turn: Turn, form: Form, values: Values) -> Replies:
        sent.append(values)
        return ()

    engine._tables.forms["any.form"] = FormFlow(lambda turn, subject: form, submit)
    ana = Sender("slack", TEAM, "U1")
    engine.handle(Filled((), ana, "any.form", "s1", {"f0": "x"}, begins=True))
    whole = Submitted((), ana, "any.form", "s1", kept=True)
    first, second = engine.handle(whole), engine.handle(whole)
    assert (sent, first.show, second.show) == ([{"f0": "x"}], None, card(SENT))


# Any form, whatever is written into it

HOSTILE = (
    "<!channel> <@U0000001>",
    "&amp; & &lt;",
    "`code` *bold*",
    '"\\',
    "line\nline",
    "\x00",
    "😀",
    "\u202eright\u202c",
)

some = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=30), min_size=1, max_size=4).map(" ".join)
full = st.sampled_from((*HOSTILE, "word ")).map(lambda piece: (piece * 2000)[:1999].strip() + "x")
words = (some | full).filter(lambda said: said.replace(NUL, "").strip())
idents = st.text("abcdef0123456789", min_size=1, max_size=12)


@st.composite
def answered(draw: st.DrawFn, number: int) -> tuple[Field, Given]:
    """Draw a field and what somebody puts into it, as it is read on the screen."""
    kind = draw(st.sampled_from(FieldKind))
    values = draw(st.lists(idents, min_size=1, max_size=12, unique=True))
    options = tuple(Option(value, f"{n} {draw(words)[:60]}") for n, value in enumerate(values))
    several = st.lists(st.sampled_from(options), min_size=1, unique=True)
    answers: dict[FieldKind, st.SearchStrategy[Given]] = {
        FieldKind.DATE: st.dates().map(str),
        FieldKind.TIME: st.times().map(lambda time: f"{time:%H:%M}"),
        FieldKind.SCALE: st.integers(1, 5).map(str),
        FieldKind.CHOICE: st.sampled_from(options).map(lambda option: option.label),
        FieldKind.CHOICES: several.map(lambda chosen: tuple(one.label for one in options if one in chosen)),
        FieldKind.PERSON: st.just("U0000001"),
    }
    chosen = kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    required = draw(st.booleans())
    field = Field(f"f{number}", f"{number} {draw(words)[:500]}", kind, options if chosen else (), required)
    left_out: st.SearchStrategy[Given] = st.just(() if kind is FieldKind.CHOICES else "")
    given = answers.get(kind, words)
    return field, draw(given if required else given | left_out)


@settings(
    suppress_health_check=[*HealthCheck], deadline=None, max_examples=40, phases=[Phase.explicit, Phase.generate]
)
@given(data=st.data())
async def test_any_form_is_sent_as_if_it_had_been_whole(
    slack: FakeSlack, endpoint: SlackEndpoint, receiver: ScriptedReceiver, engine: Engine, data: st.DataObject
) -> None:
    ana = SlackUser.joining(slack, "Ana Lima")
    asked = [data.draw(answered(number)) for number in range(data.draw(st.integers(6, 16)))]
    form = Form("any.form", data.draw(idents), "Anything", tuple(field for field, _ in asked), data.draw(some))
    taken: list[Values] = []

    def submit(turn: Turn, form: Form, values: Values) -> Replies:
        taken.append(values)
        return ()

    engine._tables.forms["any.form"] = FormFlow(lambda turn, subject: form, submit)
    receiver.script = lambda event: Answer(form) if isinstance(event, Typed) else engine.handle(event)
    await ana.command("anything")
    values = {shortened(field.label, LABEL): given for field, given in asked}
    ways = data.draw(st.lists(st.booleans(), max_size=8))
    while ana.form is not None:
        ana.write({label: values.pop(label) for label in ana.form.labels if label in values})
        if ways and not ways.pop() and ana.is_behind_another_part:
            await ana.go_back()
        else:
            assert await ana.send() == {}
    [sent] = taken
    expected = form.clean({field.name: meant(field, given) for field, given in asked})
    assert sent == expected


def meant(field: Field, given: Given) -> Given:
    """Return what an answer is: itself without what no database holds, or the option of its label."""
    value_of = {option.label: option.value for option in field.options}
    if isinstance(given, str):
        return value_of.get(given, given.replace(NUL, ""))
    return tuple(value_of[label] for label in given)


@pytest.fixture
def engine(database: sa.Engine, clock: HandClock) -> Engine:
    return Engine(SqlStore(database, Sealer([KEY])), clock)
