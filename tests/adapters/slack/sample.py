"""Cards, forms and parcels to try the adapter with."""

from dataclasses import replace

from bot.domain.people import Account, Platform, Workspace
from bot.language import translator
from bot.messages import Button, Card, Fact, Field, FieldKind, Form, Link, Option, Quote, Section
from bot.ports import Parcel
from tests.adapters.slack.fake import TEAM

ENGLISH = translator("en")

WORKSPACE = Workspace("w1", "o1", Platform.SLACK, TEAM, "Company")

BRIEF = Card(
    (
        Section(
            "You meet Ben tomorrow at 14:00.",
            title="Your next meeting",
            facts=(Fact("Where", "Room 4 & <online>"), Fact("Open actions", "2")),
            quotes=(Quote("How do I say no?\n<!channel> `rm` & *bold* <https://x.example|click>", "Ana"),),
            buttons=(
                Button("Add a topic", "agenda.topic", "m1", rev=3, opens=True, style="primary"),
                Button("Tuesday 10:00", "meeting.move", "m1", value="0", rev=3),
                Button("Thursday 15:00", "meeting.move", "m1", value="1", rev=3),
            ),
            links=(Link("Add to my calendar", "https://bot.example/l/abc-_1"),),
        ),
        Section("One action is open.", buttons=(Button("Done", "actions.done", "a1", style="danger"),)),
    ),
    note="Two working days before each meeting I ask for topics.",
    footer=(Button("Fewer", "home.fewer", "p1"),),
)

EVERYTHING = Form(
    "joining.profile",
    "p1",
    "Tell us a little about yourself",
    (
        Field("focus", "Your focus", FieldKind.SHORT, hint="In a few words.", initial="Speaking up"),
        Field("story", "Your path so far", FieldKind.LONG, required=False),
        Field("format", "Format", FieldKind.CHOICE, (Option("one", "One to one"), Option("group", "In a group"))),
        Field(
            "skills", "Skills", FieldKind.CHOICES, (Option("py", "Python"), Option("ux", "Design")), initial=("ux",)
        ),
        Field(
            "zone", "Zone", FieldKind.CHOICE, tuple(Option(f"z{n}", f"Zone {n}") for n in range(230)), initial="z7"
        ),
        Field("starts", "First day", FieldKind.DATE, initial="2027-03-16"),
        Field("hour", "Best hour", FieldKind.TIME, required=False),
        Field("sure", "How sure are you?", FieldKind.SCALE),
        Field("buddy", "Who knows you?", FieldKind.PERSON, required=False),
    ),
    intro="Your mentor sees the first two.",
    submit="Save",
    rev=4,
)

WHOLE = replace(EVERYTHING, fields=EVERYTHING.fields[:4])
"""A form that is short enough to be shown at once."""


def parcel(
    user: str,
    card: Card,
    delivery_id: str = "d1",
    *,
    address: str = "",
    replaces: str | None = None,
    workspace: Workspace = WORKSPACE,
) -> Parcel:
    """Return a delivery to one person of a fake workspace."""
    account = Account("a1", workspace.organization_id, workspace.id, "p1", Platform.SLACK, user, address)
    return Parcel(delivery_id, account, workspace, card, replaces)
