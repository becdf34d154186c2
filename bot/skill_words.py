"""Skills as people write and read them: levels in words, lists of skills, and names that are nearly the same."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.profile import LEVELS, Ability
from bot.domain.skills import LONGEST, Skill, SkillList, SkillStatus, key, with_level
from bot.language import N_, Translator
from bot.near import alike, alike_pairs
from bot.ports import Skills

MOST = 20
"""Skills that somebody offers or wants at most."""

_ALSO: Mapping[str, int] = {
    N_("beginner"): 1,
    N_("basics"): 2,
    N_("intermediate"): 3,
    N_("advanced"): 4,
    N_("expert"): 5,
}
"""Other words for levels that people type."""

_DIVIDERS = str.maketrans("\n;|", ",,,")


@dataclass(frozen=True, slots=True)
class Wording:
    """A skill as somebody wrote it, with the level behind it."""

    name: str
    level: int | None


def level_names(t: Translator) -> dict[int, str]:
    """Return what each level is called."""
    names = (t("new to it"), t("have tried it"), t("can do it"), t("do it well"), t("could teach it"))
    return dict(zip(LEVELS, names, strict=True))


def wordings(text: str, t: Translator) -> list[Wording]:
    """Return the skills of a typed list, each once, in its order: 'Python 4, public speaking (expert)'."""
    words = {name.casefold(): level for level, name in level_names(t).items()}
    words |= {word: level for english, level in _ALSO.items() for word in (english, t(english).casefold())}
    found: dict[str, Wording] = {}
    for part in text.translate(_DIVIDERS).split(","):
        name, level = with_level(" ".join(part.split()), words)
        if key(name):
            found.setdefault(key(name), Wording(name, level))
    return list(found.values())


def problem(said: Collection[Wording], t: Translator) -> str:
    """Return what is wrong with a list of skills, in a kind sentence that says the mend; '' where nothing is."""
    if len(said) > MOST:
        return t("These are {count} skills; please keep the {most} that matter most.", count=len(said), most=MOST)
    if any(len(one.name) > LONGEST for one in said):
        return t("A few words for each skill are enough, with commas between them: 'Python 4, Public speaking'.")
    return ""


def written(abilities: Iterable[Ability], skills: SkillList) -> str:
    """Return skills as one may type them: 'Python 4, Public speaking'."""
    return ", ".join(
        f"{skills.name(one.skill_id)} {one.level}" if one.level else skills.name(one.skill_id) for one in abilities
    )


def taken(said: Iterable[Wording], before: Iterable[Ability], skills: Skills, organization_id: str) -> list[Ability]:
    """Return what was written as abilities; a skill that nobody has named is added, a level not said stays."""
    known, levels = skills.all(organization_id), {one.skill_id: one.level for one in before}
    found: dict[str, Ability] = {}
    for one in said:
        skill = known.find(one.name)
        skill_id = skill.id if skill else skills.add(organization_id, one.name, listed=False)
        found.setdefault(skill_id, Ability(skill_id, one.level or levels.get(skill_id)))
    return list(found.values())


def like_pairs(skills: SkillList, apart: Collection[frozenset[str]]) -> Iterator[tuple[Skill, Skill]]:
    """Yield pairs of skills that may be one, the second being the one to keep: whoever runs a programme decides.

    One of the two is public at least. What a single person has added is shown to others only beside a public name
    that it is nearly the same as, and so tells them nothing new.
    """
    own = skills.own
    for one, other in alike_pairs([skill.name for skill in own]):
        if _may_ask(own[one], own[other], apart):
            yield _in_order(own[one], own[other])


def like_pair(
    skills: SkillList, apart: Collection[frozenset[str]], one_id: str, other_id: str
) -> tuple[Skill, Skill] | None:
    """Return one of these pairs by the ids of its skills, in whatever order; None where it is none any more."""
    one, other = (next((skill for skill in skills.own if skill.id == wanted), None) for wanted in (one_id, other_id))
    if one is None or other is None or one is other:
        return None
    return _in_order(one, other) if _may_ask(one, other, apart) and alike(one.name, other.name) else None


def _may_ask(one: Skill, other: Skill, apart: Collection[frozenset[str]]) -> bool:
    return (one.is_public or other.is_public) and frozenset((one.id, other.id)) not in apart


def _in_order(one: Skill, other: Skill) -> tuple[Skill, Skill]:
    first, second = sorted((one, other), key=_standing)
    return first, second


def _standing(skill: Skill) -> tuple[bool, int, int]:
    return skill.status is SkillStatus.LISTED, skill.people, len(skill.name)
