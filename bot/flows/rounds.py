"""A matching round, for those who run a programme: begun, watched, looked at, approved or discarded, filled up.

People decide: a round proposes, and nobody is invited before somebody has approved it.
"""

from random import SystemRandom

from bot.domain.ids import next_id
from bot.domain.mentorship import Format
from bot.domain.program import Program
from bot.flow import Command, DrawnAlone, Flow, FormFlow, Topic
from bot.language import N_
from bot.matching.order import Weights
from bot.matching.outcome import Part
from bot.mentions import behind_in
from bot.messages import Button, Card, Errors, Field, FieldKind, Form, Option, Pressed, Say, Show, Values, card
from bot.round_card import EARLIER, KIND, counting, drawn, gone_on, round_of, set_aside, shown, unheard
from bot.round_words import format_names
from bot.rounds.round import Round, RoundStatus, RoundStep
from bot.scene import NotThere
from bot.turn import Replies, Turn

PARTS: tuple[tuple[Part, str], ...] = (
    (Part.WANTED, N_("Skills that are wanted and offered")),
    (Part.AHEAD, N_("One or two levels ahead")),
    (Part.GOALS, N_("Help with goals")),
    (Part.HOURS, N_("Working hours in common")),
    (Part.LANGUAGE, N_("A language in common")),
    (Part.DIVERSITY, N_("Different teams and functions")),
)
"""What the fit of two people is made of, as a what-if asks for it."""

SCALE: tuple[tuple[int, str], ...] = (
    (0, N_("not at all")),
    (1, N_("half as much")),
    (2, N_("as usual")),
    (4, N_("twice as much")),
)
"""How much a part may count, in halves of what is usual."""

SEEDS = 2**31
"""How many seeds there are; the one of a round is kept with it."""


# What is asked


def begin_form(turn: Turn, subject: str) -> Form:
    """Ask in which form people are matched in a programme."""
    t, program = turn.t, _of_ours(turn, subject)
    forms = tuple(Option(form, name) for form, name in format_names(t).items())
    field = Field("format", t("In which form?"), FieldKind.CHOICE, forms, initial=Format.ONE_ON_ONE)
    intro = t("I look for the best pairs of all who take part. Nobody hears of it before you approve.")
    return Form(
        "rounds.begin", program.id, t("Match {program}", program=program.name)[:75], (field,), intro, t("Begin")
    )


def what_if_form(turn: Turn, subject: str) -> Form:
    """Ask for other weights, beside which the present ones are shown."""
    t, of = turn.t, round_of(turn, subject)
    scale = tuple(Option(str(halves), t(label)) for halves, label in SCALE)
    usual = Weights()
    fields = tuple(
        Field(
            part, t(label), FieldKind.CHOICE, scale, initial=_halves(getattr(of.weights, part), getattr(usual, part))
        )
        for part, label in PARTS
    )
    intro = t("The same people are matched with these weights too, beside the first run. You take one of the two.")
    return Form("rounds.what_if", of.id, t("What counts how much?"), fields, intro, t("Compare"))


def _halves(weight: int, usual: int) -> str:
    return str(min((halves for halves, _ in SCALE), key=lambda halves: abs(2 * weight - halves * usual)))


# What is answered


def match(turn: Turn, text: str) -> Replies:
    """Show the round of a programme that goes on, or ask for a new one; which programme, where there are several."""
    t, programs = turn.t, turn.unit.programs.all(turn.actor.organization_id)
    main = turn.unit.programs.main(turn.actor.organization_id, turn.now)
    name, rest = behind_in(f"in {text}", [program.name for program in programs])
    if rest.removeprefix("in").strip():
        return (Show(card(t("I know no programme of this name. 'programs' lists them."))),)
    if not name and len(programs) > 1:
        buttons = (Button(program.name, "rounds.match", program.id) for program in programs[:10])
        return (Show(card(t("In which programme?"), *buttons)),)
    return _match(turn, next((program for program in programs if program.name == name), main))


def chosen(turn: Turn, press: Pressed) -> Replies:
    """Show the open round of the programme that was chosen, or ask for a new one."""
    return _match(turn, _of_ours(turn, press.subject))


def _match(turn: Turn, program: Program) -> Replies:
    going_on = [
        one
        for one in turn.unit.rounds.of_program(program.organization_id, program.id)
        if one.status is not RoundStatus.DONE
    ]
    if going_on:
        for one in going_on[:3]:
            turn.stale |= set(set_aside(turn.unit, turn.actor.id, one))
        return (Say(Card(tuple(drawn(turn.t, turn.unit, one) for one in going_on[:3]))),)
    return (Show(begin_form(turn, program.id)),)


def begun(turn: Turn, form: Form, values: Values) -> Replies:
    """Begin a round; its card tells how far it is."""
    program = _of_ours(turn, form.subject)
    open_ones = [one for one in turn.unit.rounds.of_program(program.organization_id, program.id) if one.is_open]
    if open_ones:
        return (Errors({"format": turn.t("A round of this programme is open already; 'match' shows it.")}),)
    return _begin(turn, _new(turn, program.id, Format(str(values["format"]))))


def what_if(turn: Turn, press: Pressed) -> Replies:
    """Open the form for other weights."""
    return (Show(what_if_form(turn, press.subject)),)


