"""Names of time zones, countries and languages, as people write them."""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale

from bot.language import LANGUAGES

_NEAR = 70
"""How alike two names must be, of 100, before one is suggested for the other."""

_SHORT = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "usa": "US"}
"""Countries by what everybody calls them, and the standard does not."""


def zone(text: str) -> str:
    """Return the time zone 'Europe/Berlin' for 'europe/berlin'; a ValueError names the nearest one there is."""
    found = _zones().get(text.replace(" ", "_").casefold())
    if found is None:
        places = tuple(name for name in _zones().values() if "/" in name and not name.startswith("Etc/"))
        hint = _nearest(text, places) or "a name such as 'Europe/Berlin'"
        raise ValueError(f"'{text}' is no time zone that I know; did you mean {hint}?")
    return found


def country(text: str) -> str:
    """Return the code 'DE' for 'de', 'Germany' or 'Deutschland'; a ValueError names the nearest country."""
    found = _countries().get(text.casefold())
    if found is None:
        hint = _nearest(text, tuple(_countries())) or "its code of two letters, such as 'DE'"
        raise ValueError(f"'{text}' is no country that I know; did you mean {hint}?")
    return found


def language(text: str) -> str:
    """Return the code 'de' for 'DE', 'de-AT', 'German' or 'Deutsch'; what is unknown stays as it was written."""
    known, without_place = _languages(), text.replace("_", "-").partition("-")[0]
    return known.get(text.casefold()) or known.get(without_place.casefold(), text)


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    named = {
        name.casefold(): code
        for locale in LANGUAGES
        for code, name in Locale.parse(locale).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    }
    return named | {code.casefold(): code for code in named.values()} | _SHORT


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, str]:
    named = {
        name.casefold(): code
        for locale in LANGUAGES
        for code, name in Locale.parse(locale).languages.items()
        if "_" not in code
    }
    return named | {code.casefold(): code for code in named.values()}


@lru_cache(maxsize=1024)
def _nearest(text: str, names: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process, utils  # only files with a slip need it

    found = process.extractOne(text, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_NEAR)
    return f"'{found[0].title() if found[0].islower() else found[0]}'" if found else ""
