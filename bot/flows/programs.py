"""The programmes of a company: how many pairs they have, and their settings."""

from collections import Counter
from collections.abc import Iterable

from bot.domain.facts import Facts
from bot.domain.mentorship import Status
from bot.domain.program import Program
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.messages import (
    Button,
    Card,
    Errors,
    Fact,
    Field,
    FieldKind,
    Form,
    Option,
    Pressed,
    Section,
    Show,
    Values,
    card,
)
from bot.overview import plan_anew
from bot.pair_words import few
from bot.scene import NotThere
from bot.turn import Later, Replies, Turn

Number = tuple[str, str, tuple[int, ...]]
"""A setting that is a number, as it is asked for, with what may be chosen beside what stands."""

RHYTHM: tuple[Number, ...] = (
    ("every_weeks", N_("Weeks from one meeting to the next"), (1, 2, 3, 4, 6, 8)),
    ("minutes", N_("Minutes of a meeting"), (15, 20, 30, 45, 60, 90)),
    ("term_weeks", N_("Weeks that a mentorship lasts"), (8, 13, 26, 39, 52)),
    ("review_every", N_("Which meeting is a review: one in every so many"), (4, 6, 8, 12)),
    ("unasked_a_week", N_("Messages that somebody gets in a week without having asked"), (1, 2, 3, 4, 5)),
    ("briefs_a_week", N_("How many of these may hold a mentor's brief"), (1, 2, 3)),
    ("wraps_a_week", N_("How many of these may ask a mentor whether they met"), (1, 2, 3)),
    ("short_notice_hours", N_("Hours before a meeting in which a change is always told"), (12, 24, 48)),
    ("gathered_minutes", N_("Minutes for which invitations and agreements wait for others"), (5, 10, 20, 40, 60)),
)
"""How often people meet, and how often they are written to."""

CALENDAR: tuple[Number, ...] = (
    ("asked_days", N_("Working days for which a question about the start is open"), (7, 10, 15, 20)),
    ("not_started_days", N_("Working days without a first date until a pair counts as not started"), (7, 10, 15, 20)),
    ("agenda_days", N_("Working days before a meeting on which topics are asked for"), (1, 2, 3, 4, 5)),
    ("brief_days", N_("Working days before a meeting on which the brief comes"), (1, 2, 3)),
    ("remind_days", N_("Working days until the one reminder"), (1, 2, 3, 4, 5)),
    ("wrap_days", N_("Working days after the mentee until the mentor is asked whether they met"), (1, 2, 3)),
    ("silence_days", N_("Working days until a meeting that nobody reports is left open"), (3, 5, 7, 10)),
    ("reflection_days", N_("Working days for which who reports a meeting is asked for a reflection"), (1, 2, 3, 5)),
    ("rides_days", N_("Working days for which the others are, along with something else"), (5, 8, 12, 15)),
    ("stuck_days", N_("Working days without a new date until a pair is offered something easier"), (4, 5, 6, 7, 8)),
    ("give_up_days", N_("Working days without a new date until a meeting is let go"), (10, 13, 15, 20)),
    ("warned_days", N_("Working days by which a pair reads its state before you do"), (2, 3, 4, 5)),
    ("answer_days", N_("Working days that people have at least to answer an invitation"), (2, 3, 5, 10)),
    ("ending_weeks", N_("Weeks before the end from which on a pair is asked how to close"), (2, 3, 4, 6)),
)
"""When what is said, and what silence does."""


# What is asked


def programs(turn: Turn, text: str) -> Replies:
    """List the programmes with their rhythm and the count of their pairs."""
    turn.unit.programs.main(turn.actor.organization_id, turn.now)
    return (Later(_listed),)


def _listed(turn: Turn) -> Card:
    everything = turn.unit.mentorships.at_a_glance(turn.actor.organization_id, turn.now)
    ours = turn.unit.programs.all(turn.actor.organization_id)
    sections = tuple(_program(turn.t, program, everything) for program in ours)
    another = Button(turn.t("Add a programme"), "programs.add", "", opens=True)
    return Card(sections, footer=(another,))


def _program(t: Translator, program: Program, everything: Iterable[Facts]) -> Section:
    counts = Counter(f.mentorship.status for f in everything if f.mentorship.program_id == program.id)

    def shown(status: Status) -> str:
        return few(t, counts[status]) if program.aggregate_only else str(counts[status])

    facts = [
        Fact(
            t("Rhythm"),
            t("{minutes} minutes every {weeks} weeks", minutes=program.minutes, weeks=program.every_weeks),
        ),
        Fact(t("Running"), shown(Status.ACTIVE)),
        Fact(t("Invited"), shown(Status.PROPOSED)),
        Fact(t("Paused"), shown(Status.PAUSED)),
    ]
    if program.aggregate_only:
        facts.append(Fact(t("Pairs"), t("counts only, none is named")))
    if program.trusted_contact:
        facts.append(Fact(t("Trusted contact"), program.trusted_contact))
    for first, last in program.holidays:
        facts.append(Fact(t("Everybody rests"), f"{t.full_day(first)} – {t.full_day(last)}"))
    settings = Button(t("Settings"), "programs.settings", program.id, opens=True)
    calendar = Button(t("Message calendar"), "programs.calendar", program.id, opens=True)
    return Section("", title=program.name, facts=tuple(facts), buttons=(settings, calendar))


