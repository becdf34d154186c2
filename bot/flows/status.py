"""How each pair is doing: states, dates and counts for whoever runs the programme; one's own for everybody."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.facts import Facts
from bot.domain.health import EXCEPTIONS, Health, health
from bot.domain.meeting import State
from bot.language import Translator
from bot.messages import Card, Fact, Section, Show, card
from bot.turn import Command, Flow, Replies, Turn

PAGE = 10
"""How many exceptions one answer holds."""


def status(turn: Turn, text: str) -> Replies:
    """Answer `status`: for an admin all pairs, counted, and the exceptions one by one; for others their own."""
    if not turn.actor.is_admin:
        mine = turn.mine()
        if not mine:
            return (Show(card(turn.t("You are in no mentorship yet."))),)
        return (
            Show(Card((Section(turn.t("Your mentorships"), facts=tuple(_line(turn, facts) for facts in mine)),))),
        )
    everything = turn.unit.mentorships.of_organization(turn.actor.organization_id, turn.now)
    if not everything:
        return (Show(card(turn.t("There are no pairs yet. 'pair @mentor @mentee' makes the first."))),)
    page = int(text) if text.strip().isdigit() else 1
    return (Show(_programme(turn, everything, max(page, 1))),)


def _programme(turn: Turn, everything: Sequence[Facts], page: int) -> Card:
    t = turn.t
    states = {facts.mentorship.id: health(facts, turn.now) for facts in everything}
    names = state_names(t)
    counts = Counter(states.values())
    counted = ", ".join(f"{names[state]}: {counts[state]}" for state in Health if counts[state])
    listed = [f for state in EXCEPTIONS for f in everything if states[f.mentorship.id] is state]
    listed = listed or list(everything)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    pages = -(-len(listed) // PAGE)
    note = t("Page {page} of {pages}: 'status {next}' shows more.", page=page, pages=pages, next=page + 1)
    section = Section(counted, title=t("Pairs"), facts=tuple(_line(turn, facts) for facts in shown))
    return Card((section,), note=note if page < pages else "")


def _line(turn: Turn, facts: Facts) -> Fact:
    """Return a pair's state with its last and next date; never who owes, said or wrote anything."""
    t, zone = turn.t, turn.actor.zone
    held = facts.last_held
    following = next((m for m in facts.unsettled if m.state is State.CONFIRMED and m.starts_at), None)
    parts = [state_names(t)[health(facts, turn.now)]]
    if held and held.starts_at:
        parts.append(t("last held {day}", day=t.day(held.starts_at, zone)))
    if following and following.starts_at:
        parts.append(t("next {day}", day=t.day(following.starts_at, zone)))
    label = " – ".join(facts.people[participant.person_id].name for participant in facts.present)
    return Fact(label, ", ".join(parts))


def state_names(t: Translator) -> dict[Health, str]:
    """Return the words for the states."""
    return {
        Health.NOT_STARTED: t("not started"),
        Health.STALLED: t("stalled"),
        Health.SLIPPING: t("slipping"),
        Health.UNSETTLED: t("unsettled"),
        Health.ENDING: t("ending soon"),
        Health.PAUSED: t("paused"),
        Health.INVITED: t("invited"),
        Health.ON_TRACK: t("on track"),
        Health.ENDED: t("ended"),
    }


FLOW = Flow(commands=(Command(("status", "next"), "status: how it stands, with the next date", status),))
