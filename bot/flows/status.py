"""How each pair is doing: counts and exceptions for those who run the programme; one's own for everybody."""

import re
from collections.abc import Sequence

from bot.domain.facts import Facts
from bot.domain.health import Health, health
from bot.domain.meeting import State
from bot.domain.plan import look, plan
from bot.domain.prompts import Prompt
from bot.language import N_
from bot.messages import Button, Card, Pressed, Section, Show, card
from bot.overview import Overview, Row, overview, rows
from bot.pair_words import counted, pair_section, state_names
from bot.turn import Command, Flow, Replies, Turn

PAGE = 10
"""How many pairs one answer holds."""


# For those who run the programme


def status(turn: Turn, text: str) -> Replies:
    """Answer `status`: one's own; for an admin all pairs, those of one state, or those of one person."""
    words, page = _paged(text)
    if not turn.actor.is_admin or words.casefold() in ("me", turn.t("me")):
        return _own(turn)
    if words == "" or _state(turn, words):
        return (Show(_page(turn, _state(turn, words), page)),)
    return _of_person(turn, words)


def paged(turn: Turn, press: Pressed) -> Replies:
    """Show another page."""
    if not turn.actor.is_admin:
        return (Show(card(turn.t("Only those who run the programme can do this. They are glad to help."))),)
    words, page = _paged(press.value)
    return (Show(_page(turn, _state(turn, words), page)),)


def _paged(text: str) -> tuple[str, int]:
    """Return what is asked for without the number of a page that stands behind it, and that number."""
    found = re.fullmatch(r"(.*?)(?:(?:^|\s+)(\d{1,6}))?", text.strip(), re.DOTALL)
    assert found
    return found[1], max(int(found[2] or 1), 1)


def _state(turn: Turn, words: str) -> Health | None:
    said = words.casefold()
    return next(
        (s for s, name in state_names(turn.t).items() if said in (name.casefold(), s.replace("_", " "))), None
    )


def _page(turn: Turn, state: Health | None, page: int) -> Card:
    t, found = turn.t, overview(turn.unit, turn.actor.organization_id, turn.now)
    lines = counted(t, found)
    if not lines:
        return card(t("There are no pairs yet. 'pair @mentor @mentee' makes the first."))
    listed = found.of_state(state) if state else found.exceptions()
    pages = max(-(-len(listed) // PAGE), 1)
    page = min(page, pages)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    head = Section("\n".join([*lines, *_remarks(turn, found, state, listed)]), title=t("Pairs"))
    turns = [
        Button(label, "status.page", "", value=f"{state.replace('_', ' ') if state else ''} {number}".strip())
        for label, number in ((t("Previous"), page - 1), (t("Next"), page + 1))
        if 1 <= number <= pages
    ]
    note = t("Page {page} of {pages}", page=page, pages=pages) if pages > 1 else ""
    return Card((head, *(_shown(turn, row) for row in shown)), note=note, footer=tuple(turns))


def _remarks(turn: Turn, found: Overview, state: Health | None, listed: Sequence[Row]) -> list[str]:
    t, remarks = turn.t, []
    if found.hidden:
        remarks.append(t("Pairs of a programme that shows counts only are not listed."))
    if state is None and not listed and found.rows:
        remarks.append(t("Nobody needs you now. 'status on track' lists the others."))
    if state is None and found.taken:
        remarks.append(t("Pairs that somebody looks after are off the list for two weeks."))
    return remarks


def _shown(turn: Turn, row: Row) -> Section:
    button = Button(turn.t("What can be done"), "helping.pair", row.facts.mentorship.id)
    return pair_section(turn.t, row, turn.now, turn.actor.zone, button)


def _of_person(turn: Turn, words: str) -> Replies:
    t, person = turn.t, turn.person(words)
    if person is None:
        return (
            Show(card(t("I know no such state, and nobody, or several people, called {name}.", name=words.strip()))),
        )
    among = turn.unit.mentorships.of_person(person.id, turn.now)
    named = rows(turn.unit, turn.actor.organization_id, among, turn.now)
    if named:
        return (Show(Card(tuple(_shown(turn, row) for row in named[:PAGE]))),)
    return (Show(card(t("There is no pair of {name} that I can show.", name=person.name))),)


# For everybody


def _own(turn: Turn) -> Replies:
    mine = turn.mine()
    if not mine:
        return (Show(card(turn.t("You are in no mentorship yet."))),)
    return (Show(Card(tuple(_mine(turn, facts) for facts in mine))),)


def _mine(turn: Turn, facts: Facts) -> Section:
    sentences = [_how_it_goes(turn, facts), _dates(turn, facts), _opens_next(turn, facts)]
    title = turn.t("With {name}", name=turn.partner(facts))
    return Section(" ".join(filter(None, sentences)), title=title)


def _how_it_goes(turn: Turn, facts: Facts) -> str:
    t = turn.t
    return {
        Health.NOT_STARTED: t("Not started: there is no first date yet."),
        Health.STALLED: t("Stalled: you have not met for some time, and there is no date."),
        Health.SLIPPING: t("Slipping: a meeting did not take place, and there is no new date."),
        Health.UNREACHABLE: t("On track."),
        Health.UNSETTLED: t("Unsettled: whether you met the last time stays open."),
        Health.ENDING: t("Ending soon."),
        Health.PAUSED: t("Paused."),
        Health.INVITED: t("Invited; all of you hear on the same day."),
        Health.ON_TRACK: t("On track."),
        Health.ENDED: t("Ended."),
    }[health(facts, turn.now)]


def _dates(turn: Turn, facts: Facts) -> str:
    t, zone = turn.t, turn.actor.zone
    ahead = next((m.starts_at for m in facts.unsettled if m.state is State.CONFIRMED and m.starts_at), None)
    if ahead:
        return t("You meet next on {when}.", when=t.when(ahead, zone))
    held = facts.last_held.starts_at if facts.last_held else None
    return t("You last met on {day}.", day=t.day(held, zone)) if held else ""


def _opens_next(turn: Turn, facts: Facts) -> str:
    ahead = look(turn.actor, [plan(facts)], turn.now).ahead
    at, window = min(((at, w) for at, w in ahead if not w.turns), key=lambda one: one[0], default=(None, None))
    if at is None or window is None:
        return ""
    t, day = turn.t, turn.t.day(at, turn.actor.zone)
    return {
        Prompt.AGENDA: t("On {day} I ask for your topics.", day=day),
        Prompt.BRIEF: t("Your brief comes on {day}.", day=day),
        Prompt.DID_YOU_MEET: t("On {day} I ask whether you met.", day=day),
        Prompt.WRAP: t("On {day} I ask whether you met.", day=day),
        Prompt.AGREEMENT: t("On {day} I ask for your agreement.", day=day),
        Prompt.ENDING: t("On {day} I ask how you want to close.", day=day),
    }.get(Prompt(window.touch.kind), t("You hear from me again on {day}.", day=day))


FLOW = Flow(
    actions={"status.page": paged},
    commands=(
        Command((N_("status"), N_("next")), N_("status: how it stands, and what comes next"), status, opens=True),
    ),
)
