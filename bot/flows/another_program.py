"""One more programme in a company: named in a form, or behind 'programs add', and asked back before it is made."""

from bot.domain.ids import next_id
from bot.domain.program import Program
from bot.flow import Command, Flow, FormFlow, Topic
from bot.language import N_
from bot.messages import Button, Card, Errors, Field, Form, Pressed, Show, Values, card
from bot.turn import Replies, Turn

LONGEST = 75
"""Characters of a programme's name: as many as a button holds."""


# What is asked


def add(turn: Turn, text: str) -> Replies:
    """Ask back before a programme of the typed name is made; ask for a name where none was typed."""
    t, name = turn.t, " ".join(text.split())
    if not name:
        return (Show(name_form(turn, "")),)
    if problem := _problem(turn, name):
        return (Show(card(problem)),)
    question = t("Shall I add the programme {name}? It begins with the usual settings.", name=name)
    yes = Button(t("Yes, add it"), "programs.added", "", value=name, style="primary", words=(t("yes"),))
    return (Show(card(question, yes, Button(t("Leave it as it is"), "closing.keep", ""))),)


def name_form(turn: Turn, subject: str) -> Form:
    """Ask for the name of a new programme."""
    t = turn.t
    intro = t("It begins with the usual settings, and you can change them at once.")
    name = Field("name", t("Name"), max_length=LONGEST)
    return Form("programs.add", "", t("Add a programme"), (name,), intro, t("Add"))


# What is answered


def opened(turn: Turn, press: Pressed) -> Replies:
    """Open the form for a name."""
    return (Show(name_form(turn, "")),)


def sent(turn: Turn, form: Form, values: Values) -> Replies:
    """Add the programme of the form."""
    name = " ".join(str(values["name"]).split())
    if problem := _problem(turn, name):
        return (Errors({"name": problem}),)
    return (Show(_added(turn, name)),)


def pressed(turn: Turn, press: Pressed) -> Replies:
    """Add the programme that was asked back, unless it was added meanwhile."""
    problem = _problem(turn, press.value)
    return (Show(card(problem) if problem else _added(turn, press.value)),)


def _problem(turn: Turn, name: str) -> str:
    """Return what is wrong with a name, in a sentence, or ''. Small and capital letters make no difference."""
    ours = turn.unit.programs.all(turn.actor.organization_id)
    if name.casefold() in {program.name.casefold() for program in ours}:
        return turn.t("Another programme has this name.")
    if len(name) > LONGEST:
        return turn.t(
            "This name is {length} characters long; please keep it under {limit}.", length=len(name), limit=LONGEST
        )
    return ""


def _added(turn: Turn, name: str) -> Card:
    """Make the programme. Everybody rests in it on the days on which the others rest."""
    t, organization_id = turn.t, turn.actor.organization_id
    main = turn.unit.programs.main(organization_id, turn.now)
    program = Program(next_id(), organization_id, name, turn.now)
    program.holiday_from, program.holiday_until = main.holiday_from, main.holiday_until
    turn.unit.programs.add(program)
    turn.audit("program_added", program.id)
    text = t(
        "The programme {name} is there. A pair is in {main} unless you name the programme: "
        "'pair @mentor @mentee in {name}'.",
        name=name,
        main=main.name,
    )
    return card(text, Button(t("Settings"), "programs.settings", program.id, opens=True))


FLOW = Flow(
    admin_actions={"programs.add": opened, "programs.added": pressed},
    admin_forms={"programs.add": FormFlow(name_form, sent)},
    commands=(
        Command(
            (N_("programs add"), N_("programmes add")),
            N_("programs add: one more programme, with settings of its own"),
            add,
            admin=True,
            topic=Topic.PROGRAM,
            opens=True,
        ),
    ),
)