def compared(turn: Turn, form: Form, values: Values) -> Replies:
    """Run the same round with other weights beside the first one."""
    of, usual = round_of(turn, form.subject), Weights()
    if of.status is not RoundStatus.READY:
        return (Show(Card((drawn(turn.t, turn.unit, of),))),)
    wanted = {part.value: int(str(values[part])) * getattr(usual, part) // 2 for part, _ in PARTS}
    if not any(wanted.values()):
        return (Errors({PARTS[0][0]: turn.t("Something has to count.")}),)
    whole = sum(wanted.values())
    weights = Weights(**wanted, again=min(usual.again, whole), priority=min(usual.priority, whole))
    first = of.beside or of.id
    for other in turn.unit.rounds.of_program(of.organization_id, of.program_id):
        if other.beside == first:
            _discard(turn, other)
    new = _new(turn, of.program_id, of.format)
    new.seed, new.weights, new.beside, new.fills = of.seed, weights, first, of.fills
    return _begin(turn, new)


def again(turn: Turn, press: Pressed) -> Replies:
    """Run a round once more, with what was said of its people meanwhile."""
    of = round_of(turn, press.subject)
    if of.version != press.rev or of.status not in (RoundStatus.READY, RoundStatus.FAILED):
        return _as_it_stands(turn, press, of)
    turn.unit.rounds.run_again(of, turn.now)
    return _as_it_stands(turn, press, of)


def sure(turn: Turn, press: Pressed) -> Replies:
    """Ask back before people are invited."""
    t, of = turn.t, round_of(turn, press.subject)
    if of.version != press.rev or of.status is not RoundStatus.READY:
        return _as_it_stands(turn, press, of)
    if unheard(turn.unit, of)[0]:
        return (Show(card(t("Some pairs are to be parted. Please run the round again first."))),)
    if not turn.unit.rounds.count(of.id):
        return (Show(card(t("This round has found no pair. Its report says what was missing."))),)
    text = t(
        "I invite {n} pairs, each person by themselves, in their working hours. Who has nobody yet is told so "
        "honestly. Shall I?",
        n=counting(t, turn.unit, of).count(turn.unit.rounds.count(of.id)),
    )
    yes = Button(t("Yes, invite them"), "rounds.approve", of.id, rev=of.version, style="primary", words=(t("yes"),))
    return (Show(card(text, yes, Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),)))),)


def approved(turn: Turn, press: Pressed) -> Replies:
    """Approve a round: it is carried out from now on, and what was beside it is discarded."""
    of = round_of(turn, press.subject)
    if of.version != press.rev or of.status is not RoundStatus.READY or unheard(turn.unit, of)[0]:
        return _as_it_stands(turn, press, of)
    if not turn.unit.rounds.count(of.id):
        return _as_it_stands(turn, press, of)
    of.step(RoundStep.APPROVE, turn.now)
    for other in turn.unit.rounds.of_program(of.organization_id, of.program_id):
        if other.id != of.id and {other.id, other.beside} & {of.id, of.beside} - {None}:
            _discard(turn, other)
    turn.audit("round_approved", of.program_id)
    return _as_it_stands(turn, press, of)


def discarded(turn: Turn, press: Pressed) -> Replies:
    """Discard a round that nobody has heard of."""
    of = round_of(turn, press.subject)
    if of.version == press.rev:
        _discard(turn, of)
    return _as_it_stands(turn, press, of)


def fill(turn: Turn, press: Pressed) -> Replies:
    """Match those who are left after a round that is done."""
    of = round_of(turn, press.subject)
    theirs = turn.unit.rounds.of_program(of.organization_id, of.program_id)
    going_on = next((one for one in theirs if one.status is not RoundStatus.DONE), None)
    if of.status is not RoundStatus.DONE or going_on:
        return _as_it_stands(turn, press, going_on or of)
    new = _new(turn, of.program_id, of.format)
    new.weights, new.fills = of.weights, of.id
    return _begin(turn, new)


def _new(turn: Turn, program_id: str, form: Format) -> Round:
    seed = SystemRandom().randrange(SEEDS)
    actor = turn.actor
    return Round(next_id(), actor.organization_id, program_id, actor.id, turn.now, seed, form)


def _begin(turn: Turn, new: Round) -> Replies:
    turn.unit.rounds.add(new)
    turn.audit("round_begun", new.program_id)
    return (Say(Card((drawn(turn.t, turn.unit, new),))),)


def _discard(turn: Turn, of: Round) -> None:
    """Discard a round that can still be changed; its cards say so from now on."""
    found = turn.unit.rounds.get(of.organization_id, of.id)
    if found and found.is_open:
        found.step(RoundStep.DISCARD, turn.now)
        turn.stale |= set(turn.unit.outbox.holding(found.started_by, KIND, found.id))


def _as_it_stands(turn: Turn, press: Pressed, of: Round) -> Replies:
    """Draw the cards of a round anew; where none of them was pressed, show it."""
    cards = set(turn.unit.outbox.holding(of.started_by, KIND, of.id))
    turn.stale |= cards
    return () if press.card in cards else (Show(Card((drawn(turn.t, turn.unit, of),))),)


def _of_ours(turn: Turn, program_id: str) -> Program:
    ours = turn.unit.programs.all(turn.actor.organization_id)
    found = next((program for program in ours if program.id == program_id), None)
    if found is None:
        raise NotThere(program_id)
    return found


FLOW = Flow(
    admin_actions={
        "rounds.match": chosen,
        "rounds.what_if": what_if,
        "rounds.again": again,
        "rounds.sure": sure,
        "rounds.approve": approved,
        "rounds.discard": discarded,
        "rounds.fill": fill,
    },
    admin_forms={"rounds.begin": FormFlow(begin_form, begun), "rounds.what_if": FormFlow(what_if_form, compared)},
    alone={
        KIND: DrawnAlone(shown, N_("you began this matching round")),
        EARLIER: DrawnAlone(gone_on, N_("you began this matching round")),
    },
    commands=(
        Command(
            (N_("match"),),
            N_("match: find the best pairs for a whole programme; you decide"),
            match,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
