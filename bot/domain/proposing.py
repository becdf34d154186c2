"""A mentorship that is proposed: in which form, with whom in which role, and by whose terms."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.mentorship import Format, Mentorship, Participant, Role, Status, decision_time
from bot.domain.people import Person
from bot.domain.program import DEFAULTS, Program

FEWEST_MENTEES, MOST_MENTEES = 2, 10
"""How many people one mentor guides in a group."""

ROLES: dict[Format, tuple[Role, Role]] = {
    Format.ONE_ON_ONE: (Role.MENTOR, Role.MENTEE),
    Format.GROUP: (Role.MENTOR, Role.MENTEE),
    Format.PEER: (Role.PEER, Role.PEER),
    Format.REVERSE: (Role.MENTOR, Role.MENTEE),
}
"""The role of who is named first in a form, and of all others; in a reverse mentorship that is who teaches."""


def decided_at(people: Sequence[Person], terms: Program, now: datetime) -> datetime:
    """Return when all hear what became of an invitation to these people that was sent at a moment."""
    zones = (person.zone for person in people)
    return decision_time(now, *zones, weekday=terms.decision_weekday, answer_days=terms.answer_days)


def proposed(form: Format, people: Sequence[Person], program: Program | None, now: datetime) -> Facts:
    """Return a mentorship that waits for everybody's answer, by the terms of a programme, or by the usual ones.

    The series will run in the zone of who is guided; a group's and peers' in that of whoever is named first.
    """
    terms, company = program or DEFAULTS, people[0].organization_id
    zone = people[0].zone if form in (Format.GROUP, Format.PEER) else people[-1].zone
    mentorship = Mentorship(
        id=new_id(),
        organization_id=company,
        format=form,
        status=Status.PROPOSED,
        proposed_at=now,
        decides_at=decided_at(people, terms, now),
        zone=zone,
        ends_on=local(now, zone).date() + timedelta(weeks=terms.term_weeks),
        every_weeks=terms.every_weeks,
        minutes=terms.minutes,
        program_id=program.id if program else None,
    )
    first, others = ROLES[form]
    participants = [
        Participant(mentorship.id, person.id, company, others if number else first, joined_at=now)
        for number, person in enumerate(people)
    ]
    return Facts(mentorship, participants, {person.id: person for person in people}, program=terms)
