"""What this process has done since it started, counted for /metrics. No label names a person or what they wrote."""

from prometheus_client import Counter

TURNS = Counter("mentronome_turns", "Events that were handled.")
LOOKS = Counter("mentronome_looks", "Looks at a person whose time had come.")
AGAIN = Counter("mentronome_units_run_again", "Units of work that the database undid for another's sake.")

SENT = Counter("mentronome_messages_sent", "Messages that arrived, those drawn anew included.")
RETRIED = Counter(
    "mentronome_messages_retried", "Attempts at sending that failed or are in doubt, and are made again."
)
DROPPED = Counter("mentronome_messages_dropped", "Messages that were not sent, since they would have come too late.")
DEAD = Counter("mentronome_messages_dead", "Messages that were given up.")
