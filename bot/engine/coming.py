"""What is coming, for whoever wants to see the plan: each window not yet said, when it opens, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.plan import plan
from bot.domain.progress import What
from bot.engine.tables import Tables

_BY_ITSELF = {
    What.DECIDE: "on this day everybody hears what became of the invitation",
    What.LAPSE_HOUR: "an hour that nobody has confirmed by then is lost",
    What.SILENCE: "a meeting that nobody has reported by then stays unsettled",
    What.GIVE_UP: "without a new time by then, this meeting is let go",
    What.BOOK: "the next meeting is booked",
    What.END: "the agreed term is over",
    What.RESUME: "the pause is over",
    What.PART: "a mentor has become the manager of whom they mentor",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing to come: `person` is empty for what changes by itself."""

    at: datetime
    person: str
    kind: str
    why: str
    pair: str


def coming(everything: Iterable[Facts], now: datetime, tables: Tables) -> list[Coming]:
    """Return what is to come in some mentorships as things stand now, the next first."""
    found = []
    for facts in everything:
        pair = " – ".join(facts.people[participant.person_id].first_name for participant in facts.present)
        planned = plan(facts)
        for change in planned.changes:
            found.append(Coming(max(change.at, now), "", change.what, _BY_ITSELF[change.what], pair))
        for participant in facts.present:
            person = facts.people[participant.person_id]
            for window in planned.unsaid(person.id):
                at = person.working_time.next_open(max(window.opens, now))
                if at < window.moot_after:
                    why = tables.sections[window.touch.kind].why
                    found.append(Coming(at, person.name, window.touch.kind, why, pair))
    return sorted(found, key=lambda one: (one.at, one.person))
