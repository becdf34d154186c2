"""What the parts of a message mean to whoever reads them: whether they repeat, answer, or come too late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.meeting import State
from bot.domain.mentorship import Consent, EndReason, Status
from bot.messages import Section
from bot.simulation.chat import Message
from bot.simulation.ledger import Ledger, Matter

SHORT_NOTICE = timedelta(hours=24)
"""A change so late before a meeting is told whatever the budget."""

BY_THE_HOUR = ("brief", "did_you_meet", "wrap", "mend", "mend_reminder")
"""Kinds that are about an hour at which people meet, and so come once for it even if it went away and came back."""

ONCE_A_MEETING = ("agenda", "kickoff", "kickoff_reminder", "reflection")

ASKS_IN: Mapping[str, tuple[State, ...]] = {
    "kickoff": (State.OPEN, State.PROPOSED),
    "kickoff_reminder": (State.OPEN, State.PROPOSED),
    "not_started": (State.OPEN,),
    "confirm": (State.PROPOSED,),
    "confirm_reminder": (State.PROPOSED,),
    "booked": (State.CONFIRMED,),
    "agenda": (State.CONFIRMED,),
    "brief": (State.CONFIRMED,),
    "did_you_meet": (State.CONFIRMED,),
    "wrap": (State.CONFIRMED,),
    "reflection": (State.HELD,),
    "mend": (State.MISSED,),
    "mend_reminder": (State.MISSED,),
    "easier": (State.PROPOSED, State.CONFIRMED),
    "stuck": (State.MISSED, State.UNSETTLED),
}
"""The states of a meeting in which it makes sense to say each kind; what comes in another was overtaken."""

BEFORE = ("agenda", "brief", "confirm", "confirm_reminder", "booked", "easier")
AFTER = ("did_you_meet", "wrap")

Meaning = tuple[object, ...]
"""Told twice to the same person, it would be felt as a repetition."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a message that somebody gets in the week from a Monday, with its matter as it stands then."""

    message: Message
    section: Section
    matter: Matter | None
    week: date

    @property
    def kind(self) -> str:
        """What sort of words these are."""
        return self.section.kind

    @property
    def meaning(self) -> Meaning:
        """Return what these words tell: about what, and at which occasion."""
        return (self.kind, self.section.about, *self._occasion())

    def is_free(self, ledger: Ledger) -> bool:
        """Tell whether it answers what this person did, or tells of a change on short notice."""
        matter = self.matter
        if matter is None:
            return False
        match self.kind:
            case "booked":
                return True
            case "kickoff":
                return matter.number == 0
            case "confirm":
                return bool(
                    matter.starts_at and matter.timed_at and matter.starts_at - matter.timed_at < SHORT_NOTICE
                )
            case "news":
                return self._was_promised(matter, ledger) or _cancels_late(matter, ledger)
        return False

    def moot(self, ledger: Ledger) -> Iterator[str]:
        """Yield why it makes no sense at the moment at which it arrives."""
        matter, at = self.matter, self.message.at
        if matter is None:
            return
        if self.kind.startswith("invitation"):
            answered = ledger.consent(matter.mentorship_id, self.message.person_id) is not Consent.OPEN
            if matter.status is not Status.PROPOSED or at >= matter.decides_at or answered:
                yield "decided or answered already"
        elif self.kind != "news" and matter.status is not Status.ACTIVE:
            yield f"the mentorship is {matter.status}"
        if matter.state and matter.state not in ASKS_IN.get(self.kind, tuple(State)):
            yield f"the meeting is {matter.state}"
        if self.kind in BEFORE and matter.starts_at and at >= matter.starts_at:
            yield "the meeting has begun"
        if self.kind in AFTER and matter.ends_at and at < matter.ends_at:
            yield "the meeting is not over"

    def _occasion(self) -> Meaning:
        matter = self.matter
        if matter is None:
            return (self.week,)
        if self.kind in ONCE_A_MEETING:
            return ()
        if matter.state is None:
            return (matter.version,) if self.kind == "news" else ()
        return (matter.starts_at,) if self.kind in BY_THE_HOUR else (matter.moves,)

    def _was_promised(self, matter: Matter, ledger: Ledger) -> bool:
        """Tell whether it is the word on an invitation that everybody was promised for a day."""
        accepted = ledger.consent(matter.mentorship_id, self.message.person_id) is Consent.ACCEPTED
        return matter.end_reason is EndReason.NOT_MATCHED or not accepted


def _cancels_late(matter: Matter, ledger: Ledger) -> bool:
    since = matter.status_at
    return any(since and timedelta() < hour - since < SHORT_NOTICE for hour in ledger.let_go(matter.mentorship_id))
