"""A meeting out of turn: somebody asks for one, another confirms it, and the series goes on as it was."""

from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.ids import new_id
from bot.domain.meeting import Meeting, MeetingKind, Move, State
from bot.domain.mentorship import Role, Status
from bot.domain.offers import offers
from bot.flow import Command, Flow, FormFlow
from bot.hours import hour_fields, hour_in, hour_problem
from bot.language import N_, translator
from bot.meant import meant
from bot.messages import Button, Errors, Form, Pressed, Section, Show, Values, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

# What is asked


def meet(turn: Turn, text: str) -> Replies:
    """Offer times for a meeting out of turn, or ask with whom."""
    t, mine = turn.t, turn.mine()
    possible = [facts for facts in meant(turn, text) if facts in mine and facts.mentorship.status is Status.ACTIVE]
    if not possible:
        return (Show(card(t("You have no running mentorship to meet in; 'resume' wakes one that rests."))),)
    return _offered(turn, possible[0]) if len(possible) == 1 else turn.which(possible, "extra.offer")


def offered(turn: Turn, press: Pressed) -> Replies:
    """Offer times for a meeting out of turn."""
    return _offered(turn, turn.mentorship(press.subject))


def _offered(turn: Turn, facts: Facts) -> Replies:
    if instead := _instead(turn, facts):
        return instead
    t, name = turn.t, turn.partner(facts)
    found = offers(facts, _drafted(turn, facts), turn.now)
    if not found.times:
        text = t("You share no working hours, so please suggest a time that all can bear.")
    elif not found.shared:
        text = t(
            "You share no working hours, so these are early for one of you or late for the other. Pick one, {name} "
            "confirms with a tap.",
            name=name,
        )
    else:
        text = t(
            "These are in everybody's working hours (I cannot see your calendars). Pick one, {name} confirms with a "
            "tap. Your rhythm stays as it is.",
            name=name,
        )
    picks = [
        Button(
            t.when(time, turn.actor.zone),
            "extra.pick",
            facts.mentorship.id,
            value=time.isoformat(),
            words=(str(number),),
        )
        for number, time in enumerate(found.times, 1)
    ]
    another = Button(t("Another time"), "extra.open", facts.mentorship.id, opens=True, words=(t("another time"),))
    return (Show(card(text, *picks, another, title=t("Out of turn with {name}", name=name))),)


def extra_form(turn: Turn, subject: str) -> Form:
    """Ask for the hour of a meeting out of turn."""
    facts = turn.mentorship(subject)
    t = turn.t
    suggested = next(iter(offers(facts, _drafted(turn, facts), turn.now, 1).times), None)
    return Form(
        "extra.suggest",
        subject,
        t("Out of turn"),
        hour_fields(t, suggested, turn.actor.zone),
        intro=t("{name} confirms with a tap.", name=turn.partner(facts)),
        submit=t("Suggest"),
    )


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the question for an hour."""
    return _instead(turn, turn.mentorship(press.subject)) or (Show(extra_form(turn, press.subject)),)


def suggested(turn: Turn, form: Form, values: Values) -> Replies:
    """Suggest the hour of the form to the other."""
    hour = hour_in(values, turn.actor.zone)
    if problems := hour_problem(turn.t, hour, turn.now):
        return (Errors(problems),)
    return _suggest(turn, turn.mentorship(form.subject), hour)


def picked(turn: Turn, press: Pressed) -> Replies:
    """Suggest one of the offered hours to the other."""
    hour = datetime.fromisoformat(press.value)
    if hour <= turn.now:
        return (Show(card(turn.t("This hour is over. Please choose one that lies ahead."))),)
    return _suggest(turn, turn.mentorship(press.subject), hour)


def declined(turn: Turn, press: Pressed) -> Replies:
    """Let a meeting out of turn go; whoever asked for it hears so."""
    facts, meeting = turn.meeting(press.subject)
    if press.rev != meeting.moves or meeting.state is not State.PROPOSED or meeting.kind is not MeetingKind.EXTRA:
        return (Show(card(turn.t("This has changed since. Please look again with 'status'."))),)
    meeting.move(Move.SKIP, turn.now)
    asker = facts.people[meeting.proposed_by] if meeting.proposed_by else None
    if asker and meeting.starts_at:
        t = translator(asker.language)
        when = t.when(meeting.starts_at, asker.zone)
        text = t("Not this time: {when} does not suit. Your regular meetings stay as they are.", when=when)
        turn.tell(asker, Section(text), meeting.starts_at)
    return ()


def _suggest(turn: Turn, facts: Facts, hour: datetime) -> Replies:
    if instead := _instead(turn, facts):
        return instead
    meeting = _drafted(turn, facts)
    meeting.propose(hour, turn.actor.id, turn.now)
    turn.unit.mentorships.add(meeting)
    facts.meetings.insert(0, meeting)
    t = turn.t
    when = t.when(hour, turn.actor.zone)
    text = t(
        "I asked {name} about {when}. Once it is confirmed you hear from me.", name=turn.partner(facts), when=when
    )
    return (Show(card(text)),)


def _instead(turn: Turn, facts: Facts) -> Replies:
    """Return what is said where there is a first meeting to agree on, or one out of turn already; else nothing."""
    t = turn.t
    if facts.mentorship.status is not Status.ACTIVE:
        raise NotThere(facts.mentorship.id)
    first = next((m for m in facts.unsettled if m.kind is MeetingKind.KICKOFF), None)
    if first is not None:
        move = Button(t("Suggest a time"), "scheduling.move", first.id, rev=first.moves, opens=True)
        return (Show(card(t("Your first meeting comes first, and any hour will do."), move)),)
    known = next((m for m in facts.unsettled if m.kind is MeetingKind.EXTRA), None)
    if known is None or known.starts_at is None:
        return ()
    move = Button(t("Another time"), "scheduling.move", known.id, rev=known.moves, opens=True)
    when = t.when(known.starts_at, turn.actor.zone)
    return (Show(card(t("There is one out of turn already: {when}.", when=when), move)),)


def _drafted(turn: Turn, facts: Facts) -> Meeting:
    """Return a meeting out of turn without an hour; who asks leads it, unless that is the mentor."""
    number = min(0, *(meeting.number for meeting in facts.meetings)) - 1
    me = next(participant for participant in facts.present if participant.person_id == turn.actor.id)
    mentorship, last = facts.mentorship, facts.last_in_series
    return Meeting(
        id=new_id(),
        organization_id=mentorship.organization_id,
        mentorship_id=mentorship.id,
        kind=MeetingKind.EXTRA,
        number=number,
        lead_id=facts.lead_for(number) if me.role is Role.MENTOR else me.person_id,
        created_at=turn.now,
        minutes=mentorship.minutes,
        place_id=last.place_id if last else None,
    )


FLOW = Flow(
    actions={"extra.offer": offered, "extra.open": opened, "extra.pick": picked, "extra.decline": declined},
    forms={"extra.suggest": FormFlow(extra_form, suggested)},
    commands=(Command((N_("meet"),), N_("meet: a meeting out of turn; 'meet with Ben' names the partner"), meet),),
)
