"""The record of a mentorship as people read it: what stands above each entry, and the whole of it as a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.domain.cadence import local
from bot.domain.facts import Facts
from bot.domain.people import Person
from bot.domain.records import ActionState, Entry, EntryKind, GoalState
from bot.language import Translator, translator

AGREED = ("help", "by", "want", "rhythm", "limits", "between_us", "between_meetings", "conflict")
"""The questions of an agreement, in the order in which it is read."""


@dataclass(frozen=True, slots=True)
class Line:
    """Some entries that belong together, as one reads them; `private` is what the reader alone may read."""

    at: datetime
    head: str
    words: str
    private: bool


def lines(facts: Facts, reader: Person, entries: Sequence[Entry]) -> list[Line]:
    """Return the entries as the reader reads them, the newest first; answers given together are one line."""
    t = translator(reader.language)
    agreed = [entry for entry in entries if entry.kind is EntryKind.AGREEMENT]
    others = sorted((entry for entry in entries if entry.kind is not EntryKind.AGREEMENT), key=_together)
    found = [_line(t, facts, reader, list(together)) for _, together in groupby(others, _together)]
    if agreed:
        last = max(agreed, key=lambda entry: entry.at)
        said = agreement_lines(t, {entry.question: entry.text for entry in agreed})
        values = {
            "name": facts.people[last.author_id].first_name,
            "day": t.full_day(local(last.at, reader.zone).date()),
        }
        head = t("Your agreement, last changed by {name} on {day}", **values)
        found.append(Line(last.at, head, "\n".join(f"{label}: {text}" for label, text in said), private=False))
    return sorted(found, key=lambda line: line.at, reverse=True)


def agreement_lines(t: Translator, answers: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Return what an agreement says, each answer with its short label."""
    labels = {
        "help": t("To work on"),
        "by": t("By"),
        "want": t("What is wanted"),
        "rhythm": t("Rhythm"),
        "limits": t("Off limits"),
        "between_us": t("Stays between you"),
        "between_meetings": t("Between meetings"),
        "conflict": t("Conflicts of interest"),
    }
    shown = dict(answers)
    if "by" in shown:
        shown["by"] = t.full_day(date.fromisoformat(shown["by"]))
    if "rhythm" in shown:
        shown["rhythm"] = rhythm(t, int(shown["rhythm"]))
    return [(labels[question], shown[question]) for question in AGREED if question in shown]


def rhythm(t: Translator, weeks: int) -> str:
    """Say how often one meets."""
    known = {1: t("every week"), 2: t("every two weeks"), 4: t("every four weeks")}
    return known.get(weeks) or t("every {n} weeks", n=weeks)


def as_text(facts: Facts, reader: Person, entries: Sequence[Entry], now: datetime) -> str:
    """Return the record as a file in Markdown, in the reader's language."""
    t = translator(reader.language)
    names = t.listing([person.name for person in facts.others(reader.id)])
    day = t.full_day(local(now, reader.zone).date())
    parts = [f"# {t('Your mentoring with {name}', name=names)}", t("As of {day}, the newest first.", day=day)]
    for line in lines(facts, reader, entries):
        private = f"*{t('Only you can read this.')}*" if line.private else ""
        parts += filter(None, [f"## {line.head}", private, _quoted(line.words)])
    return "\n\n".join(parts) + "\n"


def as_data(facts: Facts, reader: Person, entries: Sequence[Entry], now: datetime) -> str:
    """Return the record as a file in JSON: one object an entry, moments in ISO form and UTC."""
    rows = [
        {
            "at": entry.at.isoformat(),
            "kind": entry.kind,
            "by": facts.people[entry.author_id].name,
            "question": entry.question,
            "words": entry.text,
            "only_for_me": entry.private,
            "due_on": entry.due_on.isoformat() if entry.due_on else None,
            "state": entry.state or None,
            "outcome": entry.outcome or None,
        }
        for entry in entries
    ]
    whole = {
        "reader": reader.name,
        "with": [person.name for person in facts.others(reader.id)],
        "as_of": now.isoformat(),
        "entries": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _together(entry: Entry) -> tuple[object, ...]:
    return entry.at, entry.kind, entry.author_id, entry.private


def _line(t: Translator, facts: Facts, reader: Person, together: Sequence[Entry]) -> Line:
    first = together[0]
    words = [
        "\n".join(filter(None, [entry.text, entry.outcome]))
        for entry in sorted(together, key=lambda entry: entry.question)
    ]
    return Line(first.at, _head(t, facts, reader, first), "\n\n".join(words), first.private)


def _head(t: Translator, facts: Facts, reader: Person, entry: Entry) -> str:
    """Return the line above an entry: who wrote what when, and what came of it."""
    values = {
        "name": facts.people[entry.author_id].first_name,
        "day": t.full_day(local(entry.at, reader.zone).date()),
    }
    actions = {
        ActionState.OPEN: t("A step of {name}'s since {day}", **values),
        ActionState.DONE: t("A step of {name}'s since {day}: done", **values),
        ActionState.TRIED: t("A step of {name}'s since {day}: tried", **values),
        ActionState.DROPPED: t("A step of {name}'s since {day}: let go", **values),
    }
    goals = {
        GoalState.OPEN: t("A goal of {name}'s since {day}", **values),
        GoalState.MET: t("A goal of {name}'s since {day}: reached", **values),
        GoalState.DROPPED: t("A goal of {name}'s since {day}: let go", **values),
    }
    if entry.due_on:
        values["due"] = t.full_day(entry.due_on)
        actions[ActionState.OPEN] = t("A step of {name}'s since {day}, until {due}", **values)
        goals[GoalState.OPEN] = t("A goal of {name}'s since {day}, until {due}", **values)
    match entry.kind:
        case EntryKind.ACTION:
            return actions[ActionState(entry.state)]
        case EntryKind.GOAL:
            return goals[GoalState(entry.state)]
        case EntryKind.INTRODUCTION:
            return t("An introduction by {name} on {day}", **values)
        case EntryKind.WIN:
            return t("A win of {name}'s on {day}", **values)
        case EntryKind.TOPIC:
            return t("For the agenda, by {name} on {day}", **values)
        case EntryKind.REFLECTION:
            return t("Looking back, by {name} on {day}", **values)
        case _:
            return t("A note by {name} on {day}", **values)


def _quoted(words: str) -> str:
    """Return people's words as a quote in Markdown, in which no HTML of theirs comes to life."""
    return "\n".join(f"> {line}".rstrip() for line in words.replace("<", "\\<").split("\n"))
