"""The home view: all that is going on for one person, on one card, as it stands now.

A platform with a place for it shows it there, others when somebody asks. It is never queued, and always to be had.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.budget import limits
from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.health import health
from bot.domain.meeting import Meeting, State
from bot.domain.mentorship import Status
from bot.domain.plan import plan
from bot.domain.records import GoalState
from bot.flow import RUN, Command, Flow, Topic
from bot.follow_up import open_steps
from bot.language import N_
from bot.messages import Button, Card, Fact, Pressed, Quote, Say, Section, Show
from bot.pair_words import state_names
from bot.turn import Replies, Turn

MENTORSHIPS = 10
ASKED = 5
LISTED = 5
"""How many mentorships, questions, and steps or goals are shown; what is more is counted, and one word away."""

LATELY = timedelta(weeks=4)
"""How long what went well is shown; the record keeps it."""

SHORT = 200
"""Characters of a step or a goal that are shown."""


def home(turn: Turn) -> Card:
    """Return the home view of whoever acts in a turn."""
    mine = [facts for facts in turn.mine() if facts.mentorship.status is not Status.ENDED]
    return Card(
        (
            *_mentorships(turn, mine),
            *_asked(turn),
            *_steps(turn, mine),
            *_goals(turn, mine),
            *_wins(turn, mine),
            _settings(turn, mine),
            *_program(turn),
        )
    )


# Mentorships


def _mentorships(turn: Turn, mine: Sequence[Facts]) -> Iterable[Section]:
    t = turn.t
    if not mine:
        text = t("You are in no mentorship now. Once you are invited to one, you hear from me.")
        join = Button(t("Take part"), "profile.join", turn.actor.id, opens=True)
        yield Section(text, title=t("Your mentorships"), buttons=(join,))
    for facts in mine[:MENTORSHIPS]:
        yield _mentorship(turn, facts)
    if len(mine) > MENTORSHIPS:
        text = t("There are {n} more: 'status' shows them all.", n=len(mine) - MENTORSHIPS)
        yield Section(text, buttons=(_run(t("All of them"), "status"),))


def _mentorship(turn: Turn, facts: Facts) -> Section:
    t, about, meeting = turn.t, facts.mentorship.id, _next(facts, turn.now)
    lines = [Fact(t("How it stands"), state_names(t)[health(facts, turn.now)])]
    if meeting and meeting.starts_at:
        lines.append(Fact(t("You meet"), t.when(meeting.starts_at, turn.actor.zone)))
        if place := turn.unit.words.place(meeting, turn.actor.id):
            lines.append(Fact(t("Where"), place))
    if facts.agreement_stands:
        lines.append(Fact(t("Your agreement"), t("stands")))
    return Section(
        "",
        title=t("With {name}", name=turn.partner(facts)),
        facts=tuple(lines),
        buttons=(*_about_meeting(turn, meeting), *_about_pair(turn, facts, about)),
        links=turn.scene(facts, about).calendar_links(meeting) if meeting else (),
    )


def _about_meeting(turn: Turn, meeting: Meeting | None) -> tuple[Button, ...]:
    if meeting is None:
        return ()
    t = turn.t
    return (
        Button(t("Topics"), "agenda.open", meeting.id, opens=True),
        Button(t("Another time"), "scheduling.move", meeting.id, rev=meeting.moves, opens=True),
    )


def _about_pair(turn: Turn, facts: Facts, about: str) -> tuple[Button, ...]:
    if not facts.mentorship.started_at:
        return ()
    t = turn.t
    agreement = (Button(t("Agreement"), "agreement.show", about),) if facts.agreement_stands else ()
    win = (Button(t("Send a win"), "wins.open", about, opens=True),) if facts.mentorship.runs else ()
    return (Button(t("Record"), "record.show", about), *agreement, *win)


def _next(facts: Facts, now: datetime) -> Meeting | None:
    """Return the next meeting whose hour is agreed and not over."""
    agreed = [m for m in facts.unsettled if m.state is State.CONFIRMED and m.ends_at and m.ends_at > now]
    return min(agreed, key=lambda meeting: meeting.starts_at or meeting.created_at, default=None)


# What is asked


def _asked(turn: Turn) -> Iterable[Section]:
    """Yield the open questions as the plan's own cards ask them, each once."""
    t = turn.t
    asked = list({replace(section, kind="", about=""): section for section in turn.asked()})
    if not asked:
        return
    yield Section(t("It is your turn; none of it takes long."), title=t("Asked of you now"))
    yield from asked[:ASKED]
    if len(asked) > ASKED:
        yield Section(t("There are {n} more. They come up as you answer these.", n=len(asked) - ASKED))


# What one took on, and wants to reach


def _steps(turn: Turn, mine: Iterable[Facts]) -> Iterable[Section]:
    t = turn.t
    steps = [(facts, step) for facts in mine for step in open_steps(turn.unit, facts, turn.actor.id)]
    steps.sort(key=lambda one: one[1].action.created_at)
    if steps:
        quotes = tuple(
            Quote(_short(step.text), _by(turn, facts, step.action.due_on)) for facts, step in steps[:LISTED]
        )
        yield Section(
            _more(turn, len(steps)),
            title=t("Your open steps"),
            quotes=quotes,
            buttons=(_run(t("Mark one as done"), "actions"),),
        )


