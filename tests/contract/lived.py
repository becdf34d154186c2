"""A company in which Ana and Ben have lived: every table holds something of both. Ana's words are marked."""

from datetime import time

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.domain.meeting import Answer, State
from bot.domain.own import Enrolment, Tie
from bot.domain.parting import Misfit, Parting
from bot.domain.people import Person
from bot.domain.profile import Ability, Profile, Side
from bot.domain.program import Program
from bot.domain.records import ActionItem, AuditEntry, Goal, Note, NoteKind, Said, Snooze, Touch, Visibility
from bot.matching.outcome import LeftOut, Proposal, Why
from bot.messages import Sender, Typed
from bot.ports import Draft, UnitOfWork
from bot.rounds.round import Round, Word
from bot.store import Sealer
from bot.store.queues import Inbox, Runs
from tests.contract.company import DAY, NOW, Company

NAME, EMAIL, TEAM, PLACE = "Xanthippe Quill", "xanthippe@quill.example", "Zeppelins", "Orangery"
MARK = "xylophone"
"""In every word that Ana wrote."""

SECRET = "marimba"
"""In what Ben wrote for himself."""


def offer(unit: UnitOfWork, ana: Person, ben: Person) -> None:
    """Let both say what they offer, with whom they would rather not be matched, and Ana what she wants to reach."""
    listed = unit.skills.add("acme", "Design", listed=True)
    shared, hers = (unit.skills.add("acme", name, listed=False) for name in ("Juggling", f"{MARK} making"))
    unit.profiles.say(ana, Side.WANT, [Ability(listed, 2), Ability(hers), Ability(shared)])
    unit.profiles.say(ben, Side.OFFER, [Ability(shared, 4)])
    unit.profiles.avoid(ana, [ben.id])
    unit.profiles.aim_at(unit.profiles.of(ana), f"{MARK} as a goal")


def seek(acme: Company, database: sa.Engine, sealer: Sealer) -> None:
    """Let a round run in which a pair is kept together that is kept apart from now on, and somebody is left out."""
    with acme.store.unit() as unit:
        new = Round("round", "acme", "program", acme.ana, NOW, seed=1)
        unit.rounds.add(new)
        unit.rounds.say(new, Word.PIN, acme.ben, acme.ana)
        unit.blocks.add("acme", acme.ana, acme.ben)
        for person in (acme.ana, acme.ben):
            unit.partings.add(Parting(acme.mentorship, person, "acme", Misfit.TIME, NOW))
        unit.commit()
    runs = Runs(database, sealer)
    run = runs.claim(DAY)
    assert run
    runs.keep(run, [Proposal("program", acme.ben, acme.ana, 8_000)], 0)
    runs.leave_out(run, [LeftOut("program", person, Why.SKILL) for person in (acme.ana, acme.ben)])


def live(acme: Company, database: sa.Engine, sealer: Sealer) -> None:
    """Let half a year pass."""
    held, missed = acme.meet(State.HELD, State.MISSED)
    with acme.store.unit() as unit:
        ana, ben = unit.people.get("acme", acme.ana), unit.people.get("acme", acme.ben)
        facts = unit.mentorships.facts("acme", acme.mentorship)
        assert ana and ben and facts
        ana.name, ana.email, ana.zone, ana.day_starts = NAME, EMAIL, "Europe/Lisbon", time(8)
        unit.people.add(
            Profile(acme.ana, "acme", team=TEAM, languages=("pt",)),
            Profile(acme.ben, "acme", manager_email=EMAIL.title(), capacity=2),
        )
        offer(unit, ana, ben)
        unit.programs.add(Program("program", "acme", "Mentoring", NOW, trusted_contact=NAME))
        for meeting in facts.meetings:
            unit.words.meet_at(meeting, acme.ana, PLACE)
        facts.mentorship.drafted_by, facts.mentorship.drafted_at = acme.ana, NOW
        for author, text, visibility in (
            (acme.ana, f"{MARK} for me", Visibility.ME),
            (acme.ana, f"{MARK} for both", Visibility.PAIR),
            (acme.ben, "by Ben for both", Visibility.PAIR),
            (acme.ben, f"{SECRET} for Ben alone", Visibility.ME),
        ):
            keys = ("acme", acme.mentorship, held, author)
            unit.words.write(Note(new_id(), *keys, NoteKind.TOPIC, "topics", new_id(), NOW), text, visibility)
            unit.words.write(ActionItem(new_id(), *keys, new_id(), NOW), f"step, {text}", visibility)
            goal = Goal(new_id(), "acme", acme.mentorship, author, new_id(), NOW)
            unit.words.write(goal, f"goal, {text}", visibility)
        told = ActionItem(new_id(), "acme", acme.mentorship, held, acme.ana, new_id(), NOW)
        unit.words.write(told, f"{MARK} done", Visibility.PAIR)
        unit.words.tell(told, f"{MARK} as outcome", Visibility.PAIR)
        for person in (acme.ana, acme.ben):
            unit.mentorships.add(Answer(held, person, "acme", 0, met=True, answered_at=NOW + DAY))
            unit.drafts.put(
                Draft(
                    f"draft-{person}",
                    "acme",
                    person,
                    "agenda.write",
                    missed,
                    0,
                    {"topics": MARK if person == acme.ana else "h"},
                ),
                NOW,
            )
            unit.enrolments.add(Enrolment(person, "acme", NOW, answered_at=NOW + DAY))
            unit.audit(AuditEntry(f"audit-{person}", "acme", person, "pause", acme.mentorship, NOW))
            unit.touches.look_by("acme", person, NOW + DAY)
        unit.ties.add(Tie("tie", "acme", acme.ana, acme.ben, NOW, ended_at=NOW + DAY))
        unit.commit()
    for person, user in ((acme.ana, "U-acme-ana"), (acme.ben, "U-acme-ben")):
        delivery_id = acme.post(MARK if person == acme.ana else "hello", to=person)
        touch = Touch(held, person, "did_you_meet", "0")
        with acme.store.unit() as unit:
            unit.touches.add("acme", acme.mentorship, {touch: Said(NOW, delivery_id)})
            unit.touches.snooze("acme", acme.mentorship, touch, Snooze(1, NOW + DAY))
            unit.commit()
        Inbox(database, sealer).put_many(
            [Typed((), Sender("slack", "T-acme", user), MARK if person == acme.ana else "h")], NOW
        )
    seek(acme, database, sealer)
