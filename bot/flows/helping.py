"""A pair that has a hard time: what somebody who runs the programme can do for it, without knowing why it has."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.facts import Facts
from bot.domain.meeting import State
from bot.domain.mentorship import Status
from bot.domain.people import Person
from bot.flow import Command, Drawn, Flow, Topic
from bot.language import N_
from bot.mentions import listed
from bot.messages import Button, Card, Fact, Pressed, Section, Show, card
from bot.overview import ON_IT, ON_IT_FOR, is_hidden, rows
from bot.pair_words import pair_section
from bot.scene import NotThere, Scene
from bot.turn import Replies, Turn

HELP = "help"
"""What the trail calls it that help was sent to a pair."""

WEEK = timedelta(weeks=1)
"""How often a pair is sent help at most, and how long a word of help is of use."""

WORD = "help_offer"
"""The kind of the section that a pair reads."""


# What the pair reads


def offer(scene: Scene) -> Section:
    """Say what somebody who runs the programme wrote to a pair a short while ago; later, that it was this."""
    since = scene.now - 2 * WEEK
    sent = scene.unit.trail.since(scene.facts.mentorship.organization_id, HELP, since)
    by = next((entry.actor_id for entry in reversed(sent) if entry.subject_id == scene.about), None)
    sender = scene.unit.people.get(scene.facts.mentorship.organization_id, by) if by else None
    if sender is None or scene.facts.mentorship.status is not Status.ACTIVE:
        return Section(scene.t("This was an offer of help from those who run your programme."))
    return signed_offer(scene, sender)


def signed_offer(scene: Scene, sender: Person) -> Section:
    """Offer help in a sender's name; the sentences are the same for all of a pair."""
    t, mentorship = scene.t, scene.facts.mentorship
    text = t(
        "I run your programme, and I see states and dates, never what you write or why. Where it is hard to find a "
        "time, a slower rhythm, a pause or a new match is fine. If I can help, just write to me. {name}",
        name=sender.name,
    )
    version = mentorship.version
    ways = [
        Button(t("Pause"), "closing.pause", mentorship.id, rev=version, words=(t("pause"),)),
        Button(t("A new match"), "closing.rematch", mentorship.id, rev=version, words=(t("new match"),)),
    ]
    waiting = (State.OPEN, State.PROPOSED, State.MISSED)
    meeting = next((one for one in scene.facts.unsettled if one.state in waiting), None)
    if meeting:
        ways.insert(0, Button(t("Suggest a time"), "scheduling.move", meeting.id, rev=meeting.moves, opens=True))
    return Section(text, title=t("A word from {name}", name=sender.name), buttons=tuple(ways))


# What an admin sees and does


def opened(turn: Turn, press: Pressed) -> Replies:
    """Show a pair with all that can be done for it."""
    t, facts = turn.t, _pair(turn, press.subject)
    (row,) = rows(turn.unit, turn.actor.organization_id, [facts], turn.now)
    shown = pair_section(t, row, turn.now, turn.actor.zone, *_possible(turn, facts))
    return (Show(Card((shown,))),)


def _possible(turn: Turn, facts: Facts) -> list[Button]:
    t, pair_id, version = turn.t, facts.mentorship.id, facts.mentorship.version
    pause = Button(t("Pause"), "helping.sure", pair_id, value="pause", rev=version)
    end = Button(t("End it"), "helping.sure", pair_id, value="end", rev=version)
    match facts.mentorship.status:
        case Status.ACTIVE:
            return [
                Button(t("Send help"), "helping.preview", pair_id),
                Button(t("I am on it"), "helping.on_it", pair_id),
                pause,
                Button(t("A new match"), "helping.sure", pair_id, value="rematch_sure", rev=version),
                end,
            ]
        case Status.PAUSED:
            return [Button(t("Go on"), "helping.sure", pair_id, value="resume", rev=version), end]
        case Status.PROPOSED:
            return [Button(t("I am on it"), "helping.on_it", pair_id), end]
        case Status.ENDED:
            return []


def sure(turn: Turn, press: Pressed) -> Replies:
    """Ask back before a mentorship is paused, resumed, parted or ended."""
    t, facts = turn.t, _pair(turn, press.subject)
    labels = {
        "pause": t("Yes, pause it"),
        "resume": t("Yes, let it go on"),
        "rematch_sure": t("Yes, a new match"),
        "end": t("Yes, end it"),
    }
    if press.value not in labels:
        raise NotThere(press.value)
    yes = Button(labels[press.value], f"closing.{press.value}", facts.mentorship.id, rev=press.rev)
    keep = Button(t("Leave it as it is"), "closing.keep", "")
    return (Show(card(t("Are you sure? All of them are told, without a reason."), yes, keep)),)


