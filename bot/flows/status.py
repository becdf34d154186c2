"""How each pair is doing: counts and exceptions for those who run the programme; one's own for everybody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.facts import Facts
from bot.domain.health import Health, health
from bot.domain.meeting import State
from bot.domain.plan import look, plan
from bot.domain.program import Program
from bot.domain.prompts import Prompt
from bot.flow import Command, Flow
from bot.language import N_
from bot.mentions import behind_in
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.overview import Overview, Row, came_about, overview, rows
from bot.pair_words import by_program, counted, pair_section, state_names
from bot.turn import Later, Replies, Turn

PAGE = 10
"""How many pairs one answer holds."""


# For those who run the programme


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see: pairs of one state, of one programme, on one page; `words` may name a person."""

    words: str
    state: Health | None
    program: Program | None
    page: int

    def turned(self, page: int) -> str:
        """Say another page of the same, as one would type it."""
        state = self.state.replace("_", " ") if self.state else ""
        where = f"in {self.program.name}" if self.program else ""
        return " ".join(part for part in (state, where, str(page)) if part)


def status(turn: Turn, text: str) -> Replies:
    """Answer `status`: one's own; for an admin all pairs, those of a state, of a programme, or of one person."""
    if not turn.actor.is_admin:
        return _own(turn)
    wanted = _wanted(turn, text)
    if wanted.words.casefold() in ("me", turn.t("me")):
        return _own(turn)
    if wanted.words == "" or wanted.state:
        return (Later(lambda turn: _page(turn, wanted)),)
    return _of_person(turn, wanted.words)


def paged(turn: Turn, press: Pressed) -> Replies:
    """Show another page."""
    wanted = _wanted(turn, press.value)
    return (Later(lambda turn: _page(turn, wanted)),)


def _wanted(turn: Turn, text: str) -> Wanted:
    ours = {program.name: program for program in turn.unit.programs.all(turn.actor.organization_id)}
    where, rest = behind_in(text, ours)
    words, page = _paged(rest)
    return Wanted(words, _state(turn, words), ours.get(where), page)


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


def _page(turn: Turn, wanted: Wanted) -> Card:
    t, found = turn.t, overview(turn.unit, turn.actor.organization_id, turn.now)
    if not (found.rows or found.hidden):
        return card(t("There are no pairs yet. 'pair @mentor @mentee' makes the first."))
    programs = turn.unit.programs.all(turn.actor.organization_id)
    found = found.of(wanted.program.id) if wanted.program else found
    listed = found.of_state(wanted.state) if wanted.state else found.exceptions()
    pages = max(-(-len(listed) // PAGE), 1)
    page = min(wanted.page, pages)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    turns = [
        Button(label, "status.page", "", value=wanted.turned(number))
        for label, number in ((t("Previous"), page - 1), (t("Next"), page + 1))
        if 1 <= number <= pages
    ]
    note = t("Page {page} of {pages}", page=page, pages=pages) if pages > 1 else ""
    sections = (_shown(turn, row, several=len(programs) > 1) for row in shown)
    return Card((_head(turn, found, wanted, listed, programs), *sections), note=note, footer=tuple(turns))


def _head(turn: Turn, found: Overview, wanted: Wanted, listed: Sequence[Row], programs: Sequence[Program]) -> Section:
    """Count the pairs of one programme, or of each; a button for each leads to those of one."""
    t, remarks = turn.t, _remarks(turn, found, wanted, listed)
    if wanted.program or len(programs) < 2:
        title = wanted.program.name if wanted.program else t("Pairs")
        return Section("\n".join([*counted(t, found), *remarks]), title=title)
    buttons = tuple(
        Button(one.name, "status.page", "", value=replace(wanted, program=one).turned(1)) for one in programs[:PAGE]
    )
    return Section("\n".join(remarks), title=t("Pairs"), facts=by_program(t, found, programs), buttons=buttons)


def _remarks(turn: Turn, found: Overview, wanted: Wanted, listed: Sequence[Row]) -> list[str]:
    t, state, remarks = turn.t, wanted.state, []
    if found.hidden:
        remarks.append(t("Pairs of a programme that shows counts only are not listed."))
    if state is None and not listed and found.rows:
        known = {row.standing.state for row in found.rows}
        shown = next(one for one in (Health.ON_TRACK, *Health) if one in known)
        remarks.append(t("Nobody needs you now. 'status {state}' lists more.", state=state_names(t)[shown]))
    if state is None and found.taken:
        remarks.append(t("Pairs that somebody looks after are off the list for two weeks."))
    return remarks


def _shown(turn: Turn, row: Row, *, several: bool) -> Section:
    """Show a pair, and where a company has several programmes, of which it is."""
    button = Button(turn.t("What can be done"), "helping.pair", row.facts.mentorship.id)
    section, program = pair_section(turn.t, row, turn.now, turn.actor.zone, button), row.facts.program
    return replace(section, facts=(Fact(turn.t("Programme"), program.name),)) if several and program.name else section


def _of_person(turn: Turn, words: str) -> Replies:
    t, person = turn.t, turn.person(words)
    if person is None:
        return (
            Show(card(t("I find no state and no one person by the name of {name}.", name=words.strip().lstrip("@")))),
        )
    among = came_about(turn.unit.mentorships.of_person(person.id, turn.now))
    named = rows(turn.unit, turn.actor.organization_id, among, turn.now)
    if named:
        several = len(turn.unit.programs.all(turn.actor.organization_id)) > 1
        return (Show(Card(tuple(_shown(turn, row, several=several) for row in named[:PAGE]))),)
    return (Show(card(t("There is no pair of {name} that I can show.", name=person.name))),)


# For everybody


def _own(turn: Turn) -> Replies:
    mine = came_about(turn.mine())
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
    admin_actions={"status.page": paged},
    commands=(
        Command((N_("status"), N_("next")), N_("status: how it stands, and what comes next"), status, opens=True),
    ),
)
