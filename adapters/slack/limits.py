"""What Slack takes at most, in characters unless said otherwise; the sources are pages of docs.slack.dev."""

# reference/block-kit/blocks
MESSAGE_BLOCKS = 50
WINDOW_BLOCKS = 100
BUTTONS_IN_ROW = 25
LABEL = 2000

# reference/block-kit/block-elements
BUTTON_LABEL = 75
PLACES_TO_TICK = 10
"""Radio buttons or check boxes in one group."""
TYPED_ANSWER = 3000

# reference/block-kit/composition-objects
OPTIONS = 100
"""Options of a menu, or of one group of it."""
OPTION_LABEL = 75

# reference/views/modal-views
WINDOW_TITLE = 24

MESSAGE_JSON = 12_000
"""The blocks of one message as JSON. Slack refuses more than some 13,200 characters as `msg_blocks_too_long`, which
it does not document (slackapi/bolt-js issues 2509 and 2867)."""

PIECE = 1500
"""Our own: longer words go on in a further piece. One fits a text object (3,000), and a message however much of it
JSON has to escape."""

BLOCK_JSON = 6000
"""Our own: pieces are put into one block up to this size as JSON."""
