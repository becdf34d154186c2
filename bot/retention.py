"""How long things are kept, as people are told."""

from bot.domain.keeping import Keeping
from bot.language import Translator

_DAYS_A_MONTH = 30.4


def for_how_long(t: Translator, keeping: Keeping) -> str:
    """Say how long what is stored on somebody is kept."""
    return t(
        "What you write goes {months} months after a mentorship has ended, everything {days} days after you have "
        "left the company; or at once, when you say so.",
        months=max(round(keeping.content_days / _DAYS_A_MONTH), 1),
        days=keeping.leaver_days,
    )
