"""Cards and forms as Slack shows them: within its limits, nothing lost, and people's words as they typed them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.carried import Carried
from adapters.slack.render import messages
from adapters.slack.windows import card_window, form_window, line_window, problems_window
from bot.form_parts import parts
from bot.messages import Button, Card, Fact, Field, FieldKind, Form, Link, Option, Quote, Section
from tests.adapters.slack.reading import buttons_of, keep, links_of, read
from tests.adapters.slack.rules import faults_of_message, faults_of_window, offered
from tests.adapters.slack.sample import BRIEF, ENGLISH, EVERYTHING

Json = dict[str, Any]

HOSTILE = (
    "<!channel> <@U0000001>",
    "<https://x.example|click>",
    "&amp; & &lt;",
    "`code` *bold* :smile:",
    '"\\',
    "\n",
    "\x00",
    "😀",
)

some = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), max_size=6).map(" ".join)
full = st.builds(
    lambda part, times: (part * times)[:4000], st.sampled_from([*HOSTILE, "word "]), st.integers(1, 4000)
)
words = some | full
label = st.text(min_size=1, max_size=120).filter(str.strip)
ident = st.text("abcdef0123456789", min_size=1, max_size=32)

button = st.builds(
    Button,
    label,
    st.sampled_from(["agenda.topic", "meeting.move", "home.fewer"]),
    ident,
    ident,
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from(["", "primary", "danger", "quiet"]),
)
link = st.builds(Link, label, ident.map("https://bot.example/l/{}".format))
section = st.builds(
    Section,
    words,
    title=some,
    facts=st.lists(st.builds(Fact, label, words), max_size=3).map(tuple),
    quotes=st.lists(st.builds(Quote, words, some), max_size=4).map(tuple),
    buttons=st.lists(button, max_size=30).map(tuple),
    links=st.lists(link, max_size=3).map(tuple),
)
cards = st.builds(
    Card,
    st.lists(section, max_size=5).map(tuple),
    note=words,
    footer=st.lists(button, max_size=3).map(tuple),
)


@given(cards)
@settings(deadline=None)
def test_any_card_is_taken_by_slack_and_loses_nothing(card: Card) -> None:
    sent = messages(card, "d1")
    assert [faults for message in sent if (faults := faults_of_message(message))] == []
    blocks = [block for message in sent for block in message["blocks"][1:]]
    assert "".join(spans(blocks)) == "".join(expected(card))
    shown = [
        json.loads(button["value"]) | {"a": button["action_id"].partition("#")[0]} for _, button in buttons_of(blocks)
    ]
    assert [(button["a"], button["s"], button["v"], button["d"]) for button in shown] == [
        (button.action, button.subject, button.value, "d1") for button in card.buttons
    ]
    links = [link for section in card.sections for link in section.links]
    assert [url for _, url in links_of(blocks)] == [link.url for link in links]


def expected(card: Card) -> Iterator[str]:
    for section in card.sections:
        yield section.title + section.text
        yield from (f"{fact.label}: {fact.value}" for fact in section.facts)
        yield from ((f"{quote.by}:" if quote.by else "") + quote.asked + quote.words for quote in section.quotes)
    yield card.note


def spans(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "context":
                yield from (element["text"] for element in block["elements"])
            case "rich_text":
                yield from (span["text"] for part in block["elements"] for span in part["elements"])


@given(cards)
@settings(deadline=None)
def test_a_notification_says_the_summary_and_nothing_else(card: Card) -> None:
    for message in messages(card):
        assert message["text"] == "About your mentoring"
        assert read(message["blocks"][:1]) == "About your mentoring"


options = st.lists(ident, min_size=1, max_size=230, unique=True).flatmap(
    lambda values: st.lists(
        st.text(min_size=1, max_size=75).filter(str.strip), min_size=len(values), max_size=len(values)
    ).map(lambda labels: tuple(Option(*pair) for pair in zip(values, labels, strict=True)))
)
few = st.lists(ident, min_size=1, max_size=12, unique=True).map(
    lambda ids: tuple(Option(i, f"Option {i}") for i in ids)
)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(FieldKind))
    choices = draw(few | options) if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
    values = st.sampled_from([option.value for option in choices] or [""])
    initial = {
        FieldKind.SHORT: words.map(lambda text: text[:3000]),
        FieldKind.LONG: words.map(lambda text: text[:3000]),
        FieldKind.CHOICE: values,
        FieldKind.CHOICES: st.lists(values, unique=True, max_size=5).map(tuple),
        FieldKind.DATE: st.dates().map(str),
        FieldKind.TIME: st.times().map("{:%H:%M}".format),
        FieldKind.SCALE: st.sampled_from("12345"),
        FieldKind.PERSON: st.just("U0000001"),
    }[kind]
    return Field(
        draw(ident),
        draw(label | full),
        kind,
        choices,
        draw(st.booleans()),
        draw(st.integers(1, 5000)),
        draw(words),
        draw(st.just("") | initial),
    )


forms = st.builds(
    Form,
    st.just("agenda.topic"),
    ident,
    label,
    st.lists(fields(), min_size=1, max_size=8, unique_by=lambda field: field.name).map(tuple),
    words,
    label,
    st.integers(0, 99),
)


@given(forms)
@settings(deadline=None)
def test_any_form_is_taken_by_slack_and_loses_nothing(form: Form) -> None:
    groups = parts(form.fields)
    for part, shown in enumerate(groups):
        view = form_window(form, ENGLISH, part)
        assert faults_of_window(view) == []
        assert view["callback_id"] == form.name
        count = len(groups) if len(groups) > 1 else 0
        carried = Carried(form.subject, rev=form.rev, part=part, parts=count)
        assert Carried.unpacked(view["private_metadata"]) == carried
        above = "".join(spans(view["blocks"]))
        assert form.intro in above
        assert form.title in (view["title"]["text"], above[: len(form.title)])
        says_all_of(view, shown, above)


def says_all_of(view: Json, shown: Sequence[Field], above: str) -> None:
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert list(inputs) == [field.name for field in shown]
    for field in shown:
        block = inputs[field.name]
        assert block["label"]["text"] == field.label or field.label in above
        assert block.get("hint", {"text": ""})["text"] == field.hint or field.hint in above
        assert block["optional"] != field.required
        assert sorted(prefilled(block["element"])) == sorted(field.initial)
        offers = [(option["value"], option["text"]["text"]) for option in offered(block["element"])]
        if field.options:
            assert offers == [(option.value, option.label) for option in field.options]


def prefilled(element: Json) -> str | tuple[str, ...]:
    if "initial_options" in element:
        return tuple(option["value"] for option in element["initial_options"])
    for key in ("initial_value", "initial_date", "initial_time", "initial_user"):
        if key in element:
            return str(element[key])
    return str(element.get("initial_option", {"value": ""})["value"])


@given(some, words)
@settings(deadline=None)
def test_what_a_button_carries_comes_back(subject: str, value: str) -> None:
    carried = Carried(subject, value, 7, "d1", True)
    assert Carried.unpacked(carried.packed()) == carried


# By example


def test_the_brief_reads_as_it_was_written() -> None:
    [message] = messages(BRIEF, "d1")
    keep(message)
    assert read(message["blocks"]).splitlines() == [
        "About your mentoring",
        "Your next meeting",
        "You meet Ben tomorrow at 14:00.",
        "Where: Room 4 & <online>",
        "Open actions: 2",
        "Ana:",
        "How do I say no?",
        "<!channel> `rm` & *bold* <https://x.example|click>",
        "One action is open.",
        "Two working days before each meeting I ask for topics.",
    ]
    first = next(block for block in message["blocks"] if block["type"] == "actions")
    ids = [button["action_id"] for button in first["elements"]]
    assert ids == ["agenda.topic", "meeting.move", "meeting.move#2", "link#1"]
    assert links_of(message["blocks"]) == [("Add to my calendar", "https://bot.example/l/abc-_1")]
    assert json.loads(first["elements"][0]["value"]) == {"s": "m1", "r": 3, "d": "d1", "o": 1}


def test_our_own_words_are_shortened_where_all_can_see_it() -> None:
    long = Card((Section("x", buttons=(Button("Yes, " * 30, "a.b", "s"),)),), summary="<b> & " + "x" * 3000)
    [message] = messages(long)
    keep(message)
    assert faults_of_message(message) == []
    assert message["text"].startswith("&lt;b&gt; &amp; x")
    [(_, button)] = buttons_of(message["blocks"])
    assert len(button["text"]["text"]) == 75
    assert button["text"]["text"].endswith("…")


@pytest.mark.parametrize(
    "view",
    [
        form_window(EVERYTHING, ENGLISH),
        card_window(BRIEF, "Your next meeting with Ben Ode"),
        line_window("One moment.", "Add a topic"),
        problems_window({"Your focus": "Please be more precise."}, "About you"),
    ],
    ids=["form", "card", "line", "problems"],
)
def test_each_window_is_taken_by_slack(view: Json) -> None:
    keep(view)
    assert faults_of_window(view) == []


@pytest.mark.parametrize(
    ("kind", "count", "required", "element"),
    [
        (FieldKind.CHOICE, 10, True, "radio_buttons"),
        (FieldKind.CHOICE, 11, True, "static_select"),
        (FieldKind.CHOICE, 2, False, "static_select"),
        (FieldKind.SCALE, 0, True, "radio_buttons"),
        (FieldKind.SCALE, 0, False, "static_select"),
        (FieldKind.CHOICES, 10, False, "checkboxes"),
        (FieldKind.CHOICES, 11, False, "multi_static_select"),
    ],
)
def test_a_choice_shows_all_at_once_where_that_fits_and_can_be_cleared_where_it_may(
    kind: FieldKind, count: int, required: bool, element: str
) -> None:
    offers = tuple(Option(str(n), f"Option {n}") for n in range(count))
    view = form_window(Form("a.b", "s", "Title", (Field("x", "X", kind, offers, required),)), ENGLISH)
    assert view["blocks"][0]["element"]["type"] == element
    assert faults_of_window(view) == []


def test_a_card_that_is_too_long_for_a_window_says_so() -> None:
    view = card_window(Card(tuple(Section(f"Line {n}") for n in range(80))), "All of it")
    keep(view)
    assert faults_of_window(view) == []
    assert read(view["blocks"]).splitlines()[-1] == "…"


def test_a_card_of_many_short_sections_goes_on_in_a_second_message() -> None:
    sections = tuple(Section(f"Line {n}") for n in range(40))
    sent = messages(Card(sections))
    assert [faults_of_message(message) for message in sent] == [[], []]
    assert len(sent[0]["blocks"]) == 50
    assert read(sent[1]["blocks"]).splitlines()[-1] == "Line 39"


def test_the_longest_of_everything_is_taken() -> None:
    most = Card(
        tuple(Section('"<&' * 1000, title="x" * 300, quotes=(Quote("\n\x01" * 1000, "Ana"),)) for _ in range(9)),
        note="&" * 5000,
        footer=tuple(Button("y" * 99, "a.b", "s" * 32, "v" * 32, 1) for _ in range(60)),
    )
    for message in messages(most, "d" * 32):
        keep(message)
        assert faults_of_message(message) == []
