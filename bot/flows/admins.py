"""Who runs the programme: named, added and taken off by those who do."""

from datetime import timedelta

from bot.domain.digest import begin_digests
from bot.domain.people import Person
from bot.flow import Command, Flow, Topic
from bot.language import N_, translator
from bot.messages import Button, Pressed, Section, Show, card
from bot.scene import NotThere
from bot.turn import Replies, Turn

WELCOME_FOR = timedelta(weeks=1)
"""How long it makes sense to tell somebody that they run the programme now."""


def admins(turn: Turn, text: str) -> Replies:
    """List who runs the programme; `add` or `remove` somebody after asking back."""
    t = turn.t
    word, _, name = text.strip().partition(" ")
    adding = word.casefold() in ("add", t("add"))
    if not adding and word.casefold() not in ("remove", t("remove")):
        names = [person.name for person in _admins(turn)]
        return (Show(card(t("The programme is run by {names}.", names=t.listing(names)))),)
    person = turn.person(name)
    if person is None:
        unknown = t("I know nobody, or several people, called {name}. A full name or an e-mail helps.", name=name)
        return (Show(card(unknown)),)
    if person.is_admin == adding:
        return (Show(card(t("That is so already; nothing was changed."))),)
    keep = Button(t("Leave it as it is"), "closing.keep", "")
    if adding:
        question = t(
            "{name} would see states, dates and counts of all pairs, and could pair people.", name=person.name
        )
        return (Show(card(question, Button(t("Yes, add"), "admins.add", person.id), keep)),)
    question = t("{name} would no longer run the programme.", name=person.name)
    return (Show(card(question, Button(t("Yes, take off"), "admins.remove", person.id), keep)),)


def added(turn: Turn, press: Pressed) -> Replies:
    """Let somebody run the programme, and tell them; their first digest comes on their next Monday."""
    person = _person(turn, press.subject)
    t = turn.t
    if not person.is_admin:
        person.is_admin, person.digested_on = True, None
        begin_digests(person, turn.now)
        turn.unit.touches.look_by(person.organization_id, person.id, turn.now)
        turn.audit("admin_added", person.id)
        turn.tell(person, _welcome(turn, person), turn.now + WELCOME_FOR)
    return (Show(card(t("{name} runs the programme now, and hears of it from me.", name=person.name))),)


def removed(turn: Turn, press: Pressed) -> Replies:
    """Take somebody off, unless nobody would be left."""
    person = _person(turn, press.subject)
    t = turn.t
    if [one.id for one in _admins(turn)] == [person.id]:
        return (Show(card(t("Somebody has to run the programme. Please add another person first."))),)
    if person.is_admin:
        person.is_admin = False
        turn.audit("admin_removed", person.id)
    return (Show(card(t("{name} no longer runs the programme.", name=person.name))),)


def _welcome(turn: Turn, person: Person) -> Section:
    t = translator(person.language)
    text = t(
        "{name} asked you to run the mentoring programme too. 'status' shows how the pairs are doing: states, dates "
        "and counts, never what anybody wrote. 'help' lists the rest, and on Mondays I send you a digest.",
        name=turn.actor.name,
    )
    return Section(text)


def _admins(turn: Turn) -> list[Person]:
    return [person for person in turn.unit.people.everybody(turn.actor.organization_id) if person.is_admin]


def _person(turn: Turn, person_id: str) -> Person:
    found = turn.unit.people.get(turn.actor.organization_id, person_id)
    if found is None:
        raise NotThere(person_id)
    return found


FLOW = Flow(
    admin_actions={"admins.add": added, "admins.remove": removed},
    commands=(
        Command(
            (N_("admins"),),
            N_("admins: who runs the programme; 'admins add @name', 'admins remove @name'"),
            admins,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
