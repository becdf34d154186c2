"""How much Teams takes, each number with its source."""

MESSAGE_BYTES = 80 * 1024
"""One message as JSON in UTF-16. Teams refuses about 100 KB and advises to stay below 80 (Microsoft Learn,
'Format your bot messages' and 'Limits and specifications for Teams')."""

BODY_BYTES = 52 * 1024
"""What is left of a message for the body of its card, beside its envelope, its summary and its spoken form."""

PIECE_CHARACTERS = 4000
"""The most of one text in one element; as JSON a character can take six UTF-16 units, and a body must hold it."""

SPOKEN_CHARACTERS = 500
"""How much of a card is repeated in `speak` and `fallbackText`; ours, since both count towards the message."""

SUMMARY_CHARACTERS = 200
"""How much of a summary is sent; ours, a notification shows about one line."""

PRIMARY_ACTIONS = 6
"""Buttons that are shown at once; the others wait in an overflow menu (Microsoft Learn, 'Cards reference')."""

ROW_CHARACTERS = 56
"""How long the labels of a row may be together; ours, since Teams shortens those that do not fit side by side."""

ACTIONS_TOGETHER = 12
"""Buttons in one set, those in the overflow menu included; ours, so that one set always fits into a body."""

REQUEST_BYTES = 1024 * 1024
"""The largest request that is read; ours, ten times what Teams lets a person send."""
