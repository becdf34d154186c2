"""A profile read back to whose it is, with the ways to change it, and what may be chosen in its forms."""

from collections.abc import Iterable, Mapping

from bot.domain.mentorship import Format, Role
from bot.domain.profile import Ability, Aim, Profile, Side
from bot.domain.skills import SkillList
from bot.language import Translator
from bot.messages import Button, Card, Fact, Option, Section, card
from bot.ports import Abilities
from bot.skill_words import level_names
from bot.turn import Turn

BOTH = "both"
"""The answer of who wants to be mentor and mentee. The name is permanent."""


def profile_card(turn: Turn, profile: Profile) -> Card:
    """Read a profile back to the actor, or offer to take part."""
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
        again(t) if profile.paused_at else stop,
    )
    return Card((Section(text, title=t("Your profile"), facts=tuple(_facts(turn, profile)), buttons=buttons),))


def again(t: Translator) -> Button:
    """Return the button that ends a pause."""
    return Button(t("Take part again"), "profile.resume", "", words=(t("take part again"),))


def _facts(turn: Turn, profile: Profile) -> Iterable[Fact]:
    t, mine = turn.t, turn.unit.profiles.abilities(turn.actor.id)
    skills, labels = turn.unit.skills.all(turn.actor.organization_id), _labels(parts(t))
    yield Fact(t("You would be"), labels[part_of(profile, mine)])
    if mine[Side.OFFER]:
        yield Fact(t("You offer"), _in_words(t, mine[Side.OFFER], skills))
    if mine[Side.WANT]:
        yield Fact(t("You want to learn, the most wanted first"), _in_words(t, mine[Side.WANT], skills))
    yield Fact(t("Forms"), ", ".join(_labels(formats(t))[one] for one in profile.formats))
    yield Fact(t("Languages"), tongues(t, profile.languages))
    if Role.MENTOR in profile.roles:
        yield Fact(t("Mentees at a time, at most"), str(profile.capacity))
    yield Fact(t("Hours a month"), str(profile.hours_a_month))
    if profile.aims:
        yield Fact(t("What it is for"), ", ".join(_labels(aims(t))[aim] for aim in profile.aims))
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


def parts(t: Translator) -> tuple[Option, ...]:
    """Return what one may be."""
    return (
        Option(Role.MENTEE, t("Mentee: I want to learn")),
        Option(Role.MENTOR, t("Mentor: I want to help others")),
        Option(BOTH, t("Both")),
    )


def formats(t: Translator) -> tuple[Option, ...]:
    """Return the forms of mentoring."""
    return (
        Option(Format.ONE_ON_ONE, t("One-on-one")),
        Option(Format.GROUP, t("A group with one mentor")),
        Option(Format.PEER, t("Peers who give and get")),
        Option(Format.REVERSE, t("Reverse: the more junior one teaches")),
    )


def aims(t: Translator) -> tuple[Option, ...]:
    """Return what mentoring may be for."""
    return (
        Option(Aim.ROLE, t("Grow in my role")),
        Option(Aim.LEAD, t("Lead people")),
        Option(Aim.CHANGE, t("Change direction")),
        Option(Aim.START, t("Settle in")),
        Option(Aim.NETWORK, t("Get to know more people")),
        Option(Aim.BALANCE, t("Balance work and life")),
    )


def _labels(options: Iterable[Option]) -> Mapping[str, str]:
    return {option.value: option.label for option in options}


def part_of(profile: Profile, mine: Abilities) -> str:
    """Return what somebody has chosen to be, or what the roster lets one guess."""
    roles = set(profile.roles)
    if not roles:
        roles = {role for side, role in ((Side.OFFER, Role.MENTOR), (Side.WANT, Role.MENTEE)) if mine[side]}
    return BOTH if len(roles) == 2 else next(iter(roles), Role.MENTEE)


def tongues(t: Translator, codes: Iterable[str]) -> str:
    """Return languages by their names, as one types them."""
    return ", ".join(t.tongue(code) for code in codes)
