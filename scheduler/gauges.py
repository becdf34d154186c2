"""What waits, as gauges for /metrics: asked of the database at each scrape, in a time that does not grow with it."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.ports import Clock
from bot.queues import DeliveryQueue, EventQueue, LookQueue


class Gauges(Collector):
    """Collects how much waits in the queues. What is very much is not counted to the end."""

    def __init__(self, deliveries: DeliveryQueue, inbox: EventQueue, looks: LookQueue, clock: Clock) -> None:
        self._deliveries = deliveries
        self._inbox = inbox
        self._looks = looks
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one gauge after the other."""
        now = self._clock.now()
        messages, earliest = self._deliveries.counts(now), self._deliveries.earliest() or now
        for name, meaning, value in (
            ("deliveries_waiting", "Messages not sent yet, due or not", messages["waiting"]),
            ("deliveries_due", "Messages that are due", messages["due"]),
            ("deliveries_dead", "Messages that were given up", messages["dead"]),
            ("inbox_waiting", "Events stored and not handled yet", self._inbox.counts()["waiting"]),
            ("looks_overdue", "People who are to be looked at", self._looks.overdue(now)),
        ):
            yield GaugeMetricFamily(f"mentronome_{name}", f"{meaning}; very many are not counted to the end.", value)
        age, meaning = max((now - earliest).total_seconds(), 0), "For how long the oldest message has been due."
        yield GaugeMetricFamily("mentronome_deliveries_oldest_due_seconds", meaning, age)
