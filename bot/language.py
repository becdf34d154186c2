"""The reader's language: whole sentences through gettext, dates and hours as the reader writes them.

Sentences stand in the code in English, as the argument of a translator: `t("You meet {name}.", name=...)`. Every
message is made in the language of whoever reads it.
"""

import gettext
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names, get_timezone, get_timezone_location
from babel.lists import format_list

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "de")


def N_(sentence: str) -> str:
    """Mark words that stand in a table, so that they are found for translation; they are translated when shown."""
    return sentence


NAMELESS = N_("Former participant")
"""The name that is stored for whoever was forgotten, and read in the reader's own language."""


class Translator:
    """Makes sentences in one language."""

    def __init__(self, language: str, lookup: Callable[[str], str]) -> None:
        self.language = language
        self._lookup = lookup
        self._locale = Locale.parse(language)

    @property
    def own_name(self) -> str:
        """The name of the language in itself: 'Deutsch' for German."""
        return self._locale.get_display_name() or self.language

    def __call__(self, sentence: str, **values: object) -> str:
        """Return a whole sentence with its values put in; one that ends in a full stop, as 'Nov.', gets no second."""
        translated = self._lookup(sentence)
        values = {name: self.name(value) if isinstance(value, str) else value for name, value in values.items()}
        for name, value in values.items():
            if str(value).endswith("."):
                translated = translated.replace(f"{{{name}}}.", f"{{{name}}}")
        return translated.format(**values) if values else translated

    def when(self, moment: datetime, zone: str) -> str:
        """Return a day and hour on the clocks of `zone`: 'Tue, Nov 24, 10:00' in English."""
        return f"{self.day(moment, zone)}, {self.hour(moment, zone)}"

    def listing(self, names: Sequence[str]) -> str:
        """Return names in one breath: 'Ana, Ben, and Chris' in English."""
        return format_list([self.name(one) for one in names], locale=self._locale)

    def name(self, stored: str) -> str:
        """Return a person's name as the reader reads it; it differs from the stored one for who was forgotten."""
        return self._lookup(stored) if stored == NAMELESS else stored

    def day(self, moment: datetime, zone: str) -> str:
        """Return a day with its name, on the calendar of `zone`."""
        return format_skeleton("MMMEd", moment, tzinfo=get_timezone(zone), locale=self._locale)

    def full_day(self, day: date) -> str:
        """Return a day with its name and its year: 'Tue, Nov 24, 2026' in English."""
        return format_skeleton("yMMMEd", day, locale=self._locale)

    def tongue(self, code: str) -> str:
        """Return the name of a language by its code: 'Portuguese' for 'pt' in English; the code where it has none."""
        return str(self._locale.languages.get(code, code))

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week, Monday being 0."""
        return str(get_day_names("wide", locale=self._locale)[number])

    def weekdays(self, numbers: Sequence[int]) -> str:
        """Return days of the week in one breath: 'Monday to Friday' in English where three or more follow on."""
        days = sorted(numbers)
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return self("{first} to {last}", first=self.weekday(days[0]), last=self.weekday(days[-1]))
        return self.listing([self.weekday(number) for number in days])

    def city(self, zone: str) -> str:
        """Return the city by which a zone is known: 'New York' in English."""
        return get_timezone_location(get_timezone(zone), locale=self._locale, return_city=True)

    def hour(self, moment: datetime, zone: str) -> str:
        """Return the hour of day in 24 hours, on the clocks of `zone`."""
        return format_time(moment, "HH:mm", tzinfo=get_timezone(zone), locale=self._locale)


@lru_cache(maxsize=32)
def translator(language: str) -> Translator:
    """Return the translator of a language such as 'de' or 'de-DE'; English where we do not speak it."""
    code = language.replace("_", "-").split("-")[0].lower()
    known = code if code in LANGUAGES else "en"
    return Translator(known, _catalog(known).gettext)


def _catalog(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language, read from its one source, the .po file; English stands in the code."""
    source = LOCALES / f"{language}.po"
    if not source.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # only who reads another language needs them
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
