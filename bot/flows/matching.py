"""Finding each other: who runs a programme brings people together, in one of four forms."""

from bot.domain.facts import Facts
from bot.domain.mentorship import Format, Role
from bot.domain.program import Program
from bot.domain.proposing import FEWEST_MENTEES, MOST_MENTEES, proposed
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.mentions import behind_in, listed, named
from bot.messages import Errors, Fact, Field, FieldKind, Form, Option, Say, Show, Values, card
from bot.proposals import Named, Problems, propose, whom
from bot.turn import Replies, Turn

# What is asked


def pair_form(turn: Turn, subject: str) -> Form:
    """Ask an admin whom to bring together, in which form, and where there are several, in which programme.

    The subject is the id of the programme that is chosen at first, '' for the main one.
    """
    t = turn.t
    forms = (
        Option(Format.ONE_ON_ONE, t("One mentor, one mentee")),
        Option(Format.GROUP, t("A group: one mentor, up to ten mentees")),
        Option(Format.PEER, t("Peers: both give and get, and lead in turns")),
        Option(Format.REVERSE, t("Reverse: the more junior one teaches")),
    )
    return Form(
        "matching.pair",
        subject,
        t("Bring people together"),
        (
            Field("format", t("In which form?"), FieldKind.CHOICE, forms, initial=Format.ONE_ON_ONE),
            Field("mentor", t("Mentor"), FieldKind.PERSON, hint=t("Whoever teaches; among peers either of them.")),
            Field("mentee", t("Mentee"), FieldKind.PERSON),
            Field(
                "others",
                t("More mentees, for a group"),
                FieldKind.LONG,
                required=False,
                hint=t("Full names or e-mail addresses, with commas between them."),
            ),
            *_which_programme(turn, subject),
        ),
        intro=t("Each is asked by me and answers without hearing of another's answer."),
        submit=t("Invite"),
    )


def _which_programme(turn: Turn, chosen: str) -> tuple[Field, ...]:
    programs = turn.unit.programs.all(turn.actor.organization_id)
    if len(programs) < 2:
        return ()
    options = tuple(Option(program.id, program.name) for program in programs)
    label = turn.t("In which programme?")
    return (Field("program", label, FieldKind.CHOICE, options, initial=chosen or programs[0].id),)


# What is answered


def pair(turn: Turn, text: str) -> Replies:
    """Propose a mentorship from typed names; with less than two people, ask for them in a form.

    It is one of the main programme, unless the line ends in another one: 'pair @mentor @mentee in Leadership'.
    """
    ours = {program.name: program for program in turn.unit.programs.all(turn.actor.organization_id)}
    where, line = behind_in(text, ours)
    program = ours.get(where)
    form, line = _form_of(turn.t, line)
    names = named(line)
    if len(names) < 2:
        return (Show(pair_form(turn, program.id if program else "")),)
    fields = ["mentor", "mentee", *["others"] * (len(names) - 2)]
    problems, replies = _paired(turn, form, list(zip(fields, names, strict=True)), program)
    return (Show(card(" ".join(problems.values()))),) if problems else replies


def pair_submitted(turn: Turn, form: Form, values: Values) -> Replies:
    """Propose the mentorship of the form."""
    people = [(name, str(values[name])) for name in ("mentor", "mentee")]
    people += [("others", name) for name in listed(str(values.get("others", "")))]
    ours = turn.unit.programs.all(turn.actor.organization_id)
    program = next((one for one in ours if one.id == values.get("program", form.subject)), None)
    problems, replies = _paired(turn, Format(str(values["format"])), people, program)
    return (Errors(problems),) if problems else replies


def _form_of(t: Translator, text: str) -> tuple[Format, str]:
    """Return the form that a line asks for, by its first word or its last, and the line without it."""
    words = {
        "group": Format.GROUP,
        "peers": Format.PEER,
        "reverse": Format.REVERSE,
        t("group"): Format.GROUP,
        t("peers"): Format.PEER,
        t("reverse"): Format.REVERSE,
    }
    first, _, rest = text.strip().partition(" ")
    if first.casefold() in words:
        return words[first.casefold()], rest
    for mark in (" as ", f" {t('as')} "):
        line, _, last = text.strip().rpartition(mark)
        if line and last.casefold() in words:
            return words[last.casefold()], line
    return Format.ONE_ON_ONE, text


def _paired(turn: Turn, form: Format, people: Named, chosen: Program | None) -> tuple[Problems, Replies]:
    """Propose a mentorship in the programme that was chosen, or in the main one."""
    wrong_number = _wrong_number(turn.t, form, people)
    problems, found = (wrong_number, []) if wrong_number else whom(turn, people)
    if problems:
        return problems, ()
    program = chosen or turn.unit.programs.main(turn.actor.organization_id, turn.now)
    facts = proposed(form, found, program, turn.now)
    if problems := propose(turn, facts, people[-1][0]):
        return problems, ()
    turn.audit("pair", facts.mentorship.id)
    return {}, _announced(turn, facts)


def _wrong_number(t: Translator, form: Format, people: Named) -> Problems:
    if form is not Format.GROUP and len(people) > 2:
        return {"others": t("More than two people make a group; 'pair group @mentor @a @b' invites one.")}
    if form is Format.GROUP and not FEWEST_MENTEES <= len(people) - 1 <= MOST_MENTEES:
        return {"others": t("A group needs one mentor and two to ten mentees.")}
    return {}


def _announced(turn: Turn, facts: Facts) -> Replies:
    """Tell an admin what happens now."""
    t, day = turn.t, turn.t.day(max(map(facts.hears_at, facts.people)), turn.actor.zone)
    labels = {Role.MENTOR: t("Mentor"), Role.MENTEE: t("Mentee"), Role.PEER: t("Peer")}
    names = t.listing([person.first_name for person in facts.people.values()])
    text = (
        t("I ask {names} in their working hours, each by themselves. Both hear on {day}.", names=names, day=day)
        if len(facts.people) == 2
        else t("I ask {names} in their working hours, each by themselves. All hear on {day}.", names=names, day=day)
    )
    facts_shown = tuple(Fact(labels[p.role], facts.people[p.person_id].name) for p in facts.participants)
    return (Say(card(text, facts=facts_shown)),)


FLOW = Flow(
    admin_forms={"matching.pair": FormFlow(pair_form, pair_submitted)},
    commands=(
        Command(
            (N_("pair"),),
            N_("pair @mentor @mentee, or pair group, peers, reverse: propose a mentorship; 'in' names a programme"),
            pair,
            admin=True,
            topic=Topic.PROGRAM,
        ),
    ),
)