def on_it(turn: Turn, press: Pressed) -> Replies:
    """Take a pair off the list for two weeks, since somebody looks after it."""
    facts = _pair(turn, press.subject)
    turn.audit(ON_IT, facts.mentorship.id)
    day = turn.t.day(turn.now + ON_IT_FOR, turn.actor.zone)
    return (Show(card(turn.t("Thank you. This pair is off the list until {day}.", day=day))),)


def nudge(turn: Turn, text: str) -> Replies:
    """Preview help for a pair of the person or the two people named."""
    t = turn.t
    if not text.strip():
        return (Show(card(t("For whom? 'nudge @name' shows you first what the pair would read."))),)
    people = [turn.person(name) for name in listed(text)]
    first = people[0]
    if first is None or None in people:
        raise NotThere(text)
    wanted = {person.id for person in people if person}
    running = [
        facts
        for facts in turn.unit.mentorships.of_person(first.id, turn.now)
        if facts.mentorship.status is Status.ACTIVE
        and wanted <= facts.roles.keys()
        and not is_hidden(turn.unit, facts)
    ]
    if not running:
        return (Show(card(t("There is no running pair of {name} that I can show.", name=first.name))),)
    if len(running) == 1:
        return _preview(turn, running[0])
    found = rows(turn.unit, turn.actor.organization_id, running[:5], turn.now)
    buttons = [Button(row.names(turn.t), "helping.preview", row.facts.mentorship.id) for row in found]
    return (Show(card(t("Which pair?"), *buttons)),)


def previewed(turn: Turn, press: Pressed) -> Replies:
    """Show what a pair would read."""
    return _preview(turn, _pair(turn, press.subject))


def _preview(turn: Turn, facts: Facts) -> Replies:
    """Show the words once for each language in which somebody of the pair reads, and the buttons by name only."""
    t = turn.t
    if said := _not_now(turn, facts):
        return said
    drawn = {}
    for participant in facts.present:
        reader = facts.people[participant.person_id]
        scene = Scene(turn.now, reader, facts, facts.mentorship.id, turn.unit)
        section = signed_offer(scene, turn.actor)
        labels = Fact(t("With the buttons"), " · ".join(button.label for button in section.buttons))
        drawn[scene.t.language] = replace(section, buttons=(), facts=(labels,))
    (row,) = rows(turn.unit, turn.actor.organization_id, [facts], turn.now)
    intro = Section(t("This is what they would read, each in working hours."), title=row.names(t))
    send = Button(t("Send it"), "helping.send", facts.mentorship.id, style="primary")
    keep = Button(t("Leave it as it is"), "closing.keep", "")
    return (Show(Card((intro, *drawn.values(), Section("", buttons=(send, keep))))),)


def sent(turn: Turn, press: Pressed) -> Replies:
    """Send help to all of a pair, once a week at most."""
    facts = _pair(turn, press.subject)
    if said := _not_now(turn, facts):
        return said
    for participant in facts.present:
        reader = facts.people[participant.person_id]
        scene = Scene(turn.now, reader, facts, facts.mentorship.id, turn.unit)
        section = replace(signed_offer(scene, turn.actor), kind=WORD, about=facts.mentorship.id)
        turn.tell(reader, section, turn.now + WEEK)
    turn.audit(HELP, facts.mentorship.id)
    return (Show(card(turn.t("On its way, to each in working hours. Once a week is the most for a pair."))),)


def _not_now(turn: Turn, facts: Facts) -> Replies:
    """Return why no help can be sent to a pair, or nothing where it can."""
    t = turn.t
    if facts.mentorship.status is not Status.ACTIVE:
        return (Show(card(t("This pair is not running now, so nothing is sent to it."))),)
    earlier = turn.unit.trail.since(turn.actor.organization_id, HELP, turn.now - WEEK)
    last = next((entry for entry in earlier if entry.subject_id == facts.mentorship.id), None)
    if last is None:
        return ()
    day = t.day(last.at, turn.actor.zone)
    return (Show(card(t("This pair was sent help on {day}. Once a week is enough.", day=day))),)


def _pair(turn: Turn, mentorship_id: str) -> Facts:
    """Load a pair for somebody who runs the programme.

    Raises:
        NotThere: there is none, or its programme shows counts only.
    """
    facts = turn.mentorship(mentorship_id, as_admin=True)
    if is_hidden(turn.unit, facts):
        raise NotThere(mentorship_id)
    return facts


FLOW = Flow(
    admin_actions={
        "helping.pair": opened,
        "helping.sure": sure,
        "helping.on_it": on_it,
        "helping.preview": previewed,
        "helping.send": sent,
    },
    sections={WORD: Drawn(offer, N_("somebody who runs your programme wants to help"))},
    commands=(
        Command(
            (N_("nudge"), N_("send help")),
            N_("nudge @name: offer help to a pair, after you saw what they would read"),
            nudge,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
