"""What becomes of a matching round without anybody's word: its card is kept current, its pairs are invited, it ends.

Each step is a unit of work of its own under the lock of the round, and doing it twice changes nothing more, so that
a round goes on wherever a process died.
"""

from datetime import timedelta

from bot.domain.people import PersonStatus
from bot.engine.inviting import invite
from bot.engine.speaking import Speaker
from bot.engine.tables import Tables
from bot.flows.unmatched import nobody_yet
from bot.language import translator
from bot.ports import Clock, Links, Store, UnitOfWork
from bot.round_card import KIND, set_aside
from bot.rounds.round import Round, RoundStatus, RoundStep

AT_ONCE = 50
"""So many pairs are invited by one unit of work; together with all others of the last mentor they may be more."""

NEWS_FOR = timedelta(days=7)
"""For how long it is of use to hear how a round has ended."""


class Rounds:
    """The rounds of all companies, a step at a time."""

    def __init__(self, tables: Tables, store: Store, clock: Clock, links: Links | None) -> None:
        self._tables = tables
        self._store = store
        self._clock = clock
        self._links = links

    def redraw(self, organization_id: str, round_id: str) -> None:
        """Draw the card of a round anew for whoever started it."""
        with self._store.unit() as unit:
            of = unit.rounds.get(organization_id, round_id)
            if of is not None:
                self._redraw(unit, of)
                unit.commit()

    def tell(self, organization_id: str, round_id: str) -> None:
        """Tell whoever started a round, once, that it was found or has failed, or how it has ended.

        The first two somebody waits for; how it has ended is said in working hours. Earlier cards show the round no
        longer. Whoever does not run a programme any more is told nothing; others find the round by 'match'.
        """
        with self._store.unit() as unit:
            of = unit.rounds.get(organization_id, round_id)
            if of is None or of.told == of.version:
                return
            of.told = of.version
            person, speaker = unit.people.get(organization_id, of.started_by), self._speaker(unit)
            if not (person and person.account_id and person.status is PersonStatus.ACTIVE and person.is_admin):
                self._redraw(unit, of)
            else:
                speaker.redraw(set_aside(unit, person.id, of), organization_id, {})
                drawn = [speaker.draw_alone(KIND, of.id, person)]
                if of.status is RoundStatus.DONE:
                    speaker.tell(person, drawn, self._clock.now() + NEWS_FOR)
                else:
                    speaker.queue(speaker.card(drawn, person), person.account_id, organization_id)
            unit.commit()

    def invite(self, organization_id: str, round_id: str) -> bool:
        """Invite some pairs of an approved round, or tell some who have nobody; tell whether more are to come."""
        with self._store.unit() as unit:
            of, now = unit.rounds.get(organization_id, round_id), self._clock.now()
            if of is None or of.status is not RoundStatus.INVITING:
                return False
            more = invite(unit, self._speaker(unit), of, AT_ONCE, now) or self._tell_unmatched(unit, of)
            if not more:
                of.step(RoundStep.INVITE, now)
                self._redraw(unit, of)
            unit.commit()
        return more

    def end(self, organization_id: str, round_id: str) -> None:
        """Let an invited round be over once everybody has heard."""
        with self._store.unit() as unit:
            of = unit.rounds.get(organization_id, round_id)
            if of is None or of.status is not RoundStatus.INVITED or unit.rounds.decided(round_id)[0]:
                return
            of.step(RoundStep.DECIDE, self._clock.now())
            unit.commit()

    def _tell_unmatched(self, unit: UnitOfWork, of: Round) -> bool:
        """Tell some of those for whom a round has nobody, in their working hours: having joined, they wait for it."""
        speaker, until = self._speaker(unit), self._clock.now() + NEWS_FOR
        unmatched = unit.rounds.to_tell(of.id, AT_ONCE)
        for one in unmatched:
            person = unit.people.get(of.organization_id, one.person_id)
            if person and person.account_id and person.status is PersonStatus.ACTIVE:
                speaker.tell(person, [nobody_yet(translator(person.language), one.why)], until)
        return bool(unmatched)

    def _redraw(self, unit: UnitOfWork, of: Round) -> None:
        told = unit.outbox.holding(of.started_by, KIND, of.id)
        self._speaker(unit).redraw(told, of.organization_id, {})

    def _speaker(self, unit: UnitOfWork) -> Speaker:
        return Speaker(self._tables, unit, self._clock.now(), self._links)
