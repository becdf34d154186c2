"""A company's skills: which words name the same one, and which of them others may see."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 60
"""Characters of a skill's name."""

SHARED_BY = 2
"""How many people have to name a skill before it is more than one person's own words."""

ALIASES: Mapping[str, str] = {
    "ai": "artificialintelligence",
    "golang": "go",
    "js": "javascript",
    "k8s": "kubernetes",
    "ki": "artificialintelligence",
    "ml": "machinelearning",
    "postgres": "postgresql",
    "ts": "typescript",
}
"""Short names that mean one thing everywhere, as `key` writes them; whatever else is the same, an admin says."""


_BEFORE_LEVEL = r"(?P<name>.+?)\s*[\s:=(\[–—-]\s*(?P<level>[1-5]{words})\s*[)\]]?"


class SkillStatus(StrEnum):
    """Whether the company has a skill on its list, or somebody has added it in their own words."""

    LISTED = "listed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill. `folded_into` is the id of the one that it is another name of; `people` counts who have it."""

    id: str
    organization_id: str
    name: str
    status: SkillStatus
    folded_into: str | None = None
    people: int = 0

    @property
    def is_public(self) -> bool:
        """Tell whether others may see its name: it is on the list, or more than one person has named it."""
        return self.status is SkillStatus.LISTED or self.people >= SHARED_BY


def key(name: str) -> str:
    """Return what two names have in common that differ in case, spaces and signs, or are in `ALIASES`.

    The '+' and '#' of programming languages count. '' is no name.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(sign for sign in folded if sign.isalnum() or sign in "+#")
    return ALIASES.get(bare, bare) if any(sign.isalnum() for sign in bare) else ""


def with_level(text: str, words: Mapping[str, int]) -> tuple[str, int | None]:
    """Return a skill as it was written and the level behind it: 'Python 4', 'Python:4', 'Python (can do it)'.

    `words` are other words for levels than numbers, in small letters.
    """
    others = "".join(f"|{re.escape(word)}" for word in sorted(words, key=len, reverse=True))
    found = re.fullmatch(_BEFORE_LEVEL.replace("{words}", others), text.strip(), re.IGNORECASE)
    if found is None:
        return text.strip(), None
    level = found["level"].casefold()
    return found["name"].strip(), int(level) if level.isdigit() else words[level]


class SkillList:
    """The skills of one company, by name and by id; other names lead to the skill that they were folded into."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._by_id = {skill.id: skill for skill in skills}
        ranked = sorted(self._by_id.values(), key=lambda skill: skill.status is SkillStatus.LISTED)
        self._by_key = {key(skill.name): skill for skill in ranked}

    def find(self, name: str) -> Skill | None:
        """Return the skill that a name means, one on the list before others."""
        found = self._by_key.get(key(name))
        return self.get(found.id) if found else None

    def get(self, skill_id: str) -> Skill | None:
        """Return a skill by its id, or the one that it was folded into."""
        found = self._by_id.get(skill_id)
        while found and found.folded_into:
            found = self._by_id.get(found.folded_into)
        return found

    def name(self, skill_id: str) -> str:
        """Return the name of a skill; '' where there is none."""
        found = self.get(skill_id)
        return found.name if found else ""

    def ids_by_key(self) -> Mapping[str, str]:
        """Return the ids of all skills by their names as `key` writes them, other names among these."""
        return {name: found.id for name, one in self._by_key.items() if (found := self.get(one.id))}

    def twin(self, skill: Skill) -> Skill | None:
        """Return the skill of which another is only a second spelling, where there is one."""
        found = self.find(skill.name)
        return found if found and found.id != skill.id and not skill.folded_into else None

    @property
    def own(self) -> Sequence[Skill]:
        """The skills that are not another name of one, by name."""
        return sorted((one for one in self._by_id.values() if not one.folded_into), key=lambda one: key(one.name))

    @property
    def public(self) -> Sequence[Skill]:
        """Those of them whose names others may see, by name."""
        return [skill for skill in self.own if skill.is_public]
