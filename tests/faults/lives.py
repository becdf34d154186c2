"""One application that is killed again and again, and people who go on talking to it, as platforms make them:

what was not acknowledged is sent again under the same id, and nobody says the next thing before the last was taken.
"""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.domain.ids import new_id
from bot.messages import Pressed, Sender, Typed
from tests.faults.post_office import Fate, PostOffice
from tests.faults.victim import Accept, Handle, Order, Tick, Will, live

PATIENCE = 30.0
"""Seconds after which a silent process has failed the test."""

HOUR = timedelta(hours=1)

_forks = get_context("forkserver")
_forks.set_forkserver_preload(["tests.faults.victim"])


class Died(Exception):
    """The process is gone; what it has not answered is not acknowledged."""


@dataclass
class Life:
    """One process from its start to its end."""

    process: ForkServerProcess
    orders: Connection
    numbers: Iterator[int] = field(default_factory=count)

    def obey(self, *orders: Order) -> Iterator[tuple[Order, int]]:
        """Give orders at once, and yield each with its answer as it comes."""
        given = dict(zip(self.numbers, orders, strict=False))
        try:
            for numbered in given.items():
                self.orders.send(numbered)
            while given:
                assert self.orders.poll(PATIENCE), f"the process does not answer {given}"
                number, answer = self.orders.recv()
                yield given.pop(number), answer
        except (EOFError, OSError) as error:
            raise Died from error


@dataclass
class Lives:
    """The application over all its lives, and the people who use it."""

    database: str
    log: Path
    office: PostOffice
    people: dict[str, Sender]
    now: datetime
    chance: random.Random
    owed: dict[str, Order] = field(default_factory=dict)
    taken: dict[str, list[Order]] = field(default_factory=lambda: defaultdict(list))
    ends: list[str] = field(default_factory=list)
    _words: Iterator[int] = field(default_factory=count)
    _pressed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._pairs = list(combinations(sorted(self.people), 2))
        self.chance.shuffle(self._pairs)

    def live_and_die(self) -> None:
        """Start a process, let people talk to it, and kill it at some moment, until it is dead."""
        end = self.chance.choice(("commit", "commit", "letter lost", "answer lost", "any moment"))
        self.ends.append(end)
        with self._born(last=self.chance.randint(1, 150) if end == "commit" else 0) as life:
            if end == "any moment":
                list(life.obey(Tick(self.now)))
                threading.Timer(self.chance.uniform(0, 0.3), life.process.kill).start()
            elif end != "commit":
                self._kill_by_letter(life, Fate.LOST if end == "letter lost" else Fate.ANSWER_LOST)
            self._talk_until_death(life)

    def settle(self) -> None:
        """Start a process that is left alone, let it take what is owed, and do all that is left to do in a day."""
        with self._born() as life:
            self._talk(life, list(self.owed.values()))
            deadline, until = time.monotonic() + PATIENCE, self.now + timedelta(days=1)
            while (left := any(left for _, left in life.obey(Tick(self.now)))) or self.now < until:
                assert time.monotonic() < deadline, "something is never done"
                self.now += timedelta(minutes=1 if left else 20)

    @contextmanager
    def _born(self, last: int = 0) -> Iterator[Life]:
        ours, theirs = _forks.Pipe()
        will = Will(self.database, self.log, self.office.port, self.now, last)
        process = _forks.Process(target=live, args=(theirs, will), daemon=True)
        process.start()
        theirs.close()
        try:
            yield Life(process, ours)
        finally:
            process.kill()
            process.join()
            ours.close()
            self.office.fate = lambda address: Fate.TAKEN
            while not self.office.has_settled():
                time.sleep(0.001)

    def _kill_by_letter(self, life: Life, fate: Fate) -> None:
        left = self.chance.randint(1, 12)

        def kill(address: str) -> Fate:
            nonlocal left
            left -= 1
            if left > 0:
                return Fate.TAKEN
            life.process.kill()
            return fate

        self.office.fate = kill

    def _talk_until_death(self, life: Life) -> None:
        deadline = time.monotonic() + PATIENCE
        try:
            while True:
                assert time.monotonic() < deadline, "the process outlives its end"
                self._talk(life, [self._say(name) for name in self.people if self.chance.random() < 0.7])
                if self.chance.random() < 0.4:
                    self.now += self.chance.randint(1, 6) * HOUR
                    list(life.obey(Tick(self.now)))
        except Died:
            return

    def _talk(self, life: Life, orders: list[Order]) -> None:
        for order, _ in life.obey(*orders):
            assert not isinstance(order, Tick)
            name = order.event.sender.user
            self.taken[name].append(self.owed.pop(name))

    def _say(self, name: str) -> Order:
        """Return what somebody says next: again what is owed, a yes to an invitation, a new pair, or words."""
        if name not in self.owed:
            self.owed[name] = self._accepted(name) or self._paired(name) or self._typed(name)
        return self.owed[name]

    def _accepted(self, name: str) -> Order | None:
        for post in self.office.at(name):
            for button in post.card.buttons:
                if button.action == "matching.accept" and f"{name} {button.subject}" not in self._pressed:
                    self._pressed.add(f"{name} {button.subject}")
                    press = Pressed(
                        (new_id(),), self.people[name], button.action, button.subject, card=post.delivery_id
                    )
                    return Handle(press)
        return None

    def _paired(self, name: str) -> Order | None:
        if not self._pairs or self.chance.random() < 0.7:
            return None
        mentor, mentee = self._pairs.pop()
        command = Typed((new_id(),), self.people[name], f"pair {mentor} Sample, {mentee} Sample", slash=True)
        return Handle(command)

    def _typed(self, name: str) -> Order:
        """Name somebody unknown: the answer repeats the name, and so shows whose answer it is."""
        return Accept(Typed((new_id(),), self.people[name], f"pair Nobody{next(self._words)}, {name} Sample"))
