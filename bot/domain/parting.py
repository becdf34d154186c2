"""Why two people were not the right match, where one of them chose to say so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Misfit(StrEnum):
    """What did not fit. It is chosen and never typed, so that nothing can be written down about another person."""

    TIME = "time"
    GOALS = "goals"
    SKILLS = "skills"
    STYLE = "style"
    OTHER = "other"


@dataclass(eq=False)
class Parting:
    """What somebody let those who run the programme know when their mentorship ended for a new match."""

    mentorship_id: str
    person_id: str
    organization_id: str
    misfit: Misfit
    said_at: datetime
