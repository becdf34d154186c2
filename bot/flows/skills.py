"""The company's skills, for those who run a programme: the list, names that may mean the same, and what is new on it.

Who has which skill is shown to nobody. What one person alone has added is theirs: it shows only beside a public name
that it is nearly the same as.
"""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.skills import Skill, SkillList, SkillStatus
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_, Translator
from bot.messages import Button, Card, Errors, Field, FieldKind, Form, Pressed, Section, Show, Values, card
from bot.skill_words import like_pair, like_pairs, problem, wordings
from bot.turn import Replies, Turn

PAGE = 80
"""How many skills one answer names."""

ASKED = 3
"""How many pairs with like names one answer asks about."""


# What is asked


def add_form(turn: Turn, subject: str) -> Form:
    """Ask for skills of the company's list."""
    t = turn.t
    field = Field("names", t("Which skills?"), FieldKind.LONG, hint=t("With commas between them, or one a line."))
    return Form("skills.add", "", t("Skills of your company"), (field,), submit=t("Add"))


# What is answered


def skills(turn: Turn, text: str) -> Replies:
    """Show the list, or change it by typed words."""
    t = turn.t
    word, _, rest = text.partition(" ")
    change = {t(english): change for english, change in _CHANGES.items()} | dict(_CHANGES)
    if word.casefold() in change and rest.strip():
        return change[word.casefold()](turn, rest.strip())
    return (Show(_shown(turn, 0)),)


def page(turn: Turn, press: Pressed) -> Replies:
    """Show another page of the list."""
    return (Show(_shown(turn, int(press.value) if press.value.isdecimal() else 0)),)


def add_opened(turn: Turn, press: Pressed) -> Replies:
    """Open the form for new skills."""
    return (Show(add_form(turn, "")),)


def added(turn: Turn, form: Form, values: Values) -> Replies:
    """Put the skills of the form on the list."""
    said = str(values["names"])
    if why := _problem(turn, said):
        return (Errors({"names": why}),)
    return _add(turn, said)


def same(turn: Turn, press: Pressed) -> Replies:
    """Let the first of two skills be another name of the second."""
    known, one, other = _asked(turn, press)
    if one and other and known.get(one.id) is not known.get(other.id):
        turn.unit.skills.fold(one.id, other.id)
    return (Show(_shown(turn, 0)),)


def different(turn: Turn, press: Pressed) -> Replies:
    """Note that two skills are not the same, so that nobody asks again."""
    _, one, other = _asked(turn, press)
    if one and other:
        turn.unit.skills.keep_apart(turn.actor.organization_id, one.id, other.id)
    return (Show(_shown(turn, 0)),)


# Typed changes


def _add(turn: Turn, text: str) -> Replies:
    t, org = turn.t, turn.actor.organization_id
    if why := _problem(turn, text):
        return (Show(card(why)),)
    for one in wordings(text, t):
        found = turn.unit.skills.all(org).find(one.name)
        if found is None:
            turn.unit.skills.add(org, one.name, listed=True)
        elif found.status is SkillStatus.ADDED:
            turn.unit.skills.enlist(found.id, one.name)
    return (Show(_shown(turn, 0)),)


def _fold(turn: Turn, text: str) -> Replies:
    """Let one name mean what another does; either is put on the list where it is not known."""
    t, names = turn.t, _two(text)
    if names is None or _problem(turn, ",".join(names)):
        return (Show(card(t("Which name means which skill? For example 'skills fold JS = JavaScript'."))),)
    one, other = (_listed(turn, name) for name in names)
    if other.status is SkillStatus.ADDED:
        turn.unit.skills.enlist(other.id, names[1])
    if one.id != other.id:
        turn.unit.skills.fold(one.id, other.id)
    return (Show(card(t("'{one}' means '{other}' from now on.", one=names[0], other=names[1]), _list(t))),)


