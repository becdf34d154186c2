"""What the adapter itself has to say, where the answer is late, lost or not for somebody."""

from adapters.slack.parse import Command, Press
from bot.flow import RUN
from bot.language import N_, Translator
from bot.messages import Button, Card, card

SHORTCUTS = (N_("Send a win"), N_("Add to our agenda"))
"""The names of the shortcuts, which Slack shows in English and a window in its reader's language."""


TYPED = 500
"""Characters of a command that a button repeats: a command that opens a form is a few words."""


def one_moment(t: Translator) -> str:
    """Say that the answer comes later."""
    return t("One moment, this takes longer than usual.")


def done(t: Translator) -> str:
    """Say that there is nothing left to see."""
    return t("Done. You can close this.")


def sorry(t: Translator) -> str:
    """Say that something failed."""
    return t("Something went wrong on my side, and this was not saved. Please try again in a moment.")


def not_for_guests(t: Translator) -> str:
    """Say that the bot does nothing for guests and people of other companies."""
    return t("I am here for the people of this company, and cannot do this for guests.")


def shortcut(t: Translator, name: str) -> str:
    """Return the name of a shortcut."""
    return t(name)


def too_late(press: Press, t: Translator) -> Card:
    """Offer to press again what could not open its form."""
    event = press.event
    again = Button(press.label, event.action, event.subject, event.value, event.rev, opens=True)
    return card(_no_window(t), again)


def too_late_for(command: Command, t: Translator) -> Card:
    """Offer to run again, by a button, a command that could not open its form."""
    again = Button(t("Open it"), RUN, "", command.event.text[:TYPED], opens=True)
    return card(_no_window(t), again)


def _no_window(t: Translator) -> str:
    return t("Slack did not let me open the form in time. Please try again.")
