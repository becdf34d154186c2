"""Turns and looks: each is one unit of work, and what it says leaves through the outbox of that unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.budget import Verdict, limits, weigh
from bot.domain.cadence import local, week_start
from bot.domain.digest import begin_digests, digest_due, digest_over
from bot.domain.keeping import USUAL, Keeping
from bot.domain.own import own_plan
from bot.domain.people import Account, Person
from bot.domain.plan import Plan, look, may_speak, plan
from bot.domain.prompts import Prompt
from bot.engine.coming import Coming, coming
from bot.engine.directory import take_note
from bot.engine.enrolling import Enrolling, bring_in
from bot.engine.hearing import Hearing
from bot.engine.leaving import let_go
from bot.engine.newcomers import describe, introduce, workspace_of
from bot.engine.rounds import Rounds
from bot.engine.speaking import Speaker, changed
from bot.engine.storable import storable
from bot.engine.tables import Tables
from bot.flows.digest import digest, not_on_mondays
from bot.flows.home import home
from bot.flows.joining import greeting, welcome
from bot.flows.moving import noticed
from bot.language import Translator, translator
from bot.messages import (
    Answer,
    Card,
    Errors,
    Event,
    Form,
    Pressed,
    Reply,
    Say,
    Section,
    Sender,
    Show,
    Typed,
    Wanted,
    card,
)
from bot.ports import Clock, Links, Member, Store, UnitOfWork
from bot.turn import Later, Turn


class Engine:
    """The engine. Synchronous, and free of I/O but for the store; it runs in threads.

    Without `links` it offers none; `keeping` is what it tells people of how long their data are kept.
    """

    def __init__(self, store: Store, clock: Clock, links: Links | None = None, keeping: Keeping = USUAL) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._keeping = keeping
        self._tables = Tables()
        self.rounds = Rounds(self._tables, store, clock, links)
        self.enrolling = Enrolling(self._tables, store, clock, links)

    def handle(self, event: Event) -> Answer:
        """Handle one event: once, however often it comes."""
        event = storable(event)
        with self._store.unit() as unit:
            now = self._clock.now()
            if not unit.first_time(event.keys, now):
                return self._again(event, unit, now)
            known = unit.people.by_account(event.sender)
            person, account = known or introduce(unit, event.sender)
            if not account.greeted:
                describe(person, event.sender)
            if event.sender.address and account.address != event.sender.address:
                account.address = event.sender.address
            if person.account_id != account.id:
                person.account_id = account.id
            turn = self._turn(unit, now, person, account)
            turn.places = dict(event.places) if isinstance(event, Typed) else {}
            hearing = Hearing(self._tables, turn)
            replies = list(() if account.greeted else welcome(turn)) + list(hearing.replies(event))
            replies += noticed(turn, event.sender.zone) if account.greeted else ()
            errors = next((reply for reply in replies if isinstance(reply, Errors)), None)
            if errors is not None:
                return Answer(show=errors.form, errors=errors.by_field)
            account.greeted = True
            answer = self._conclude(turn, hearing, event, replies)
            unit.commit()
        later = None if hearing.deferred else next((reply for reply in replies if isinstance(reply, Later)), None)
        return replace(answer, show=self._drawn(later, event.sender, now)) if later else answer

    def _again(self, event: Event, unit: UnitOfWork, now: datetime) -> Answer:
        """Answer an event that comes again, and change nothing."""
        known = unit.people.by_account(event.sender)
        return Answer(show=Hearing(self._tables, self._turn(unit, now, *known)).again(event) if known else None)

    def _drawn(self, later: Later, sender: Sender, now: datetime) -> Card | None:
        """Draw what was asked for in a turn that is over."""
        with self._store.reading() as unit:
            known = unit.people.by_account(sender)
            turn = self._turn(unit, now, *known) if known else None
            return _noticed(later.draw(turn), turn.t) if turn else None

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
            before = {key: plan(facts) for key, facts in loaded.items()}
            plans: dict[str, Plan] = {}
            for key, facts in loaded.items():
                plans[key] = speaker.settle(facts)
                void |= changed(before[key].live(), plans[key])
            own = self._own(unit, person, now)
            verdict = self._weigh(person, plans, own, unit, now)
            if verdict.say and person.account_id:
                first = self._greeting(unit, person)
                speaker.say_due(person, person.account_id, verdict.say, loaded.values(), first=first)
            void |= speaker.turn(verdict.turn, loaded)
            void |= speaker.add(verdict.add, organization_id, loaded)
            speaker.drop(verdict.drop, organization_id, loaded)
            for window in (*verdict.say, *verdict.turn, *(window for window, _ in (*verdict.add, *verdict.drop))):
                if window.mentorship_id:
                    plans[window.mentorship_id] = plan(loaded[window.mentorship_id])
            speaker.redraw(void, organization_id, loaded)
            digested = self._digest(person, speaker, unit, now)
            moments = (look(person, [*plans.values(), own], now).next_at, verdict.again_at, digest_due(person, now))
            unit.touches.look_next(person_id, min((at for at in moments if at), default=None))
            for key, planned in plans.items():
                if planned.differs(before[key]):
                    speaker.look_again(loaded[key], planned, but=person_id)
            unit.commit()
        return bool(verdict.say) or digested

    def _digest(self, person: Person, speaker: Speaker, unit: UnitOfWork, now: datetime) -> bool:
        """Give somebody who runs a programme the digest of the week, if it is due and anything is running."""
        begin_digests(person, now)
        due = digest_due(person, now)
        if due is None or due > now:
            return False
        person.digested_on = local(now, person.zone).date()
        drawn = digest(unit, person, now)
        if drawn:
            speaker.tell(person, drawn, digest_over(person, due), not_on_mondays(translator(person.language)))
        return bool(drawn)

    def _greeting(self, unit: UnitOfWork, person: Person) -> tuple[Section, ...]:
        """Return what comes before the first words to somebody; nothing for whom was greeted."""
        account = unit.people.account(person.organization_id, person.account_id or "")
        if account is None or account.greeted:
            return ()
        account.greeted = True
        return greeting(translator(person.language), self._keeping)

    def _own(self, unit: UnitOfWork, person: Person, now: datetime) -> Plan:
        """Plan what is asked of somebody about no mentorship."""
        own = unit.ties.own(person.id)
        if own.is_empty:
            return own_plan(person.id, own)
        program = unit.programs.main(person.organization_id, now)
        return own_plan(person.id, own, takes_part=unit.enrolments.takes_part(person.id), program=program)

    def _weigh(
        self, person: Person, plans: Mapping[str, Plan], own: Plan, unit: UnitOfWork, now: datetime
    ) -> Verdict:
        """Decide what of all that is due is said to a person now; nothing to whom no account leads."""
        found = look(person, [*plans.values(), own], now)
        if not found.due or person.account_id is None:
            return Verdict()
        told = unit.touches.told_since(person.id, week_start(now, person.zone))
        return weigh(person, found, told, limits(person, plans.values() or [own]), now)

    def home(self, sender: Sender) -> Card | None:
        """Return the home view of whoever has an account, as it stands now; None for whom the bot does not know."""
        with self._store.reading() as unit:
            known = unit.people.by_account(sender)
            return home(self._turn(unit, self._clock.now(), *known)) if known else None

    def let_go(self, organization_id: str, person_id: str, *, erase: bool) -> None:
        """Let somebody leave the company and all mentorships; the others are told.

        What is stored on this person goes at once if `erase`, else some time later.
        """
        with self._store.unit() as unit:
            now = self._clock.now()
            person = unit.people.get(organization_id, person_id)
            if person is not None:
                let_go(unit, Speaker(self._tables, unit, now, self._links), person, now, erase=erase)
                unit.commit()

    def take_note(self, platform: str, workspace: str, members: Sequence[Member]) -> None:
        """Take note of what the directory of a workspace says of some of its people; partners of leavers are told.

        People who are new there are known from now on, so that they can be paired before they have said a word.
        """
        with self._store.unit() as unit:
            now = self._clock.now()
            found = workspace_of(unit, platform, workspace)
            speaker = Speaker(self._tables, unit, now, self._links)
            for member in members:
                take_note(unit, speaker, found, member, now)
            unit.commit()

    def joined(self, platform: str, workspace: str, place: str, members: Sequence[Member]) -> None:
        """Take note of who has come into a channel or a team; where its people were brought in, they are asked."""
        with self._store.unit() as unit:
            now = self._clock.now()
            found = workspace_of(unit, platform, workspace)
            speaker = Speaker(self._tables, unit, now, self._links)
            if unit.enrolments.has_place(found, place):
                bring_in(unit, speaker, found, members, now)
            else:
                for member in members:
                    take_note(unit, speaker, found, member, now)
            unit.commit()

    def open_at(self, account: Account, now: datetime) -> datetime:
        """Return when the person behind an account may be written to unasked, from `now` on; `now` if that is now."""
        with self._store.reading() as unit:
            person = unit.people.get(account.organization_id, account.person_id)
            at = may_speak(person, now) if person else None
            return at or now

    def coming(self, organization_id: str) -> list[Coming]:
        """Return what is to come for everybody of a company, the next first."""
        with self._store.reading() as unit:
            now = self._clock.now()
            return coming(unit.mentorships.of_organization(organization_id, now), now, self._tables)

    def _turn(self, unit: UnitOfWork, now: datetime, person: Person, account: Account) -> Turn:
        draw = Speaker(self._tables, unit, now, self._links).draw
        return Turn(now, person, account, unit, draw, self._links, self._keeping)

    def _conclude(self, turn: Turn, hearing: Hearing, event: Event, replies: Sequence[Reply | Later]) -> Answer:
        """Queue what is to be said, say what has thereby opened for the person present, draw changed cards anew.

        What rides waits for a message that is sent unasked, but for what is about no mentorship.
        """
        unit, actor, t = turn.unit, turn.actor, turn.t
        speaker = Speaker(self._tables, unit, turn.now, self._links)
        shown: Form | Card | None = None
        for reply in replies:
            if isinstance(reply, Show) and not hearing.deferred:
                shown = hearing.session.open(reply.what) if isinstance(reply.what, Form) else _noticed(reply.what, t)
            elif isinstance(reply, Later) and hearing.deferred:
                drawn = _noticed(hearing.session.ask(reply.draw(turn)), t)
                speaker.queue(drawn, turn.account.id, actor.organization_id)
            elif isinstance(reply, Show):
                asked = _noticed(hearing.session.ask(reply.what), t)
                speaker.queue(asked, turn.account.id, actor.organization_id, asks=hearing.session.asks)
            elif isinstance(reply, Say):
                said = _noticed(hearing.session.ask(reply.card) if hearing.deferred else reply.card, t)
                speaker.queue(said, turn.account.id, actor.organization_id, asks=hearing.session.asks)
        for person, section, until in turn.told:
            speaker.tell(person, [section], until)
        begin_digests(actor, turn.now)
        if next_digest := digest_due(actor, turn.now):
            unit.touches.look_by(actor.organization_id, actor.id, next_digest)
        pressed = event.card if isinstance(event, Pressed) else ""
        stale = turn.stale | ({pressed} if pressed else set())
        plans: dict[str, Plan] = {}
        for key, facts in turn.touched.items():
            plans[key] = speaker.settle(facts)
            earlier = turn.planned.get(key)
            stale |= changed(earlier.live() if earlier else set(), plans[key])
        opened = [
            window
            for planned in plans.values()
            for window in planned.unsaid(actor.id)
            if window.opens == turn.now < window.moot_after
        ]
        stale |= speaker.turn([window for window in opened if window.turns], turn.touched)
        if said_now := [window for window in opened if not window.turns and not window.rides]:
            speaker.say_due(actor, turn.account.id, said_now, turn.touched.values(), present=True)
        plans |= {window.mentorship_id: plan(turn.touched[window.mentorship_id]) for window in opened}
        stale |= self._ask_alone(turn, speaker)
        redrawn = speaker.redraw(stale, actor.organization_id, dict(turn.touched))
        if isinstance(event, Typed) and not replies and not said_now:
            heard = _noticed(_heard(redrawn.values(), turn, plans), t)
            if hearing.deferred:
                speaker.queue(heard, turn.account.id, actor.organization_id)
            else:
                shown = heard
        for key, planned in plans.items():
            speaker.look_again(turn.touched[key], planned)
        return Answer(show=shown, redrawn=redrawn.get(pressed), wanted=_wanted(turn, event))

    def _ask_alone(self, turn: Turn, speaker: Speaker) -> set[str]:
        """Ask the person present what is about no mentorship and was not asked yet; return the cards to draw anew.

        Who takes part by now is not asked whether they would like to.
        """
        unit, actor, stale = turn.unit, turn.actor, set[str]()
        own = unit.ties.own(actor.id)
        enrolment = own.enrolment
        if enrolment and enrolment.answered_at is None and unit.enrolments.takes_part(actor.id):
            enrolment.answered_at = turn.now
            stale = {said.delivery_id for touch, said in own.said.items() if touch.kind == Prompt.TAKE_PART}
        windows = own_plan(actor.id, own).unsaid(actor.id) if own.ties else ()
        asked = [one for one in windows if one.touch.kind == Prompt.SAME_PERSON and one.is_open(turn.now)]
        if asked:
            speaker.say_due(actor, turn.account.id, asked, (), present=True)
        return stale - {""}


def _wanted(turn: Turn, event: Event) -> Wanted | None:
    if not turn.enrols:
        return None
    account, sender = turn.account, event.sender
    return Wanted(sender.platform, sender.workspace, turn.enrols, account.organization_id, account.id)


def _noticed(shown: Card, t: Translator) -> Card:
    """Return a card whose notification is in its reader's language, where it says only what all of them say."""
    return replace(shown, summary=t(shown.summary))


def _heard(redrawn: Iterable[Card], turn: Turn, plans: Mapping[str, Plan]) -> Card:
    """Return a line for who typed an answer: what their card, which may be far above, says now, or 'noted'.

    Of a card with several sections it is the one that asked until now.
    """
    settled = {
        (window.touch.kind, window.touch.about)
        for key, planned in plans.items()
        for window in (turn.planned[key].windows if key in turn.planned else ())
        if window.is_open(turn.now) and window.touch not in planned.live()
    }
    said = [section for card in redrawn for section in card.sections if section.text and not section.buttons]
    said.sort(key=lambda section: (section.kind, section.about) not in settled)
    return card(said[0].text if said else turn.t("Noted."))