def settings_form(turn: Turn, subject: str) -> Form:
    """Ask for the settings of a programme, as they stand."""
    t, program = turn.t, _ours(turn, subject)
    contact = Field(
        "trusted_contact",
        t("Whom may people turn to in confidence?"),
        required=False,
        max_length=200,
        hint=t("Somebody outside the programme team, with a way to reach them."),
        initial=program.trusted_contact,
    )
    sees = Field(
        "aggregate_only",
        t("What those who run the programme see"),
        FieldKind.CHOICE,
        (Option("no", t("Pairs by name, with states and dates")), Option("yes", t("Counts only, no pair is named"))),
        initial="yes" if program.aggregate_only else "no",
    )
    name = Field("name", t("Name"), max_length=80, initial=program.name)
    intro = t("What changes here holds from now on; rhythm, minutes and weeks hold for new pairs.")
    fields = (name, *_numbers(t, program, RHYTHM), contact, sees)
    return Form("programs.settings", program.id, t("Settings"), fields, intro, t("Save"))


def calendar_form(turn: Turn, subject: str) -> Form:
    """Ask for the days of a programme's message calendar, as they stand."""
    t, program = turn.t, _ours(turn, subject)
    intro = t("What changes here holds from now on. Days are working days of whoever is written to.")
    decided = Field(
        "decision_weekday",
        t("Day on which all hear what became of an invitation"),
        FieldKind.CHOICE,
        tuple(Option(str(number), t.weekday(number)) for number in range(7)),
        initial=str(program.decision_weekday),
        hint=t("It is fixed, so that its coming tells nobody how another answered."),
    )
    fields = (decided, *_numbers(t, program, CALENDAR))
    return Form("programs.calendar", program.id, t("Message calendar"), fields, intro, t("Save"))


def _numbers(t: Translator, program: Program, asked: Iterable[Number]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name,
            t(label),
            FieldKind.CHOICE,
            tuple(Option(str(n), str(n)) for n in sorted({*choices, getattr(program, name)})),
            initial=str(getattr(program, name)),
        )
        for name, label, choices in asked
    )


# What is answered


def settings_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the settings of a programme."""
    return (Show(settings_form(turn, press.subject)),)


def calendar_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the message calendar of a programme."""
    return (Show(calendar_form(turn, press.subject)),)


def settings_sent(turn: Turn, form: Form, values: Values) -> Replies:
    """Save the settings that were shown, and plan all its pairs anew."""
    program = _ours(turn, form.subject)
    wanted: dict[str, str | int | bool] = {name: str(value) for name, value in values.items()}
    for name in ("decision_weekday", *(name for name, _, _ in (*RHYTHM, *CALENDAR))):
        if name in wanted:
            wanted[name] = int(wanted[name])
    if "aggregate_only" in wanted:
        wanted["aggregate_only"] = wanted["aggregate_only"] == "yes"
    if problems := _problems(turn, program, wanted):
        return (Errors(problems),)
    for name, value in wanted.items():
        setattr(program, name, value)
    turn.audit("settings", program.id)
    plan_anew(turn.unit, [program], turn.now)
    return (Show(card(turn.t("Saved. It holds from now on."))),)


def _problems(turn: Turn, program: Program, wanted: dict[str, str | int | bool]) -> dict[str, str]:
    """Return what does not fit together, by field."""
    t, problems = turn.t, {}

    def number(name: str) -> int:
        return int(wanted.get(name, getattr(program, name)))

    ours = turn.unit.programs.all(program.organization_id)
    if str(wanted.get("name", "")).casefold() in {one.name.casefold() for one in ours if one is not program}:
        problems["name"] = t("Another programme has this name.")
    if number("brief_days") > number("agenda_days"):
        problems["agenda_days"] = t("Topics are asked for before the brief comes, or on the same day.")
    if number("remind_days") >= number("stuck_days"):
        problems["stuck_days"] = t("This comes after the reminder.")
    if number("wrap_days") >= number("silence_days"):
        problems["wrap_days"] = t("The mentor is asked before the meeting is left open.")
    if number("give_up_days") <= number("stuck_days") + number("warned_days"):
        problems["give_up_days"] = t(
            "A pair is offered something easier first, and then has {n} working days.", n=number("warned_days")
        )
    if program.aggregate_only and wanted.get("aggregate_only") is False and _is_running(turn, program):
        problems["aggregate_only"] = t("Its pairs rely on not being named. This can change once none is running.")
    return problems


def _is_running(turn: Turn, program: Program) -> bool:
    everything = turn.unit.mentorships.at_a_glance(program.organization_id, turn.now)
    ours = (facts.mentorship for facts in everything if facts.mentorship.program_id == program.id)
    return any(mentorship.status is not Status.ENDED for mentorship in ours)


def _ours(turn: Turn, program_id: str) -> Program:
    ours = turn.unit.programs.all(turn.actor.organization_id)
    found = next((program for program in ours if program.id == program_id), None)
    if found is None:
        raise NotThere(program_id)
    return found


FLOW = Flow(
    admin_actions={"programs.settings": settings_opened, "programs.calendar": calendar_opened},
    admin_forms={
        "programs.settings": FormFlow(settings_form, settings_sent),
        "programs.calendar": FormFlow(calendar_form, settings_sent),
    },
    commands=(
        Command(
            (N_("programs"), N_("programmes")),
            N_("programs: rhythm, calendar and other settings"),
            programs,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
