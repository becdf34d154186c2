"""The pairs that a round proposes: listed with their reasons, changed one by one, kept or parted in a new run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.people import Person
from bot.domain.skills import SkillList
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.matching.outcome import Alternative
from bot.mentions import listed
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.round_card import program_of, round_of
from bot.round_words import because, percent
from bot.rounds.round import ProposedPair, Round, RoundStatus, Word
from bot.scene import NotThere
from bot.turn import Replies, Turn

PAGE = 8
"""How many pairs one answer holds."""


# What is shown


def page(turn: Turn, press: Pressed) -> Replies:
    """Show one page of the pairs, the first being 0."""
    of = _ready(turn, press.subject)
    number = int(press.value) if press.value.isdecimal() else 0
    last = max(turn.unit.rounds.count(of.id) - 1, 0) // PAGE
    number = min(number, last)
    t, pairs = turn.t, turn.unit.rounds.pairs(of.id, number * PAGE, PAGE)
    turns = [
        Button(label, "proposed.page", of.id, value=str(to))
        for label, to in ((t("Previous"), number - 1), (t("Next"), number + 1))
        if 0 <= to <= last
    ]
    note = t("The pairs stand in the order of their names.")
    if last:
        note = t("Page {page} of {pages}, in the order of their names.", page=number + 1, pages=last + 1)
    if not pairs:
        return (Show(card(t("This round has found no pair. Its report says what was missing."))),)
    return (Show(Card(tuple(_listed(turn, of, pairs)), note=note, footer=tuple(turns))),)


def find(turn: Turn, text: str) -> Replies:
    """Show the proposed pairs of one person, or whether two are one, in whatever round waits for an approval."""
    t, people = turn.t, [turn.person(name) for name in listed(text)[:2]]
    known = list(dict.fromkeys(person for person in people if person))
    if not known or len(known) < len(people):
        asked = t("Whose pair shall I show? A full name or an e-mail helps: 'proposal @Ana'.")
        return (Show(card(asked)),)
    waiting = list(_waiting(turn))
    pairs = ((of, turn.unit.rounds.of_people(of.id, *(person.id for person in known))) for of in waiting)
    sections = [section for of, found in pairs for section in _listed(turn, of, found[:PAGE])]
    if sections:
        return (Show(Card(tuple(sections[:PAGE]))),)
    if waiting and len(known) == 2:
        return (Show(_not_together(turn, waiting[0], *known)),)
    name = t.listing([person.name for person in known])
    return (Show(card(t("No round that waits for an approval proposes anybody for {name}.", name=name))),)


def _waiting(turn: Turn) -> Iterator[Round]:
    """Yield the rounds whose pairs can be seen and changed."""
    for program in turn.unit.programs.all(turn.actor.organization_id):
        if not program.aggregate_only:
            rounds = turn.unit.rounds.of_program(program.organization_id, program.id)
            yield from (of for of in rounds if of.status is RoundStatus.READY)


def _not_together(turn: Turn, of: Round, mentor: Person, seeker: Person) -> Card:
    """Offer to bring two together whom a round does not propose, such as two who were partners before."""
    t = turn.t
    text = t(
        "{one} and {other} are not proposed to each other. I can bring them together at the next run, {one} as the "
        "one who gives, unless something rules it out.",
        one=mentor.first_name,
        other=seeker.first_name,
    )
    bring = Button(t("Bring them together"), "proposed.bring", of.id, value=f"{mentor.id} {seeker.id}")
    return card(text, bring)


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show one pair with all that can be changed."""
    return (Show(_opened(turn, *_pair(turn, press.subject))),)


def _listed(turn: Turn, of: Round, pairs: Sequence[ProposedPair]) -> list[Section]:
    skills = turn.unit.skills.all(turn.actor.organization_id)
    change = turn.t("Change")
    return [
        replace(_described(turn, of, pair, skills), buttons=(Button(change, "proposed.show", pair.id),))
        for pair in pairs
    ]


def _described(turn: Turn, of: Round, pair: ProposedPair, skills: SkillList) -> Section:
    """Say who is proposed to whom, how well they fit and why, and who else would."""
    t, people = turn.t, _people(turn, pair)
    names = {key: person.first_name for key, person in people.items()}
    fit = percent(t, pair.score)
    title = t("{one} – {other}: {fit}", one=people[pair.mentor_id].name, other=people[pair.seeker_id].name, fit=fit)
    reasons = "\n".join(f"• {because(t, reason, names, skills)}" for reason in pair.reasons)
    facts = []
    if pair.alternatives:
        facts.append(Fact(t("Others"), t.listing([_other(turn, one, people) for one in pair.alternatives])))
    if said := _said(turn, of, pair):
        facts.append(Fact(t("You have said"), t(_SAID[said])))
    return Section(reasons or t("Nothing speaks against it."), title=title, facts=tuple(facts))


_SAID: Mapping[Word, str] = {Word.PIN: N_("these two stay together"), Word.FORBID: N_("not these two")}


