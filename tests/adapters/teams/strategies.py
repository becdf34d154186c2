"""Cards and forms as nobody would write them: hostile words, full length, many of everything."""

from hypothesis import strategies as st

from bot.messages import Button, Card, Fact, Field, FieldKind, Form, Link, Option, Quote, Section

HOSTILE = (
    "<at>Ana</at>",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "</p><br/>",
    "**bold** _it_ ~~gone~~ `code`",
    "# title\n- one\n1. two\n> said",
    "[link](https://example.com) ![x](y)",
    "| a | b |\n|---|---|",
    "{{DATE(2027-03-15T08:00:00Z,SHORT)}} {{TIME(2027-03-15T08:00:00Z)}} {{{",
    "${name} $(x) {0} %s",
    "quotes \" ' \\ \\n &amp; &lt;b&gt;",
    "line\nline\n\n  indented",
    "😀 ünï \u202eright to left\u202c Ⓐ",
    "@everyone <@29:ana> a<b && c>d",
    "=cmd|' /C calc'!A0",
)

some = (
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), min_size=1, max_size=3)
    .map(" ".join)
    .map(lambda text: text.replace("\u200b", ""))
    .filter(str.strip)
)
full = st.sampled_from(HOSTILE).map(lambda piece: ((piece + " ") * 2000)[:2000])
endless = st.sampled_from((*HOSTILE, "x", "\x01")).map(lambda piece: (piece * 9000)[:9000])
words = st.one_of(some, full)
labels = some.map(lambda text: text[:75]).filter(str.strip)
ids = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=36)
buttons = st.builds(Button, labels, ids, ids, ids, st.integers(0, 9), st.booleans(), st.sampled_from(("", "primary")))
links = st.builds(Link, labels, ids.map("https://bot.example/l/{}".format))
sections = st.builds(
    Section,
    st.one_of(words, endless),
    title=labels,
    facts=st.lists(st.builds(Fact, labels, words), max_size=3).map(tuple),
    quotes=st.lists(st.builds(Quote, st.one_of(words, endless), labels), max_size=4).map(tuple),
    buttons=st.lists(buttons, max_size=15).map(tuple),
    links=st.lists(links, max_size=3).map(tuple),
)
cards = st.builds(
    Card,
    st.lists(sections, max_size=5).map(tuple),
    note=some,
    footer=st.lists(buttons, max_size=3).map(tuple),
    summary=labels,
)


@st.composite
def fields(draw: st.DrawFn, number: int) -> Field:
    """Draw a field that has an answer of its kind already; its number keeps it apart from others."""
    kind = draw(st.sampled_from(FieldKind))
    values = draw(st.lists(words.map(lambda text: text[:40]).filter(str.strip), min_size=1, max_size=9, unique=True))
    options = tuple(Option(value, f"{n} {draw(labels)}"[:75]) for n, value in enumerate(values))
    answers: dict[FieldKind, st.SearchStrategy[str | tuple[str, ...]]] = {
        FieldKind.DATE: st.dates().map(str),
        FieldKind.TIME: st.times().map(lambda time: f"{time:%H:%M}"),
        FieldKind.SCALE: st.integers(1, 5).map(str),
        FieldKind.CHOICE: st.sampled_from(values),
        FieldKind.CHOICES: st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple),
        FieldKind.PERSON: ids,
    }
    return Field(
        name=f"f{number}",
        label=f"{number} {draw(labels)}",
        kind=kind,
        options=options if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else (),
        required=draw(st.booleans()),
        hint=draw(st.one_of(st.just(""), some)),
        initial=draw(answers.get(kind, words)),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form of up to seven fields, all of them filled in."""
    asked = tuple(draw(fields(number)) for number in range(draw(st.integers(1, 7))))
    return Form(draw(ids), draw(ids), draw(labels), asked, draw(words), draw(labels), draw(st.integers(0, 9)))
