"""Somebody's device is in another zone than the bot counts in: asked once, and no meeting moves by itself."""

from bot.domain.cadence import at_local, local, same_clocks, zone_names
from bot.domain.facts import Facts
from bot.domain.meeting import Meeting, State
from bot.domain.mentorship import Status
from bot.flow import Flow
from bot.messages import Button, Card, Pressed, Say, Section, Show, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

# What is asked


def noticed(turn: Turn, device_zone: str) -> Replies:
    """Ask once which zone to count in, where the clocks of a device differ from those that the bot knows."""
    t, person = turn.t, turn.actor
    if device_zone not in zone_names() or device_zone == person.zone_asked:
        return ()
    if same_clocks(device_zone, person.zone, turn.now):
        person.zone_asked = ""
        return ()
    person.zone_asked = device_zone
    here, there = t.city(person.zone), t.city(device_zone)
    text = t(
        "Your device is on {there} time, and I count in {here} time for you. Which shall it be?",
        there=there,
        here=here,
    )
    use = Button(t("Use {city}", city=there), "moving.use", "", value=device_zone, style="primary")
    stay = Button(t("Stay with {city}", city=here), "moving.stay", "", value=person.zone)
    return (Say(card(text, use, stay)),)


def _series(turn: Turn, facts: Facts, meeting: Meeting, old: str) -> Section:
    """Ask whoever leads whether a series stays on its clocks, or goes with them."""
    t, new = turn.t, turn.actor.zone
    assert facts.mentorship.at and meeting.starts_at
    hour = f"{facts.mentorship.at:%H:%M}"
    values = {
        "hour": hour,
        "old": t.city(old),
        "mine": t.hour(meeting.starts_at, new),
        "new": t.city(new),
        "name": turn.partner(facts),
    }
    text = t(
        "Keep your meetings at {hour} {old} time ({mine} for you), or suggest {hour} {new} time to {name}?", **values
    )
    keep = Button(t("Keep {hour} {city} time", hour=hour, city=t.city(old)), "moving.keep", facts.mentorship.id)
    suggest = Button(
        t("Suggest {hour} {city} time", hour=hour, city=t.city(new)),
        "moving.suggest",
        meeting.id,
        value=new,
        rev=meeting.moves,
    )
    return Section(text, title=t("Your meetings with {name}", name=turn.partner(facts)), buttons=(keep, suggest))


def _all_series(turn: Turn, old: str) -> tuple[Section, ...]:
    led = ((facts, meeting) for facts in turn.mine() if (meeting := _led(turn, facts, old)))
    return tuple(_series(turn, facts, meeting, old) for facts, meeting in led)


# What is answered


def used(turn: Turn, press: Pressed) -> Replies:
    """Count in the new zone from now on, and ask about each series that this person leads in the old one."""
    t, person, old = turn.t, turn.actor, turn.actor.zone
    if press.value not in zone_names():
        raise NotThere(press.value)
    person.zone = press.value
    said = Section(t("From now on I count in {city} time for you. No meeting has moved.", city=t.city(person.zone)))
    return (Show(Card((said, *_all_series(turn, old)))),)


def meetings_asked(turn: Turn, press: Pressed) -> Replies:
    """Ask about each series in a zone that this person has told the bot to leave."""
    sections = _all_series(turn, press.value)
    return (
        Show(
            Card(sections) if sections else card(turn.t("No meeting has moved, and none waits for you to lead it."))
        ),
    )


def stayed(turn: Turn, press: Pressed) -> Replies:
    """Go on counting in the zone that the bot knows."""
    return (Show(card(turn.t("I go on counting in {city} time for you.", city=turn.t.city(turn.actor.zone)))),)


def kept(turn: Turn, press: Pressed) -> Replies:
    """Leave a series on its clocks."""
    t, mentorship = turn.t, turn.mentorship(press.subject).mentorship
    return (Show(card(t("Your meetings stay on {city} time.", city=t.city(mentorship.zone)))),)


def suggested(turn: Turn, press: Pressed) -> Replies:
    """Suggest the same hour on the new clocks to the others; once it is confirmed, the series goes on with them."""
    facts, meeting = turn.meeting(press.subject)
    t, mentorship = turn.t, facts.mentorship
    if press.rev != meeting.moves or meeting.state is not State.CONFIRMED or mentorship.at is None:
        return (Show(card(t("This meeting has changed since. Please look again with 'status'."))),)
    assert meeting.starts_at
    if press.value not in zone_names():
        raise NotThere(press.value)
    hour = at_local(local(meeting.starts_at, mentorship.zone).date(), mentorship.at, press.value)
    if hour <= turn.now:
        return (Show(card(t("This hour is over. Please choose one that lies ahead."))),)
    meeting.propose(hour, turn.actor.id, turn.now, series_zone=press.value)
    text = t(
        "I asked {name} about {when}. Once it is confirmed, your meetings go on in {city} time.",
        name=turn.partner(facts),
        when=t.when(hour, turn.actor.zone),
        city=t.city(press.value),
    )
    return (Show(card(text)),)


def _led(turn: Turn, facts: Facts, zone: str) -> Meeting | None:
    """Return the next meeting of a series on the clocks of a zone, where the actor leads it."""
    mentorship = facts.mentorship
    if mentorship.status is not Status.ACTIVE or mentorship.zone != zone or mentorship.at is None:
        return None
    ahead = (m for m in facts.series if m.state is State.CONFIRMED and m.starts_at and m.starts_at > turn.now)
    following = next(ahead, None)
    return following if following and following.lead_id == turn.actor.id else None


FLOW = Flow(
    actions={
        "moving.use": used,
        "moving.stay": stayed,
        "moving.meetings": meetings_asked,
        "moving.keep": kept,
        "moving.suggest": suggested,
    }
)
