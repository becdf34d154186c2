"""Asking somebody to begin without any programme: who asks has agreed, and both hear on the same day."""

from bot.domain.facts import Facts
from bot.domain.mentorship import Consent, Format, Role
from bot.domain.proposing import proposed
from bot.flow import Command, Flow, FormFlow
from bot.language import N_, Translator
from bot.messages import Errors, Field, FieldKind, Form, Option, Say, Show, Values, card
from bot.proposals import Problems, propose, whom
from bot.turn import Replies, Turn

# What is asked


def ask_form(turn: Turn, subject: str) -> Form:
    """Ask somebody with whom they would like to begin."""
    t = turn.t
    roles = (
        Option(Role.MENTEE, t("They would mentor me")),
        Option(Role.MENTOR, t("I would mentor them")),
        Option(Role.PEER, t("We would be peers and lead in turns")),
    )
    return Form(
        "matching.ask",
        "",
        t("Ask somebody"),
        (
            Field("partner", t("Whom?"), FieldKind.PERSON),
            Field("role", t("Who would give?"), FieldKind.CHOICE, roles, initial=Role.MENTEE),
        ),
        intro=t("I ask them in their working hours, and either answer is fine."),
        submit=t("Ask"),
    )


# What is answered


def ask(turn: Turn, text: str) -> Replies:
    """Ask the person named whether they would like to begin, as mentor where nothing else is said."""
    name, role = _role_of(turn.t, text)
    if not name:
        return (Show(ask_form(turn, "")),)
    problems, replies = _asked(turn, name, role)
    return (Show(card(" ".join(problems.values()))),) if problems else replies


def ask_submitted(turn: Turn, form: Form, values: Values) -> Replies:
    """Ask the person of the form."""
    problems, replies = _asked(turn, str(values["partner"]), Role(str(values["role"])))
    return (Errors(problems),) if problems else replies


def _role_of(t: Translator, text: str) -> tuple[str, Role]:
    """Return whom a line names, and what the writer would be: the mentee where it says nothing."""
    words = {
        "mentor": Role.MENTOR,
        "mentee": Role.MENTEE,
        "peer": Role.PEER,
        t("mentor"): Role.MENTOR,
        t("mentee"): Role.MENTEE,
        t("peer"): Role.PEER,
    }
    for mark in (" as ", f" {t('as')} "):
        line, _, last = text.strip().rpartition(mark)
        if line and last.casefold() in words:
            return line.strip(), words[last.casefold()]
    return text.strip(), Role.MENTEE


def _asked(turn: Turn, name: str, role: Role) -> tuple[Problems, Replies]:
    """Propose what the actor asks of somebody, to which they have agreed themselves."""
    problems, found = whom(turn, [("partner", name)])
    if problems:
        return problems, ()
    if found[0].id == turn.actor.id:
        return {"partner": turn.t("A pair needs two people.")}, ()
    form = Format.PEER if role is Role.PEER else Format.ONE_ON_ONE
    people = [*found, turn.actor] if role is Role.MENTEE else [turn.actor, *found]
    facts = proposed(form, people, None, turn.now)
    for participant in facts.participants:
        if participant.person_id == turn.actor.id:
            participant.consent = Consent.ACCEPTED
    return propose(turn, facts, "partner"), _told(turn, facts, found[0].first_name, role)


def _told(turn: Turn, facts: Facts, partner: str, role: Role) -> Replies:
    """Tell somebody that the other is asked, and when they hear."""
    t = turn.t
    text = {
        Role.MENTEE: t("I ask {name} whether they would be your mentor.", name=partner),
        Role.MENTOR: t("I ask {name} whether they would like you as a mentor.", name=partner),
        Role.PEER: t("I ask {name} whether you two would be each other's mentors.", name=partner),
    }[role]
    day = t.day(facts.hears_at(turn.actor.id), turn.actor.zone)
    heard = t("You hear on {day} whatever happens; either answer is fine.", day=day)
    return (Say(card(f"{text} {heard}")),)


FLOW = Flow(
    forms={"matching.ask": FormFlow(ask_form, ask_submitted)},
    commands=(
        Command((N_("pair me with"), N_("pair me")), N_("pair me with @someone: begin without a programme"), ask),
    ),
)
