"""A long form in parts, all of them in one card.

'Next part' and 'Back' show another part without asking the bot, so that what was filled in stays, and everything is
sent in at once. Where Teams checks a field by itself, it refuses to send a form for one that nobody sees (Microsoft
Learn, 'Action.ToggleVisibility'); so the checks are left to the bot, whose answer shows the first part to mend.
"""

from collections.abc import Sequence

from adapters.teams.text import Json, block
from bot.messages import Say_in


def one_at_a_time(shown: Sequence[Sequence[Json]], first: int, send: Json, say: Say_in) -> list[Json]:
    """Return the elements of several parts so that the part `first` is seen, and the last one has the way out."""
    last = len(shown) - 1
    return [
        {
            "type": "Container",
            "id": _id(number),
            "isVisible": number == first,
            "items": [
                *block(say("Part {number} of {count}").format(number=number + 1, count=last + 1), size="Small"),
                *(element | {"isRequired": False} if "isRequired" in element else element for element in elements),
                {
                    "type": "ActionSet",
                    "actions": [
                        *([_turn(say("Back"), number, number - 1)] if number else []),
                        _turn(say("Next part"), number, number + 1) if number < last else send,
                    ],
                },
            ],
        }
        for number, elements in enumerate(shown)
    ]


def _turn(title: str, here: int, there: int) -> Json:
    targets = [{"elementId": _id(here), "isVisible": False}, {"elementId": _id(there), "isVisible": True}]
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": targets}


def _id(number: int) -> str:
    return f"part.{number}"
