"""What those who run the programme have done, by ids made names; what a pair did by itself is told of the pair."""

from collections.abc import Iterator, Mapping

from bot.domain.facts import Facts
from bot.domain.records import AuditEntry
from bot.flow import Command, Flow, Topic
from bot.language import N_, Translator
from bot.messages import Show, card
from bot.overview import ON_IT, is_hidden
from bot.turn import Replies, Turn

SHOWN = 20
"""How many deeds `audit` shows."""

ABOUT_PAIRS = ("pair", "pause", "resume", "end", "prolong", "help", ON_IT)
"""What is done to pairs, by whoever runs the programme or by the pairs themselves."""

ABOUT_OTHERS = (
    "program_added",
    "round_begun",
    "round_approved",
    "kept_apart",
    "apart_undone",
    "settings",
    "holiday",
    "admin_added",
    "admin_removed",
    "enrolled",
)
"""What is done to anything else."""


def audit(turn: Turn, text: str) -> Replies:
    """Show the last deeds: who did what to whom, when. What a pair did by itself is told of the pair, not of one."""
    t, org = turn.t, turn.actor.organization_id
    entries = turn.unit.trail.latest(org, [*ABOUT_PAIRS, *ABOUT_OTHERS], SHOWN)
    ids = {entry.subject_id for entry in entries if entry.action in ABOUT_PAIRS}
    pairs = {facts.mentorship.id: facts for facts in turn.unit.mentorships.some_at_a_glance(org, ids)}
    lines = [line for entry in entries for line in _lines(turn, entry, pairs)]
    if not lines:
        return (Show(card(t("Nothing was noted yet."))),)
    return (Show(card("\n".join(lines), title=t("What was done"))),)


def _lines(turn: Turn, entry: AuditEntry, pairs: Mapping[str, Facts]) -> Iterator[str]:
    """Say one deed; nothing of what a pair did by itself where its programme names no pair."""
    t, day = turn.t, turn.t.day(entry.at, turn.actor.zone)
    who = _name(turn, entry.actor_id)
    if entry.action in ABOUT_OTHERS:
        yield _of_programme(t, entry.action, day, who, _name(turn, entry.subject_id))
    elif (facts := pairs.get(entry.subject_id)) is not None:
        hidden = is_hidden(turn.unit, facts)
        names = " – ".join(t.name(facts.people[one.person_id].name) for one in facts.participants)
        if entry.actor_id not in facts.roles:
            yield (_unnamed if hidden else _named)(t, entry.action, day, who, names)
        elif not hidden:
            yield _by_itself(t, entry.action, day, names)


def _name(turn: Turn, person_id: str) -> str:
    person = turn.unit.people.get(turn.actor.organization_id, person_id)
    return person.name if person else ""


def _of_programme(t: Translator, action: str, day: str, who: str, person: str) -> str:
    return {
        "program_added": t("{day}: {who} added a programme.", day=day, who=who),
        "round_begun": t("{day}: {who} began a matching round.", day=day, who=who),
        "kept_apart": t("{day}: {who} let two people be kept apart.", day=day, who=who),
        "apart_undone": t("{day}: {who} let two people be proposed to each other again.", day=day, who=who),
        "round_approved": t("{day}: {who} approved a matching round.", day=day, who=who),
        "settings": t("{day}: {who} changed the settings of a programme.", day=day, who=who),
        "holiday": t("{day}: {who} changed the days on which a programme rests.", day=day, who=who),
        "enrolled": t("{day}: {who} brought in the people of a channel or team.", day=day, who=who),
        "admin_added": t("{day}: {who} let {person} run the programme.", day=day, who=who, person=person),
        "admin_removed": t("{day}: {who} took {person} off the programme.", day=day, who=who, person=person),
    }[action]


def _named(t: Translator, action: str, day: str, who: str, pair: str) -> str:
    return {
        "pair": t("{day}: {who} proposed {pair}.", day=day, who=who, pair=pair),
        "pause": t("{day}: {who} paused {pair}.", day=day, who=who, pair=pair),
        "resume": t("{day}: {who} let {pair} go on.", day=day, who=who, pair=pair),
        "end": t("{day}: {who} ended {pair}.", day=day, who=who, pair=pair),
        "prolong": t("{day}: {who} prolonged {pair}.", day=day, who=who, pair=pair),
        "help": t("{day}: {who} offered help to {pair}.", day=day, who=who, pair=pair),
        "on_it": t("{day}: {who} looks after {pair}.", day=day, who=who, pair=pair),
    }[action]


def _unnamed(t: Translator, action: str, day: str, who: str, pair: str) -> str:
    return {
        "pair": t("{day}: {who} proposed a pair.", day=day, who=who),
        "pause": t("{day}: {who} paused a pair.", day=day, who=who),
        "resume": t("{day}: {who} let a pair go on.", day=day, who=who),
        "end": t("{day}: {who} ended a pair.", day=day, who=who),
        "prolong": t("{day}: {who} prolonged a pair.", day=day, who=who),
        "help": t("{day}: {who} offered help to a pair.", day=day, who=who),
        "on_it": t("{day}: {who} looks after a pair.", day=day, who=who),
    }[action]


def _by_itself(t: Translator, action: str, day: str, pair: str) -> str:
    return {
        "pair": t("{day}: {pair} found each other.", day=day, pair=pair),
        "pause": t("{day}: {pair} paused.", day=day, pair=pair),
        "resume": t("{day}: {pair} went on.", day=day, pair=pair),
        "end": t("{day}: {pair} ended.", day=day, pair=pair),
        "prolong": t("{day}: {pair} was prolonged.", day=day, pair=pair),
        "help": t("{day}: {pair} was offered help.", day=day, pair=pair),
        "on_it": t("{day}: {pair} is looked after.", day=day, pair=pair),
    }[action]


FLOW = Flow(
    commands=(
        Command(
            (N_("audit"),),
            N_("audit: what was done to pairs and programmes"),
            audit,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
