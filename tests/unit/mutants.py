"""Faults that the plan could have, each with the property that must notice it.

A mutant is a small change of one module's source. It is never written to a file: the changed source is compiled, and
for the time of one test every module that holds a name of the original gets the mutant's.
"""

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import pytest

from bot.domain import cadence, plan, progress, windows
from tests.unit import properties
from tests.unit.lives import History


@dataclass(frozen=True)
class Mutant:
    """A fault: in one module, each old text gives way to a new one, and `noticed_by` must turn red."""

    name: str
    module: ModuleType
    swaps: tuple[tuple[str, str], ...]
    noticed_by: Callable[[History], None]

    def source(self) -> str:
        """Return the changed source.

        Raises:
            LookupError: an old text does not stand there exactly once, so that the mutant has to be written anew.
        """
        source = inspect.getsource(self.module)
        for old, new in self.swaps:
            if source.count(old) != 1:
                raise LookupError(f"{self.name}: {source.count(old)} times in {self.module.__name__}: {old!r}")
            source = source.replace(old, new)
        return source

    def put_in_place(self, patch: pytest.MonkeyPatch) -> None:
        """Let the mutant stand for the original wherever a name of it is held."""
        mutant = ModuleType(self.module.__name__)
        exec(compile(self.source(), self.name, "exec"), vars(mutant))
        originals = {name: thing for name, thing in vars(self.module).items() if not name.startswith("__")}
        holders = [held for name, held in sys.modules.items() if name.startswith(("bot.domain", "tests.unit"))]
        for holder in holders:
            for name, thing in list(vars(holder).items()):
                if name in originals and originals[name] is thing:
                    patch.setattr(holder, name, getattr(mutant, name))


def fault(name: str, module: ModuleType, noticed_by: Callable[[History], None], *swaps: tuple[str, str]) -> Mutant:
    """Return one mutant; it reads as a line of the table."""
    return Mutant(name, module, swaps, noticed_by)


