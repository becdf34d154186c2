"""The first word to somebody new: what the bot does, what it keeps, and who sees what."""

from bot.messages import Say, card
from bot.turn import Replies, Turn


def welcome(turn: Turn) -> Replies:
    """Greet somebody whom the bot did not know."""
    t = turn.t
    text = t(
        "Hello. I keep mentoring going: I book the check-ins, ask for topics before and thoughts after, and help "
        "to mend it when a meeting slips. I keep names, dates and what you write here, encrypted. Whoever runs the "
        "programme sees states, dates and counts, never your words. Your employer may be able to export chat "
        "messages, so private answers go into forms. Type 'help' at any time."
    )
    return (Say(card(text)),)
