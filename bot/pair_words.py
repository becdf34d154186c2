"""Pairs in words, for those who run the programme: states, dates, counts, and what comes next.

No sentence here tells one of a pair from the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.health import FEWEST, Health, Standing, merged
from bot.domain.meeting import State
from bot.domain.mentorship import Status
from bot.domain.outlook import AFTER_MEETING, Step, next_step
from bot.domain.program import Program
from bot.domain.progress import What
from bot.domain.prompts import Prompt
from bot.language import Translator
from bot.messages import Button, Fact, Section
from bot.overview import Overview, Row


def counted(t: Translator, found: Overview) -> list[str]:
    """Return a line of counts of the pairs that may be named, and one of those that may not, where there are any."""
    names = state_names(t)
    counts = Counter(row.standing.state for row in found.rows)
    lines = [", ".join(f"{names[state]}: {counts[state]}" for state in Health if counts[state])]
    if found.hidden:
        large, rest = merged(Counter(one.standing.state for one in found.hidden))
        cells = [f"{names[state]}: {count}" for state, count in large.items()]
        if rest:
            cells.append(t("in other states: {count}", count=few(t, rest)))
        lines.append(", ".join(cells))
    return [line for line in lines if line]


def by_program(t: Translator, found: Overview, programs: Sequence[Program]) -> tuple[Fact, ...]:
    """Return the counts of each programme by its name, where a company has several.

    There are no sums of all then: with those of the others, they would give small counts of one away.
    """
    named = [(program.name, found.of(program.id)) for program in programs]
    named.append((t("Without a programme"), found.of(None)))
    counts = ((name, "\n".join(counted(t, part))) for name, part in named)
    return tuple(Fact(name, lines) for name, lines in counts if lines)


def few(t: Translator, count: int) -> str:
    """Return a count as it may be shown where pairs are hidden."""
    return str(count) if count >= FEWEST else t("fewer than five")


def pair_section(t: Translator, row: Row, now: datetime, zone: str, *buttons: Button) -> Section:
    """Show one pair: its state and for how long, its dates, and what the bot does next."""
    return Section(" ".join(_sentences(t, row, now, zone)), title=row.names(t), buttons=buttons)


def _sentences(t: Translator, row: Row, now: datetime, zone: str) -> Iterator[str]:
    facts, status = row.facts, row.facts.mentorship.status
    yield _state(t, row.standing, now, facts.mentorship.zone)
    if row.refused and row.standing.state is not Health.UNREACHABLE and status is not Status.ENDED:
        yield t("A message to them did not arrive.")
    if status is not Status.PROPOSED:
        yield _dates(t, facts, now, zone)
    if status is not Status.ENDED:
        yield _next(t, next_step(facts, now), zone)


def _state(t: Translator, standing: Standing, now: datetime, zone: str) -> str:
    """Say a state with the day of it, the first day being day 1."""
    day = (local(now, zone).date() - local(standing.since, zone).date()).days + 1
    return {
        Health.NOT_STARTED: t("Not started, day {day}.", day=day),
        Health.STALLED: t("Stalled, day {day}.", day=day),
        Health.SLIPPING: t("Slipping, day {day}.", day=day),
        Health.UNREACHABLE: t("Cannot be reached, day {day}.", day=day),
        Health.UNSETTLED: t("Unsettled, day {day}.", day=day),
        Health.ENDING: t("Ending soon, day {day}.", day=day),
        Health.PAUSED: t("Paused, day {day}.", day=day),
        Health.INVITED: t("Invited, day {day}.", day=day),
        Health.ON_TRACK: t("On track."),
        Health.ENDED: t("Ended, day {day}.", day=day),
    }[standing.state]


def _dates(t: Translator, facts: Facts, now: datetime, zone: str) -> str:
    held = facts.last_held.starts_at if facts.last_held else None
    agreed = (meeting.starts_at for meeting in facts.unsettled if meeting.state is State.CONFIRMED)
    ahead = min((starts_at for starts_at in agreed if starts_at and starts_at > now), default=None)
    if held and ahead:
        return t("Last met on {held}; next on {ahead}.", held=t.day(held, zone), ahead=t.day(ahead, zone))
    if held:
        return t("Last met on {held}; no date ahead.", held=t.day(held, zone))
    if ahead:
        return t("Not met yet; next on {ahead}.", ahead=t.day(ahead, zone))
    return t("Not met yet, and no date ahead.")


def _next(t: Translator, step: Step | None, zone: str) -> str:
    if step is None:
        return t("I write nothing more until one of them moves.")
    day = t.day(step.at, zone)
    return {
        What.DECIDE: t("All who were asked hear on {day} what became of it.", day=day),
        What.LAPSE_HOUR: t("A suggested time waits for a word until {day}.", day=day),
        What.SILENCE: t("If nobody says by {day} whether they met, I leave it open.", day=day),
        What.GIVE_UP: t("Without a new time by {day} I let this meeting go and book the next.", day=day),
        What.RESUME: t("It goes on by itself on {day}.", day=day),
        What.END: t("It ends on {day}.", day=t.day(step.at - timedelta(days=1), zone)),
        AFTER_MEETING: t("After the meeting on {day} I ask whether they met.", day=day),
        Prompt.NOT_STARTED: t("On {day} I remind all of them that there is no date.", day=day),
        Prompt.STUCK: t("On {day} I offer all of them a slower rhythm, a pause or a new match.", day=day),
        Prompt.ENDING: t("On {day} I ask all of them how they want to close.", day=day),
    }.get(step.kind, t("On {day} I look again.", day=day))


def state_names(t: Translator) -> dict[Health, str]:
    """Return the words for the states."""
    return {
        Health.NOT_STARTED: t("not started"),
        Health.STALLED: t("stalled"),
        Health.SLIPPING: t("slipping"),
        Health.UNREACHABLE: t("cannot be reached"),
        Health.UNSETTLED: t("unsettled"),
        Health.ENDING: t("ending soon"),
        Health.PAUSED: t("paused"),
        Health.INVITED: t("invited"),
        Health.ON_TRACK: t("on track"),
        Health.ENDED: t("ended"),
    }
