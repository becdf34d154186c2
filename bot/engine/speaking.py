"""How what is due becomes words: sections drawn from today's state, put on a card, queued, and drawn anew later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.budget import Dropped
from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.domain.plan import Plan, look, plan
from bot.domain.progress import advance
from bot.domain.records import Note, Said, Touch
from bot.domain.windows import Window
from bot.engine.tables import Tables
from bot.flows.quiet import FEWER
from bot.language import translator
from bot.messages import Button, Card, Section
from bot.ports import Earlier, Letter, Links, UnitOfWork
from bot.scene import OwnScene, Scene

WHY = "why"
"""The action of the small button under every unasked card."""


def changed(before: set[Touch], after: Plan) -> set[str]:
    """Return the deliveries whose questions were answered or became void, or ask again, as when an hour returns."""
    said = (after.said[touch].delivery_id for touch in before ^ after.live() if touch in after.said)
    return {delivery_id for delivery_id in said if delivery_id}


class Speaker:
    """Draws and queues what one unit of work has to say."""

    def __init__(self, tables: Tables, unit: UnitOfWork, now: datetime, links: Links | None) -> None:
        self._tables = tables
        self._unit = unit
        self._now = now
        self._links = links

    def draw(self, kind: str, about: str, facts: Facts, reader: Person) -> Section:
        """Draw a section of a kind for a reader as things stand now."""
        scene = Scene(self._now, reader, facts, about, self._unit, self._links)
        if until := scene.put_off(kind):
            return Section(scene.t("Put off until {when}.", when=scene.when(until)), kind=kind, about=about)
        return replace(self._tables.sections[kind].draw(scene), kind=kind, about=about)

    def draw_alone(self, kind: str, about: str, reader: Person) -> Section:
        """Draw a section that is about no mentorship."""
        scene = OwnScene(self._now, reader, about, self._unit)
        return replace(self._tables.alone[kind].draw(scene), kind=kind, about=about)

    def card(self, drawn: Sequence[Section], reader: Person, less: Button | None = None) -> Card:
        """Put sections on one card, which says how to learn why it came and how to get less."""
        t = translator(reader.language)
        footer = (Button(t("Why this?"), WHY, ""), less or Button(t("Fewer"), FEWER, ""))
        return Card(tuple(drawn), footer=footer, summary=t("About your mentoring"))

    def queue(
        self,
        card: Card,
        account_id: str,
        organization_id: str,
        *,
        until: datetime | None = None,
        asks: tuple[tuple[str, str], ...] = (),
    ) -> str:
        """Queue a card for one account and return its delivery id; `asks` is which form's question it is, if any."""
        delivery_id = new_id()
        sections = tuple((section.kind, section.about) for section in card.sections if section.kind) + asks
        self._unit.outbox.put(
            Letter(delivery_id, organization_id, account_id, card, self._now, sections, valid_until=until)
        )
        return delivery_id

    def tell(self, person: Person, drawn: Sequence[Section], until: datetime, less: Button | None = None) -> None:
        """Say to somebody unasked what no plan holds: in working hours, and not later than `until`.

        'Fewer' thins out what a plan says; where it would change nothing, `less` stands in its place.
        """
        if person.account_id:
            card = self.card(drawn, person, less)
            self.queue(card, person.account_id, person.organization_id, until=until)

    def say_due(
        self,
        person: Person,
        account_id: str,
        due: Sequence[Window],
        loaded: Iterable[Facts],
        *,
        present: bool = False,
        first: Sequence[Section] = (),
    ) -> None:
        """Say everything that is due to one person on one card, behind what comes `first`; note that it was said.

        What somebody is told unasked is valid until it is moot, and leaves in working hours only; who is `present`
        is answered whenever it may be. What is free, and what only rides along, does not count against the budget.
        """
        by_id = {facts.mentorship.id: facts for facts in loaded}
        drawn = [self._due(window, by_id, person) for window in due]
        until = None if present else max(window.moot_after for window in due)
        delivery_id = self.queue(self.card([*first, *drawn], person), account_id, person.organization_id, until=until)
        counts = not present and not all(window.free or window.rides for window in due)
        said = Said(self._now, delivery_id, unasked=counts)
        self._note(dict.fromkeys(due, said), by_id, person.organization_id)

    def turn(self, turning: Sequence[Window], loaded: dict[str, Facts]) -> set[str]:
        """Note that earlier cards now say something else, and return their deliveries, which are to be drawn anew."""
        said = {}
        for window in turning:
            earlier = loaded[window.mentorship_id].told(window.turns) if window.turns else None
            if earlier is not None:
                said[window] = Said(self._now, earlier.delivery_id, unasked=False)
        self._note(said, loaded, "")
        return {one.delivery_id for one in said.values()}

    def add(self, added: Iterable[tuple[Window, str]], organization_id: str, loaded: dict[str, Facts]) -> set[str]:
        """Put something on earlier cards, and return their deliveries, which are to be drawn anew."""
        by_card: dict[str, list[Window]] = {}
        for window, delivery_id in added:
            by_card.setdefault(delivery_id, []).append(window)
        for earlier in self._unit.outbox.earlier(organization_id, by_card):
            windows = by_card[earlier.id]
            more = tuple((str(window.touch.kind), window.touch.about) for window in windows)
            self._unit.outbox.extend(earlier, more)
            self._note(dict.fromkeys(windows, Said(self._now, earlier.id, unasked=False)), loaded, organization_id)
        return set(by_card)

    def drop(self, dropped: Iterable[tuple[Window, Dropped]], organization_id: str, loaded: dict[str, Facts]) -> None:
        """Note what is not said, and why."""
        self._note({window: Said(self._now, "", dropped=why) for window, why in dropped}, loaded, organization_id)

    def _note(self, said: Mapping[Window, Said], loaded: Mapping[str, Facts], organization_id: str) -> None:
        for mentorship_id in {window.mentorship_id for window in said}:
            mine = {window.touch: one for window, one in said.items() if window.mentorship_id == mentorship_id}
            if facts := loaded.get(mentorship_id):
                facts.said.update(mine)
            of = facts.mentorship.organization_id if facts else organization_id
            self._unit.touches.add(of, mentorship_id, mine)

    def settle(self, facts: Facts) -> Plan:
        """Carry out what time has changed in a mentorship, and plan it as it stands then."""
        self._unit.mentorships.add(*advance(facts, self._now))
        return plan(facts)

    def redraw(self, delivery_ids: Iterable[str], organization_id: str, loaded: dict[str, Facts]) -> dict[str, Card]:
        """Queue earlier cards anew from today's state and return them; what cannot be drawn anew is left as it is."""
        redrawn: dict[str, Card] = {}
        for earlier in self._unit.outbox.earlier(organization_id, delivery_ids):
            reader = self._reader(organization_id, earlier.account_id, loaded)
            drawn = list(self._again(earlier, reader, loaded)) if reader else []
            if drawn and reader:
                card = self.card(drawn, reader)
                letter = Letter(new_id(), organization_id, earlier.account_id, card, self._now)
                self._unit.outbox.replace(earlier, letter)
                redrawn[earlier.id] = card
        return redrawn

    def look_again(self, facts: Facts, planned: Plan, *, but: str = "") -> None:
        """Let everybody in a mentorship be looked at no later than something becomes due for them."""
        for participant in facts.participants:
            if participant.person_id == but or (
                participant.left_at and not any(planned.unsaid(participant.person_id))
            ):
                continue
            coming = look(facts.people[participant.person_id], [planned], self._now)
            at = self._now if coming.due else coming.next_at
            if at is not None:
                self._unit.touches.look_by(participant.organization_id, participant.person_id, at)

    def _due(self, window: Window, loaded: Mapping[str, Facts], reader: Person) -> Section:
        kind, about = window.touch.kind, window.touch.about
        if not window.mentorship_id:
            return self.draw_alone(kind, about, reader)
        return self.draw(kind, about, loaded[window.mentorship_id], reader)

    def _again(self, earlier: Earlier, reader: Person, loaded: dict[str, Facts]) -> Iterator[Section]:
        for kind, about in earlier.sections:
            if kind in self._tables.alone:
                yield self.draw_alone(kind, about, reader)
            elif kind in self._tables.sections and (facts := self._facts(reader.organization_id, about, loaded)):
                yield self.draw(kind, about, facts, reader)

    def _reader(self, organization_id: str, account_id: str, loaded: dict[str, Facts]) -> Person | None:
        """Return whose account it is: mostly somebody of the loaded mentorships, by the account they use."""
        for facts in loaded.values():
            for person in facts.people.values():
                if person.account_id == account_id:
                    return person
        account = self._unit.people.account(organization_id, account_id)
        return self._unit.people.get(organization_id, account.person_id) if account else None

    def _facts(self, organization_id: str, about: str, loaded: dict[str, Facts]) -> Facts | None:
        for facts in loaded.values():
            if facts.mentorship.id == about or facts.meeting(about) or any(win.id == about for win in facts.wins):
                return facts
        mentorships = self._unit.mentorships
        facts_or_none = mentorships.of_meeting(organization_id, about) or mentorships.facts(organization_id, about)
        if facts_or_none is None and (note := self._unit.words.one(Note, organization_id, about)):
            facts_or_none = mentorships.facts(organization_id, note.mentorship_id)
        if facts_or_none is not None:
            loaded[facts_or_none.mentorship.id] = facts_or_none
        return facts_or_none
