"""The Monday digest for those who run a programme: counts, what is new since last week, the first exceptions."""

from datetime import datetime

from bot.domain.cadence import weeks_later
from bot.domain.health import Health
from bot.domain.people import Person
from bot.language import N_, translator
from bot.messages import Button, Fact, Section
from bot.overview import overview
from bot.pair_words import counted, pair_section, state_names
from bot.ports import UnitOfWork
from bot.turn import Drawn, Flow, Scene

SHOWN = 5
"""How many exceptions a digest holds; 'status' has them all."""

DIGEST = "digest"
"""The kind of its first section, by which 'why this?' knows it."""


def digest(unit: UnitOfWork, reader: Person, now: datetime) -> tuple[Section, ...]:
    """Return what somebody who runs a programme reads on Monday; nothing where no pair is running.

    What is new is told of pairs that may be named alone: from week to week even merged counts would give single
    pairs away.
    """
    t, found = translator(reader.language), overview(unit, reader.organization_id, now)
    if not found.is_running:
        return ()
    names, fresh = state_names(t), found.entered_since(weeks_later(now, -1, reader.zone))
    news = ", ".join(f"{names[state]}: {fresh[state]}" for state in Health if fresh[state])
    pressing = found.exceptions()
    lines = counted(t, found)
    if found.rows and not pressing:
        lines.append(t("Nobody needs you now."))
    if len(pressing) > SHOWN:
        lines.append(t("These are the first; 'status' lists all."))
    facts = (Fact(t("New since last week"), news),) if news else ()
    head = Section("\n".join(lines), title=t("How your pairs are doing"), facts=facts, kind=DIGEST)
    shown = (
        pair_section(t, row, now, reader.zone, Button(t("What can be done"), "helping.pair", row.facts.mentorship.id))
        for row in pressing[:SHOWN]
    )
    return (head, *shown)


def past(scene: Scene) -> Section:
    """Say what an old digest was; none is drawn anew."""
    return Section(scene.t("This was a digest of that week."))


FLOW = Flow(sections={DIGEST: Drawn(past, N_("you run a programme, and this comes once a week, on Monday"))})
