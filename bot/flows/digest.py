"""The Monday digest for those who run a programme: counts, what is new since last week, the first exceptions."""

from datetime import datetime

from bot.domain.cadence import weeks_later
from bot.domain.digest import begin_digests
from bot.domain.health import Health
from bot.domain.people import Person
from bot.flow import Command, Drawn, Flow, Topic
from bot.language import N_, Translator, translator
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.overview import overview
from bot.pair_words import by_program, counted, pair_section, state_names
from bot.ports import UnitOfWork
from bot.scene import Scene
from bot.turn import Replies, Turn

SHOWN = 5
"""How many exceptions a digest holds; 'status' has them all."""

DIGEST = "digest"
"""The kind of its first section, by which 'why this?' knows it."""


# What is said on Monday


def digest(unit: UnitOfWork, reader: Person, now: datetime) -> tuple[Section, ...]:
    """Return what somebody who runs a programme reads on Monday; nothing where no pair is running.

    What is new is told of pairs that may be named alone: from week to week even merged counts would give single
    pairs away.
    """
    t, found = translator(reader.language), overview(unit, reader.organization_id, now)
    if not found.is_running:
        return ()
    programs = unit.programs.all(reader.organization_id)
    names, fresh = state_names(t), found.entered_since(weeks_later(now, -1, reader.zone))
    news = ", ".join(f"{names[state]}: {fresh[state]}" for state in Health if fresh[state])
    pressing = found.exceptions()
    several = len(programs) > 1
    lines = [] if several else counted(t, found)
    if found.rows and not pressing:
        lines.append(t("Nobody needs you now."))
    if len(pressing) > SHOWN:
        lines.append(t("These are the first; 'status' lists all."))
    facts = by_program(t, found, programs) if several else ()
    facts += (Fact(t("New since last week"), news),) if news else ()
    head = Section("\n".join(lines), title=t("How your pairs are doing"), facts=facts, kind=DIGEST)
    shown = (
        pair_section(t, row, now, reader.zone, Button(t("What can be done"), "helping.pair", row.facts.mentorship.id))
        for row in pressing[:SHOWN]
    )
    return (head, *shown)


def past(scene: Scene) -> Section:
    """Say what an old digest was; none is drawn anew."""
    return Section(scene.t("This was a digest of that week."))


# At any time, and not on Mondays


def not_on_mondays(t: Translator) -> Button:
    """Return the small button under a digest, which 'Fewer' would not make rarer."""
    return Button(t("Not on Mondays"), "digest.off", "", words=(t("not on mondays"),))


def asked_for(turn: Turn, text: str) -> Replies:
    """Show the digest now; 'off' and 'on' say whether it comes on Mondays."""
    t, word = turn.t, text.strip().casefold()
    if word in ("off", t("off"), "on", t("on")):
        return _on_mondays(turn, wanted=word in ("on", t("on")))
    drawn = digest(turn.unit, turn.actor, turn.now)
    sections = drawn or (Section(t("No pair is running just now.")),)
    switch = not_on_mondays(t) if turn.actor.wants_digest else _again(t)
    return (Show(Card(sections, footer=(switch,))),)


def off(turn: Turn, press: Pressed) -> Replies:
    """Send no digest on Mondays to whoever pressed."""
    return _on_mondays(turn, wanted=False)


def on(turn: Turn, press: Pressed) -> Replies:
    """Send it on Mondays again."""
    return _on_mondays(turn, wanted=True)


def _on_mondays(turn: Turn, *, wanted: bool) -> Replies:
    t, actor = turn.t, turn.actor
    if wanted and not actor.wants_digest:
        actor.wants_digest, actor.digested_on = True, None
        begin_digests(actor, turn.now)
    actor.wants_digest = wanted
    if wanted:
        return (Show(card(t("From the next Monday on you get the digest again."))),)
    text = t("The digest no longer comes on Mondays. 'digest' shows it whenever you like.")
    return (Show(card(text, _again(t))),)


def _again(t: Translator) -> Button:
    return Button(t("On Mondays again"), "digest.on", "", words=(t("on mondays again"),))


FLOW = Flow(
    admin_actions={"digest.off": off, "digest.on": on},
    sections={
        DIGEST: Drawn(
            past,
            N_("you run a programme, and this comes once a week, on Monday"),
            N_("'digest off' ends it, 'digest on' lets it come again, and 'digest' shows it whenever you like."),
        )
    },
    commands=(
        Command(
            (N_("digest"),),
            N_("digest: the Monday overview at any time; 'digest off' and 'digest on' for Mondays"),
            asked_for,
            admin=True,
            topic=Topic.PROGRAM,
        ),
    ),
)
