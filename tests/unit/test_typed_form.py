"""A form answered by typing ends with the same answers as the form sent in at once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import translator
from bot.messages import Field, FieldKind, Form, Option, Values
from bot.ports import Draft
from bot.typed_form import AUDIENCE, Ask, Done, Left, answer, in_turn, question, shown

NOW = datetime(2027, 3, 15, 9, tzinfo=UTC)
T = translator("en")
OPTIONS = (Option("me", "Only me"), Option("pair", "Share with Ben"), Option("all", "Everybody"))
WORDS = {"cancel", "back", "skip", "help", "resume"}

texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40).filter(
    lambda text: text.strip().casefold() not in WORDS
)
ANSWERS: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.SHORT: texts,
    FieldKind.LONG: texts,
    FieldKind.CHOICE: st.sampled_from([option.value for option in OPTIONS]),
    FieldKind.SCALE: st.sampled_from("12345"),
    FieldKind.DATE: st.dates(NOW.date(), datetime(2030, 12, 31, tzinfo=UTC).date()).map(str),
    FieldKind.TIME: st.times().map(lambda moment: f"{moment:%H:%M}"),
    FieldKind.CHOICES: st.lists(st.sampled_from([option.value for option in OPTIONS]), min_size=1, unique=True).map(
        tuple
    ),
}


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, str | tuple[str, ...]]]:
    kinds = draw(st.lists(st.sampled_from(list(ANSWERS)), min_size=1, max_size=5))
    fields = tuple(
        Field(f"f{n}", f"Question {n}", kind, OPTIONS if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ())
        for n, kind in enumerate(kinds)
    )
    values: dict[str, str | tuple[str, ...]] = {field.name: draw(ANSWERS[field.kind]) for field in fields}
    if draw(st.booleans()):
        place = draw(st.integers(0, len(fields)))
        asks = Field(AUDIENCE, "Who may read this?", FieldKind.CHOICE, OPTIONS, initial="me")
        fields = (*fields[:place], asks, *fields[place:])
        values[AUDIENCE] = draw(ANSWERS[FieldKind.CHOICE])
    return Form("a.form", "subject", "Title", fields, shared_with=draw(st.sampled_from(["", "Ben"]))), values


def typed(form: Form, values: Values, *, read_back: bool = False) -> Values:
    draft = draft_of(form)
    for field in in_turn(form):
        value = values[field.name]
        said = ", ".join(value) if isinstance(value, tuple) else value
        heard = answer(form, draft, said, NOW, "UTC", T, read_back=read_back)
    if isinstance(heard, Ask):
        heard = answer(form, draft, str(values.get(AUDIENCE, "send")), NOW, "UTC", T)
    assert isinstance(heard, Done)
    return heard.values


def draft_of(form: Form) -> Draft:
    return Draft("d", "o", "a", form.name, form.subject, form.rev)


@given(filled(), st.booleans())
def test_typed_and_submitted_answers_are_equal(case: tuple[Form, Values], read_back: bool) -> None:
    form, values = case
    assert typed(form, values, read_back=read_back) == form.clean(values)
    assert form.check(typed(form, values), T) == {}


@given(
    filled(),
    st.lists(st.sampled_from(["back", "skip", "help", "resume", "send", "nonsense", ""]) | st.text(), max_size=20),
)
def test_whatever_is_typed_the_form_stands_at_a_question_or_ends_with_answers_that_can_be_taken(
    case: tuple[Form, Values], said: list[str]
) -> None:
    form, _ = case
    draft = draft_of(form)
    for text in said:
        heard = answer(form, draft, text, NOW, "Europe/Berlin", T)
        if isinstance(heard, Done):
            assert form.check(heard.values, T) == {}
            return
        assert 0 <= draft.position <= len(in_turn(form))


@pytest.mark.parametrize(
    ("said", "kind", "meant"),
    [
        ("Thursday", FieldKind.DATE, "2027-03-18"),
        ("16.3.2027", FieldKind.DATE, "2027-03-16"),
        ("morgen", FieldKind.DATE, "2027-03-16"),
        ("3pm", FieldKind.TIME, "15:00"),
        ("14:30", FieldKind.TIME, "14:30"),
    ],
)
def test_dates_and_hours_in_words(said: str, kind: FieldKind, meant: str) -> None:
    form = Form("a.form", "s", "Title", (Field("f", "When?", kind),))
    assert typed(form, {"f": said}) == {"f": meant}


def test_what_makes_no_sense_is_asked_again_and_nothing_moves_on() -> None:
    form = Form("a.form", "s", "Title", (Field("f", "When?", FieldKind.DATE),))
    draft = draft_of(form)
    heard = answer(form, draft, "whenever", NOW, "UTC", T)
    assert isinstance(heard, Ask)
    assert "Please give a date" in heard.section.text
    assert draft.position == 0


def test_words_about_the_form() -> None:
    form = Form(
        "a.form", "s", "Title", (Field("a", "First?"), Field("b", "Second?", initial="kept"), Field("c", "C?"))
    )
    draft = draft_of(form)
    answer(form, draft, "one", NOW, "UTC", T)
    answer(form, draft, "skip", NOW, "UTC", T)
    assert draft.values == {"a": "one", "b": "kept"}
    heard = answer(form, draft, "skip", NOW, "UTC", T)
    assert isinstance(heard, Ask), "a required question without an answer cannot be skipped"
    answer(form, draft, "back", NOW, "UTC", T)
    assert draft.position == 1
    assert isinstance(answer(form, draft, "cancel", NOW, "UTC", T), Left)


def test_what_the_partner_will_see_is_read_back_as_people_read_it() -> None:
    form = Form("a.form", "s", "Title", (Field("a", "Who?", FieldKind.CHOICE, OPTIONS),), shared_with="Ben")
    draft = draft_of(form)
    heard = answer(form, draft, "2", NOW, "UTC", T)
    assert isinstance(heard, Ask)
    assert [quote.words for quote in heard.section.quotes] == ["Share with Ben"]
    assert shown(form.fields[0], "all", T) == "Everybody"
    assert [button.label for button in heard.section.buttons] == ["Send", "Back"]
    assert "Who?" in question(form, draft_of(form), T).section.text


def test_a_day_is_said_back_with_its_name() -> None:
    form = Form("a.form", "s", "Title", (Field("day", "When?", FieldKind.DATE),), shared_with="Ben")
    heard = answer(form, draft_of(form), "next Tuesday", NOW, "UTC", T)
    assert isinstance(heard, Ask)
    assert [quote.words for quote in heard.section.quotes] == ["Tue, Mar 16, 2027"]


AUDIENCE_FIELD = Field(AUDIENCE, "Who may read this?", FieldKind.CHOICE, OPTIONS, initial="me")


@pytest.mark.parametrize(
    ("said", "meant"), [("Share with Ben", "pair"), ("only me", "me"), ("2", "pair"), ("send", "me")]
)
def test_who_may_read_it_is_asked_last_when_all_was_read_back(said: str, meant: str) -> None:
    form = Form("a.form", "s", "Title", (AUDIENCE_FIELD, Field("a", "First?")), shared_with="Ben")
    draft = draft_of(form)
    heard = answer(form, draft, "a thought", NOW, "UTC", T)
    assert isinstance(heard, Ask)
    assert [button.label for button in heard.section.buttons] == ["Only me", "Share with Ben", "Everybody", "Back"]
    assert answer(form, draft, said, NOW, "UTC", T) == Done({"a": "a thought", AUDIENCE: meant})


def test_an_audience_that_makes_no_sense_is_asked_again_and_nothing_is_shared() -> None:
    form = Form("a.form", "s", "Title", (Field("a", "First?"), AUDIENCE_FIELD), shared_with="Ben")
    draft = draft_of(form)
    answer(form, draft, "a thought", NOW, "UTC", T)
    heard = answer(form, draft, "my cat", NOW, "UTC", T)
    assert isinstance(heard, Ask)
    assert "Please choose one of the options." in heard.section.text


def test_what_nobody_else_will_see_is_read_back_only_where_it_may_have_been_meant_otherwise() -> None:
    form = Form("a.form", "s", "Title", (Field("a", "First?"),))
    assert answer(form, draft_of(form), "status", NOW, "UTC", T) == Done({"a": "status"})
    assert isinstance(answer(form, draft_of(form), "status", NOW, "UTC", T, read_back=True), Ask)


def test_a_question_and_its_hint_are_two_lines() -> None:
    form = Form("a.form", "", "Title", (Field("topics", "Topics, one a line", hint="Two or three are plenty."),))
    asked = question(form, draft_of(form), T, "Please fill this in.").section.text
    assert asked == "Please fill this in. Topics, one a line\nTwo or three are plenty."
