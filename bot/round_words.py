"""Matching in words: forms, how well two fit and why, what somebody without anybody would need, what a run does."""

from collections.abc import Mapping

from bot.domain.mentorship import Format
from bot.domain.skills import SkillList
from bot.language import Translator
from bot.matching.outcome import FULL, Part, Reason, Stage, Subject, Why


def format_names(t: Translator) -> Mapping[Format, str]:
    """Return what each form of mentoring is called."""
    return {
        Format.ONE_ON_ONE: t("One mentor, one mentee"),
        Format.GROUP: t("Groups: one mentor, up to ten mentees"),
        Format.PEER: t("Peers: both give and get, and lead in turns"),
        Format.REVERSE: t("Reverse: the more junior one teaches"),
    }


def percent(t: Translator, score: int) -> str:
    """Say how well two people fit."""
    return t("{n} %", n=round(100 * score / FULL))


def share(t: Translator, part: int, whole: int) -> str:
    """Say a part of a whole: '88 of 90'."""
    return t("{part} of {whole}", part=part, whole=whole)


def because(t: Translator, reason: Reason, givers: Mapping[str, str], skills: SkillList) -> str:
    """Say one reason why two people fit; `givers` are their first names by their ids.

    The name of a skill that one person alone has added is theirs, and is not said.
    """
    skill = skills.get(reason.subject)
    named = skill.name if skill and skill.is_public else t("a skill of their own words")
    name, n = givers.get(reason.giver, ""), reason.figure
    match reason.part:
        case Part.WANTED if n > 1:
            return t("{name} offers {n} of the wanted skills, {skill} among them", name=name, n=n, skill=named)
        case Part.WANTED:
            return t("{name} offers {skill}, which is wanted", name=name, skill=named)
        case Part.AHEAD if n == 1:
            return t("one level ahead in {skill}", skill=named)
        case Part.AHEAD if n:
            return t("{n} levels ahead in {skill}", n=n, skill=named)
        case Part.AHEAD:
            return t("further on in {skill}", skill=named)
        case Part.GOALS:
            return t("{name} can help with a goal: {skill}", name=name, skill=named)
        case Part.HOURS:
            return t("{n} working hours a week in common", n=n)
        case Part.LANGUAGE:
            return t("both speak {language}", language=t.tongue(reason.subject))
        case Part.DIVERSITY:
            return _apart(t, reason.subject)
        case Part.AGAIN:
            return t("both were partners before, and one wishes for it again")
        case Part.PRIORITY:
            return ""


def _apart(t: Translator, subject: str) -> str:
    return {
        Subject.TEAM: t("from different teams"),
        Subject.FUNCTION: t("from different functions"),
        Subject.BOTH: t("from different teams and functions"),
    }[Subject(subject)]


def lacking(t: Translator, why: Why) -> str:
    """Say why somebody has nobody yet, for those who run the programme; nothing secret can be among it."""
    return {
        Why.NO_MENTOR: t("nobody else is there in that role"),
        Why.RANK: t("nobody stands lower in the company and teaches"),
        Why.SKILL: t("nobody offers what they want"),
        Why.LANGUAGE: t("nobody who fits speaks a language of theirs"),
        Why.HOURS: t("nobody who fits works in enough hours of theirs"),
        Why.TEAM: t("who fits is of the same team"),
        Why.AGAIN: t("who fits was their partner before"),
        Why.NO_SEAT: t("nobody who fits has a free seat"),
    }[why]


def busy_with(t: Translator, stage: Stage | None) -> str:
    """Say what a round is busy with."""
    if stage is None:
        return t("I am about to begin.")
    return {
        Stage.READING: t("I read the profiles."),
        Stage.CANDIDATES: t("I look who fits whom."),
        Stage.ASSIGNING: t("I find the best pairs for all together."),
        Stage.EXPLAINING: t("I write down why they fit."),
        Stage.COMPARING: t("I compare it with other ways to pair."),
    }[stage]
