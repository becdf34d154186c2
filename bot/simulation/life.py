"""The weeks of a simulated company, from the first invitations on."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot.domain.health import health
from bot.messages import Answer, Event, Typed
from bot.simulation.company import Company, open_company
from bot.simulation.crowd import Crowd
from bot.simulation.diary import Diary
from bot.simulation.ledger import Ledger
from bot.simulation.outcome import Outcome
from bot.simulation.people import Character, draw, employ, teams
from bot.simulation.privacy import Privacy
from bot.simulation.promises import Promises
from bot.simulation.report import Report
from bot.simulation.wishes import wish

START = datetime(2027, 2, 22, 9, tzinfo=UTC)
"""A Monday; in the eight weeks from here clocks change in America, Europe and Australia, and Easter is kept."""

OUTAGE_WEEK = 4
_OUTAGE_FROM = timedelta(days=2, hours=-4)
"""Wednesday at five in the morning, UTC, after the Monday on which a simulation begins."""

OUTAGE = timedelta(days=1)
ADMIN = "admin"


class Life:
    """A company with everybody in it, and the witnesses of what happens."""

    def __init__(self, company: Company, people: int, weeks: int, seed: int) -> None:
        self.company = company
        self._people, self._weeks, self._seed = people, weeks, seed
        self._chance = random.Random(seed)
        characters = {f"P{n:05}": draw(self._chance, START, weeks) for n in range(people)}
        self.teams = teams({key: one.diary.zone for key, one in characters.items() if one.diary}, self._chance)
        self.characters = {key: self._alone(key, one) for key, one in characters.items()}
        self.characters[ADMIN] = Character(Diary(), answers=0)
        self.diaries = {key: one.diary for key, one in self.characters.items() if one.diary}
        ledger = Ledger(company.database)
        self.promises, self.privacy = Promises(self.diaries, ledger), Privacy(ledger)
        self.outcome = Outcome(ledger, self.diaries, company.clock)
        self.crowd = Crowd(company, seed, self.characters)
        self.crowd.pen.listeners.append(self.privacy.note)
        self.crowd.acted += [self._seen, self._wished, self.outcome.hear]
        company.chat.listeners += [self.promises.hear, self.privacy.hear]
        self._ledger = ledger

    async def begin(self) -> None:
        """Hire everybody, and let whoever runs the programme propose all teams at once."""
        organization_id = self.company.organization.id
        self.company.add(
            employ(key, organization_id, one, admin=key == ADMIN) for key, one in self.characters.items()
        )
        for team in self.teams:
            await self._command(f"pair {team.words} {', '.join(f'<@{key}>' for key in team.people)}")
        await self.company.respond([ADMIN])

    async def day(self, number: int) -> None:
        """Live through one day, the first being number 0; on Mondays the admin looks how it stands."""
        ends = START + timedelta(days=number + 1)
        if number % 7 == 0:
            await self._command("status")
        for moment, happens in sorted(self._happenings(number), key=lambda one: one[0]):
            await self.crowd.live(moment)
            happens()
        await self.crowd.live(ends)
        self.outcome.note()

    def report(self) -> Report:
        """Return what has become of it by now."""
        app = self.company.app
        with app.store.unit() as unit:
            everything = unit.mentorships.of_organization(self.company.organization.id, self.company.clock.now())
            states = Counter(str(health(facts, self.company.clock.now())) for facts in everything)
        return Report(
            self._people,
            self._weeks,
            self._seed,
            {key: diary.zone for key, diary in self.diaries.items()},
            self.promises.all,
            self.promises.unasked,
            self.promises.counted,
            self.outcome.planned(),
            self.outcome.mended,
            self.outcome.open_slips,
            self._ledger.dropped(),
            self.outcome.begun(),
            dict(states.most_common()),
            self.privacy.seen,
            len(self.crowd.turns) + self.crowd.typed,
            self.crowd.failed + sum(app.inbox.counts().values()) + len(app.deliveries.dead_letters()),
            [*self.promises.breaches, *self.privacy.breaches],
        )

    def _alone(self, person_id: str, character: Character) -> Character:
        """Let nobody of several teams fill in forms by typing: of which team the words are would be a guess."""
        inside = sum(person_id in team.people for team in self.teams)
        return character if inside == 1 else replace(character, talks=0)

    async def _command(self, text: str) -> None:
        await self.crowd.act(Typed((uuid4().hex,), self.company.sender(ADMIN), text, slash=True))

    def _happenings(self, number: int) -> list[tuple[datetime, Callable[[], None]]]:
        """Return what is not up to the bot on one day: pauses that begin, and the day's outage."""
        since, until = START + timedelta(days=number), START + timedelta(days=number + 1)
        found: list[tuple[datetime, Callable[[], None]]] = [
            (begins, partial(self._pause, key, ends))
            for key, diary in self.diaries.items()
            for begins, ends in diary.pauses
            if since <= begins < until
        ]
        outage = START + timedelta(weeks=min(OUTAGE_WEEK, self._weeks) - 1) + _OUTAGE_FROM
        if since <= outage < until:
            found.append((outage, lambda: self._stand_still(outage + OUTAGE)))
        return found

    def _pause(self, person_id: str, until: datetime) -> None:
        with self.company.app.store.unit() as unit:
            person = unit.people.get(self.company.organization.id, person_id)
            assert person
            person.paused_until = until
            unit.commit()

    def _stand_still(self, until: datetime) -> None:
        self.crowd.put_off(until)
        self.company.clock.moment = until

    def _wished(self, event: Event, answer: Answer) -> None:
        """Let somebody's wish hold from the moment at which they typed it."""
        wished = wish(event.text) if isinstance(event, Typed) else None
        if wished:
            wished.noted(self.diaries[event.sender.user], self.company.clock.moment)
            if wished.again:
                self.promises.put_off(event.sender.user)

    def _seen(self, event: Event, answer: Answer) -> None:
        for what in (answer.show, answer.redrawn):
            if what:
                self.privacy.read(event.sender.user, self.company.clock.now(), what)


async def simulate(
    folder: Path, people: int = 40, weeks: int = 3, seed: int = 1, on_day: Callable[[], None] = lambda: None
) -> Report:
    """Let a company live through some weeks in a database of its own in `folder`; `on_day` is called each day."""
    with open_company(folder, START, lasting=False) as company:
        life = Life(company, people, weeks, seed)
        await life.begin()
        for number in range(weeks * 7):
            await life.day(number)
            on_day()
        return life.report()