MUTANTS = (
    fault(
        "forgets what was said",
        plan,
        properties.nothing_is_said_twice,
        (" and w.touch not in self.said)", ")"),
    ),
    fault(
        "asks for the agenda anew at each hour",
        windows,
        properties.nothing_is_said_twice,
        ('Prompt.AGENDA, "")', "Prompt.AGENDA, str(meeting.starts_at))"),
    ),
    fault(
        "compares the hour of a brief, not its day",
        windows,
        properties.nothing_is_said_twice,
        ("day = local(meeting.starts_at, zone).date().isoformat()", "day = meeting.starts_at.isoformat()"),
    ),
    fault(
        "briefs once a meeting, whatever day it moves to",
        windows,
        properties.all_that_makes_sense_is_said,
        (
            "touch = Touch(meeting.id, person_id, Prompt.BRIEF, day)",
            'touch = Touch(meeting.id, person_id, Prompt.BRIEF, "")',
        ),
    ),
    fault(
        "never asks again after a move",
        windows,
        properties.all_that_makes_sense_is_said,
        (
            "touch = Touch(meeting.id, person_id, Prompt.DID_YOU_MEET, moves)",
            'touch = Touch(meeting.id, person_id, Prompt.DID_YOU_MEET, "")',
        ),
    ),
    fault(
        "tells of one change of status only",
        windows,
        properties.all_that_makes_sense_is_said,
        ("Prompt.NEWS, str(mentorship.version))", 'Prompt.NEWS, "")'),
    ),
    fault(
        "lets one answer in a group speak for all",
        windows,
        properties.all_that_makes_sense_is_said,
        ("if person_id in answered:", "if answered:"),
    ),
    fault(
        "forgets the quiet hours",
        plan,
        properties.nobody_is_disturbed,
        (
            "hours.next_open(max(moment, person.paused_until) if person.paused_until else moment)",
            "max(moment, person.paused_until) if person.paused_until else moment",
        ),
    ),
    fault(
        "forgets who paused the bot",
        plan,
        properties.nobody_is_disturbed,
        ("max(moment, person.paused_until) if person.paused_until else moment", "moment"),
    ),
    fault(
        "says what is moot",
        plan,
        properties.only_what_makes_sense_is_said,
        ("if window.moot_after <= now:", "if not window.opens:"),
        ("if at is None or at >= window.moot_after:", "if at is None:"),
    ),
    fault(
        "invites those who have answered",
        windows,
        properties.only_what_makes_sense_is_said,
        ("if participant.consent is Consent.OPEN:", "if participant.consent:"),
    ),
    fault(
        "asks for topics that were written",
        windows,
        properties.only_what_makes_sense_is_said,
        ("if (meeting.id, person_id, NoteKind.TOPIC) not in facts.written:", "if True:"),
    ),
    fault(
        "asks for the agenda as soon as there is an hour",
        windows,
        properties.only_what_makes_sense_is_said,
        ("opens = max(days_before, meeting.timed_at)", "opens = meeting.timed_at"),
    ),
    fault(
        "counts a ladder from the start, not from what was said",
        windows,
        properties.only_what_makes_sense_is_said,
        ("days_after(said.at, facts.program", "days_after(opens, facts.program"),
    ),
    fault(
        "asks the mentor while the lead has not heard yet",
        windows,
        properties.only_what_makes_sense_is_said,
        ("asked.at if asked else lead_hears", "meeting.ends_at"),
    ),
    fault(
        "asks a lead who was not there what they took home",
        windows,
        properties.only_what_makes_sense_is_said,
        ("was_there = answer.met if answer else leads", "was_there = leads or answer.met if answer else leads"),
    ),
    fault(
        "takes an old yes for a changed agreement",
        windows,
        properties.all_that_makes_sense_is_said,
        ("Prompt.AGREE, mentorship.drafted_at.isoformat())", 'Prompt.AGREE, "")'),
    ),
    fault(
        "asks for the agreement right after the talk",
        windows,
        properties.only_what_makes_sense_is_said,
        ("opens = facts.hours(drafter).next_week(talk.settled_at)", "opens = talk.settled_at"),
    ),
    fault(
        "does not wait for others to be gathered",
        windows,
        properties.only_what_makes_sense_is_said,
        ("opens = since + timedelta(minutes=facts.program.gathered_minutes)", "opens = since"),
    ),
    fault(
        "asks those who have agreed",
        windows,
        properties.only_what_makes_sense_is_said,
        ("if participant.agreed_at is None and not", "if not"),
    ),
    fault(
        "asks for a goal that was named",
        windows,
        properties.only_what_makes_sense_is_said,
        (" and p.person_id not in facts.with_goal]", "]"),
    ),
    fault(
        "asks pairs that have ended",
        windows,
        properties.the_paused_and_the_ended_hear_one_piece_of_news,
        ("elif status is Status.ACTIVE:", "elif status is not Status.PAUSED:"),
    ),
    fault(
        "looks again only for what is to be said",
        plan,
        properties.there_is_always_a_next_step,
        ("moments += [change.at for change in one.changes]", ""),
    ),
    fault(
        "looks again too late",
        plan,
        properties.looking_early_changes_nothing,
        ("min(moments, default=None)", "max(moments, default=None)"),
    ),
    fault(
        "looks again for what time changes only",
        plan,
        properties.looking_early_changes_nothing,
        ("moments += [at for at, _ in ahead]", ""),
    ),
    fault(
        "looks every day",
        plan,
        properties.no_look_is_for_nothing,
        ("min(moments, default=None)", "min([*moments, now + type(now - now)(days=1)])"),
    ),
    fault(
        "says only what opens while the process runs",
        plan,
        properties.a_crash_changes_nothing,
        ("def look(", "_BEGUN: dict[int, datetime] = {}\n\n\ndef look("),
        ("due.append(window)", "due += [window] * (window.opens >= _BEGUN.setdefault(id(one.said), now))"),
    ),
    fault(
        "has no reminders for a meeting that moved",
        windows,
        properties.moved_away_and_back_is_as_before,
        (
            "    for participant in facts.present:\n        person_id, hours = participant.person_id, "
            "facts.hours(participant.person_id)\n        if person_id == meeting.proposed_by:",
            "    for participant in facts.present if meeting.moves < 2 else ():\n        person_id, hours = "
            "participant.person_id, facts.hours(participant.person_id)\n        if person_id == meeting.proposed_by:",
        ),
    ),
    fault(
        "waits for ever for a report",
        progress,
        properties.time_settles_what_people_leave_open,
        (
            "elif meeting.state is State.CONFIRMED and meeting.ends_at:",
            "elif meeting.state is State.OPEN and meeting.ends_at:",
        ),
    ),
    fault(
        "waits for ever for a confirmation",
        progress,
        properties.time_settles_what_people_leave_open,
        (
            "if meeting.state is State.PROPOSED and meeting.starts_at:",
            "if meeting.state is State.OPEN and meeting.starts_at:",
        ),
    ),
    fault(
        "never ends what is paused",
        progress,
        properties.there_is_always_a_next_step,
        ("in (Status.ACTIVE, Status.PAUSED):", "is Status.ACTIVE:"),
    ),
    fault(
        "books for a silent pair for ever",
        progress,
        properties.the_next_is_booked_well,
        ("or silent_in_a_row(facts) >= TRIES:", ":"),
    ),
    fault(
        "books beyond the end",
        progress,
        properties.the_next_is_booked_well,
        ("if hour is None or hour < facts.mentorship.ends_at:", "if True:"),
    ),
    fault(
        "books the next one right after a moved one",
        cadence,
        properties.the_next_is_booked_well,
        ("half = timedelta(days=(self.interval.days + 1) // 2)", "half = timedelta(days=1)"),
    ),
    fault(
        "books in the past after an outage",
        cadence,
        properties.the_next_is_booked_well,
        ("self.slots(max(earliest - timedelta.resolution, now))", "self.slots(earliest - timedelta.resolution)"),
    ),
    fault(
        "works on holidays",
        cadence,
        properties.nobody_is_disturbed,
        (" and day not in _holidays(self.country, self.region, day.year)", ""),
    ),
    fault(
        "does not know that clocks change",
        cadence,
        properties.nobody_is_disturbed,
        (
            "return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)",
            "new_year = datetime(day.year, 1, 1, tzinfo=ZoneInfo(zone))\n"
            "    return datetime.combine(day, at, UTC) - (new_year.utcoffset() or timedelta())",
        ),
    ),
)
