"""The conversations: one story a file. The engine reads their tables in this order."""

from bot.flows import agenda, closing, kickoff, matching, meeting, reflection, scheduling, status
from bot.turn import Flow

FLOWS: tuple[Flow, ...] = (
    matching.FLOW,
    kickoff.FLOW,
    scheduling.FLOW,
    agenda.FLOW,
    meeting.FLOW,
    reflection.FLOW,
    closing.FLOW,
    status.FLOW,
)
