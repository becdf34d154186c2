"""The card of a matching round: how far it is, how good it is, and what can be done with it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.health import FEWEST
from bot.domain.program import Program
from bot.language import Translator
from bot.matching.outcome import Report
from bot.messages import Button, Fact, Section
from bot.pair_words import few
from bot.ports import UnitOfWork
from bot.round_words import busy_with, format_names, percent, share
from bot.rounds.round import Round, RoundStatus, Word
from bot.scene import NotThere, OwnScene
from bot.turn import Turn

KIND = "round"
"""The kind of the section that shows a round; it is about the round's id."""

EARLIER = "round_earlier"
"""The kind of the section that a round's card turns into once a newer one shows the round. The name is permanent."""


def round_of(turn: Turn, round_id: str) -> Round:
    """Load a round of the company.

    Raises:
        NotThere: there is none of this id.
    """
    found = turn.unit.rounds.get(turn.actor.organization_id, round_id)
    if found is None:
        raise NotThere(round_id)
    return found


def program_of(unit: UnitOfWork, of: Round) -> Program | None:
    """Return the programme of a round."""
    return next((one for one in unit.programs.all(of.organization_id) if one.id == of.program_id), None)


@dataclass(frozen=True, slots=True)
class Counting:
    """How the counts of a round are said: as 'fewer than five' where they are small and its programme names no pair.

    A share is said without the whole there, since what lacks may be small as well.
    """

    t: Translator
    hidden: bool

    def count(self, count: int) -> str:
        """Say how many."""
        return few(self.t, count) if self.hidden else str(count)

    def is_small(self, count: int) -> bool:
        """Whether a count is not told."""
        return self.hidden and count < FEWEST

    def share(self, part: int, whole: int) -> str:
        """Say how many of how many."""
        return few(self.t, part) if self.hidden else share(self.t, part, whole)


def counting(t: Translator, unit: UnitOfWork, of: Round) -> Counting:
    """Return how the counts of a round are said."""
    program = program_of(unit, of)
    return Counting(t, program is None or program.aggregate_only)


def shown(scene: OwnScene) -> Section:
    """Show a round as it stands, with what can be done now."""
    found = scene.unit.rounds.get(scene.reader.organization_id, scene.about) if scene.reader.is_admin else None
    return drawn(scene.t, scene.unit, found) if found else Section(scene.t("This round is not there any more."))


def gone_on(scene: OwnScene) -> Section:
    """Say on an earlier card of a round that a newer one shows it."""
    t, unit = scene.t, scene.unit
    found = unit.rounds.get(scene.reader.organization_id, scene.about) if scene.reader.is_admin else None
    if found is None:
        return Section(t("This round is not there any more."))
    return Section(t("This round has gone on; a newer message of mine shows it."), title=_title(t, unit, found))


def set_aside(unit: UnitOfWork, person_id: str, of: Round) -> Sequence[str]:
    """Let somebody's cards of a round show no more than that it has gone on, since a newer one is about to.

    Returns the deliveries, which are to be drawn anew.
    """
    earlier = unit.outbox.earlier(of.organization_id, unit.outbox.holding(person_id, KIND, of.id))
    for one in earlier:
        unit.outbox.turn(one, (KIND, of.id), (EARLIER, of.id))
    return [one.id for one in earlier]


def _title(t: Translator, unit: UnitOfWork, of: Round) -> str:
    program = program_of(unit, of)
    return t("Matching in {program}", program=program.name) if program else t("Matching")


