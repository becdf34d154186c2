"""The first word to somebody new: what the bot does, what it keeps, for how long, and who sees what."""

from bot.domain.keeping import Keeping
from bot.language import Translator
from bot.messages import Card, Fact, Say, Section
from bot.retention import for_how_long
from bot.turn import Replies, Turn


def welcome(turn: Turn) -> Replies:
    """Greet somebody who writes to the bot, and was never greeted."""
    return (Say(Card(greeting(turn.t, turn.keeping))),)


def greeting(t: Translator, keeping: Keeping) -> tuple[Section, ...]:
    """Return what has to be said first to anybody, whoever speaks first."""
    hello = t(
        "Hello. I keep mentoring going: I book the check-ins, ask for topics before and thoughts after, and help to "
        "mend it when a meeting slips."
    )
    kept = (
        Fact(t("What I keep"), t("Names, dates and what you write to me, encrypted.")),
        Fact(
            t("Who sees it"),
            t(
                "What you write is yours, and your partner's where you share it. Whoever runs the programme sees "
                "states, dates and counts, never your words."
            ),
        ),
        Fact(t("For how long"), for_how_long(t, keeping)),
    )
    warning = t(
        "Your employer may be able to export chat messages, so what is private goes into my forms. 'me' shows what I "
        "keep, 'home' what is going on, and 'help' what I understand."
    )
    return (Section(hello), Section("", title=t("Before you tell me anything"), facts=kept), Section(warning))
