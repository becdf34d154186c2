"""The hour of a meeting as two questions of a form, asked and read on one person's clocks."""

from datetime import date, datetime, time

from bot.domain.cadence import at_local, local
from bot.language import Translator
from bot.messages import Field, FieldKind, Values


def hour_fields(t: Translator, suggested: datetime | None, zone: str) -> tuple[Field, Field]:
    """Return the questions for a day and an hour, prefilled with a moment."""
    there = local(suggested, zone) if suggested else None
    return (
        Field("day", t("On which day?"), FieldKind.DATE, initial=there.date().isoformat() if there else ""),
        Field(
            "hour",
            t("At what time?"),
            FieldKind.TIME,
            hint=t("On your clocks, {zone}.", zone=zone),
            initial=f"{there:%H:%M}" if there else "",
        ),
    )


def hour_in(values: Values, zone: str) -> datetime:
    """Return the moment that checked answers name."""
    return at_local(date.fromisoformat(str(values["day"])), time.fromisoformat(str(values["hour"])), zone)


def hour_problem(t: Translator, moment: datetime, now: datetime) -> dict[str, str]:
    """Return what is wrong with a suggested hour, by field: it must lie ahead."""
    return {} if moment > now else {"day": t("This hour is over. Please choose one that lies ahead.")}
