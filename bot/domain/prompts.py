"""The kinds of things that the bot says unasked, and how much each weighs. Their names stand in the database."""

from enum import IntEnum, StrEnum


class Prompt(StrEnum):
    """What a section of an unasked card is about; a Reminder is the one repeat of what it is named after."""

    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    KICKOFF = "kickoff"
    KICKOFF_REMINDER = "kickoff_reminder"
    NOT_STARTED = "not_started"
    CONFIRM = "confirm"
    CONFIRM_REMINDER = "confirm_reminder"
    BOOKED = "booked"
    AGREEMENT = "agreement"
    AGREEMENT_REMINDER = "agreement_reminder"
    AGREE = "agree"
    AGREE_REMINDER = "agree_reminder"
    GOAL = "goal"
    AGENDA = "agenda"
    AGENDA_TURNS = "agenda_turns"
    BRIEF = "brief"
    DID_YOU_MEET = "did_you_meet"
    WERE_YOU_THERE = "were_you_there"
    WRAP = "wrap"
    REFLECTION = "reflection"
    MEND = "mend"
    MEND_REMINDER = "mend_reminder"
    EASIER = "easier"
    STUCK = "stuck"
    ENDING = "ending"
    PROLONG = "prolong"
    NEWS = "news"
    WIN = "win"
    TAKE_PART = "take_part"
    SAME_PERSON = "same_person"


class Rank(IntEnum):
    """What goes first where not everything may be said in a week."""

    MEETING = 0
    REPORT = 1
    SLIP = 2
    REST = 3


def rank(kind: str) -> Rank:
    """Return how much a kind weighs."""
    return _RANKS.get(kind, Rank.REST)


_RANKS: dict[str, Rank] = {
    Prompt.AGENDA: Rank.MEETING,
    Prompt.BRIEF: Rank.MEETING,
    Prompt.DID_YOU_MEET: Rank.REPORT,
    Prompt.WRAP: Rank.REPORT,
    Prompt.CONFIRM: Rank.SLIP,
    Prompt.CONFIRM_REMINDER: Rank.SLIP,
    Prompt.MEND: Rank.SLIP,
    Prompt.MEND_REMINDER: Rank.SLIP,
    Prompt.EASIER: Rank.SLIP,
    Prompt.STUCK: Rank.SLIP,
    Prompt.NOT_STARTED: Rank.SLIP,
}

WAITED_FOR = frozenset(
    {
        Prompt.INVITATION,
        Prompt.KICKOFF,
        Prompt.MEND,
        Prompt.CONFIRM,
        Prompt.AGREE,
        Prompt.NEWS,
        Prompt.ENDING,
        Prompt.PROLONG,
        Prompt.WRAP,
        Prompt.WIN,
        Prompt.TAKE_PART,
        Prompt.SAME_PERSON,
    }
)
"""Kinds that somebody else waits for, or that end something: over budget they wait for the next week's first card."""

ANSWERABLE = frozenset({Prompt.DID_YOU_MEET})
"""Kinds that stand on the last card of a week that is full, so that they can be answered without another message."""
