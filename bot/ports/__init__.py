"""What the engine and the flows need from the outside, as protocols; storage and platforms provide it."""

from bot.ports.company import Mentorships, People, Programs
from bot.ports.joined import Abilities, Profiles, Skills
from bot.ports.outside import (
    CannotList,
    Clock,
    Download,
    InDoubt,
    LinkKind,
    Links,
    Member,
    Messenger,
    Parcel,
    Receiver,
    Register,
    SendFailed,
    Team,
    Ticket,
    Unlisted,
)
from bot.ports.own import Enrolments, Ties
from bot.ports.rounds import Blocks, Partings, Rounds
from bot.ports.said import Earlier, Letter, Outbox, Touches, Trail
from bot.ports.unit import Belongings, Store, UnitOfWork
from bot.ports.written import Choice, Draft, Drafts, Kept, Quoted, Words, Written

__all__ = [
    "Abilities",
    "Belongings",
    "Blocks",
    "CannotList",
    "Choice",
    "Clock",
    "Download",
    "Draft",
    "Drafts",
    "Earlier",
    "Enrolments",
    "InDoubt",
    "Kept",
    "Letter",
    "LinkKind",
    "Links",
    "Member",
    "Mentorships",
    "Messenger",
    "Outbox",
    "Parcel",
    "Partings",
    "People",
    "Profiles",
    "Programs",
    "Quoted",
    "Receiver",
    "Register",
    "Rounds",
    "SendFailed",
    "Skills",
    "Store",
    "Team",
    "Ticket",
    "Ties",
    "Touches",
    "Trail",
    "UnitOfWork",
    "Unlisted",
    "Words",
    "Written",
]
