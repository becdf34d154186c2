"""Turns and looks: each is one unit of work, and what it says leaves through the outbox of that unit."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.budget import Verdict, limit, weigh
from bot.domain.cadence import week_start
from bot.domain.people import Account, Person
from bot.domain.plan import Plan, look, may_speak, plan
from bot.engine.coming import Coming, coming
from bot.engine.hearing import Hearing
from bot.engine.newcomers import introduce
from bot.engine.speaking import Speaker, changed
from bot.engine.tables import Tables
from bot.flows.joining import welcome
from bot.messages import Answer, Card, Errors, Event, Form, Pressed, Reply, Say, Show
from bot.ports import Clock, Links, Store, UnitOfWork
from bot.turn import Turn


class Engine:
    """The engine. Synchronous, and free of I/O but for the store; it runs in threads.

    Without `links` it offers none.
    """

    def __init__(self, store: Store, clock: Clock, links: Links | None = None) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._tables = Tables()

    def handle(self, event: Event) -> Answer:
        """Handle one event: once, however often it comes."""
        with self._store.unit() as unit:
            now = self._clock.now()
            if not unit.first_time(event.keys, now):
                return Answer()
            known = unit.people.by_account(event.sender)
            person, account = known or introduce(unit, event.sender)
            if event.sender.address and account.address != event.sender.address:
                account.address = event.sender.address
            if person.account_id != account.id:
                person.account_id = account.id
            turn = Turn(now, person, account, unit, self._links)
            hearing = Hearing(self._tables, turn)
            replies = list(() if known else welcome(turn)) + list(hearing.replies(event))
            errors = next((reply for reply in replies if isinstance(reply, Errors)), None)
            if errors is not None:
                return Answer(show=errors.form, errors=errors.by_field)
            answer = self._conclude(turn, hearing, event, replies)
            unit.commit()
        return answer

    def look(self, organization_id: str, person_id: str) -> bool:
        """Look at one person: carry out what time has changed, say what is due; tell whether anything was said."""
        with self._store.unit() as unit:
            now = self._clock.now()
            person = unit.people.get(organization_id, person_id)
            if person is None:
                unit.touches.look_next(person_id, None)
                unit.commit()
                return False
            speaker = Speaker(self._tables, unit, now, self._links)
            loaded = {facts.mentorship.id: facts for facts in unit.mentorships.of_person(person_id, now)}
            void: set[str] = set()
            plans: dict[str, Plan] = {}
            for key, facts in loaded.items():
                before = plan(facts).live()
                plans[key] = speaker.settle(facts)
                void |= changed(before, plans[key])
            verdict = self._weigh(person, plans, unit, now)
            if verdict.say and person.account_id:
                speaker.say_due(person, person.account_id, verdict.say, loaded.values())
            void |= speaker.turn(verdict.turn, loaded)
            speaker.drop(verdict.drop, loaded)
            for window in (*verdict.say, *verdict.turn, *(window for window, _ in verdict.drop)):
                plans[window.mentorship_id] = plan(loaded[window.mentorship_id])
            speaker.redraw(void, organization_id, loaded)
            later = look(person, plans.values(), now).next_at
            unit.touches.look_next(person_id, min((at for at in (later, verdict.again_at) if at), default=None))
            for key, planned in plans.items():
                speaker.look_again(loaded[key], planned, but=person_id)
            unit.commit()
        return bool(verdict.say)

    def _weigh(self, person: Person, plans: Mapping[str, Plan], unit: UnitOfWork, now: datetime) -> Verdict:
        """Decide what of all that is due is said to a person now; nothing to whom no account leads."""
        found = look(person, plans.values(), now)
        if not found.due or person.account_id is None:
            return Verdict()
        told = unit.touches.told_since(person.id, week_start(now, person.zone))
        return weigh(person, found, told, limit(person, plans.values()), now)

    def open_at(self, account: Account, now: datetime) -> datetime:
        """Return when the person behind an account may be written to unasked, from `now` on; `now` if that is now."""
        with self._store.unit() as unit:
            person = unit.people.get(account.organization_id, account.person_id)
            at = may_speak(person, now) if person else None
            return at or now

    def coming(self, organization_id: str) -> list[Coming]:
        """Return what is to come for everybody of a company, the next first."""
        with self._store.unit() as unit:
            now = self._clock.now()
            return coming(unit.mentorships.of_organization(organization_id, now), now, self._tables)

    def _conclude(self, turn: Turn, hearing: Hearing, event: Event, replies: list[Reply]) -> Answer:
        """Queue what is to be said, say what has thereby opened for the person present, draw changed cards anew."""
        unit, actor = turn.unit, turn.actor
        speaker = Speaker(self._tables, unit, turn.now, self._links)
        shown: Form | Card | None = None
        for reply in replies:
            if isinstance(reply, Show) and not hearing.deferred:
                shown = reply.what
            elif isinstance(reply, Show | Say):
                said = hearing.ask(reply.what) if isinstance(reply, Show) else reply.card
                speaker.queue(said, turn.account.id, actor.organization_id)
        pressed = event.card if isinstance(event, Pressed) else ""
        stale = turn.stale | ({pressed} if pressed else set())
        plans: dict[str, Plan] = {}
        for key, facts in turn.touched.items():
            plans[key] = speaker.settle(facts)
            stale |= changed(turn.live.get(key, set()), plans[key])
        opened = [
            window
            for planned in plans.values()
            for window in planned.unsaid(actor.id)
            if window.opens == turn.now < window.moot_after
        ]
        if opened:
            speaker.say_due(actor, turn.account.id, opened, turn.touched.values(), present=True)
            plans |= {window.mentorship_id: plan(turn.touched[window.mentorship_id]) for window in opened}
        redrawn = speaker.redraw(stale, actor.organization_id, dict(turn.touched))
        for key, planned in plans.items():
            speaker.look_again(turn.touched[key], planned)
        return Answer(show=shown, redrawn=redrawn.get(pressed))