def _other(turn: Turn, one: Alternative, people: Mapping[str, Person]) -> str:
    t, name, fit = turn.t, people[one.mentor].name, percent(turn.t, one.score)
    if one.free:
        return t("{name} ({fit})", name=name, fit=fit)
    return t("{name} ({fit}, no free seat)", name=name, fit=fit)


def _opened(turn: Turn, of: Round, pair: ProposedPair) -> Card:
    t, said, people = turn.t, _said(turn, of, pair), _people(turn, pair)
    section = _described(turn, of, pair, turn.unit.skills.all(of.organization_id))
    others = [
        Button(t("{name} instead", name=people[one.mentor].name), "proposed.take", pair.id, value=one.mentor)
        for one in pair.alternatives
    ]
    words = [
        Button(t("Open again"), "proposed.open", pair.id) if said is word else Button(label, action, pair.id)
        for word, label, action in (
            (Word.PIN, t("Keep together"), "proposed.pin"),
            (Word.FORBID, t("Not these two"), "proposed.forbid"),
        )
    ]
    back = Button(t("All pairs"), "proposed.page", of.id, value=str(turn.unit.rounds.number(pair) // PAGE))
    note = t("What you say here holds for every new run of this round.")
    return Card((replace(section, buttons=(*others, *words)),), note=note, footer=(back,))


# What is changed


def take(turn: Turn, press: Pressed) -> Replies:
    """Give somebody another mentor at once where a seat is free; else let the next run see to it."""
    of, pair = _pair(turn, press.subject)
    t, chosen = turn.t, next((one for one in pair.alternatives if one.mentor == press.value), None)
    if chosen is None:
        return (Show(_opened(turn, of, pair)),)
    name = _people(turn, pair)[chosen.mentor].name
    seated = turn.unit.rounds.take(pair, chosen.mentor)
    turn.unit.rounds.say(of, Word.PIN, chosen.mentor, pair.seeker_id)
    if seated:
        return (Show(_opened(turn, of, pair)),)
    text = t("{name} has no free seat. They come together at the next run, and I look for somebody for the others.",
             name=name)  # fmt: skip
    return (Show(card(text, Button(t("Run again"), "rounds.again", of.id, rev=of.version))),)


def bring(turn: Turn, press: Pressed) -> Replies:
    """Let two whom a round does not propose come together at its next run."""
    of, t = _ready(turn, press.subject), turn.t
    found = [turn.unit.people.get(of.organization_id, one) for one in press.value.split()]
    if len(found) != 2 or None in found or found[0] is found[1]:
        raise NotThere(press.value)
    mentor, seeker = (person for person in found if person)
    turn.unit.rounds.say(of, Word.PIN, mentor.id, seeker.id)
    text = t("Noted. They come together at the next run, unless something rules it out.")
    return (Show(card(text, Button(t("Run again"), "rounds.again", of.id, rev=of.version))),)


def pin(turn: Turn, press: Pressed) -> Replies:
    """Let two people stay together, however often the round is run."""
    return _say(turn, press, Word.PIN)


def forbid(turn: Turn, press: Pressed) -> Replies:
    """Let two people not be together at the next run."""
    return _say(turn, press, Word.FORBID)


def reopen(turn: Turn, press: Pressed) -> Replies:
    """Take back what was said of two people."""
    return _say(turn, press, None)


def _say(turn: Turn, press: Pressed, word: Word | None) -> Replies:
    of, pair = _pair(turn, press.subject)
    turn.unit.rounds.say(of, word, pair.mentor_id, pair.seeker_id)
    return (Show(_opened(turn, of, pair)),)


def _said(turn: Turn, of: Round, pair: ProposedPair) -> Word | None:
    about = {pair.mentor_id, pair.seeker_id}
    return next((word for word, one, other in turn.unit.rounds.words(of.id) if {one, other} == about), None)


def _people(turn: Turn, pair: ProposedPair) -> dict[str, Person]:
    ids = (pair.mentor_id, pair.seeker_id, *(one.mentor for one in pair.alternatives))
    found = ((key, turn.unit.people.get(turn.actor.organization_id, key)) for key in ids)
    return {key: person for key, person in found if person}


def _ready(turn: Turn, round_id: str) -> Round:
    """Load a round whose pairs can be seen and changed: found, not approved, of a programme that names pairs."""
    of = round_of(turn, round_id)
    program = program_of(turn.unit, of)
    if of.status is not RoundStatus.READY or program is None or program.aggregate_only:
        raise NotThere(round_id)
    return of


def _pair(turn: Turn, pair_id: str) -> tuple[Round, ProposedPair]:
    pair = turn.unit.rounds.pair(turn.actor.organization_id, pair_id)
    if pair is None:
        raise NotThere(pair_id)
    return _ready(turn, pair.round_id), pair


FLOW = Flow(
    admin_actions={
        "proposed.page": page,
        "proposed.show": shown,
        "proposed.take": take,
        "proposed.pin": pin,
        "proposed.bring": bring,
        "proposed.forbid": forbid,
        "proposed.open": reopen,
    },
    commands=(
        Command(
            (N_("proposal"),),
            N_("proposal @Ana: whom a round proposes for somebody"),
            find,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
