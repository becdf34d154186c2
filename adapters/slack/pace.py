"""How many messages Slack takes (docs.slack.dev, 'Rate limits': one a second and channel, with short bursts).

How many it takes in a whole workspace it does not publish: it says so by 429, and for how long.
"""

from adapters.pace import Limits

CONVERSATION: Limits = ((3, 3),)
"""Within one conversation: one a second, of which three may leave at once."""