def _goals(turn: Turn, mine: Sequence[Facts]) -> Iterable[Section]:
    t = turn.t
    goals = [
        (facts, goal, text.partition("\n")[0])
        for facts in mine
        for goal, text in turn.unit.words.goals(facts.mentorship.id, turn.actor.id)
        if goal.owner_id == turn.actor.id and goal.state is GoalState.OPEN
    ]
    if goals:
        quotes = tuple(Quote(_short(text), _by(turn, facts, goal.due_on)) for facts, goal, text in goals[:LISTED])
        yield Section(
            _more(turn, len(goals)), title=t("Your goals"), quotes=quotes, buttons=(_run(t("All goals"), "goals"),)
        )


def _wins(turn: Turn, mine: Sequence[Facts]) -> Iterable[Section]:
    """Yield what went well for anybody in the last weeks."""
    t = turn.t
    wins = [
        (note, text, facts.people[note.author_id].first_name)
        for facts in mine
        for note, text in turn.unit.words.wins(facts.mentorship.id, turn.actor.id)
        if turn.now - note.written_at < LATELY
    ]
    wins.sort(key=lambda one: one[0].written_at, reverse=True)
    if wins:
        quotes = tuple(
            Quote(_short(text), t("{name}, on {day}", name=name, day=t.day(note.written_at, turn.actor.zone)))
            for note, text, name in wins[:LISTED]
        )
        yield Section(_more(turn, len(wins)), title=t("What went well"), quotes=quotes)


def _more(turn: Turn, count: int) -> str:
    return turn.t("There are {n} more.", n=count - LISTED) if count > LISTED else ""


def _by(turn: Turn, facts: Facts, due: date | None) -> str:
    t, name = turn.t, turn.partner(facts)
    return t("with {name}, until {day}", name=name, day=t.full_day(due)) if due else t("with {name}", name=name)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


# Settings


def _settings(turn: Turn, mine: Sequence[Facts]) -> Section:
    t, me = turn.t, turn.actor
    days = t.weekdays(me.working_days)
    hours = t("{days}, {begin} to {end}", days=days, begin=f"{me.day_starts:%H:%M}", end=f"{me.day_ends:%H:%M}")
    most = limits(me, [plan(facts) for facts in mine]).messages
    lines = (
        Fact(t("I write to you"), hours),
        Fact(t("Your time zone"), me.zone),
        Fact(t("Your language"), t.own_name),
        *_away(turn),
        Fact(t("Unasked, at most"), t("{n} messages a week", n=most) if most > 1 else t("one message a week")),
    )
    text = t("'away until Friday' notes days off, 'fewer' brings less from me, 'pause until Monday' keeps me quiet.")
    buttons = (
        _run(t("Hours, zone, language"), "working hours", opens=True),
        _run(t("What I keep about you"), "me"),
        _run(t("All that you can type"), "help"),
    )
    return Section(text, title=t("Your settings"), facts=lines, buttons=buttons)


def _away(turn: Turn) -> Iterable[Fact]:
    t, me = turn.t, turn.actor
    today = local(turn.now, me.zone).date()
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in me.away]
    for first, last in [span for span in sorted(spans) if span[1] >= today][:LISTED]:
        one_day = t.full_day(first) if first == last else ""
        days = one_day or t("{first} to {last}", first=t.full_day(first), last=t.full_day(last))
        yield Fact(t("You are away"), days)
    if me.paused_until and me.paused_until > turn.now:
        yield Fact(t("Nothing before"), t.when(me.paused_until, me.zone))


def _program(turn: Turn) -> Iterable[Section]:
    if turn.actor.is_admin:
        t = turn.t
        yield Section("", title=t("The programme"), buttons=(_run(t("How the pairs are doing"), "status"),))


def _run(label: str, words: str, *, opens: bool = False) -> Button:
    """Return a button that stands for typed words."""
    return Button(label, RUN, "", value=words, opens=opens)


# What is answered


def shown(turn: Turn, press: Pressed) -> Replies:
    """Show the home view."""
    return (Show(home(turn)),)


def installed(turn: Turn, press: Pressed) -> Replies:
    """Show the home view to somebody who has the bot now, or has it back; a repeated word of it says nothing."""
    lost = turn.actor.id in turn.unit.outbox.unreachable(turn.actor.organization_id)
    return (Say(home(turn)),) if lost or not turn.account.greeted else ()


def home_command(turn: Turn, text: str) -> Replies:
    """Show the home view."""
    return (Show(home(turn)),)


FLOW = Flow(
    actions={"home.show": shown, "home.installed": installed},
    commands=(
        Command(
            (N_("home"),), N_("home: all that is going on, on one card"), home_command, topic=Topic.YOU, opens=True
        ),
    ),
)
