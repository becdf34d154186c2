"""Everything that is stored on a person as files to take along: a page to read, and JSON for machines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from html import escape

from bot.domain.cadence import local
from bot.domain.people import Person
from bot.language import N_, Translator, translator
from bot.ports import Belongings

TITLES: Mapping[str, tuple[str, str]] = {
    "person": (N_("You"), N_("Your name and your hours. Whoever runs the programme sees your name.")),
    "accounts": (N_("Where I reach you"), N_("Nobody sees this.")),
    "profile": (N_("Your profile"), N_("From you or your company's list, for finding partners.")),
    "abilities": (
        N_("What you offer and want"),
        N_("For finding partners. Whoever runs the programme sees the skills of all, and not who has which."),
    ),
    "not_with": (
        N_("With whom you would rather not be matched"),
        N_("Nobody else sees this, nor that anybody is named."),
    ),
    "rounds": (
        N_("When I found somebody for you"),
        N_("How well you fit, of 10,000. Whoever runs the programme sees it, and with whom."),
    ),
    "left_out": (
        N_("When I found nobody for you"),
        N_("Why, and so what would help. Whoever runs the programme sees it."),
    ),
    "mentorships": (
        N_("Your mentorships"),
        N_("Those in them and those who run the programme see their dates; nobody sees your answers to invitations."),
    ),
    "meetings": (N_("Your meetings"), N_("Those who are in them see them; the programme sees dates and states.")),
    "answers": (N_("Whether you met"), N_("What you said. Nobody else sees it.")),
    "notes": (
        N_("What was written"),
        N_("Your own notes, and those of others that you may read. Nobody who runs the programme reads any of them."),
    ),
    "actions": (N_("Next steps"), N_("Those in the mentorship read them.")),
    "goals": (N_("Goals"), N_("Those in the mentorship read them.")),
    "drafts": (N_("Begun and not sent"), N_("Nobody else sees this.")),
    "said": (N_("What I told or asked you"), N_("Kinds and times, so that I say nothing twice. Nobody sees this.")),
    "partings": (
        N_("What did not fit"),
        N_("Those who run the programme read it, since you have allowed that."),
    ),
    "enrolment": (N_("Whether you were asked to take part"), N_("Nobody sees what you answered.")),
    "ties": (
        N_("Whether another account is yours"),
        N_("Asked where two accounts have your address. Nobody sees this."),
    ),
    "put_off": (N_("What you put off"), N_("Nobody else sees this.")),
    "next_look": (N_("When I look again"), N_("The next time at which I think of you. Nobody sees this.")),
    "messages": (N_("Messages to you"), N_("When, and whether they arrived. What they said is deleted once sent.")),
    "events": (N_("Words of yours on their way"), N_("What you typed or pressed and I have not handled yet.")),
    "audit": (
        N_("Grave deeds of yours"),
        N_("Pausing, ending and the like. Those who run the programme may see it."),
    ),
    "words": (N_("Other words of yours"), N_("What you wrote and nothing else here shows.")),
}
"""For each subject its title, and who sees what stands there."""

COLUMNS: Mapping[str, str] = {
    "action": N_("What"),
    "address": N_("Address"),
    "aims": N_("What it is for"),
    "agreed_at": N_("You accepted the agreement"),
    "anchor": N_("Regular meetings since"),
    "answered_at": N_("Said"),
    "at": N_("When"),
    "attempts": N_("Attempts"),
    "away": N_("Days off"),
    "belongs": N_("Open"),
    "by": N_("By"),
    "capacity": N_("Mentees at once"),
    "consent": N_("Your answer to the invitation"),
    "country": N_("Country"),
    "created_at": N_("Made"),
    "day_ends": N_("Your day ends"),
    "day_starts": N_("Your day begins"),
    "digested_on": N_("Last digest"),
    "drafted_at": N_("Agreement written"),
    "dropped": N_("Not said, because"),
    "due_at": N_("Due"),
    "due_on": N_("Until"),
    "email": N_("E-mail"),
    "ended_at": N_("Ended"),
    "ends_on": N_("Agreed until"),
    "enrolled_at": N_("Brought in"),
    "every_weeks": N_("Weeks between meetings"),
    "finished_at": N_("Done"),
    "form": N_("Form"),
    "formats": N_("Forms of mentoring"),
    "format": N_("Form of mentoring"),
    "given_up_at": N_("Given up"),
    "goal": N_("What you want to reach"),
    "greeted": N_("Greeted"),
    "hours_a_month": N_("Hours a month"),
    "is_admin": N_("You run the programme"),
    "joined_at": N_("Joined"),
    "kept": N_("What you filled in before"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "languages": N_("Languages"),
    "led_by_you": N_("Led by you"),
    "left_at": N_("Left"),
    "level": N_("Level"),
    "look_at": N_("When"),
    "manager_email": N_("Your manager"),
    "met": N_("You met"),
    "minutes": N_("Minutes"),
    "moves": N_("Hours it has had"),
    "name": N_("Name"),
    "not_with": N_("Rather not"),
    "number": N_("Number"),
    "offered": N_("To choose from"),
    "outcome": N_("What came of it"),
    "misfit": N_("What did not fit"),
    "opened_at": N_("Asked since"),
    "paused_at": N_("Paused since"),
    "paused_until": N_("Nothing before"),
    "place": N_("Where"),
    "platform": N_("Platform"),
    "prolongs_at": N_("You asked for more time"),
    "proposed_at": N_("Proposed"),
    "question": N_("Question"),
    "quoted": N_("Words of a message, for a form"),
    "reason": N_("Reason"),
    "received_at": N_("Received"),
    "region": N_("Region"),
    "resumes_on": N_("Goes on"),
    "role": N_("Your role"),
    "roles": N_("Your roles"),
    "said_at": N_("When"),
    "score": N_("How well you fit"),
    "series_zone": N_("Zone of the regular meetings"),
    "settled_at": N_("Settled"),
    "side": N_("Offered or wanted"),
    "skill": N_("Skill"),
    "started_at": N_("Begun"),
    "starts_at": N_("Meeting"),
    "state": N_("State"),
    "status": N_("State"),
    "status_at": N_("In this state since"),
    "team": N_("Team"),
    "timed_at": N_("Hour set"),
    "times": N_("How often"),
    "touched_at": N_("Last touched"),
    "unasked": N_("Unasked"),
    "unasked_a_week": N_("Messages a week"),
    "until": N_("Until"),
    "valid_until": N_("Of use until"),
    "values": N_("What you filled in"),
    "visibility": N_("Read by"),
    "wants_digest": N_("You want the digest"),
    "with": N_("With"),
    "why": N_("Why"),
    "words": N_("Words"),
    "working_days": N_("You work on"),
    "workspace": N_("Workspace"),
    "written_at": N_("Written"),
    "yes_at": N_("You said yes"),
    "zone": N_("Time zone"),
    "zone_asked": N_("Zone that I asked about"),
}
"""How each column is called. Those that are not here hold ids, which say nothing to people."""

CODES = frozenset(
    {"action", "dropped", "form", "format", "kind", "question", "reason", "role", "side", "state", "status"}
)
"""Columns of short names for things, which are the bot's own."""

