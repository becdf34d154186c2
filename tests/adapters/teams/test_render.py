"""Cards and dialogs keep to what Teams takes, lose nothing, and show people's words as they were typed."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.teams import payload
from adapters.teams.forms import dialog, form_page
from adapters.teams.limits import MESSAGE_BYTES, PRIMARY_ACTIONS
from adapters.teams.render import Page, pages
from adapters.teams.send import message
from adapters.teams.text import INVISIBLE, pieces, size
from bot.form_parts import parts
from bot.language import translator
from bot.messages import (
    Button,
    Card,
    Fact,
    Field,
    FieldKind,
    Form,
    Link,
    Option,
    Quote,
    Section,
    Sender,
    Submitted,
    card,
)
from tests.adapters.teams.reading import on_screen, read, seen, turn
from tests.adapters.teams.rendered import keep
from tests.adapters.teams.strategies import HOSTILE, cards, forms

Json = dict[str, Any]

ENVELOPE = 2 * 1024
"""What addresses add to a message, in bytes of UTF-16."""
MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
SENDER = Sender("teams", "t", "u")
say = translator("en")
numbers = count()


def as_activity(page: Page) -> Json:
    """The message as it goes to Teams, without its address."""
    activity: Json = message(page).serialize()
    return activity


def action_sets(node: object) -> Iterator[list[Json]]:
    if isinstance(node, dict):
        if isinstance(node.get("actions"), list):
            yield node["actions"]
        for part in node.values():
            yield from action_sets(part)
    elif isinstance(node, list):
        for part in node:
            yield from action_sets(part)


def expected(card: Card) -> Iterator[str]:
    for section in card.sections:
        yield from (section.title, section.text)
        yield from (f"{fact.label}: {fact.value}" for fact in section.facts)
        for quote in section.quotes:
            yield from (quote.asked, quote.words, quote.by)
    yield card.note


@MANY
@given(cards)
def test_any_card_fits_and_says_everything(said: Card) -> None:
    rendered = pages(said, "d1")
    read_pages = [read(page.content) for page in rendered]
    for page in rendered:
        activity = as_activity(page)
        keep("any-card", activity, next(numbers) % 300)
        assert size(activity) + ENVELOPE <= MESSAGE_BYTES
    assert "".join(line for reading in read_pages for line in reading.lines) == "".join(expected(said))
    offered: list[Button | Link] = []
    for section in said.sections:
        offered += [*section.buttons, *section.links]
    offered += said.footer
    for action, part in zip([found for reading in read_pages for found in reading.actions], offered, strict=True):
        assert action["title"] == part.label
        if isinstance(part, Link):
            assert (action["type"], action["url"]) == ("Action.OpenUrl", part.url)
        else:
            assert action["data"].items() >= payload.of_button(part, "d1").items()
    for together in (actions for page in rendered for actions in action_sets(page.content)):
        assert sum(action.get("mode") != "secondary" for action in together) <= PRIMARY_ACTIONS


@MANY
@given(forms())
def test_any_form_fits_and_brings_back_what_stands_in_it(form: Form) -> None:
    errors = {field.name: f"wrong: {field.label}" for field in form.fields[::2]}
    body = dialog(form, say, errors)
    in_chat = form_page(form, say, errors)
    number = next(numbers) % 300
    keep("any-dialog", body, number)
    keep("any-form", as_activity(in_chat), number)
    assert size(body) <= MESSAGE_BYTES
    assert size(as_activity(in_chat)) + ENVELOPE <= MESSAGE_BYTES
    for content in (body["task"]["value"]["card"]["content"], in_chat.content):
        reading = read(content)
        assert reading.labels == tuple(field.label for field in form.fields)
        assert reading.errors == {field.label: f"wrong: {field.label}" for field in form.fields[::2]}
        assert all(field.hint in reading.lines for field in form.fields if field.hint)
        assert form.intro in reading.lines
        *turning, send = reading.actions
        assert {action["type"] for action in turning} <= {"Action.ToggleVisibility"}
        assert send["title"] == form.submit
        filled = {entry["id"]: entry["value"] for entry in reading.inputs}
        event = payload.event({**send["data"], **filled}, (), SENDER)
        assert isinstance(event, Submitted)
        assert (event.form, event.subject, event.rev) == (form.name, form.subject, form.rev)
        assert event.values == {field.name: field.initial for field in form.fields}


@pytest.mark.parametrize("words", HOSTILE)
def test_peoples_words_appear_as_typed_wherever_they_stand(words: str) -> None:
    said = Card(
        (
            Section(
                words,
                title=words,
                facts=(Fact("Mentor", words),),
                quotes=(Quote(words, words),),
                buttons=(Button(words, "a", "s"),),
            ),
        ),
        note=words,
    )
    (page,) = pages(said)
    assert read(page.content).lines == [words, words, f"Mentor: {words}", words, words, words]
    assert read(page.content).actions[0]["title"] == words
    keep("hostile", as_activity(page))


def test_the_reader_of_these_tests_would_notice_words_that_are_not_as_typed() -> None:
    for words in ("<at>Ana</at>", "<b>x</b>", "{{DATE(2027-03-15T08:00:00Z)}}"):
        assert seen(words) != words


def test_a_long_text_is_cut_after_a_space_and_nothing_is_lost() -> None:
    text = "word " * 2500 + "x" * 5000
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert cut[0].endswith("word ")
    assert list(pieces("")) == []


def test_a_message_is_told_by_its_summary_alone_and_read_out_by_its_text() -> None:
    said = card("You meet Ben on Tuesday.", title="Soon", quotes=(Quote("How do I say no?", "Ana"),))
    activity = as_activity(pages(said)[0])
    assert activity["summary"] == "About your mentoring"
    assert "text" not in activity
    content = activity["attachments"][0]["content"]
    assert content["version"] == "1.5"
    assert content["speak"] == content["fallbackText"] == "Soon You meet Ben on Tuesday. How do I say no? Ana"


def test_an_empty_card_is_still_a_card() -> None:
    (page,) = pages(Card(()))
    assert page.content["body"] == []
    assert page.content["speak"] == "About your mentoring"


def test_buttons_act_in_place_and_have_a_fallback_and_those_for_forms_open_dialogs() -> None:
    (page,) = pages(
        card("Did you meet?", Button("Yes", "held", "m1"), Button("Reflect", "reflect", "m1", opens=True))
    )
    yes, reflect = read(page.content).actions
    assert (yes["type"], yes["verb"], yes["fallback"]["type"]) == ("Action.Execute", "held", "Action.Submit")
    assert yes["fallback"]["data"] == yes["data"]
    assert (reflect["type"], reflect["data"]["msteams"]) == ("Action.Submit", {"type": "task/fetch"})


def test_a_link_opens_in_the_browser_from_a_message_and_from_a_dialog() -> None:
    said = card(
        "Booked.", Button("Move it", "move", "m1"), links=(Link("Add to my calendar", "https://x.example/l/1"),)
    )
    for in_dialog in (False, True):
        (page,) = pages(said, "", in_dialog)
        keep("link", as_activity(page))
        assert read(page.content).actions[1] == {
            "type": "Action.OpenUrl",
            "title": "Add to my calendar",
            "url": "https://x.example/l/1",
        }


def test_in_a_dialog_every_button_is_one_that_a_dialog_takes() -> None:
    (page,) = pages(
        card("Did you meet?", Button("Yes", "held", "m1"), Button("Go", "go", "m1", opens=True)), "", True
    )
    for action in read(page.content).actions:
        assert action["type"] == "Action.Submit"
        assert "msteams" not in action["data"]


def test_too_many_buttons_wait_in_the_overflow_menu() -> None:
    (page,) = pages(card("Which?", *(Button(f"Topic {n}", "pick", str(n)) for n in range(9))))
    (actions,) = [found for found in action_sets(page.content) if found]
    assert [action.get("mode") for action in actions] == [None] * 6 + ["secondary"] * 3


EVERY_KIND = Form(
    "reflection.answers",
    "m1",
    "After your meeting",
    (
        Field("topic", "Topic", max_length=100),
        Field("notes", "Notes", FieldKind.LONG, required=False, hint="Only you see this."),
        Field("mood", "How was it?", FieldKind.SCALE),
        Field("next", "What next?", FieldKind.CHOICE, (Option("meet", "Meet again"), Option("rest", "A break"))),
        Field("goals", "Which goals?", FieldKind.CHOICES, (Option("a,b", "Speak up"), Option("c", "Say no"))),
        Field("day", "Day", FieldKind.DATE, initial="2027-03-16"),
        Field("hour", "Hour", FieldKind.TIME, initial="14:30"),
        Field("who", "Who helped?", FieldKind.PERSON, required=False),
    ),
    intro="Two minutes.",
)


def test_every_kind_of_field_has_an_input_of_its_kind() -> None:
    body = dialog(EVERY_KIND, say)
    keep("every-kind", body)
    inputs = {seen(entry["label"]): entry for entry in read(body["task"]["value"]["card"]["content"]).inputs}
    kinds = {label: entry["type"] for label, entry in inputs.items()}
    assert kinds == {
        "Topic": "Input.Text",
        "Notes": "Input.Text",
        "How was it?": "Input.ChoiceSet",
        "What next?": "Input.ChoiceSet",
        "Which goals?": "Input.ChoiceSet",
        "Day": "Input.Date",
        "Hour": "Input.Time",
        "Who helped?": "Input.ChoiceSet",
    }
    assert inputs["Notes"]["isMultiline"]
    assert not inputs["Notes"]["isRequired"]
    assert [choice["title"] for choice in inputs["How was it?"]["choices"]] == ["1", "2", "3", "4", "5"]
    assert inputs["Which goals?"]["isMultiSelect"]
    assert not any("," in choice["value"] for choice in inputs["Which goals?"]["choices"]), "Teams joins by commas"
    assert inputs["Who helped?"]["choices.data"]["dataset"] == "graph.microsoft.com/users"
    assert (inputs["Day"]["value"], inputs["Hour"]["value"]) == ("2027-03-16", "14:30")
    assert all(entry["errorMessage"] for entry in inputs.values())


def test_what_is_wrong_stands_under_its_field_and_what_belongs_to_none_on_top() -> None:
    body = dialog(EVERY_KIND, say, {"day": "That day is over.", "gone": "This form has changed."})
    content = body["task"]["value"]["card"]["content"]
    assert read(content).errors == {"": "This form has changed.", "Day": "That day is over."}
    (part,) = (element for element in content["body"] if element.get("isVisible"))
    types = [element["type"] for element in part["items"]]
    assert types[types.index("Input.Date") + 1] == "RichTextBlock"


def test_a_long_form_comes_in_parts_that_one_turns_without_losing_anything() -> None:
    card = dialog(EVERY_KIND, say)["task"]["value"]["card"]["content"]
    keep("in-parts", as_activity(form_page(EVERY_KIND, say)))
    first, second = [field.label for field in EVERY_KIND.fields[:4]], [field.label for field in EVERY_KIND.fields[4:]]
    assert list(on_screen(card).labels) == first
    assert [action["title"] for action in on_screen(card).actions] == ["Next part"]
    assert "Part 1 of 2" in on_screen(card).lines
    turn(card, on_screen(card).actions[0])
    assert list(on_screen(card).labels) == second
    back, send = on_screen(card).actions
    assert (back["title"], send["title"], send["type"]) == ("Back", EVERY_KIND.submit, "Action.Submit")
    turn(card, back)
    assert list(on_screen(card).labels) == first
    assert not any(entry["isRequired"] for entry in read(card).inputs), "nobody could see why it is not sent"


@pytest.mark.parametrize(("wrong", "seen"), [(("day",), "Day"), (("notes", "day"), "Topic"), (("gone",), "Topic")])
def test_what_is_wrong_leads_to_its_part(wrong: tuple[str, ...], seen: str) -> None:
    card = dialog(EVERY_KIND, say, dict.fromkeys(wrong, "Not so."))["task"]["value"]["card"]["content"]
    assert seen in on_screen(card).labels
    assert on_screen(card).errors, "it can be seen"


def test_parts_are_short_and_about_as_long_as_each_other() -> None:
    def lengths(count: int) -> list[int]:
        return [len(part) for part in parts([Field(f"f{number}", "?") for number in range(count)])]

    assert [lengths(count) for count in (0, 1, 5, 6, 7, 8, 11)] == [[0], [1], [5], [3, 3], [4, 3], [4, 4], [4, 3, 4]]


def test_words_are_told_in_the_readers_language_where_they_are_ours() -> None:
    def shout(sentence: str) -> str:
        return sentence if "{" in sentence else sentence.upper()

    inputs = read(dialog(EVERY_KIND, shout)["task"]["value"]["card"]["content"]).inputs
    assert {entry["errorMessage"] for entry in inputs} == {"PLEASE FILL THIS IN."}
    assert form_page(EVERY_KIND, shout).summary == "ABOUT YOUR MENTORING"


def test_only_what_would_be_read_as_something_else_is_touched() -> None:
    (page,) = pages(card("1 < 2 and a_b *c* {x} & <3"))
    text = page.content["body"][0]["inlines"][0]["text"]
    assert INVISIBLE not in text


def test_labels_that_do_not_fit_beside_each_other_stand_below() -> None:
    labels = ("Hours, zone, language", "What I keep about you", "All that you can type", "Fewer")
    (page,) = pages(card("Your settings", *(Button(label, "typed.run", "") for label in labels)))
    rows = [[action["title"] for action in row] for row in action_sets(page.content) if row]
    assert rows == [list(labels[:2]), list(labels[2:])]
