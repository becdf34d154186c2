"""A round has found nobody for somebody: said honestly, with what would help, when the others are invited."""

from bot.language import Translator
from bot.matching.outcome import Why
from bot.messages import Button, Section


def nobody_yet(t: Translator, why: Why) -> Section:
    """Tell somebody that nobody was found for them, and why. What is secret reads like a want of free seats."""
    text = " ".join((_what_was_missing(t, why), t("You come before others next time, and I tell you when it is so.")))
    change = Button(t("Change what I look for"), "profile.join", "", opens=True, words=(t("join"),))
    return Section(text, title=t("Nobody for you yet"), buttons=(change,))


def _what_was_missing(t: Translator, why: Why) -> str:
    return {
        Why.NO_MENTOR: t("The round had nobody else in the role that you look for."),
        Why.RANK: t("Nobody more junior offers yet what you look for."),
        Why.SKILL: t("Nobody offers yet what you want to learn. One more wish, or a broader one, would help."),
        Why.LANGUAGE: t("Who fits speaks none of the languages that you named. If you speak another, add it."),
        Why.HOURS: t("Who fits works at other hours than you. If yours have changed, say 'hours'."),
        Why.TEAM: t("Who fits is in your own team, and a mentor is best found outside it."),
        Why.AGAIN: t("Who fits was your partner before, and you were to meet somebody new."),
        Why.NO_SEAT: t("Nobody who fits has a free seat now."),
    }[why]
