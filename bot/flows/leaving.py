"""Somebody has left the company: noted by who runs the programme, after it is asked back, and told kindly."""

from bot.domain.leaving import leave
from bot.domain.people import Person, PersonStatus
from bot.flow import Command, Flow, Topic
from bot.language import N_
from bot.messages import Button, Pressed, Show, card
from bot.scene import NotThere
from bot.turn import Replies, Turn


def left(turn: Turn, text: str) -> Replies:
    """Ask back before somebody is noted as gone."""
    t, person = turn.t, turn.person(text) if text.strip() else None
    if person is None or person.status is PersonStatus.LEFT:
        return (Show(card(t("Who has left? A full name or an e-mail helps: 'left Ana Example'."))),)
    if person is turn.actor:
        return (Show(card(t("Somebody else who runs the programme can note that."))),)
    asked = t(
        "Has {name} left the company? I write nothing more to them. Those in a mentorship with them are told kindly, "
        "and keep what they wrote.",
        name=person.name,
    )
    sure = Button(t("Yes, {name} has left", name=person.first_name), "leaving.sure", person.id)
    keep = Button(t("Leave it as it is"), "closing.keep", "", words=(t("no"),))
    return (Show(card(asked, sure, keep)),)


def sure(turn: Turn, press: Pressed) -> Replies:
    """Take somebody out of all mentorships, and write nothing more to them."""
    person = turn.unit.people.get(turn.actor.organization_id, press.subject)
    if person is None or person is turn.actor:
        raise NotThere(press.subject)
    if person.status is not PersonStatus.LEFT:
        _let_go(turn, person)
    text = turn.t("Noted. Those who were in a mentorship with {name} hear of it.", name=person.first_name)
    return (Show(card(text)),)


def _let_go(turn: Turn, person: Person) -> None:
    for facts in turn.unit.mentorships.of_person(person.id, turn.now):
        leave(turn.mentorship(facts.mentorship.id, as_admin=True), person.id, turn.now)
    person.status, person.left_at = PersonStatus.LEFT, turn.now
    turn.audit("left", person.id)


FLOW = Flow(
    admin_actions={"leaving.sure": sure},
    commands=(
        Command(
            (N_("left"),), N_("left @person: somebody has left the company"), left, admin=True, topic=Topic.PROGRAM
        ),
    ),
)
