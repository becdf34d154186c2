"""The report of a matching round: how good it is, against what else could have been, and who has nobody and why."""

from collections import defaultdict
from collections.abc import Mapping

from bot.flow import Flow
from bot.language import Translator
from bot.matching.outcome import Report, Why
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.round_card import Counting, counting, round_of
from bot.round_words import lacking, percent
from bot.rounds.round import Round, RoundStatus
from bot.scene import NotThere
from bot.turn import Replies, Turn

BAR = 20
"""How many signs the longest bar of a chart has."""

SHOWN = 50
"""How many people without anybody one answer names."""


def report(turn: Turn, press: Pressed) -> Replies:
    """Show the report of a round."""
    of = round_of(turn, press.subject)
    if of.report is None:
        return (Show(card(turn.t("There is no report before the pairs are found."))),)
    found, say = of.report, counting(turn.t, turn.unit, of)
    sections = (_fits(found, say), _compared(found, say), _left(turn, of, found, say), *_shares(found, say))
    return (Show(Card(sections)),)


def left(turn: Turn, press: Pressed) -> Replies:
    """Name those for whom a round has nobody, by what is missing, before anybody is invited."""
    of = round_of(turn, press.subject)
    if not _names_them(turn, of):
        raise NotThere(press.subject)
    t, by_reason = turn.t, defaultdict[Why, list[str]](list)
    everybody = turn.unit.rounds.unmatched(of.id)
    for one in everybody[:SHOWN]:
        if person := turn.unit.people.get(of.organization_id, one.person_id):
            by_reason[one.why].append(person.name)
    facts = tuple(Fact(lacking(t, why), t.listing(sorted(names))) for why, names in by_reason.items())
    note = t("{n} more are not named here.", n=len(everybody) - SHOWN) if len(everybody) > SHOWN else ""
    return (Show(Card((Section("", title=t("Who has nobody yet"), facts=facts),), note=note)),)


def _fits(found: Report, say: Counting) -> Section:
    """Draw how many pairs fit how well; each bar has its figure behind it, for whoever does not see it."""
    t, most, step = say.t, max(*found.bins, 1), 100 // len(found.bins)
    lines = [
        t(
            "{low} to {high} %: {bar} {n}",
            low=tenth * step,
            high=(tenth + 1) * step,
            bar="▇" * (1 if say.is_small(n) else -(-BAR * n // most)),
            n=say.count(n),
        )
        for tenth, n in reversed(list(enumerate(found.bins)))
        if n
    ]
    return Section("\n".join(lines) or t("No pair was found."), title=t("How well the pairs fit"))


def _compared(found: Report, say: Counting) -> Section:
    t = say.t
    names = {
        "round": t("This round"),
        "greedy": t("The best pair first, one after another"),
        "random": t("By lot"),
    }
    facts = [
        Fact(
            names.get(one.name, one.name),
            t("{matched} have somebody, {fit} on average", matched=say.count(one.matched), fit=percent(t, one.mean)),
        )
        for one in found.comparisons
    ]
    facts.append(Fact(t("With what they want most"), say.share(found.first_wish, found.wishing)))
    facts.append(Fact(t("From different teams or functions"), say.share(found.diverse, found.pairs)))
    return Section("", title=t("Compared with other ways to pair the same people"), facts=tuple(facts))


def _left(turn: Turn, of: Round, found: Report, say: Counting) -> Section:
    t, facts = turn.t, tuple(Fact(lacking(turn.t, why), say.count(n)) for why, n in found.why)
    nobody_left = t("Everybody has somebody.") if found.seekers else t("Nobody is there yet who looks for somebody.")
    named = facts and _names_them(turn, of)
    who = (Button(t("Who they are"), "round_report.left", of.id),) if named else ()
    return Section("" if facts else nobody_left, title=t("Who has nobody yet"), facts=facts, buttons=who)


def _shares(found: Report, say: Counting) -> list[Section]:
    """Say which share of each team, site, level and working time has somebody; small groups are counted together."""
    t = say.t
    titles = {"team": t("By team"), "site": t("By place"), "rank": t("By level"), "part_time": t("By working time")}
    sections = []
    for by, title in titles.items():
        ours = [one for one in found.shares if one.by == by]
        facts = tuple(Fact(_group(t, by, one.name), say.share(one.matched, one.of)) for one in ours)
        if len(facts) > 1:
            sections.append(Section("", title=title, facts=facts))
    return sections


def _group(t: Translator, by: str, name: str) -> str:
    if not name:
        return t("Small groups and unknown, together")
    working: Mapping[str, str] = {"yes": t("Part-time"), "no": t("Full-time")}
    if by == "part_time":
        return working.get(name, name)
    return t("Level {n}", n=name) if by == "rank" else name


def _names_them(turn: Turn, of: Round) -> bool:
    """Tell whether those without anybody are named: not once people could have said no, nor where nobody is named."""
    return of.status is RoundStatus.READY and not counting(turn.t, turn.unit, of).hidden


FLOW = Flow(admin_actions={"round_report.show": report, "round_report.left": left})
