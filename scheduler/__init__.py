"""When to look, what to send, and when to try again."""
