"""The record that both keep: read page by page, searched, and taken along as a file."""

from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.searching import matches
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import (
    Button,
    Card,
    Link,
    Pressed,
    Quote,
    Section,
    Show,
    card,
)
from bot.ports import LinkKind, Ticket
from bot.record import Line, lines
from bot.turn import Replies, Turn

PAGE = 8
"""How many lines one answer holds."""

SHOWN = 500
"""Characters of one line that are shown in a conversation; the file holds it all."""

LINK_LIVES = timedelta(minutes=15)


# What is answered


def record_command(turn: Turn, text: str) -> Replies:
    """Show the record of a mentorship, or a page of it, or hand it out as a file."""
    begun = turn.begun()
    if not begun:
        return (Show(card(turn.t("You are in no mentorship yet."))),)
    page, export, rest = 1, False, []
    for word in text.split():
        if word.isascii() and word.isdigit():
            page = int(word)
        elif word.casefold() in {"export", turn.t("export")}:
            export = True
        else:
            rest.append(word)
    facts, _ = turn.named(begun, " ".join(rest))
    if facts is None:
        return turn.which(begun, "record.export" if export else "record.show")
    return (Show(_file(turn, facts) if export else _page(turn, facts, page)),)


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show a page of the record."""
    page = int(press.value) if press.value.isascii() and press.value.isdigit() else 1
    return (Show(_page(turn, turn.mentorship(press.subject), page)),)


def exported(turn: Turn, press: Pressed) -> Replies:
    """Hand the record out as a file."""
    return (Show(_file(turn, turn.mentorship(press.subject))),)


def search_command(turn: Turn, text: str) -> Replies:
    """Search the records of all one's mentorships, pair by pair, for the words that were typed."""
    t = turn.t
    if not text:
        return (Show(card(t("Type what to look for, for example 'search roadmap'."))),)
    sections, private = [], 0
    for facts in turn.begun():
        found = [line for line in _lines(turn, facts) if matches(text, line.words)]
        private += sum(line.private for line in found)
        open_ones = [line for line in found if not line.private]
        if open_ones:
            title = t("Found with {name}", name=turn.partner(facts))
            more = t("There are {n} more.", n=len(open_ones) - PAGE) if len(open_ones) > PAGE else ""
            sections.append(Section(more, title=title, quotes=tuple(_quote(line) for line in open_ones[:PAGE])))
    note = t("It also stands in what is yours alone: 'record export' has it.") if private else ""
    if not sections:
        sections.append(Section(t("Nothing found in what you share.") if private else t("Nothing found.")))
    return (Show(Card(tuple(sections), note=note)),)


def _page(turn: Turn, facts: Facts, page: int) -> Card:
    """Return a page of what is shared; what is private is not shown in a conversation, which others may export."""
    t, about, name = turn.t, facts.mentorship.id, turn.partner(facts)
    everything = _lines(turn, facts)
    known = [line for line in everything if not line.private]
    pages = max(-(-len(known) // PAGE), 1)
    page = min(max(page, 1), pages)
    older = Button(t("Older"), "record.show", about, value=str(page + 1))
    newer = Button(t("Newer"), "record.show", about, value=str(page - 1))
    buttons = (
        *((newer,) if page > 1 else ()),
        *((older,) if page < pages else ()),
        *((Button(t("Add a note"), "notes.open", about, opens=True),) if facts.mentorship.runs else ()),
        Button(t("Take it along"), "record.export", about),
    )
    text = (
        t("Page {page} of {pages}, the newest first.", page=page, pages=pages) if known else t("It is empty so far.")
    )
    quotes = tuple(_quote(line) for line in known[(page - 1) * PAGE : page * PAGE])
    note = t("What is yours alone is not shown in a chat; the file has it.") if len(known) < len(everything) else ""
    return Card((Section(text, title=t("Your record with {name}", name=name), quotes=quotes, buttons=buttons),), note)


def _file(turn: Turn, facts: Facts) -> Card:
    t, reader, about = turn.t, turn.actor, facts.mentorship
    if turn.links is None:
        return card(t("Files need an address at which browsers reach me. Whoever runs me can set one up."))
    ends = turn.now + LINK_LIVES
    kinds = {LinkKind.RECORD: t("To read"), LinkKind.RECORD_DATA: t("As data (JSON)")}
    made = tuple(
        Link(label, turn.links.url(Ticket(kind, about.organization_id, about.id, reader.id, ends)))
        for kind, label in kinds.items()
    )
    text = t(
        "Your record with {name} as a file, with what is yours alone in it. For a quarter of an hour the links open "
        "it for whoever has them.",
        name=turn.partner(facts),
    )
    return card(text, links=made)


# What stands behind them


def _lines(turn: Turn, facts: Facts) -> list[Line]:
    return lines(facts, turn.actor, turn.unit.words.record(facts.mentorship.id, turn.actor.id))


def _quote(line: Line) -> Quote:
    return Quote(line.words if len(line.words) <= SHOWN else line.words[: SHOWN - 1] + "…", line.head)


FLOW = Flow(
    actions={"record.show": shown, "record.export": exported},
    commands=(
        Command(
            (N_("record"),),
            N_("record: what you both keep; 'record export' hands it out as a file"),
            record_command,
            topic=Topic.WRITING,
            opens=True,
        ),
        Command(
            (N_("search"),),
            N_("search: look for words in what you both keep"),
            search_command,
            topic=Topic.WRITING,
            opens=True,
        ),
    ),
)
