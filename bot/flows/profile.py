"""Taking part in matching: what one offers and wants, in one short form, and more on a second page for whoever likes.

Each page is kept as it is sent; the card that reads it back leads to all of them, and to a pause.
"""

from bot.domain.mentorship import Format, Role
from bot.domain.profile import Ability, Side
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.messages import Errors, Field, FieldKind, Form, Option, Pressed, Say, Show, Values, card
from bot.ports import Abilities
from bot.profile_card import BOTH, again, formats, part_of, parts, profile_card, tongues
from bot.roster import names
from bot.skill_words import level_names, problem, taken, wordings, written
from bot.turn import Replies, Turn

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
            Field(
                "part", t("What would you like to be?"), FieldKind.CHOICE, parts(t), initial=part_of(profile, mine)
            ),
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
                formats(t),
                initial=profile.formats or (Format.ONE_ON_ONE,),
            ),
            Field(
                "languages",
                t("In which languages can you talk?"),
                max_length=200,
                hint=t("With commas between them."),
                initial=tongues(t, profile.languages or (names.language(turn.actor.language),)),
            ),
        ),
        intro=t("Two minutes, and you can change it at any time. Whoever runs the programme proposes whom you fit."),
        submit=t("Take part"),
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
    back = Say(profile_card(turn, profile))
    return (back, Show(levels_form(turn, me.id))) if _is_open(unit.profiles.abilities(me.id)) else (back,)


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
    return (Show(profile_card(turn, unit.profiles.of(me))),)


def profile_command(turn: Turn, text: str) -> Replies:
    """Read back what somebody has said, or offer to take part."""
    return (Show(profile_card(turn, turn.unit.profiles.of(turn.actor))),)


def paused(turn: Turn, said: object) -> Replies:
    """Propose nobody to this person from now on; what runs goes on."""
    t, profile = turn.t, turn.unit.profiles.of(turn.actor)
    if profile.joined_at is None and not any(turn.unit.profiles.abilities(turn.actor.id).values()):
        return (Show(profile_card(turn, profile)),)
    profile.paused_at = profile.paused_at or turn.now
    text = t("Paused: nobody new is proposed to you. Mentorships that run go on, and nobody is told.")
    return (Show(card(text, again(t))),)


def resumed(turn: Turn, said: object) -> Replies:
    """Let this person be proposed again."""
    profile = turn.unit.profiles.of(turn.actor)
    profile.paused_at = None
    return (Show(profile_card(turn, profile)),)


# What was answered


def _roles(part: str) -> tuple[str, ...]:
    return (Role.MENTOR, Role.MENTEE) if part == BOTH else (part,)


def _lacks(t: Translator, lacks: bool) -> str:
    return t("One thing is enough, so that I can find somebody who fits.") if lacks else ""


def _is_open(mine: Abilities) -> bool:
    return any(one.level is None for side in Side for one in mine[side])


FLOW = Flow(
    actions={
        "profile.join": join_opened,
        "profile.levels": levels_opened,
        "profile.pause": paused,
        "profile.resume": resumed,
    },
    forms={
        "profile.join": FormFlow(join_form, joined),
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
