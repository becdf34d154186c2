"""What typed words may stand for: a button that makes sense now, or a command; exactly, or with a slip."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.flow import RUN, Command
from bot.language import Translator
from bot.messages import Button, Card, Say_in, card
from bot.near import near

LEAVE = "typed.leave"
"""The action of the 'No' under 'Did you mean'. The name is permanent."""

_LABEL, _VALUE = 75, 300
"""Characters that a button's label and its value hold at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that words may stand for, and whom it is about where there may be several of its kind."""

    button: Button
    who: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What one may type instead of pressing it."""
        return (self.button.label.casefold(), *(word.casefold() for word in self.button.words))


def plain(text: str) -> str:
    """Return typed words as they are compared: in small letters, without the marks that end a sentence."""
    return " ".join(text.casefold().split()).rstrip(".!?")


def exactly(offers: Iterable[Offer], text: str) -> list[Offer]:
    """Return the offers that the words name, each once."""
    said = plain(text)
    return distinct(offer for offer in offers if said in offer.names)


def command(commands: Iterable[Command], text: str, t: Say_in) -> tuple[Command, str] | None:
    """Return the command that `text` begins with, the longest there is, and what stands behind it as it was typed."""
    said = " ".join(text.split())
    known = [(word, one) for one in commands for word in _words(one, t)]
    for word, one in sorted(known, key=lambda pair: len(pair[0]), reverse=True):
        if plain(said) == word or said.casefold().startswith(word + " "):
            return one, said[len(word) :].strip() if len(said) > len(word) + 1 else ""
    return None


def nearly(offers: Sequence[Offer], commands: Iterable[Command], text: str, t: Say_in) -> list[Offer]:
    """Return what the words stand for if they were typed with a slip; offers before commands, as where they match.

    A command may have something behind it, unless its word is so short that half of all sentences begin with it.
    """
    said = plain(text)
    close = set(near(said, {name for offer in offers for name in offer.names}))
    found = distinct(offer for offer in offers if close.intersection(offer.names))
    return found or distinct(_meant(commands, text, t))


def distinct(offers: Iterable[Offer]) -> list[Offer]:
    """Return each offer once, however many cards hold its button."""
    return list({(o.button.action, o.button.subject, o.button.value): o for o in offers}.values())


def which(offers: Sequence[Offer], t: Translator) -> Card:
    """Ask which of several offers is meant."""
    several = len({offer.who for offer in offers}) > 1
    buttons = (
        replace(offer.button, label=_short(t("{button}: {name}", button=offer.button.label, name=offer.who)))
        if several
        else offer.button
        for offer in offers[:10]
    )
    return card(t("Which one do you mean?"), *buttons)


def did_you_mean(offer: Offer, t: Translator) -> Card:
    """Ask back before misspelt words do anything."""
    yes = replace(offer.button, label=t("Yes"), words=(t("yes"),))
    no = Button(t("No"), LEAVE, "", words=(t("no"),))
    return card(t("Did you mean '{words}'?", words=offer.button.label), yes, no)


def _meant(commands: Iterable[Command], text: str, t: Say_in) -> Iterator[Offer]:
    tokens = text.split()
    for one in commands:
        for word in _words(one, t):
            count = len(word.split())
            rest = " ".join(tokens[count:])
            if (len(word) > 3 or not rest) and near(plain(" ".join(tokens[:count])), [word]):
                meant = f"{word} {rest}".strip()
                yield Offer(Button(_short(meant), RUN, "", meant[:_VALUE], opens=one.opens))


def _words(one: Command, t: Say_in) -> tuple[str, ...]:
    """Return a command's words in English and in the reader's language."""
    return tuple(dict.fromkeys(word.casefold() for english in one.words for word in (english, t(english))))


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
