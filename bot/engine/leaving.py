"""Somebody leaves the company, or is to be forgotten: out of every mentorship, so that the others are told."""

from datetime import datetime

from bot.domain.leaving import leave
from bot.domain.people import Person, PersonStatus
from bot.domain.plan import plan
from bot.engine.speaking import Speaker, changed
from bot.ports import UnitOfWork


def let_go(unit: UnitOfWork, speaker: Speaker, person: Person, now: datetime, *, erase: bool) -> None:
    """Take somebody out of all mentorships, and note when they left the company.

    Who is to be erased is erased first. Cards with partners that quote or name this person are then drawn anew, as
    far back as the bot looks.
    """
    if erase:
        unit.erase(person, now)
    for facts in unit.mentorships.of_person(person.id, now):
        before = plan(facts).live()
        leave(facts, person.id, now)
        planned = speaker.settle(facts)
        told = {said.delivery_id for said in facts.said.values() if said.delivery_id}
        stale = told if erase else changed(before, planned)
        speaker.redraw(stale, person.organization_id, {facts.mentorship.id: facts})
        speaker.look_again(facts, planned)
    if person.status is not PersonStatus.LEFT:
        person.status, person.left_at = PersonStatus.LEFT, now
