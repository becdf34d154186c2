"""A programme: who runs mentoring together, and the message calendar that its pairs follow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(eq=False)
class Program:
    """One mentoring programme of a company, with its settings; the defaults are what a good programme does.

    Everything that ends in `_days` counts working days of whoever is written to. `unasked_a_week` is how many
    messages somebody gets in a calendar week without having asked, over all mentorships; of these so many may hold a
    brief (`briefs_a_week`) or a wrap. Invitations and agreements wait `gathered_minutes` for others, so that a mentor
    of ten gets one message; what became of an invitation all hear on `decision_weekday`, Monday being 0, after
    they have had `answer_days` at least to answer. A question about the start is open for `asked_days`. Who said that
    a meeting took place is asked for a reflection for `reflection_days`; who did not may be asked along with
    something else for `rides_days`. A pair reads its state `warned_days` before those who run the programme do. What
    changes within `short_notice_hours` of a meeting is said whatever the budget. From `holiday_from` to
    `holiday_until`, both included, the whole programme rests. `trusted_contact` names somebody outside the programme
    team to whom people may turn in confidence. `aggregate_only` hides single pairs from those who run it.
    """

    id: str
    organization_id: str
    name: str
    created_at: datetime
    every_weeks: int = 2
    minutes: int = 45
    term_weeks: int = 26
    unasked_a_week: int = 2
    briefs_a_week: int = 1
    wraps_a_week: int = 1
    gathered_minutes: int = 20
    short_notice_hours: int = 24
    agenda_days: int = 2
    brief_days: int = 1
    remind_days: int = 3
    stuck_days: int = 5
    give_up_days: int = 13
    silence_days: int = 5
    wrap_days: int = 1
    reflection_days: int = 3
    rides_days: int = 12
    asked_days: int = 10
    not_started_days: int = 10
    warned_days: int = 3
    review_every: int = 6
    ending_weeks: int = 4
    decision_weekday: int = 4
    answer_days: int = 2
    trusted_contact: str = ""
    aggregate_only: bool = False
    holiday_from: date | None = None
    holiday_until: date | None = None

    @property
    def holidays(self) -> tuple[tuple[date, date], ...]:
        """The days on which the programme rests, as (first, last)."""
        if self.holiday_from is None or self.holiday_until is None:
            return ()
        return ((self.holiday_from, self.holiday_until),)


DEFAULTS = Program("", "", "", datetime.min.replace(tzinfo=UTC))
"""What holds for a mentorship that two people began without any programme."""