READ_BY = {"me": N_("the author alone"), "pair": N_("you two"), "group": N_("everybody in the group")}

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
dl {{ display: grid; grid-template-columns: 14rem 1fr; margin: 1rem 0; padding: .75rem; border: 1px solid #ccc }}
dt {{ color: #555 }}
dd {{ margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }}
</style>
<h1>{title}</h1>
<p>{intro}</p>
{parts}
"""


def as_json(found: Belongings, now: datetime) -> bytes:
    """Return everything as JSON: lists of rows by subject, moments in ISO form and UTC."""
    return json.dumps({"made_at": now, **found}, default=_plain, ensure_ascii=False, indent=2).encode()


def as_page(found: Belongings, reader: Person, now: datetime) -> bytes:
    """Return everything as one HTML page in the reader's language, times on the reader's clocks."""
    t = translator(reader.language)
    title = t("Everything stored on {name}", name=reader.name)
    intro = t(
        "Made on {when}; times are those of {zone}. What others wrote for themselves alone is not here.",
        when=_shown(now, reader.zone, t),
        zone=reader.zone,
    )
    parts = "\n".join(_part(name, rows, reader.zone, t) for name, rows in found.items() if rows)
    page = _PAGE.format(language=t.language, title=escape(title), intro=escape(intro), parts=parts)
    return page.encode("utf-8", "replace")


def _part(name: str, rows: Sequence[Mapping[str, object]], zone: str, t: Translator) -> str:
    title, seen = TITLES[name]
    lists = "\n".join(f"<dl>{''.join(_lines(row, zone, t))}</dl>" for row in rows)
    return f"<h2>{escape(t(title))}</h2>\n<p>{escape(t(seen))}</p>\n{lists}"


def _lines(row: Mapping[str, object], zone: str, t: Translator) -> Iterator[str]:
    for column, value in row.items():
        shown = _named(column, value, t) or _shown(value, zone, t)
        if column in COLUMNS and shown:
            yield f"<dt>{escape(t(COLUMNS[column]))}</dt><dd>{escape(shown)}</dd>"


def _named(column: str, value: object, t: Translator) -> str:
    """Return what the bot's own short names stand for; '' for everything else."""
    if column == "visibility":
        return t(READ_BY[str(value)])
    if column == "working_days" and isinstance(value, tuple):
        return t.weekdays(value)
    return str(value).replace("_", " ") if column in CODES else ""


def _shown(value: object, zone: str, t: Translator) -> str:
    match value:
        case None:
            return ""
        case bool():
            return t("yes") if value else t("no")
        case datetime():
            return f"{local(value, zone):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ", ".join(_shown(one, zone, t) for one in value)
        case Mapping():
            return "\n".join(_shown(one, zone, t) for one in value.values())
    return str(value)


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that is stored")