def _rename(turn: Turn, text: str) -> Replies:
    t, names = turn.t, _two(text)
    known = turn.unit.skills.all(turn.actor.organization_id)
    found = known.find(names[0]) if names else None
    if names is None or found is None or not found.is_public or _problem(turn, names[1]):
        return (Show(card(t("Which skill gets which name? For example 'skills rename Excel = Spreadsheets'."))),)
    taken = known.find(names[1])
    if taken and taken.id != found.id and not taken.is_public:
        turn.unit.skills.fold(taken.id, found.id)
    elif taken and taken.id != found.id:
        return (Show(card(t("There is a skill of that name. 'skills fold {one} = {other}' makes them one.",
                            one=names[0], other=names[1]))),)  # fmt: skip
    turn.unit.skills.enlist(found.id, names[1])
    return (Show(card(t("It is called '{name}' now.", name=names[1]), _list(t))),)


_CHANGES: Mapping[str, Callable[[Turn, str], Replies]] = {N_("add"): _add, N_("fold"): _fold, N_("rename"): _rename}


def _two(text: str) -> tuple[str, str] | None:
    """Return the two names on the sides of an equals sign."""
    one, sign, other = (" ".join(part.split()) for part in text.partition("="))
    return (one, other) if sign and one and other else None


def _problem(turn: Turn, text: str) -> str:
    said = wordings(text, turn.t)
    return problem(said, turn.t) if said else turn.t("Please name at least one.")


def _listed(turn: Turn, name: str) -> Skill:
    """Return the skill of a name; where nobody has it yet, it is put on the list."""
    org = turn.actor.organization_id
    found = turn.unit.skills.all(org).find(name)
    if found is not None:
        return found
    turn.unit.skills.add(org, name, listed=True)
    made = turn.unit.skills.all(org).find(name)
    assert made is not None
    return made


# Parts of the answers


def _shown(turn: Turn, page: int) -> Card:
    """Return a page of the list, and the next names that may mean the same."""
    t, org = turn.t, turn.actor.organization_id
    known = turn.unit.skills.all(org)
    names = [skill.name for skill in known.public]
    here = names[page * PAGE : (page + 1) * PAGE]
    text = ", ".join(here) if here else t("There is none yet. What people offer and want is added as they join.")
    more = Button(t("More"), "skills.page", "", value=str(page + 1))
    add = Button(t("Add skills"), "skills.add", "", opens=True)
    buttons = (*([more] if len(names) > (page + 1) * PAGE else []), add)
    first = Section(text, title=t("Skills of your company"), buttons=buttons)
    note = t("'skills fold JS = JavaScript' makes two one, 'skills rename A = B' gives one another name.")
    return Card((first, *_questions(turn, known)), note=note)


def _questions(turn: Turn, known: SkillList) -> Iterable[Section]:
    t = turn.t
    pairs = like_pairs(known, turn.unit.skills.apart(turn.actor.organization_id))
    for (one, other), _ in zip(pairs, range(ASKED), strict=False):
        yield Section(
            t("Does '{one}' mean the same as '{other}'?", one=one.name, other=other.name),
            buttons=(
                Button(t("Same skill"), "skills.same", one.id, value=other.id),
                Button(t("Different"), "skills.different", one.id, value=other.id),
            ),
        )


def _list(t: Translator) -> Button:
    return Button(t("The list"), "skills.page", "", value="0")


def _asked(turn: Turn, press: Pressed) -> tuple[SkillList, Skill | None, Skill | None]:
    """Return the two skills that a button asks about, as far as the question still stands."""
    known = turn.unit.skills.all(turn.actor.organization_id)
    apart = turn.unit.skills.apart(turn.actor.organization_id)
    pair = like_pair(known, apart, press.subject, press.value)
    return (known, *pair) if pair else (known, None, None)


FLOW = Flow(
    admin_actions={"skills.page": page, "skills.add": add_opened, "skills.same": same, "skills.different": different},
    admin_forms={"skills.add": FormFlow(add_form, added)},
    commands=(
        Command(
            (N_("skills"),),
            N_("skills: the list, and names that may mean the same; 'skills add Python'"),
            skills,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
