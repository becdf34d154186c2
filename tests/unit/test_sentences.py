"""Every sentence that a person reads is whole, and there in each language."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from bot.language import LANGUAGES, translator
from tools.sentences import KEYWORDS, ROOT, catalogs, extracted, untranslated

CODE = [path for folder in ("bot", "adapters") for path in sorted((ROOT / folder).rglob("*.py"))]


def holes(sentence: str) -> set[str]:
    """Return the names of the values that are put into a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield the places at which a sentence is translated."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in KEYWORDS:
                yield node


def test_there_is_a_catalogue_for_each_language_but_the_one_in_the_code() -> None:
    assert {path.stem for path, _ in catalogs()} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize(("path", "catalog"), list(catalogs()), ids=lambda one: getattr(one, "stem", ""))
def test_no_sentence_is_missing_and_none_is_left_over(path: Path, catalog: Catalog) -> None:
    assert untranslated(catalog) == [], "python -m tools.sentences adds them"
    assert {one.id for one in catalog} == {one.id for one in extracted()}


@pytest.mark.parametrize(("path", "catalog"), list(catalogs()), ids=lambda one: getattr(one, "stem", ""))
def test_a_translation_holds_the_same_values(path: Path, catalog: Catalog) -> None:
    for one in catalog:
        if one.id:
            assert holes(str(one.string)) == holes(str(one.id)), one.id


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_is_built_from_pieces(path: Path) -> None:
    """What is translated is one literal, so that a translator sees all of it, and nothing is glued to it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    translated = list(calls(path))
    for call in translated:
        literal = call.args and isinstance(call.args[0], ast.Constant | ast.Name | ast.Attribute | ast.Subscript)
        assert literal, f"line {call.lineno}: not one whole sentence"
    places = {(call.lineno, call.col_offset) for call in translated}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for side in (node.left, node.right):
                glued = isinstance(side, ast.Call) and (side.lineno, side.col_offset) in places
                assert not glued, f"line {node.lineno}: something is glued to a sentence"


def test_each_speaks_their_language_and_who_speaks_another_reads_english() -> None:
    assert translator("de-AT")("Yes, gladly") == "Ja, gern"
    assert translator("fr")("Yes, gladly") == "Yes, gladly"


def test_a_full_stop_of_an_abbreviation_ends_the_sentence_as_well() -> None:
    t = translator("en")
    assert t("It ends on {day}.", day="22. Nov.") == "It ends on 22. Nov."
    assert t("It ends on {day}.", day="May 22") == "It ends on May 22."
    assert t("'{words}', {day}, and so on…", words="No..", day="22. Nov.") == "'No..', 22. Nov., and so on…"
