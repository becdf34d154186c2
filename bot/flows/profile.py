"""Taking part in matching: what one offers and wants, in one short form, and more on a second page for whoever likes.

Each page is kept as it is sent; the card that reads it back leads to all of them, and to a pause.
"""

from collections.abc import Iterable, Mapping

from bot.domain.mentorship import Format, Role
from bot.domain.people import Person, PersonStatus
from bot.domain.profile import Ability, Aim, Profile, Side
from bot.domain.skills import SkillList
from bot.language import N_, Translator
from bot.mentions import listed
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
    Say,
    Section,
    Show,
    Values,
    card,
)
from bot.ports import Abilities
from bot.proposals import whom
from bot.roster import names
from bot.skill_words import level_names, problem, taken, wordings, written
from bot.turn import Command, Flow, FormFlow, Replies, Topic, Turn

BOTH = "both"
"""The answer of who wants to be mentor and mentee. The name is permanent."""

CAPACITIES = (1, 2, 3, 4, 5, 6, 8, 10)
HOURS = (1, 2, 3, 4, 6, 8, 10)
NAMED = 6
"""Skills of the company's list that are named as examples."""


# What is asked


def join_form(turn: Turn, subject: str) -> Form:
    """Ask what somebody offers and wants; all of it is filled in with what is known."""
    t, profile = turn.t, turn.unit.profiles.of(turn.actor)
    skills, mine = turn.unit.skills.all(turn.actor.organization_id), turn.unit.profiles.abilities(turn.actor.id)
    how = t(
        "With commas between them, and if you like a number from 1 (new to it) to 5 (could teach it): 'Python 4'."
    )
    examples = ", ".join(skill.name for skill in skills.public[:NAMED])
    some = t("Some that your company knows: {names}.", names=examples) if examples else ""
    return Form(
        "profile.join",
        turn.actor.id,
        t("Take part in mentoring"),
        (
            Field("part", t("What would you like to be?"), FieldKind.CHOICE, _parts(t), initial=_part(profile, mine)),
            Field(
                "offers",
                t("What can you help others with?"),
                FieldKind.LONG,
                required=False,
                hint=f"{how} {some}".strip(),
                initial=written(mine[Side.OFFER], skills),
            ),
            Field(
                "wants",
                t("What do you want to learn, the most wanted first?"),
                FieldKind.LONG,
                required=False,
                hint=t("Here the number says where you stand now: 'Negotiating 1, Python 3'."),
                initial=written(mine[Side.WANT], skills),
            ),
            Field(
                "formats",
                t("In which forms?"),
                FieldKind.CHOICES,
                _formats(t),
                initial=profile.formats or (Format.ONE_ON_ONE,),
            ),
            Field(
                "languages",
                t("In which languages can you talk?"),
                max_length=200,
                hint=t("With commas between them."),
                initial=_tongues(t, profile.languages or (turn.actor.language,)),
            ),
        ),
        intro=t("Two minutes, and you can change it at any time. Whoever runs the programme proposes whom you fit."),
        submit=t("Take part"),
    )


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
                "aims", t("What is it for?"), FieldKind.CHOICES, _aims(t), required=False, initial=tuple(profile.aims)
            ),
            Field(
                "goal",
                t("What do you want to reach, in your own words?"),
                FieldKind.LONG,
                required=False,
                max_length=1000,
                hint=t("It helps to find somebody who fits. It is stored encrypted, and nobody else reads it."),
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


def levels_form(turn: Turn, subject: str) -> Form:
    """Ask how well somebody knows the skills whose level they did not say; where all were said, all once more."""
    t, mine = turn.t, turn.unit.profiles.abilities(turn.actor.id)
    skills = turn.unit.skills.all(turn.actor.organization_id)
    said = [(side, one) for side in Side for one in mine[side]]
    asked = [(side, one) for side, one in said if one.level is None] or said
    options = tuple(Option(str(level), name) for level, name in level_names(t).items())

    def label(side: Side, name: str) -> str:
        if side is Side.OFFER:
            return t("{skill}, which you offer: how well do you know it?", skill=name)
        return t("{skill}, which you want to learn: where do you stand now?", skill=name)

    fields = tuple(
        Field(
            f"{side}_{one.skill_id}",
            label(side, skills.name(one.skill_id)),
            FieldKind.CHOICE,
            options,
            required=False,
            initial=str(one.level or ""),
        )
        for side, one in asked
    )
    intro = t("The best mentor is often one or two steps ahead, so honest answers find better partners.")
    return Form("profile.levels", turn.actor.id, t("How well you know it"), fields, intro, t("Save"))


# What is answered


def join_opened(turn: Turn, said: object) -> Replies:
    """Open the form."""
    return (Show(join_form(turn, turn.actor.id)),)


def joined(turn: Turn, form: Form, values: Values) -> Replies:
    """Let somebody take part, read back what they said, and ask for the levels that they left out."""
    t, unit, me = turn.t, turn.unit, turn.actor
    offers, wants = (wordings(str(values.get(name, "")), t) for name in ("offers", "wants"))
    roles = _roles(str(values["part"]))
    languages = {part.strip(): names.language(part.strip()) for part in str(values["languages"]).split(",")}
    unknown = [part for part, code in languages.items() if t.tongue(code) == code]
    problems = {
        "offers": problem(offers, t) or _lacks(t, Role.MENTOR in roles and not offers),
        "wants": problem(wants, t) or _lacks(t, Role.MENTEE in roles and not wants),
        "languages": t("I do not know the language '{name}'.", name=unknown[0]) if unknown else "",
    }
    if found := {name: why for name, why in problems.items() if why}:
        return (Errors(found),)
    profile, before = unit.profiles.of(me), unit.profiles.abilities(me.id)
    unit.profiles.save(profile)
    profile.roles, profile.formats = roles, tuple(values["formats"])
    profile.languages = tuple(dict.fromkeys(languages.values()))
    if Role.MENTOR in roles:
        profile.capacity = profile.capacity or 1
    profile.joined_at, profile.paused_at = profile.joined_at or turn.now, None
    for side, said in ((Side.OFFER, offers), (Side.WANT, wants)):
        unit.profiles.say(me, side, taken(said, before[side], unit.skills, me.organization_id))
    back = Say(_card(turn, profile))
    return (back, Show(levels_form(turn, me.id))) if _is_open(unit.profiles.abilities(me.id)) else (back,)


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
    return (Show(_card(turn, profile)),)


def levels_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the page of levels."""
    if not any(turn.unit.profiles.abilities(turn.actor.id).values()):
        return join_opened(turn, press)
    return (Show(levels_form(turn, turn.actor.id)),)


def levels_told(turn: Turn, form: Form, values: Values) -> Replies:
    """Keep the levels that were chosen; those left empty stay as they were."""
    unit, me = turn.unit, turn.actor
    for side, said in unit.profiles.abilities(me.id).items():
        chosen = {one.skill_id: str(values.get(f"{side}_{one.skill_id}", "")) for one in said}
        now = [Ability(one.skill_id, int(chosen[one.skill_id] or one.level or 0) or None) for one in said]
        unit.profiles.say(me, side, now)
    return (Show(_card(turn, unit.profiles.of(me))),)


def profile_command(turn: Turn, text: str) -> Replies:
    """Read back what somebody has said, or offer to take part."""
    return (Show(_card(turn, turn.unit.profiles.of(turn.actor))),)


def paused(turn: Turn, said: object) -> Replies:
    """Propose nobody to this person from now on; what runs goes on."""
    t, profile = turn.t, turn.unit.profiles.of(turn.actor)
    if profile.joined_at is None:
        return (Show(_card(turn, profile)),)
    profile.paused_at = profile.paused_at or turn.now
    text = t("Paused: nobody new is proposed to you. Mentorships that run go on, and nobody is told.")
    return (Show(card(text, _again(t))),)


def resumed(turn: Turn, said: object) -> Replies:
    """Let this person be proposed again."""
    profile = turn.unit.profiles.of(turn.actor)
    profile.paused_at = None
    return (Show(_card(turn, profile)),)


# The card that reads it back


def _card(turn: Turn, profile: Profile) -> Card:
    t = turn.t
    if profile.joined_at is None:
        text = t(
            "You do not take part in matching yet. It takes two minutes, and you can pause or leave at any time."
        )
        return card(text, Button(t("Take part"), "profile.join", turn.actor.id, opens=True))
    text = (
        t("You have paused: nobody new is proposed to you.")
        if profile.paused_at
        else t("You take part. This is what I know; once somebody fits, I ask you first.")
    )
    stop = Button(t("Pause my taking part"), "profile.pause", turn.actor.id)
    buttons = (
        Button(t("Change"), "profile.join", turn.actor.id, opens=True),
        Button(t("How well I know it"), "profile.levels", turn.actor.id, opens=True),
        Button(t("Time and goals"), "profile.more", turn.actor.id, opens=True),
        _again(t) if profile.paused_at else stop,
    )
    return Card((Section(text, title=t("Your profile"), facts=tuple(_facts(turn, profile)), buttons=buttons),))


def _again(t: Translator) -> Button:
    return Button(t("Take part again"), "profile.resume", "", words=(t("take part again"),))


def _facts(turn: Turn, profile: Profile) -> Iterable[Fact]:
    t, mine = turn.t, turn.unit.profiles.abilities(turn.actor.id)
    skills, labels = turn.unit.skills.all(turn.actor.organization_id), _labels(_parts(t))
    yield Fact(t("You would be"), labels[_part(profile, mine)])
    if mine[Side.OFFER]:
        yield Fact(t("You offer"), _in_words(t, mine[Side.OFFER], skills))
    if mine[Side.WANT]:
        yield Fact(t("You want to learn, the most wanted first"), _in_words(t, mine[Side.WANT], skills))
    yield Fact(t("Forms"), ", ".join(_labels(_formats(t))[one] for one in profile.formats))
    yield Fact(t("Languages"), _tongues(t, profile.languages))
    if Role.MENTOR in profile.roles:
        yield Fact(t("Mentees at a time, at most"), str(profile.capacity))
    yield Fact(t("Hours a month"), str(profile.hours_a_month))
    if profile.aims:
        yield Fact(t("What it is for"), ", ".join(_labels(_aims(t))[aim] for aim in profile.aims))
    if profile.goal_id or turn.unit.profiles.not_with(turn.actor.id):
        yield Fact(
            t("For us two alone"), t("What else you told me is kept: 'me' shows it to you, and to nobody else.")
        )


def _in_words(t: Translator, abilities: Iterable[Ability], skills: SkillList) -> str:
    levels = level_names(t)
    return ", ".join(
        t("{skill} ({level})", skill=skills.name(one.skill_id), level=levels[one.level])
        if one.level
        else skills.name(one.skill_id)
        for one in abilities
    )


# What may be chosen


def _parts(t: Translator) -> tuple[Option, ...]:
    return (
        Option(Role.MENTEE, t("Mentee: I want to learn")),
        Option(Role.MENTOR, t("Mentor: I want to help others")),
        Option(BOTH, t("Both")),
    )


def _formats(t: Translator) -> tuple[Option, ...]:
    return (
        Option(Format.ONE_ON_ONE, t("One-on-one")),
        Option(Format.GROUP, t("A group with one mentor")),
        Option(Format.PEER, t("Peers who give and get")),
        Option(Format.REVERSE, t("Reverse: the more junior one teaches")),
    )


def _aims(t: Translator) -> tuple[Option, ...]:
    return (
        Option(Aim.ROLE, t("Grow in my role")),
        Option(Aim.LEAD, t("Lead people")),
        Option(Aim.CHANGE, t("Change direction")),
        Option(Aim.START, t("Settle in")),
        Option(Aim.NETWORK, t("Get to know more people")),
        Option(Aim.BALANCE, t("Balance work and life")),
    )


def _numbers(choices: Iterable[int], stands: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), str(number)) for number in sorted({*choices, stands}))


def _labels(options: Iterable[Option]) -> Mapping[str, str]:
    return {option.value: option.label for option in options}


def _part(profile: Profile, mine: Abilities) -> str:
    """Return what somebody has chosen to be, or what the roster lets one guess."""
    roles = set(profile.roles)
    if not roles:
        roles = {role for side, role in ((Side.OFFER, Role.MENTOR), (Side.WANT, Role.MENTEE)) if mine[side]}
    return BOTH if len(roles) == 2 else next(iter(roles), Role.MENTEE)


def _roles(part: str) -> tuple[str, ...]:
    return (Role.MENTOR, Role.MENTEE) if part == BOTH else (part,)


def _lacks(t: Translator, lacks: bool) -> str:
    return t("One thing is enough, so that I can find somebody who fits.") if lacks else ""


def _is_open(mine: Abilities) -> bool:
    return any(one.level is None for side in Side for one in mine[side])


def _tongues(t: Translator, codes: Iterable[str]) -> str:
    return ", ".join(t.tongue(code) for code in codes)


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
    actions={
        "profile.join": join_opened,
        "profile.more": more_opened,
        "profile.levels": levels_opened,
        "profile.pause": paused,
        "profile.resume": resumed,
    },
    forms={
        "profile.join": FormFlow(join_form, joined),
        "profile.more": FormFlow(more_form, more_told),
        "profile.levels": FormFlow(levels_form, levels_told),
    },
    commands=(
        Command(
            (N_("join"), N_("take part")),
            N_("join: say what you offer and want, to be matched"),
            join_opened,
            topic=Topic.YOU,
            opens=True,
        ),
        Command(
            (N_("profile"), N_("my profile")),
            N_("profile: what I know of you for matching"),
            profile_command,
            topic=Topic.YOU,
            opens=True,
        ),
        Command(
            (N_("pause matching"), N_("leave the programme"), N_("leave the program")),
            N_("pause matching: nobody new is proposed to you; what runs goes on"),
            paused,
            topic=Topic.YOU,
        ),
        Command(
            (N_("resume matching"),),
            N_("resume matching: be proposed to others again"),
            resumed,
            topic=Topic.YOU,
        ),
    ),
)
