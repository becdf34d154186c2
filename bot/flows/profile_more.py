"""The second page of a profile: time, goals, and with whom one would rather not be matched, which stays a secret."""

from collections.abc import Iterable

from bot.domain.mentorship import Role
from bot.domain.people import Person, PersonStatus
from bot.flow import Flow, FormFlow
from bot.mentions import listed
from bot.messages import Errors, Field, FieldKind, Form, Option, Pressed, Show, Values
from bot.profile_card import aims, profile_card
from bot.proposals import whom
from bot.turn import Replies, Turn

CAPACITIES = (1, 2, 3, 4, 5, 6, 8, 10)
HOURS = (1, 2, 3, 4, 6, 8, 10)
"""What may be chosen beside what stands."""


# What is asked


def more_form(turn: Turn, subject: str) -> Form:
    """Ask how much somebody can give, what it is for, and with whom they would rather not be matched."""
    t, profile = turn.t, turn.unit.profiles.of(turn.actor)
    seats = Field(
        "capacity",
        t("How many mentees at a time, at most?"),
        FieldKind.CHOICE,
        _numbers(CAPACITIES, max(profile.capacity, 1)),
        initial=str(max(profile.capacity, 1)),
    )
    return Form(
        "profile.more",
        turn.actor.id,
        t("Time and goals"),
        (
            *((seats,) if Role.MENTOR in profile.roles else ()),
            Field(
                "hours",
                t("How many hours a month can you give?"),
                FieldKind.CHOICE,
                _numbers(HOURS, profile.hours_a_month),
                initial=str(profile.hours_a_month),
            ),
            Field(
                "aims", t("What is it for?"), FieldKind.CHOICES, aims(t), required=False, initial=tuple(profile.aims)
            ),
            Field(
                "goal",
                t("What do you want to reach, in your own words?"),
                FieldKind.LONG,
                required=False,
                max_length=1000,
                hint=t(
                    "It is stored encrypted, and nobody else reads it. A skill that it names may help to find who "
                    "fits."
                ),
                initial=turn.unit.profiles.goal(profile),
            ),
            Field(
                "not_with",
                t("With whom would you rather not be matched?"),
                FieldKind.LONG,
                required=False,
                max_length=200,
                hint=t(
                    "Full names or e-mail addresses, with commas between them. This stays between you and me: nobody "
                    "is told, whoever runs the programme neither, and no reason is needed."
                ),
                initial=", ".join(_name(turn, person) for person in _avoided(turn)),
            ),
        ),
        submit=t("Save"),
    )


# What is answered


def more_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the second page."""
    return (Show(more_form(turn, turn.actor.id)),)


def more_told(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep how much somebody can give, what it is for, and whom they would rather not meet."""
    t, profile = turn.t, turn.unit.profiles.of(turn.actor)
    problems, others = whom(turn, [("not_with", name) for name in listed(str(values.get("not_with", "")))])
    if turn.actor in others:
        problems = {"not_with": t("This is you. Please leave your own name out.")}
    if problems:
        return (Errors(problems),)
    turn.unit.profiles.save(profile)
    if "capacity" in values:
        profile.capacity = int(str(values["capacity"]))
    profile.hours_a_month = int(str(values["hours"]))
    profile.aims = tuple(values.get("aims", ()))
    turn.unit.profiles.aim_at(profile, str(values.get("goal", "")))
    turn.unit.profiles.avoid(turn.actor, [person.id for person in others])
    return (Show(profile_card(turn, profile)),)


# Parts of the form


def _numbers(choices: Iterable[int], stands: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), str(number)) for number in sorted({*choices, stands}))


def _avoided(turn: Turn) -> list[Person]:
    """Return those whom the actor would rather not meet and who still belong to the company."""
    ids = turn.unit.profiles.not_with(turn.actor.id)
    found = [turn.unit.people.get(turn.actor.organization_id, person_id) for person_id in ids]
    ours = (person for person in found if person and person.status is PersonStatus.ACTIVE)
    return sorted(ours, key=lambda person: person.name)


def _name(turn: Turn, person: Person) -> str:
    """Return a name by which a person is found again."""
    return person.name if turn.person(person.name) is person else person.email or person.name


FLOW = Flow(
    actions={"profile.more": more_opened},
    forms={"profile.more": FormFlow(more_form, more_told)},
)
