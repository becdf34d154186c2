"""The queues that the scheduler works off: looks, outbox, inbox, rounds. Each call is a transaction of its own."""

from bot.store.queues.deliveries import Claimed, DeadLetter, Deliveries
from bot.store.queues.inbox import Inbox, Received
from bot.store.queues.looks import Looks
from bot.store.queues.rounds import Run, Runs

__all__ = ["Claimed", "DeadLetter", "Deliveries", "Inbox", "Looks", "Received", "Run", "Runs"]
