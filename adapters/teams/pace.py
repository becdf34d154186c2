"""How many messages Teams takes (Microsoft Learn, 'Optimize your bot with rate limiting')."""

from adapters.pace import Limits

THREAD: Limits = ((7, 1), (8, 2), (60, 30), (1800, 3600))
"""Within one conversation."""

TENANT: Limits = ((50, 1),)
"""Of one app within one tenant."""
