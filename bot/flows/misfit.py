"""It was not the right match: whoever likes may say to those who run the programme what did not fit."""

from collections import Counter

from bot.domain.mentorship import EndReason
from bot.domain.parting import Misfit, Parting
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.messages import Field, FieldKind, Form, Option, Pressed, Show, Values, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

SHOWN = 20
"""How many of the last answers one answer lists."""


# What is asked


def why_form(turn: Turn, subject: str) -> Form:
    """Ask what did not fit, and whether it may be read."""
    t, facts = turn.t, turn.mentorship(subject)
    if facts.mentorship.end_reason is not EndReason.NEW_MATCH:
        raise NotThere(subject)
    options = tuple(Option(misfit, label) for misfit, label in _labels(t).items())
    consent = (
        Option("no", t("No, keep nothing of it")),
        Option("yes", t("Yes, with my name, and nobody else")),
    )
    fields = (
        Field("misfit", t("What did not fit?"), FieldKind.CHOICE, options),
        Field("read", t("May those who run the programme read it?"), FieldKind.CHOICE, consent, initial="no"),
    )
    intro = t("It helps to find somebody better. {name} never hears of it.", name=turn.partner(facts))
    return Form("misfit.why", subject, t("What did not fit?"), fields, intro)


def _labels(t: Translator) -> dict[Misfit, str]:
    return {
        Misfit.TIME: t("We found no time for each other"),
        Misfit.GOALS: t("We wanted different things of it"),
        Misfit.SKILLS: t("I look for other skills"),
        Misfit.STYLE: t("We did not find a way to talk"),
        Misfit.OTHER: t("Something else"),
    }


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the question."""
    return (Show(why_form(turn, press.subject)),)


def answered(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the answer where it may be read; else keep nothing, of an earlier answer neither."""
    t, facts = turn.t, turn.mentorship(form.subject)
    if facts.mentorship.end_reason is not EndReason.NEW_MATCH:
        raise NotThere(form.subject)
    known = turn.unit.partings.of(facts.mentorship.id, turn.actor.id)
    if values["read"] != "yes":
        if known:
            turn.unit.partings.remove(known)
        return (Show(card(t("Thank you. I keep nothing of it."))),)
    misfit = Misfit(str(values["misfit"]))
    if known:
        known.misfit, known.said_at = misfit, turn.now
    else:
        parting = Parting(facts.mentorship.id, turn.actor.id, turn.actor.organization_id, misfit, turn.now)
        turn.unit.partings.add(parting)
    return (Show(card(t("Thank you. Only those who run the programme can read it."))),)


def reasons(turn: Turn, text: str) -> Replies:
    """Show those who run the programme what people chose to tell them, the newest first."""
    t, org = turn.t, turn.actor.organization_id
    told = turn.unit.partings.latest(org, SHOWN)
    if not told:
        return (Show(card(t("Nobody has said anything about a match that did not fit."))),)
    labels, counts = _labels(t), Counter(parting.misfit for parting in told)
    lines = [t("{n}× {reason}", n=n, reason=labels[misfit]) for misfit, n in counts.most_common()]
    for parting in told:
        person = turn.unit.people.get(org, parting.person_id)
        day = t.day(parting.said_at, turn.actor.zone)
        if person:
            lines.append(t("{day}: {name}: {reason}", day=day, name=person.name, reason=labels[parting.misfit]))
    return (Show(card("\n".join(lines), title=t("Matches that did not fit"))),)


FLOW = Flow(
    actions={"misfit.open": opened},
    forms={"misfit.why": FormFlow(why_form, answered)},
    commands=(
        Command(
            (N_("misfits"),),
            N_("misfits: what people let you know about a match that did not fit"),
            reasons,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
