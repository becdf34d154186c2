"""What holds in every life of a mentorship, as plain functions over a history: each raises where it is broken."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, MeetingKind, State
from bot.domain.mentorship import Status
from bot.domain.plan import plan
from bot.domain.prompts import Prompt
from tests.unit.deeds import Act, Deed
from tests.unit.lives import History, Life
from tests.unit.sense import Meaning, Scene, at_work, meaning, sensible

Line = tuple[datetime, str, str, str, str]
"""One thing said: when, to whom, what, about which meeting, and about which of its hours."""


def all_that_makes_sense_is_said(history: History) -> None:
    """Whoever is at work has been told all that makes sense; the hour that stands is asked about."""
    told: dict[Meaning, datetime] = {}
    for moment in history.lived(stride=timedelta(hours=26, minutes=40)):
        wanted = set(sensible(moment.facts, moment.person, moment.now, told))
        told |= {meaning(window.touch, moment.facts): moment.now for window in moment.said}
        if at_work(moment.person, moment.now):
            assert not wanted - told.keys(), f"{moment.now}: never said"


def only_what_makes_sense_is_said(history: History) -> None:
    """Nothing moot is said, also after an outage; each rung counts from when the one below was really said."""
    told: dict[Meaning, datetime] = {}
    for moment in history.lived():
        wanted = set(sensible(moment.facts, moment.person, moment.now, told))
        said = {meaning(window.touch, moment.facts): moment.now for window in moment.said}
        assert not said.keys() - wanted, f"{moment.now}: makes no sense"
        told |= said


def nothing_is_said_twice(history: History) -> None:
    """What was said is not said again in the same sense, and what is marked as said is due no more."""
    told: set[Meaning] = set()
    for moment in history.lived():
        assert not moment.left, f"{moment.now}: still due"
        for window in moment.said:
            sense = meaning(window.touch, moment.facts)
            assert sense not in told, f"{moment.now}: said twice"
            told.add(sense)


def nobody_is_disturbed(history: History) -> None:
    """Nothing is said outside working hours, on holidays, or to somebody who paused the bot."""
    for moment in history.lived():
        assert not moment.said or at_work(moment.person, moment.now), f"{moment.now}: out of hours"


def the_paused_and_the_ended_hear_one_piece_of_news(history: History) -> None:
    """Where nothing runs, each is told so once, soon, and nothing else."""
    heard: set[tuple[str, int]] = set()
    for moment in history.lived():
        mentorship = moment.facts.mentorship
        if mentorship.status in (Status.PAUSED, Status.ENDED):
            for window in moment.said:
                assert window.touch.kind == Prompt.NEWS, f"{moment.now}: said to the {mentorship.status}"
                assert (moment.person.id, mentorship.version) not in heard, f"{moment.now}: no news any more"
                heard.add((moment.person.id, mentorship.version))


def there_is_always_a_next_step(history: History) -> None:
    """Each announced look lies ahead, what runs is looked at again, and following the looks leads to the end."""
    facts = None
    for moment in history.lived():
        facts = moment.facts
        assert moment.next_at is None or moment.next_at > moment.now, f"{moment.now}: the time stands still"
        running = facts.mentorship.status in (Status.PROPOSED, Status.ACTIVE, Status.PAUSED)
        assert moment.next_at or not running, f"{moment.now}: forgotten"
    assert facts
    assert facts.mentorship.status is Status.ENDED


def no_look_is_for_nothing(history: History) -> None:
    """A look may come in vain once, where a deed has spared it; the one after that finds something."""
    idle: dict[str, object] = {}
    stand: object = None
    for moment in history.lived():
        facts, before = moment.facts, stand
        stand = (moment.deeds, len(facts.said), facts.mentorship.version, story(facts))
        if stand != before:
            idle.pop(moment.person.id, None)
        else:
            assert idle.get(moment.person.id) != stand, f"{moment.now}: looks in vain"
            idle[moment.person.id] = stand


def looking_early_changes_nothing(history: History) -> None:
    """Looks at any other moments say the same at the same times: no window opens before the look announced for it."""
    history = without_outages(history)
    assert told_in(history, stride=timedelta(hours=13, minutes=10)) == told_in(history)


def a_crash_changes_nothing(history: History) -> None:
    """The process may die between any two deeds; what is stored is enough to go on as if nothing had been."""
    history = without_outages(history)
    expected = told_in(history)
    half = frozenset(range(0, len(history.deeds), 2))
    for crashes in (half, frozenset(range(len(history.deeds))) - half):
        assert told_in(history, crashes=crashes) == expected


def moved_away_and_back_is_as_before(history: History) -> None:
    """A meeting that returns to its hour gets back all that was still to be said about it, at the same times."""
    for life, meeting in agreed_hours(history):
        assert meeting.starts_at
        for away_for in (timedelta(), timedelta(hours=5)):
            if life.now + away_for < meeting.starts_at:
                check_return(*deepcopy((life, meeting)), away_for)


def check_return(life: Life, meeting: Meeting, away_for: timedelta) -> None:
    """Move a meeting away, let some time pass, and move it back."""
    before, hour = still_to_come(life.facts, meeting), meeting.starts_at
    life.do(Deed(Act.MOVE, 0, days=17))
    away = still_to_come(life.facts, meeting)
    assert all(moot == meeting.starts_at for _, kind, _, moot in away if kind in (Prompt.AGENDA, Prompt.BRIEF))
    for _ in life.until(life.now + away_for):
        pass
    life.do(Deed(Act.MOVE_BACK, 1))
    if life.facts.mentorship.status is Status.ACTIVE:
        assert meeting.starts_at == hour
        after = still_to_come(life.facts, meeting)
        assert [at_earliest(w, life.now) for w in after] == [at_earliest(w, life.now) for w in before]


def time_settles_what_people_leave_open(history: History) -> None:
    """No silence blocks a pair: an hour that nobody confirms, reports or mends is let go."""
    for moment in history.lived(stride=timedelta(hours=41)):
        facts = moment.facts
        if facts.mentorship.status is not Status.ACTIVE:
            continue
        assert len(facts.unsettled) <= 1, f"{moment.now}: two meetings at once"
        for meeting in facts.unsettled:
            lead = Scene(facts, facts.people[meeting.lead_id], moment.now, {})
            if not at_work(lead.person, moment.now):
                continue
            assert meeting.starts_at or meeting.kind is MeetingKind.KICKOFF
            over = meeting.settled_at or meeting.ends_at
            if over and over <= moment.now and meeting.state is not State.OPEN:
                patience = 13 if meeting.state is State.MISSED else 5
                assert lead.days_since(over) < patience, f"{moment.now}: {meeting.state} for ever"


def the_next_is_booked_well(history: History) -> None:
    """The next check-in is booked as soon as the last is settled: ahead, half an interval apart, within the term."""
    seen: set[str] = set()
    for moment in history.lived():
        facts, mentorship = moment.facts, moment.facts.mentorship
        for last, booked in zip(facts.meetings, facts.meetings[1:], strict=False):
            if booked.id not in seen and booked.kind is not MeetingKind.KICKOFF and not booked.moves:
                check_booking(facts, last, booked, moment.booked_at[booked.id])
        seen |= {meeting.id for meeting in facts.meetings}
        if mentorship.status is Status.ACTIVE and not facts.unsettled:
            nearly_over = mentorship.ends_at - moment.now < timedelta(weeks=3 * mentorship.every_weeks)
            fell_silent = Scene(facts, moment.person, moment.now, {}).fell_silent
            assert fell_silent or nearly_over, f"{moment.now}: nothing was booked"


def check_booking(facts: Facts, last: Meeting, booked: Meeting, now: datetime) -> None:
    """Hold a meeting that was booked now against the rules."""
    assert booked.starts_at
    assert booked.starts_at > now, "booked in the past"
    lead = facts.people[booked.lead_id]
    assert not Scene(facts, lead, now, {}).fell_silent, f"{now}: booked for a pair that had fallen silent"
    on_time = now == booked.created_at
    assert booked.starts_at < facts.mentorship.ends_at or not on_time, f"{now}: booked beyond the end"
    if last.starts_at:
        first, second = (local(hour, facts.mentorship.zone).date() for hour in (last.starts_at, booked.starts_at))
        assert second - first >= timedelta(weeks=facts.mentorship.every_weeks) / 2, f"{now}: too soon"


# Helpers of the properties


def told_in(
    history: History, stride: timedelta | None = None, crashes: frozenset[int] = frozenset()
) -> tuple[list[Line], list[object]]:
    """Return all that is said in a history, and what became of the meetings; ids are made anew in each life."""
    lines: list[Line] = []
    facts = None
    for moment in history.lived(stride, crashes):
        facts = moment.facts
        for window in moment.said:
            meeting = facts.meeting(window.touch.about)
            number = str(meeting.number) if meeting else ""
            lines.append((moment.now, moment.person.id, window.touch.kind, number, window.touch.occasion))
    return sorted(lines), story(facts) if facts else []


def story(facts: Facts) -> list[object]:
    """Return the course of all meetings without their ids."""
    return [(m.number, m.kind, m.state, m.moves, m.starts_at, m.settled_at, m.lead_id) for m in facts.meetings]


def agreed_hours(history: History) -> Iterator[tuple[Life, Meeting]]:
    """Live the deeds of a history and yield the life wherever a meeting that lies ahead has just been looked at."""
    life = Life(history)
    for deed in history.deeds:
        for _ in life.until(life.time_of(deed)):
            pass
        life.do(deed)
        for meeting in life.facts.unsettled:
            active = life.facts.mentorship.status is Status.ACTIVE
            if active and meeting.state is State.CONFIRMED and meeting.starts_at and meeting.starts_at > life.now:
                yield life, meeting


def still_to_come(facts: Facts, meeting: Meeting) -> list[tuple[str, str, datetime, datetime]]:
    """Return who is still to be told what about a meeting, and when; that it was moved is no part of it.

    Nor is what comes along with something else, or draws anew what was said.
    """
    to_come = (w for person_id in facts.people for w in plan(facts).unsaid(person_id) if w.touch.about == meeting.id)
    return [
        (w.touch.person_id, w.touch.kind, w.opens, w.moot_after)
        for w in to_come
        if w.touch.kind != Prompt.BOOKED and not w.rides and not w.turns
    ]


def at_earliest(line: tuple[str, str, datetime, datetime], now: datetime) -> tuple[str, str, datetime, datetime]:
    """Return the same with the time at which it can be said from now on."""
    person_id, kind, opens, moot_after = line
    return person_id, kind, max(opens, now), moot_after


def without_outages(history: History) -> History:
    """Return the same history under a process that never stood still."""
    return replace(history, deeds=tuple(deed for deed in history.deeds if deed.act is not Act.OUTAGE))


PROPERTIES: tuple[Callable[[History], None], ...] = (
    all_that_makes_sense_is_said,
    only_what_makes_sense_is_said,
    nothing_is_said_twice,
    nobody_is_disturbed,
    the_paused_and_the_ended_hear_one_piece_of_news,
    there_is_always_a_next_step,
    no_look_is_for_nothing,
    looking_early_changes_nothing,
    a_crash_changes_nothing,
    moved_away_and_back_is_as_before,
    time_settles_what_people_leave_open,
    the_next_is_booked_well,
)