def drawn(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    """Draw a round; the card that holds it is drawn anew as the round goes on."""
    section = {
        RoundStatus.RUNNING: _running,
        RoundStatus.READY: _ready,
        RoundStatus.FAILED: _failed,
        RoundStatus.INVITING: _inviting,
        RoundStatus.INVITED: _invited,
        RoundStatus.DONE: _done,
        RoundStatus.DISCARDED: _discarded,
    }[of.status](t, unit, of)
    return replace(section, title=_title(t, unit, of), kind=KIND, about=of.id)


def _running(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    facts = [Fact(t("Form"), format_names(t)[of.format])]
    if of.of:
        facts.append(Fact(t("So far"), share(t, of.done, of.of)))
    stop = Button(t("Stop"), "rounds.discard", of.id, rev=of.version)
    text = " ".join((busy_with(t, of.stage), t("You may go on with other things.")))
    return Section(text, "", tuple(facts), (), (stop,))


def _ready(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    assert of.report
    again = Button(t("Run again"), "rounds.again", of.id, rev=of.version)
    discard = Button(t("Discard"), "rounds.discard", of.id, rev=of.version)
    if not of.report.seekers:
        text = t(
            "Nobody is there to be matched yet. Who types 'join' takes part, and 'enrol #channel' asks many at once."
        )
        return Section(text, buttons=(again, discard))
    beside = _beside(unit, of)
    text = t("These are proposals, and nobody has heard of them. Look at them, change them, or approve them.")
    if not of.report.pairs:
        text = t("I found nobody for anybody this time. The report says what was missing.")
    elif beside:
        text = t("This is a what-if: the same people, with other weights. What stands in brackets is the first one.")
    facts = tuple(_figures(t, unit, of, of.report, beside))
    listed = Button(t("The pairs"), "proposed.page", of.id, value="0", style="primary")
    approve = Button(t("Approve"), "rounds.sure", of.id, rev=of.version)
    buttons = (
        *((listed,) if of.report.pairs and not counting(t, unit, of).hidden else ()),
        Button(t("Report"), "round_report.show", of.id),
        Button(t("What if …"), "rounds.what_if", of.id, opens=True),
        again,
        *((approve,) if of.report.pairs else ()),
        discard,
    )
    return Section(text, "", facts, (), buttons)


def _figures(t: Translator, unit: UnitOfWork, of: Round, report: Report, beside: Round | None) -> Sequence[Fact]:
    """Say how good a round is, and behind each figure how good the one beside it is."""
    say_it = counting(t, unit, of)
    figures: tuple[tuple[str, Callable[[Report], str]], ...] = (
        (t("People with somebody"), lambda one: say_it.share(one.matched, one.seekers)),
        (t("How well they fit, on average"), lambda one: percent(t, one.mean)),
        (t("With what they want most"), lambda one: say_it.share(one.first_wish, one.wishing)),
        (t("From different teams or functions"), lambda one: say_it.share(one.diverse, one.pairs)),
    )
    other = beside.report if beside else None
    facts = [Fact(t("Form"), format_names(t)[of.format])]
    for label, say in figures:
        mine = say(report)
        facts.append(Fact(label, t("{this} ({other})", this=mine, other=say(other)) if other else mine))
    if beside:
        facts.append(Fact(t("Pairs that are not in both"), say_it.count(unit.rounds.differing(of.id, beside.id))))
    apart, together = unheard(unit, of)
    if apart:
        facts.append(Fact(t("Pairs to be parted"), t("{n}; please run it again", n=apart)))
    if together:
        facts.append(Fact(t("To be together, and not"), t("{n}; run it again, unless they cannot be", n=together)))
    return facts


def unheard(unit: UnitOfWork, of: Round) -> tuple[int, int]:
    """Count pairs that are to be parted and are still together, and such as are to be together and are not."""
    said = [(word, bool(unit.rounds.of_people(of.id, one, other))) for word, one, other in unit.rounds.words(of.id)]
    return said.count((Word.FORBID, True)), said.count((Word.PIN, False))


def _beside(unit: UnitOfWork, of: Round) -> Round | None:
    """Return the first run beside which a what-if stands, where that can still be taken."""
    first = unit.rounds.get(of.organization_id, of.beside) if of.beside else None
    return first if first and first.report and first.is_open else None


def _failed(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    text = t(
        "This run came to no end; nobody was invited, and nothing is lost. The log says more: {code}.", code=of.reason
    )
    again = Button(t("Try again"), "rounds.again", of.id, rev=of.version)
    return Section(text, buttons=(again, Button(t("Discard"), "rounds.discard", of.id, rev=of.version)))


def _inviting(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    return Section(t("Approved. I invite them, each by themselves and in their own working hours."))


def _invited(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    waiting, began, not_begun = unit.rounds.decided(of.id)
    text = t("All are invited. They hear on one day, whatever each of them answers, and so do you.")
    return Section(text, "", (Fact(t("Pairs"), counting(t, unit, of).count(waiting + began + not_begun)),))


def _done(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    _, began, _ = unit.rounds.decided(of.id)
    freed, say_it = len(unit.rounds.freed(of.id)), counting(t, unit, of)
    if of.report and not of.report.seekers:
        return Section(t("This round is over. Nobody was there who looks for somebody, so nobody was invited."))
    facts = (
        Fact(t("Pairs that begin"), say_it.count(began)),
        Fact(t("People without anybody"), say_it.count(freed)),
    )
    if not freed:
        return Section(t("All have heard, and everybody has somebody."), "", facts)
    text = t(
        "All have heard. A round of those who are left may find somebody for some of them; each was told honestly."
    )
    return Section(
        text, "", facts, (), (Button(t("Match those who are left"), "rounds.fill", of.id, rev=of.version),)
    )


def _discarded(t: Translator, unit: UnitOfWork, of: Round) -> Section:
    return Section(t("This round was discarded. Nobody has heard of it."))
