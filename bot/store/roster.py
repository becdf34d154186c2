"""Bringing a company's roster into the database, by e-mail address; doing it twice changes nothing."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import new_id
from bot.domain.people import Person, PersonStatus
from bot.domain.profile import Profile
from bot.roster import Report, Roster, Row
from bot.store.engine import turnstile
from bot.store.roster_skills import RosterSkills
from bot.store.tables import people, profiles

_PEOPLE = sa.select(Person).where(
    people.c.organization_id == sa.bindparam("organization_id"), people.c.email != sa.literal_column("''")
)
_PROFILES = sa.select(Profile).where(profiles.c.organization_id == sa.bindparam("organization_id"))

_BELONGS: dict[str, object] = {"status": PersonStatus.ACTIVE, "left_at": None}
"""Who is in the file belongs to the company, also who had left it before."""

_THEIR_OWN = ("languages", "capacity")
"""What people tell themselves when they join, besides their skills."""


def bring_in(engine: sa.Engine, organization_id: str, roster: Roster) -> Report:
    """Add who is new and change who is known, all in one transaction, and report.

    What the file does not speak of stays as it is, and so does what people told when they joined. Who is known and
    not in the file is reported only.
    """
    with turnstile(engine), Session(engine, expire_on_commit=False) as session:
        keys = {"organization_id": organization_id}
        known = {person.email.lower(): person for person in session.scalars(_PEOPLE, keys)}
        described = {profile.person_id: profile for profile in session.scalars(_PROFILES, keys)}
        skills = RosterSkills(session.connection(), organization_id)
        roster = roster.with_managers({email: person.name for email, person in known.items()})
        new = [row for row in roster.rows if row.email not in known]
        changed = 0
        for row in roster.rows:
            person = known.get(row.email) or Person(new_id(), organization_id, row.name, row.email)
            profile = described.get(person.id) or Profile(person.id, organization_id)
            news = _set(person, row.of_person() | _BELONGS) + _set(profile, _of_profile(profile, row))
            session.add_all((person, profile))
            if profile.joined_at is None:
                news += skills.say(person.id, row.offers, row.wants)
            changed += bool(news) and row.email in known
        session.flush()
        skills.save()
        session.commit()
    unchanged = len(roster.rows) - len(new) - changed
    return Report(len(new), changed, unchanged, _missing(known, roster), roster.problems, roster.ignored)


def _of_profile(profile: Profile, row: Row) -> dict[str, object]:
    """Return what the file says for a profile; what somebody who has joined says of themselves stands."""
    said = row.of_profile()
    return said if profile.joined_at is None else {name: said[name] for name in said if name not in _THEIR_OWN}


def _set(of: Person | Profile, said: dict[str, object]) -> int:
    """Set what the file says, and return how much of it was news."""
    news = {name: value for name, value in said.items() if getattr(of, name) != value}
    for name, value in news.items():
        setattr(of, name, value)
    return len(news)


def _missing(known: dict[str, Person], roster: Roster) -> tuple[str, ...]:
    gone = (p for email, p in known.items() if email not in roster.emails and p.status is PersonStatus.ACTIVE)
    return tuple(sorted(person.name for person in gone))
