"""Which mentorships somebody means by a name typed behind a command."""

from bot.domain.facts import Facts
from bot.overview import is_hidden
from bot.scene import NotThere
from bot.turn import Turn


def meant(turn: Turn, text: str) -> list[Facts]:
    """Return one's own mentorships, those with the partner named, or for whoever runs the programme, that person's.

    'with' may stand before the name.

    Raises:
        NotThere: nobody of that name, or not for this person to see.
    """
    name = text.strip()
    for word in ("with ", f"{turn.t('with')} "):
        name = name[len(word) :].strip() if name.casefold().startswith(word) else name
    if not name:
        return turn.mine()
    said = name.casefold().removeprefix("@")
    with_partner = [
        facts
        for facts in turn.mine()
        if any(said in {one.first_name.casefold(), one.name.casefold()} for one in facts.others(turn.actor.id))
    ]
    if with_partner:
        return with_partner
    person = turn.person(name.split(">")[0] + ">" if name.startswith("<@") else name)
    if person is None:
        raise NotThere(text)
    shared = [facts for facts in turn.mine() if person.id in {one.id for one in facts.others(turn.actor.id)}]
    if shared or not turn.actor.is_admin:
        return shared
    theirs = turn.unit.mentorships.of_person(person.id, turn.now)
    return [facts for facts in theirs if not is_hidden(turn.unit, facts)]
