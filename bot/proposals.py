"""Saving a proposal: whom the names mean, and whether these people may be proposed to each other."""

from collections.abc import Sequence

from bot.domain.facts import Facts
from bot.domain.mentorship import EndReason, Status
from bot.domain.people import Person, PersonStatus
from bot.turn import Turn

Named = Sequence[tuple[str, str]]
"""The people of a form as (field, name)."""

Problems = dict[str, str]
"""What is wrong, by field."""


def whom(turn: Turn, people: Named) -> tuple[Problems, list[Person]]:
    """Return whom the names mean, each of them once, and what is wrong with the others."""
    t, problems, found = turn.t, Problems(), list[Person]()
    for field, name in people:
        person = turn.person(name)
        if person is None or person.status is PersonStatus.LEFT:
            problems[field] = t(
                "I know nobody, or several people, called {name}. A full name or an e-mail helps.", name=name.strip()
            )
        elif person in found:
            problems[field] = t("{name} is named twice.", name=person.name)
        else:
            found.append(person)
    return problems, found


def propose(turn: Turn, facts: Facts, field: str) -> Problems:
    """Save a proposal, so that those in it are asked; where it may not be made, return why, by that field.

    Their profiles are locked first, so that a round that invites meanwhile neither gives their seats nor asks twice.
    """
    t = turn.t
    turn.unit.profiles.of_some(facts.people)
    facts.managers = turn.unit.people.managers(facts.people)
    if facts.managed:
        return {field: t("One of them manages another. A mentor is best found outside one's own reporting line.")}
    for known in turn.unit.mentorships.of_person(facts.participants[0].person_id, turn.now):
        if known.mentorship.format is not facts.mentorship.format or known.people.keys() != facts.people.keys():
            continue
        if known.mentorship.status is not Status.ENDED:
            names = t.listing([person.first_name for person in facts.people.values()])
            return {field: t("{names} are in such a mentorship already, or have been asked.", names=names)}
        if known.mentorship.end_reason is EndReason.NOT_MATCHED and facts.mentorship.program_id is None:
            return {field: t("This did not come about lately. Give it a month, or ask somebody else.")}
    turn.unit.mentorships.add(facts.mentorship, *facts.participants)
    turn.begin(facts)
    return {}
