"""How long what is stored on people is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeping:
    """After how many days things go by themselves.

    What people wrote goes `content_days` after their mentorship has ended, and who has left the company is erased
    `leaver_days` after that day.
    """

    content_days: int = 182
    leaver_days: int = 30


USUAL = Keeping()
"""What holds unless whoever operates the bot says otherwise."""
