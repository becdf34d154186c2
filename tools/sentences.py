"""Keeps bot/locale/*.po in step with the sentences in the code: what is new is added empty, what is gone is dropped.

A sentence stands in the code as the first argument of a translator, `t("…")`, or of `N_("…")` where it is translated
later. `--check` only tells what is missing.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "bot" / "locale"
IDLE = (b'"POT-Creation', b'"PO-Revision', b'"Last-', b'"Language-Team', b'"Report-', b'"Generated-')
"""Headers that would change with each run, or say nothing."""

KEYWORDS = {"t": None, "say": None, "N_": None}


def extracted() -> Catalog:
    """Return all sentences that stand in the code, each with its places."""
    catalog = Catalog(project="Mentronome", charset="utf-8")
    for folder in ("bot", "adapters"):
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for file, _, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
            catalog.add(message, locations=[(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def catalogs() -> Iterator[tuple[Path, Catalog]]:
    """Yield each language's file with its sentences."""
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as lines:
            yield path, read_po(lines, locale=path.stem)


def untranslated(catalog: Catalog) -> list[str]:
    """Return the sentences of the code that a language does not have."""
    return [str(one.id) for one in extracted() if one.id and not _done(catalog, one.id)]


def _written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=118, include_lineno=False)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(IDLE))


def _done(catalog: Catalog, sentence: object) -> bool:
    known = catalog.get(sentence)  # type: ignore[arg-type]
    return known is not None and bool(known.string) and not known.fuzzy


def main(check: bool) -> int:
    """Bring every language up to date, or tell what it lacks."""
    missing = 0
    for path, catalog in catalogs():
        if not check:
            catalog.update(extracted(), no_fuzzy_matching=True)
            catalog.obsolete.clear()
            catalog.header_comment = f"# Mentronome in {catalog.locale and catalog.locale.english_name}."
            path.write_bytes(_written(catalog))
        lacking = untranslated(catalog)
        missing += len(lacking)
        print(f"{path.name}: {len(lacking)} sentences to translate", *lacking[:20], sep="\n  ")
    return int(check and missing > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
